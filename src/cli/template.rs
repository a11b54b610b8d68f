//! `lungang template`.

use super::{Exit, screen::Screen};

/// Arguments of `lungang template`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs `lungang template`.
pub fn run(_args: Args, _screen: Screen) -> Exit {
    Exit::Usage
}
