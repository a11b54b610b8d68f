//! From files to a case and a policy; every problem at once, each at its cell.
