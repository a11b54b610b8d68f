//! Plans on paper: one report model, then a file per format.
