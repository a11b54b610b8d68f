//! `lungang plan`.

use super::{Exit, screen::Screen};

/// Arguments of `lungang plan`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs `lungang plan`.
pub fn run(_args: Args, _screen: Screen) -> Exit {
    Exit::Usage
}
