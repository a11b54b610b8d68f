//! Ids as users write them, and positions in the sorted lists of a [`crate::Case`].

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl $name {
            /// The id after NFKC and trimming, the form in which ids are compared and sorted (semantics 23).
            #[must_use]
            pub fn new(raw: &str) -> Self {
                use unicode_normalization::UnicodeNormalization;
                Self(raw.nfkc().collect::<String>().trim().to_owned())
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

id!(
    /// A person's stable id.
    StaffId
);
id!(
    /// A post's id.
    PostId
);
id!(
    /// A unit's id.
    UnitId
);

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    };
}

index!(
    /// Position in [`crate::Case::people`].
    PersonIx
);
index!(
    /// Position in [`crate::Case::posts`].
    PostIx
);
index!(
    /// Position in [`crate::Case::units`].
    UnitIx
);
index!(
    /// Position in [`crate::Case::sections`].
    SectionIx
);
