//! The one registry of message codes. Each has a sentence per language in `locales/`, and a page line in the docs.
//!
//! E errors stop, W warnings do not, A assumptions are listed in the plan.
//! Blocks: 01 files, 02 cells, 03 references between sheets, 04 policy, 05 events and decisions, 06 output,
//! 07 plans read back and checked, 08 engine, 09 command line.

/// Every registered code, in order.
#[rustfmt::skip]
pub const CODES: &[&str] = &[
    // 01 files
    // 02 cells
    // 03 references between sheets
    // 04 policy
    // 05 events and decisions
    // 06 output
    "E0601", "E0602", "E0603", "E0604", "E0605",
    // 07 plans read back and checked
    "E0710", "E0711", "E0712", "E0713", "E0714", "E0720", "E0721", "E0722", "E0723", "E0724", "E0725", "E0726", "E0727",
    "E0728", "E0729", "E0730", "E0731", "E0732", "E0733", "E0734", "E0735", "E0736", "E0737", "E0738", "E0739",
    "E0740", "E0741", "E0742", "E0743", "E0744", "E0745", "E0746", "E0750", "E0751", "E0752", "E0753", "E0760",
    "E0761", "E0762", "E0763", "E0764", "E0765", "E0766", "E0767", "E0768", "E0769", "E0770", "E0771", "E0772",
    "W0721", "W0722", "W0731", "W0733", "W0760", "W0761", "W0762", "W0763", "W0764", "W0765", "W0766", "W0767",
    "W0768", "W0769", "W0770", "W0771", "W0772", // 08 engine
    "E0801", "E0802",
    // 09 command line
];
