//! Which inputs a run is about: a folder of them, a pattern, or a list in a file.

use super::Folder;
use super::manifest::Manifest;
use crate::input::schema;
use lungang_domain::Problem;
use std::io;
use std::path::{Path, PathBuf};

/// One input found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// As given, or below the folder given.
    pub shown: String,
    /// The path.
    pub path: PathBuf,
}

/// Endings of workbooks and exported inputs.
const ENDINGS: &[&str] = &["xlsx", "xlsm", "xls", "et", "ods", "json"];
/// Endings of tables as text.
const TABLES: &[&str] = &["csv", "tsv"];
/// Endings of lists.
const LISTS: &[&str] = &["txt", "lst"];

fn ends_in(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|own| endings.iter().any(|ending| own.eq_ignore_ascii_case(ending)))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Hidden files, and the locks of open workbooks.
fn is_unseen(path: &Path) -> bool {
    let name = file_name(path);
    name.starts_with('.') || name.starts_with("~$")
}

/// The inputs that these words name, in their order, each once; `avoid` (the run itself) is left out.
///
/// # Errors
/// `E0940` to `E0942` where a word names nothing; an input that can't be read is found all the same, and fails as a case.
pub fn find(words: &[PathBuf], avoid: &Path) -> Result<Vec<Found>, Vec<Problem>> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for word in words {
        match of_word(word) {
            Ok(more) => found.extend(more),
            Err(problem) => problems.push(problem),
        }
    }
    let avoided = |one: &Found| crate::files::lies_in(&one.path, avoid);
    found.retain(|one| !avoided(one));
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|one| seen.insert(std::path::absolute(&one.path).unwrap_or_else(|_| one.path.clone())));
    if found.is_empty() && problems.is_empty() {
        problems.push(
            Problem::new("E0940").with("path", words.first().map_or(String::new(), |word| word.display().to_string())),
        );
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

fn of_word(word: &Path) -> Result<Vec<Found>, Problem> {
    if word.is_dir() {
        let inside = in_folder(word).map_err(|error| unreadable(word, &error))?;
        return if inside.is_empty() { Err(Problem::new("E0940").with("path", word.display())) } else { Ok(inside) };
    }
    if word.is_file() {
        return if ends_in(word, LISTS) { in_list(word) } else { Ok(vec![found(word)]) };
    }
    in_pattern(word)
}

fn found(path: &Path) -> Found {
    Found { shown: path.display().to_string(), path: path.to_owned() }
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    Problem::new("E0941").with("path", path.display()).with("why", error)
}

/// A folder that is one input by itself: its tables are the sheets of one roster by their own names.
fn is_input(folder: &Path) -> io::Result<bool> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && ends_in(&path, TABLES) && !is_unseen(&path) {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            names.extend(schema::sheet(&stem).map(|sheet| sheet.name));
        }
    }
    Ok(names.contains(&"staff"))
}

/// Whether a folder holds tables, so that somebody meant it for an input.
fn holds_tables(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let path = entry.path();
            path.is_file() && !is_unseen(&path) && (ends_in(&path, TABLES) || ends_in(&path, ENDINGS))
        })
    })
}

/// Whether a folder is a run, of last week perhaps: its summary and figures are no roster.
fn is_run(folder: &Path) -> bool {
    Manifest::read(&Folder::new(folder)).is_ok()
}

/// The folder itself, if it is one input; else each workbook, each exported input and each folder with tables in it.
fn in_folder(folder: &Path) -> io::Result<Vec<Found>> {
    if is_input(folder)? {
        return Ok(vec![found(folder)]);
    }
    let mut paths =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| {
        // What can't be looked at is an input that fails, and is named so.
        let is_file = !path.is_dir() && ends_in(path, ENDINGS);
        !is_unseen(path) && (is_file || (path.is_dir() && holds_tables(path) && !is_run(path)))
    });
    paths.sort_by_key(|path| file_name(path));
    Ok(paths.iter().map(|path| found(path)).collect())
}

