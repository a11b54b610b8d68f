//! The rules, one file each, in the forms stay, move, state and row.
