//! An assignment problem of the OR-Library as an ordinary case of ours.
//!
//! n people without a post, n posts of one seat, one plan year, `fit = 101 − cost`. With `data/policies/assign.toml`
//! nothing else counts, so the plan's quality tier is 101·n less the known optimum: 9,795 and 49,509.

mod common;

use anyhow::{Context, bail, ensure};
use clap::Parser;
use std::path::{Path, PathBuf};

/// Turns an OR-Library assignment problem into a folder of CSV that `lungang plan` reads.
///
/// Source: OR-Library, J. E. Beasley, assign100 and assign500; freely usable. Nothing of it belongs in the
/// repository: write to a folder elsewhere.
///
/// Then: lungang plan OUT --policy data/policies/assign.toml -o plan.json
#[derive(Debug, Parser)]
pub struct Args {
    /// Folder with `bench/assign100.txt` and the like; by default $LUNGANG_DATA.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Which problem: its n.
    #[arg(long, default_value_t = 100)]
    size: usize,
    /// Folder to write.
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,
}

fn main() -> std::process::ExitCode {
    common::run(|| write(Args::parse()))
}

fn write(args: Args) -> anyhow::Result<()> {
    let file = common::data_folder(args.data.as_deref())?.join(format!("bench/assign{}.txt", args.size));
    let text = std::fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))?;
    convert(&text, &args.out)
}

/// Writes the case for the text of a problem: n, then n × n costs of 1–100.
///
/// # Errors
/// If the text is no such matrix, or the folder can't be written.
pub fn convert(text: &str, out: &Path) -> anyhow::Result<()> {
    let numbers: Vec<usize> =
        text.split_whitespace().map(str::parse).collect::<Result<_, _>>().context("not a matrix of whole numbers")?;
    let Some((&n, costs)) = numbers.split_first() else { bail!("the file is empty") };
    ensure!(costs.len() == n * n, "{} costs are given for n = {n}, not {}", costs.len(), n * n);
    ensure!(costs.iter().all(|cost| (1..=100).contains(cost)), "a cost lies outside 1–100");
    let person = |index: usize| format!("W{:03}", index + 1);
    let post = |index: usize| format!("J{:03}", index + 1);
    common::write_sheet(
        out,
        "staff",
        &["id", "name", "unit"],
        (0..n).map(|index| [person(index), format!("worker {}", index + 1), "OR-Library".to_owned()]),
    )?;
    common::write_sheet(
        out,
        "posts",
        &["id", "unit", "title", "headcount", "min_present", "risk"],
        (0..n).map(|index| {
            let title = format!("job {}", index + 1);
            [post(index), "OR-Library".to_owned(), title, "1".to_owned(), "0".to_owned(), "low".to_owned()]
        }),
    )?;
    common::write_sheet(
        out,
        "fit",
        &["staff", "post", "score"],
        costs.iter().enumerate().map(|(cell, cost)| [person(cell / n), post(cell % n), (101 - cost).to_string()]),
    )
}
