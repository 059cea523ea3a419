//! Empty: the build script of this crate says what is missing, and what depends on this crate is not built then.
