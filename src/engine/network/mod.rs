//! One person's possible paths through the plan years, as a layered network.
//!
//! A state is (layout, spot, year the stay began, year the clocks began, experiences gained): all that the rules of
//! form stay, move and state ask for, so that pricing by dynamic programming over it is exact. A move goes through a
//! *hub* of its year instead of an arc per pair of posts: the hubs of a section, a unit and everywhere differ in what
//! leaving for them costs. A state may not enter, through a hub, a post of its own *class* (its own post, and the
//! posts to which a move keeps the clocks, R16); those it reaches by direct arcs.

mod build;

pub use super::ground::Spot;
use super::rows::{Gains, RowIx};
pub use build::{build, classes};

/// A range of one of the network's flat arrays.
pub type Span = std::ops::Range<u32>;

/// One state.
#[derive(Clone, Debug)]
pub struct State {
    /// Where.
    pub spot: Spot,
    /// Like-post class of the seat; `u32::MAX` without one.
    pub class: u32,
    /// Contribution to each tier of standing here in this layout.
    pub gains: Gains,
    /// Coefficients of standing here, in [`Network::coefficients`].
    pub rows: Span,
    /// Ways on, in [`Network::exits`]; none in the last layout.
    pub exits: Span,
}

/// Where an exit leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// On to a state of the next layout.
    State(u32),
    /// To a hub of the next layout.
    Hub(u32),
    /// Out of service.
    End,
}

/// A way on from a state.
#[derive(Clone, Debug)]
pub struct Exit {
    /// Where to.
    pub target: Target,
    /// Contribution to T5 (move costs).
    pub quality: i32,
    /// Contribution to T4 (experiences, on leaving service).
    pub reserve: i32,
    /// Whether this is a move (for the draw).
    pub is_move: bool,
    /// Coefficients.
    pub rows: Span,
}

/// A way from a hub into a state.
#[derive(Clone, Debug)]
pub struct Enter {
    /// The state entered.
    pub state: u32,
    /// Its class, not open to leavers of the same class.
    pub class: u32,
    /// Coefficients.
    pub rows: Span,
}

/// A hub.
#[derive(Clone, Debug)]
pub struct Hub {
    /// Ways in to states, in [`Network::enters`].
    pub enters: Span,
}

/// One person's network. States and hubs are grouped by layout.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// The states; layer `t` is `layers[t]`.
    pub states: Vec<State>,
    /// The states of each layout.
    pub layers: Vec<Span>,
    /// The hubs.
    pub hubs: Vec<Hub>,
    /// The hubs of each layout (into its states).
    pub hub_layers: Vec<Span>,
    /// Exits.
    pub exits: Vec<Exit>,
    /// Enters.
    pub enters: Vec<Enter>,
    /// Row coefficients.
    pub coefficients: Vec<(RowIx, i32)>,
}

/// No class: of who has no seat.
pub const NO_CLASS: u32 = u32::MAX;

impl Network {
    /// Coefficients of a span.
    #[must_use]
    pub fn of(&self, span: &Span) -> &[(RowIx, i32)] {
        &self.coefficients[span.start as usize..span.end as usize]
    }
}
