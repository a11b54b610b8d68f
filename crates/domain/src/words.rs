//! The closed vocabularies of cells. `data/values.tsv` names each word in English and Chinese.

use serde::{Deserialize, Serialize};

/// A closed vocabulary: an enum whose variants have one canonical key, as in `data/values.tsv`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $key)] $variant),+
        }

        impl $name {
            /// Every word, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The canonical key: the part after the colon in `data/values.tsv`.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            /// The word with this canonical key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words!(
    /// Integrity-risk grade of a post. *Unrated* is a value of its own, never low.
    Grade { High = "high", Medium = "medium", Low = "low", Unrated = "unrated" }
);
words!(
    /// Kind of power a post uses.
    Power { Decision = "decision", Execution = "execution", Supervision = "supervision" }
);
words!(
    /// Leading role of a post, ordered by importance (semantics 15: none < deputy < head < vice < principal).
    Lead { None = "none", Deputy = "deputy", Head = "head", Vice = "vice", Principal = "principal" }
);
words!(
    /// Kind of event (semantics 6, 29).
    EventKind {
        Join = "join", Recruit = "recruit", Leave = "leave", Retire = "retire", Promote = "promote",
        Absent = "absent", Return = "return", NewPost = "new_post", ClosePost = "close_post",
        Rename = "rename", Merge = "merge",
    }
);
words!(
    /// A decision taken by hand (semantics 21).
    DecisionKind { Stay = "stay", Go = "go", Not = "not", Free = "free" }
);
words!(
    /// An open inquiry: filed 立案 is absolute, the others need an approval (semantics 15).
    Investigation { Filed = "filed", Review = "review", Criminal = "criminal" }
);
words!(
    /// Staffing kind 编制类型.
    StaffingKind {
        Administrative = "administrative", Quasi = "quasi", Public = "public", Worker = "worker", Other = "other",
    }
);
words!(
    /// Category of civil servant 职位类别.
    Category { General = "general", Technical = "technical", Enforcement = "enforcement" }
);
words!(
    /// Nature of a unit 机构性质.
    Nature { Organ = "organ", Quasi = "quasi", Public = "public" }
);
words!(
    /// Why somebody is away.
    AbsenceKind {
        Secondment = "secondment", Attachment = "attachment", Village = "village", Drafted = "drafted",
        Shadowing = "shadowing", Maternity = "maternity", Sick = "sick", Training = "training",
        Suspended = "suspended", Leave = "leave",
    }
);
words!(
    /// Stage of a reserve cadre.
    Stage { Found = "found", Train = "train", Select = "select" }
);
words!(
    /// Kinship that calls for avoidance.
    Kin { Spouse = "spouse", Direct = "direct", Collateral = "collateral", InLaw = "inlaw" }
);
words!(
    /// Status of a planned move.
    MoveStatus { Draft = "draft", Approved = "approved", Done = "done", Void = "void" }
);
words!(
    /// Sex.
    Sex { Female = "female", Male = "male" }
);

impl Grade {
    /// The grade after the lift of a sensitive post: low → medium, medium and unrated → high (semantics 10).
    #[must_use]
    pub fn lifted(self) -> Self {
        match self {
            Self::Low => Self::Medium,
            Self::Medium | Self::Unrated | Self::High => Self::High,
        }
    }
}
