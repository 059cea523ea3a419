//! Pauses in work whose duration depends on a file, so that the caller can end the work.

use std::cell::Cell;

thread_local! {
    static PAUSE: Cell<fn()> = const { Cell::new(nothing) };
}

fn nothing() {}

/// Sets the function that this thread calls in each pause while it reads, checks, compiles or compares registries, about ten
/// thousand times a second. The function can unwind: that ends the work and frees its memory.
pub fn on_pause(pause: fn()) {
    PAUSE.set(pause);
}

/// Calls the function that was set.
pub(crate) fn pause() {
    PAUSE.get()();
}
