//! Cancelled statements (manual: "Interrupt Handling" of the server's source, `CHECK_FOR_INTERRUPTS`).

/// Raises the error of a statement that was cancelled meanwhile. For loops whose length a caller or a registry decides.
pub fn check() {
    pgrx::check_for_interrupts!();
}
