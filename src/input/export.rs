//! Case → file.