/// A file with one path a line, from its own folder on; blank lines and those that begin with # say nothing.
fn in_list(list: &Path) -> Result<Vec<Found>, Problem> {
    let text =
        crate::files::open_regular(list).and_then(io::read_to_string).map_err(|error| unreadable(list, &error))?;
    let folder = crate::files::folder_of(list);
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let named: Vec<&str> = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    if named.is_empty() {
        return Err(Problem::new("E0940").with("path", list.display()));
    }
    Ok(named.into_iter().map(|line| Found { shown: line.to_owned(), path: folder.join(line) }).collect())
}

fn in_pattern(word: &Path) -> Result<Vec<Found>, Problem> {
    let text = word.to_string_lossy();
    if !text.contains(['*', '?', '[']) {
        return Err(Problem::new("E0942").with("path", &text));
    }
    let wrong = |error: &dyn std::fmt::Display| Problem::new("E0941").with("path", &text).with("why", error);
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let paths = glob::glob_with(&text, options).map_err(|error| wrong(&error))?;
    let mut inside = Vec::new();
    for path in paths {
        let path = path.map_err(|error| wrong(&error))?;
        if !is_unseen(&path) && (path.is_dir() || ends_in(&path, ENDINGS)) {
            inside.push(found(&path));
        }
    }
    if inside.is_empty() { Err(Problem::new("E0940").with("path", &text)) } else { Ok(inside) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(found: Result<Vec<Found>, Vec<Problem>>, folder: &Path) -> Vec<String> {
        let short = |one: Found| one.path.strip_prefix(folder).expect("inside").to_string_lossy().replace('\\', "/");
        found.expect("found").into_iter().map(short).collect()
    }

    #[test]
    fn a_folder_a_pattern_and_a_list() {
        let folder = tempfile::Builder::new().prefix("批 量 ").tempdir().expect("a folder");
        let root = folder.path();
        for file in ["乙 局.xlsx", "甲局.ods", "~$甲局.ods", ".x.xlsx", "notes.md", "old.json", "空.xlsx"] {
            fs::write(root.join(file), "x").expect("written");
        }
        for (sub, file) in [("丙局", "staff.csv"), ("丁局", "花名册.xlsx"), ("别的", "a.txt"), ("RUN", "manifest.json")]
        {
            fs::create_dir(root.join(sub)).expect("made");
            fs::write(root.join(sub).join(file), "x").expect("written");
        }
        let run = root.join("RUN");
        // A run of last week, with its summary.
        fs::create_dir(root.join("上周")).expect("made");
        Manifest::new(&[], None, None, crate::batch::manifest::Settings::default())
            .write(&Folder::new(&root.join("上周")))
            .expect("written");
        fs::write(root.join("上周/summary.xlsx"), "x").expect("written");
        let all = ["old.json", "丁局", "丙局", "乙 局.xlsx", "甲局.ods", "空.xlsx"];
        assert_eq!(names(find(&[root.to_owned()], &run), root), all);
        assert_eq!(names(find(&[root.join("丙局")], &run), root), ["丙局"]);
        assert_eq!(names(find(&[root.join("*局.*")], &run), root), ["乙 局.xlsx", "甲局.ods"]);
        fs::write(root.join("list.txt"), "\u{feff}# 名单\n乙 局.xlsx\n\n丙局\n没有.xlsx\n乙 局.xlsx\n")
            .expect("written");
        assert_eq!(names(find(&[root.join("list.txt")], &run), root), ["乙 局.xlsx", "丙局", "没有.xlsx"]);
        let code = |word: &str| find(&[root.join(word)], &run).expect_err("refused")[0].code.clone();
        assert_eq!(code("nothing"), "E0942");
        assert_eq!(code("x*"), "E0940");
        assert_eq!(code("别的"), "E0940");
    }
}
