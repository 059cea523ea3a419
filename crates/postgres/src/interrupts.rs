//! Cancelled statements (manual: "Interrupt Handling" of the server's source, `CHECK_FOR_INTERRUPTS`).

/// Raises an error if the statement was cancelled. For loops whose length depends on a caller or a registry.
pub fn check() {
    pgrx::check_for_interrupts!();
}
