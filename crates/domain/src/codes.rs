//! The one registry of message codes. Each has a sentence per language in `locales/`, and a page line in the docs.
//!
//! E errors stop, W warnings do not, A assumptions are listed in the plan.
//! Blocks: 01 files, 02 cells, 03 references between sheets, 04 policy, 05 events and decisions, 06 output,
//! 07 plans read back and checked, 08 engine, 09 command line.

/// Every registered code, in order.
pub const CODES: &[&str] = &[
    // 01 files
    // 02 cells
    // 03 references between sheets
    // 04 policy
    // 05 events and decisions
    // 06 output
    "E0601", "E0602", "E0603", "E0604", "E0605", // 07 plans read back and checked
    "E0710", "E0711", "E0712", "E0713", "E0714", // 08 engine
    // 09 command line
    "E0930",
];
