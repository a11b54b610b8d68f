//! Free-format MPS with several objective rows; readers that know one take the first.

use crate::programme::Programme;
use lungang::engine::solver::Col;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

/// Name of a column.
pub fn name(column: Col) -> String {
    format!("c{column}")
}

/// Writes a programme.
///
/// # Errors
/// If the file can't be written.
pub fn write(programme: &Programme, file: &Path) -> anyhow::Result<()> {
    let model = &programme.model;
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    writeln!(out, "NAME lungang\nROWS")?;
    for aim in &programme.aims {
        writeln!(out, " N {}", aim.name)?;
    }
    // What each column stands in, as text; a row lists its columns, the format its rows.
    let mut entries = vec![String::new(); model.columns.len()];
    for aim in &programme.aims {
        for (column, weight) in &aim.losses {
            write!(entries[*column], " {} {weight}", aim.name)?;
        }
    }
    let mut sides = String::new();
    for (at, row) in model.rows.iter().enumerate() {
        let (sense, side) = match (row.low.is_finite(), row.high.is_finite()) {
            (true, true) if row.low == row.high => ('E', row.high),
            (false, true) => ('L', row.high),
            (true, false) => ('G', row.low),
            _ => anyhow::bail!("row {at} has two sides"),
        };
        writeln!(out, " {sense} r{at}")?;
        if side != 0.0 {
            writeln!(sides, " rhs r{at} {side}")?;
        }
        for (column, coefficient) in &row.terms {
            write!(entries[*column], " r{at} {coefficient}")?;
        }
    }
    writeln!(out, "COLUMNS")?;
    let mut whole = false;
    for (at, (column, entries)) in model.columns.iter().zip(&entries).enumerate() {
        if column.integer != whole {
            whole = column.integer;
            writeln!(out, " m{at} 'MARKER' '{}'", if whole { "INTORG" } else { "INTEND" })?;
        }
        let mut words = entries.split_ascii_whitespace();
        while let (Some(row), Some(coefficient)) = (words.next(), words.next()) {
            writeln!(out, " {} {row} {coefficient}", name(at))?;
        }
    }
    if whole {
        writeln!(out, " m 'MARKER' 'INTEND'")?;
    }
    write!(out, "RHS\n{sides}BOUNDS\n")?;
    // Who stands in no row and no objective is left out, and 0.
    for (at, column) in model.columns.iter().enumerate().filter(|(at, _)| !entries[*at].is_empty()) {
        writeln!(out, " UP bound {} {}", name(at), column.upper)?;
        if column.lower != 0.0 {
            writeln!(out, " LO bound {} {}", name(at), column.lower)?;
        }
    }
    writeln!(out, "ENDATA")?;
    out.flush()?;
    Ok(())
}
