//! The tiers of the priorities (semantics 8): which ones a policy has, and which of them rank plans.

use crate::policy::{Mode, Policy};

/// One tier of the priorities (semantics 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// T0: essential post-years with nobody present.
    Essential,
    /// T1: missing and unplaced, person-years.
    Cover,
    /// T2: inherited breaches that still stand.
    Law,
    /// T3, T3b, …: overdue months; the position in `risk.tiers`.
    Risk(usize),
    /// T4: experiences gained.
    Reserve,
    /// T4s: essential posts that have a successor, post-years.
    Successors,
    /// T5: quality points.
    Quality,
    /// W: T3–T5 by weight, in the weighted mode.
    Weighted,
}

impl Tier {
    /// The tiers that figures are counted in, T0 … T5, T4s among them where `reserve.successors` asks for it. Ten-year duties
    /// outside `risk.tiers` count in the last risk tier.
    #[must_use]
    pub fn counted(policy: &Policy) -> Vec<Self> {
        let mut tiers = vec![Self::Essential, Self::Cover, Self::Law];
        tiers.extend((0..policy.risk.tiers.len().max(1)).map(Self::Risk));
        tiers.push(Self::Reserve);
        tiers.extend(policy.reserve.successors.then_some(Self::Successors));
        tiers.push(Self::Quality);
        tiers
    }

    /// The tiers that a plan reports: those counted, first priority first, and W after them in the weighted mode.
    #[must_use]
    pub fn of(policy: &Policy) -> Vec<Self> {
        let mut tiers = Self::counted(policy);
        if policy.priorities.mode == Mode::Weighted {
            tiers.push(Self::Weighted);
        }
        tiers
    }

    /// The tiers that rank plans, first priority first; only they have bounds. In the weighted mode W stands for T3–T5.
    #[must_use]
    pub fn ranked(policy: &Policy) -> Vec<Self> {
        let mut tiers = Self::of(policy);
        if policy.priorities.mode == Mode::Weighted {
            tiers.retain(|tier| !tier.may_be_merged());
        }
        tiers
    }

    /// Whether the weighted mode merges it into W.
    #[must_use]
    pub fn may_be_merged(self) -> bool {
        matches!(self, Self::Risk(_) | Self::Reserve | Self::Successors | Self::Quality)
    }

    /// `T0` … `T5`, `T3b` …, `W`.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Self::Essential => "T0".into(),
            Self::Cover => "T1".into(),
            Self::Law => "T2".into(),
            Self::Risk(0) => "T3".into(),
            Self::Risk(n) => format!("T3{}", char::from(b'a' + u8::try_from(n).unwrap_or(25))),
            Self::Reserve => "T4".into(),
            Self::Successors => "T4s".into(),
            Self::Quality => "T5".into(),
            Self::Weighted => "W".into(),
        }
    }

    /// `essential` … `quality`, `weighted`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Essential => "essential",
            Self::Cover => "cover",
            Self::Law => "law",
            Self::Risk(_) => "risk",
            Self::Reserve => "reserve",
            Self::Successors => "successors",
            Self::Quality => "quality",
            Self::Weighted => "weighted",
        }
    }

    /// Whether more is better.
    #[must_use]
    pub fn maximised(self) -> bool {
        matches!(self, Self::Reserve | Self::Successors | Self::Quality | Self::Weighted)
    }

    /// A value of the tier turned so that more is better, for the engines.
    #[must_use]
    pub fn as_gain(self, value: i64) -> i64 {
        if self.maximised() { value } else { -value }
    }
}
