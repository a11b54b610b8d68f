//! The one registry of message codes. Each has a sentence per language in `locales/`, and a page line in the docs.
//!
//! E errors stop, W warnings do not, A assumptions are listed in the plan.
//! Blocks: 01 files, 02 cells, 03 references between sheets, 04 policy, 05 events and decisions, 06 output,
//! 07 plans read back and checked, 08 engine, 09 command line.

/// Every registered code, in order.
pub const CODES: &[&str] = &[
    // 01 files
    "E0101", "E0102", "E0103", "E0104", "E0105", "E0106", "E0107", "E0108", "E0109", "E0110", "E0111", "E0112", "E0113",
    "E0114", "E0115", "E0116", "E0117", "E0118", "E0119", "E0120", "E0121", "E0122", "E0123", "E0124", "E0199",
    "W0101", "W0102", "W0103", "W0199", "A0199", // 02 cells
    "E0201", "E0202", "E0203", "E0204", "E0205", "E0206", "E0207", "E0208", "E0209", "E0210", "E0211", "E0212",
    "E0213", "E0214", "E0215", "A0201", "A0202", "A0203", // 03 references between sheets
    "E0301", "E0302", "E0303", "E0304", "E0305", "E0306", "E0307", "E0308", "E0310", "E0311", "E0312", "E0313",
    "E0314", "E0315", "E0316", "E0317", "E0318", "E0319", "W0301", "W0302", "W0303", "W0304", "W0305", "W0306",
    "W0307", "W0308", "W0309", "W0310", "W0311", "W0312", "W0313", "W0314", "W0320", "A0301", "A0302", "A0303",
    "A0304", "A0306", "A0307", "A0308", "A0309", // 04 policy
    "E0401", "E0402", "E0403", "E0404", "E0405", "E0406", "E0407", "E0408", "E0409", "E0410", "E0411", "E0412",
    "E0413", "E0414", "W0401", // 05 events and decisions
    "E0501", "E0502", "E0503", "E0504", "E0506", "E0507", "E0508", "E0509", "E0510", "E0511", "E0512", "E0513",
    "E0514", "E0515", "W0501", "W0502", "W0503", "W0504", "W0505", "W0506", "W0507",
    // 06 output
    // 07 plans read back and checked
    "E0710", "E0711", "E0712", "E0713", "E0714",
    // 08 engine
    // 09 command line
];
