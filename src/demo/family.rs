//! Families of generated cases: the same departments, each pressed in one place.

/// What a family of generated cases is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Family {
    /// A bit of everything.
    #[default]
    Standard,
    /// Few may move in a year: the share of a unit is low, and some units have a lower number of their own.
    TightCaps,
    /// A third or so of the people are reserve cadres who want experiences.
    ManyReserves,
    /// Many vacant seats, and people who retire and join all over the plan years.
    RecruitsAndVacancies,
    /// Posts of one level ask for the same in every department, so that nearly everybody may hold nearly every one.
    OnePool,
    /// Departments of all kinds, each with offices, risks and duties of its own, and every sheet: the case in `data/demo`.
    District,
}

impl Family {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 6] = [
        Self::Standard,
        Self::TightCaps,
        Self::ManyReserves,
        Self::RecruitsAndVacancies,
        Self::OnePool,
        Self::District,
    ];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::TightCaps => "tight-caps",
            Self::ManyReserves => "many-reserves",
            Self::RecruitsAndVacancies => "recruits-and-vacancies",
            Self::OnePool => "one-pool",
            Self::District => "district",
        }
    }

    /// How many people there are where nobody says: a department, or all departments of a district.
    #[must_use]
    pub fn usual_size(self) -> usize {
        if self == Self::District { 900 } else { 60 }
    }

    /// The family of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }

    /// What the generator does otherwise for it.
    pub(super) fn traits(self) -> Traits {
        match self {
            Self::Standard => STANDARD,
            Self::TightCaps => Traits { unit_moves: Some(2), settings: &[("turnover.unit_share", "0.1")], ..STANDARD },
            Self::ManyReserves => Traits { reserve_age: 46, reserve_chance: 55, third_wish: 100, ..STANDARD },
            Self::RecruitsAndVacancies => {
                Traits { joiners: 8, vacant: 4, joining_dates: 11, old: 45, old_from: 50, ..STANDARD }
            }
            Self::OnePool => Traits { one_pool: true, ..STANDARD },
            Self::District => Traits { all_kinds: true, every: 150, settings: &[("preset", "cn-county")], ..STANDARD },
        }
    }
}

/// The numbers in which families differ.
#[derive(Clone, Copy, Debug)]
pub(super) struct Traits {
    /// One in so many people joins inside the horizon.
    pub(super) joiners: usize,
    /// They join on so many dates, five months apart.
    pub(super) joining_dates: usize,
    /// One seat in so many is vacant.
    pub(super) vacant: usize,
    /// So many in a hundred at desks may be up to 58 years old, the others up to 54.
    pub(super) old: usize,
    /// And are at least of this age.
    pub(super) old_from: i32,
    /// Reserve cadres are younger than this.
    pub(super) reserve_age: i32,
    /// So many in a hundred of the young are reserve cadres.
    pub(super) reserve_chance: usize,
    /// So many in a hundred of those want a third experience.
    pub(super) third_wish: usize,
    /// One situation of each kind for so many people.
    pub(super) every: usize,
    /// Departments of all kinds, and every sheet.
    pub(super) all_kinds: bool,
    /// All posts of one level ask for the same.
    pub(super) one_pool: bool,
    /// Every third department has this cap of its own.
    pub(super) unit_moves: Option<usize>,
    /// Policy keys in the settings sheet, beside the usual ones.
    pub(super) settings: &'static [(&'static str, &'static str)],
}

const STANDARD: Traits = Traits {
    joiners: 25,
    joining_dates: 9,
    vacant: 10,
    old: 15,
    old_from: 0,
    reserve_age: 38,
    reserve_chance: 38,
    third_wish: 50,
    every: 60,
    all_kinds: false,
    one_pool: false,
    unit_moves: None,
    settings: &[],
};
