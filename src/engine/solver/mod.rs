//! Calls into HiGHS; nothing outside this room names it, and its verdicts are never trusted.
