//! The compact reference x[person, post, year], in good_lp: readable, the oracle for small cases.

/// Which decisions clash.
#[must_use]
pub fn clash(_case: &lungang_domain::Case, _policy: &lungang_domain::Policy) -> Vec<lungang_domain::Problem> {
    Vec::new()
}
