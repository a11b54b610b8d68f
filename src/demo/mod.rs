//! The seeded generator of departments for demo, tests and benchmarks.
