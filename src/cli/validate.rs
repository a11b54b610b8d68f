//! `lungang validate`.

use super::{Exit, screen::Screen};

/// Arguments of `lungang validate`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs `lungang validate`.
pub fn run(_args: Args, _screen: Screen) -> Exit {
    Exit::Usage
}
