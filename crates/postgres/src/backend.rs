//! State of a backend, which is a process with one thread (manual: "How Connections Are Established").

use std::marker::PhantomData;

/// Proof that the code runs in the backend's own thread. A call from PostgreSQL creates it, and no other thread can have one.
#[derive(Clone, Copy)]
pub struct InBackend(PhantomData<*const ()>);

impl InBackend {
    /// # Safety
    /// PostgreSQL called the code that makes this.
    #[inline(always)]
    pub(super) unsafe fn new() -> InBackend {
        InBackend(PhantomData)
    }
}

/// A static variable of a backend, which other threads cannot reach.
pub struct OfBackend<T>(T);

// SAFETY: only the backend's own thread has the proof without which there is no way to the value.
unsafe impl<T> Sync for OfBackend<T> {}

impl<T> OfBackend<T> {
    pub const fn new(value: T) -> OfBackend<T> {
        OfBackend(value)
    }

    #[inline(always)]
    pub fn get(&self, _: InBackend) -> &T {
        &self.0
    }
}
