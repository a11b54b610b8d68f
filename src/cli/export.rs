//! `lungang export`.

use super::{Exit, screen::Screen};

/// Arguments of `lungang export`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs `lungang export`.
pub fn run(_args: Args, _screen: Screen) -> Exit {
    Exit::Usage
}
