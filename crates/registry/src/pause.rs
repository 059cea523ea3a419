//! Pauses in work that grows with a file, so that whoever waits for it can end it.

use std::cell::Cell;

thread_local! {
    static PAUSE: Cell<fn()> = const { Cell::new(nothing) };
}

fn nothing() {}

/// Sets what this thread does in each pause of reading, checking, compiling and comparing registries: some ten thousand times a
/// second. It may unwind, which ends the work and gives its memory back.
pub fn on_pause(pause: fn()) {
    PAUSE.set(pause);
}

/// A pause.
pub(crate) fn pause() {
    PAUSE.get()();
}
