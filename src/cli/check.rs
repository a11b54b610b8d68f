//! `lungang check`.

use super::{Exit, screen::Screen};

/// Arguments of `lungang check`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs `lungang check`.
pub fn run(_args: Args, _screen: Screen) -> Exit {
    Exit::Usage
}
