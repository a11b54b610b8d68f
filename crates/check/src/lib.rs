//! The independent verdict on a rotation plan, in whole numbers, from the domain alone.
#![forbid(unsafe_code)]
