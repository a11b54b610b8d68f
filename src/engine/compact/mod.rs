//! The compact reference x[person, post, year], in good_lp: readable, the oracle for small cases.
