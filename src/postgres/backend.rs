//! What belongs to a backend, which is a process with one thread (manual: "How Connections Are Established").

use std::ops::Deref;

/// A static of a backend's, which other threads do not reach.
pub struct OfBackend<T>(pub T);

// SAFETY: PostgreSQL calls this library from the one thread of each backend, and the library starts no other.
unsafe impl<T> Sync for OfBackend<T> {}

impl<T> Deref for OfBackend<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        &self.0
    }
}
