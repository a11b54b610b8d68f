//! Who is where, layout by layout (semantics 5).

use crate::case::Case;
use crate::ids::{PersonIx, PostIx};

/// Where one person stands in one layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Not yet joined.
    Outside,
    /// In a post.
    In(PostIx),
    /// Away, holding a seat.
    Away {
        /// The seat held.
        seat: PostIx,
        /// Where the person works meanwhile, if known.
        host: Option<PostIx>,
    },
    /// In service without a post 待安排.
    Unplaced,
    /// Left for good.
    Left,
}

impl Place {
    /// The seat taken: of who is in a post or away from it.
    #[must_use]
    pub fn seat(self) -> Option<PostIx> {
        match self {
            Self::In(post) | Self::Away { seat: post, .. } => Some(post),
            Self::Outside | Self::Unplaced | Self::Left => None,
        }
    }

    /// The word of plan files.
    #[must_use]
    pub fn state(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::In(_) => "in",
            Self::Away { .. } => "away",
            Self::Unplaced => "unplaced",
            Self::Left => "left",
        }
    }
}

/// Layouts 0 … T of every person: `places[person][t]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    /// One row a person, in the order of [`Case::people`]; `T + 1` places each.
    pub places: Vec<Vec<Place>>,
}

impl Layout {
    /// The place of a person in layout `t`.
    #[must_use]
    pub fn at(&self, person: PersonIx, t: usize) -> Place {
        self.places[person.0][t]
    }

    /// Number of plan years T.
    #[must_use]
    pub fn years(&self) -> usize {
        self.places.first().map_or(0, |row| row.len().saturating_sub(1))
    }

    /// Seats taken in a post in layout `t`.
    #[must_use]
    pub fn occupants(&self, case: &Case, post: PostIx, t: usize) -> usize {
        case.people_ix().filter(|person| self.at(*person, t).seat() == Some(post)).count()
    }
}
