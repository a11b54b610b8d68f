//! Files as this program writes them: beside the target, mode 0600, renamed at the end.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes a file in one step: `fill` writes to a temporary file in the same folder, which is then renamed over
/// `path`. On any error the temporary file is removed and `path` is as it was. The mode is 0600: the data are
/// confidential.
///
/// # Errors
/// Whatever creating, filling, syncing or renaming says; a target marked read-only counts as permission denied.
pub fn write_atomically(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    if std::fs::metadata(path).is_ok_and(|target| target.permissions().readonly()) {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    let mut temporary = tempfile::Builder::new().prefix(".lungang-").suffix(".tmp").tempfile_in(folder_of(path))?;
    {
        let mut buffer = BufWriter::new(temporary.as_file_mut());
        fill(&mut buffer)?;
        buffer.flush()?;
    }
    temporary.as_file().sync_all()?;
    // The temporary file is made with mode 0600, and the rename keeps it.
    temporary.persist(path).map_err(|failed| failed.error)?;
    Ok(())
}

/// Writes these bytes as [`write_atomically`] does.
///
/// # Errors
/// See [`write_atomically`].
pub fn write_bytes(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_atomically(path, |file| file.write_all(bytes))
}

/// Puts a folder with these files in its place in one step: filled beside it, mode 0700, then renamed. What stood there
/// goes, and comes back if the new folder can't take its place.
///
/// # Errors
/// Whatever making, filling and renaming says.
pub fn replace_folder(path: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    let beside = tempfile::Builder::new().prefix(".lungang-").tempdir_in(folder_of(path))?;
    let fresh = beside.path().join("fresh");
    fs::create_dir(&fresh)?;
    private(&fresh)?;
    for (name, bytes) in files {
        write_bytes(&fresh.join(name), bytes)?;
    }
    if !path.exists() {
        return fs::rename(&fresh, path);
    }
    let old = beside.path().join("old");
    fs::rename(path, &old)?;
    fs::rename(&fresh, path).inspect_err(|_| {
        let _ = fs::rename(&old, path);
    })
}

#[cfg(unix)]
fn private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn private(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Bytes that a file name may have with its ending; most systems take 255.
const LONGEST_NAME: usize = 200;

/// File names without endings for these titles: Chinese is kept, what file systems refuse becomes `_`, and no two are
/// alike, not even but for capitals.
#[must_use]
pub fn file_names(titles: &[String]) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    let mut names = Vec::new();
    for title in titles {
        let stem = file_name(title);
        let mut name = stem.clone();
        let mut number = 1;
        while taken.contains(&name.to_lowercase()) {
            number += 1;
            name = format!("{stem}({number})");
        }
        taken.push(name.to_lowercase());
        names.push(name);
    }
    names
}

/// One title as a file name.
fn file_name(title: &str) -> String {
    // Signs that show nothing, or turn the others round.
    let unseen = |sign: char| {
        let turns = '\u{202a}'..='\u{202e}';
        let joins = '\u{2060}'..='\u{206f}';
        ('\u{200b}'..='\u{200f}').contains(&sign)
            || turns.contains(&sign)
            || joins.contains(&sign)
            || sign == '\u{feff}'
    };
    let safe = |sign: char| match sign {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        sign if sign.is_control() => '_',
        sign => sign,
    };
    let name: String = title.chars().filter(|sign| !unseen(*sign)).map(safe).collect();
    let mut name = name.trim_matches(|sign: char| sign == '.' || sign.is_whitespace()).to_owned();
    while name.len() > LONGEST_NAME {
        name.pop();
    }
    let name = name.trim_end_matches(|sign: char| sign == '.' || sign.is_whitespace()).to_owned();
    // Names of devices, which one system keeps for itself whatever the ending.
    let before_dot = name.split('.').next().unwrap_or("").to_ascii_uppercase();
    let numbered =
        |kind: &str| before_dot.strip_prefix(kind).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    let device = matches!(before_dot.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT");
    if name.is_empty() || device { format!("_{name}") } else { name }
}

/// The folder that holds a path: its parent, or the working folder.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether both paths name the same existing file, links followed.
#[must_use]
pub fn same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

/// Whether a path, there or not, lies in a folder or is the folder itself, links followed as far as there is something.
#[must_use]
pub fn lies_in(path: &Path, folder: &Path) -> bool {
    resolved(path).starts_with(resolved(folder))
}

/// The path from the root, links of what exists followed.
fn resolved(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for known in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (known.canonicalize(), path.strip_prefix(known)) {
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    path
}

/// Opens a file for reading, only if it is a regular one: a pipe or a device would never end.
///
/// # Errors
/// As opening says; `InvalidInput` for what is not a regular file.
pub fn open_regular(path: &Path) -> io::Result<File> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    File::open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_no_rest() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.json");
        write_bytes(&path, b"old").expect("written");
        let failed = write_atomically(&path, |file| {
            file.write_all(b"half")?;
            Err(io::Error::other("no more"))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read(&path).expect("read"), b"old");
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1);
    }

    #[test]
    fn file_names_are_safe_and_no_two_are_alike() {
        let of = |titles: &[&str]| file_names(&titles.iter().map(|title| (*title).to_owned()).collect::<Vec<_>>());
        assert_eq!(
            of(&["财政局", "财政局", "a/b\\c:\u{1}", "..", " .x. "]),
            ["财政局", "财政局(2)", "a_b_c__", "_", "x"]
        );
        assert_eq!(of(&["NUL", "com1.x", "communal", "Ab", "aB"]), ["_NUL", "_com1.x", "communal", "Ab", "aB(2)"]);
        assert_eq!(of(&["局\u{202e}办"]), ["局办"]);
        let long = of(&["某".repeat(300).as_str()]);
        assert!(long[0].len() <= LONGEST_NAME && long[0].chars().all(|sign| sign == '某'));
    }

    #[test]
    fn a_folder_is_replaced_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("units");
        for names in [&["a", "b"][..], &["b"][..]] {
            let files: Vec<(String, Vec<u8>)> = names.iter().map(|name| ((*name).to_owned(), b"x".to_vec())).collect();
            replace_folder(&path, &files).expect("written");
            assert_eq!(fs::read_dir(&path).expect("listed").count(), names.len());
            assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);
        }
    }

    #[cfg(unix)]
    #[test]
    fn files_are_private() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.json");
        write_bytes(&path, b"x").expect("written");
        assert_eq!(std::fs::metadata(&path).expect("stat").permissions().mode() & 0o777, 0o600);
    }
}
