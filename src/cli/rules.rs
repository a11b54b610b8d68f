//! `lungang rules`.

use super::{Exit, screen::Screen};

/// Arguments of `lungang rules`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs `lungang rules`.
pub fn run(_args: Args, _screen: Screen) -> Exit {
    Exit::Usage
}
