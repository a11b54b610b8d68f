//! What the example programs share: ending plainly, finding the data, writing a sheet of the ordinary CSV input.

use std::path::Path;

/// Runs a program; an error is one line on standard error and exit code 1.
pub fn run(program: impl FnOnce() -> anyhow::Result<()>) -> std::process::ExitCode {
    match program() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// Writes `<folder>/<name>.csv` with a heading row.
///
/// # Errors
/// If the folder can't be made or the file can't be written.
pub fn write_sheet<R, C>(folder: &Path, name: &str, header: &[&str], rows: R) -> anyhow::Result<()>
where
    R: IntoIterator<Item = C>,
    C: IntoIterator<Item = String>,
{
    std::fs::create_dir_all(folder)?;
    let mut writer = csv::Writer::from_path(folder.join(format!("{name}.csv")))?;
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.flush()?;
    Ok(())
}

/// The folder of real material: as given, else `LUNGANG_DATA`.
///
/// # Errors
/// If neither is given.
pub fn data_folder(given: Option<&Path>) -> anyhow::Result<std::path::PathBuf> {
    given
        .map(Path::to_path_buf)
        .or_else(|| std::env::var_os("LUNGANG_DATA").map(Into::into))
        .ok_or_else(|| anyhow::anyhow!("where is the data? Give --data DIR, or set LUNGANG_DATA"))
}
