//! PostgreSQL's memory, for values whose size a caller chooses. If there is not enough, PostgreSQL raises an error (manual:
//! "Memory Management"). Rust's own allocator would end the process, and with it every session.

use std::ops::Deref;
use std::ptr::NonNull;

use pgrx::pg_sys;

/// Bytes in PostgreSQL's memory, freed when dropped. They are in the memory context that lasts as long as the backend,
/// because a value can outlive a call or a statement.
pub struct PgBytes {
    pointer: NonNull<u8>,
    length: usize,
}

impl PgBytes {
    /// Copies pieces one after the other.
    ///
    /// # Errors
    /// PostgreSQL's own (53200, or 54000 beyond 1 GB).
    ///
    /// # Panics
    /// If the pieces together do not have the given length.
    pub fn of<'a>(length: usize, pieces: impl Iterator<Item = &'a [u8]>) -> PgBytes {
        // SAFETY: this gives as many bytes, or raises an error; it never gives null. Nobody else knows of them.
        let bytes = unsafe {
            let pointer = pg_sys::MemoryContextAlloc(pg_sys::TopMemoryContext, length.max(1));
            PgBytes { pointer: NonNull::new_unchecked(pointer.cast()), length }
        };
        let mut filled = 0;
        for piece in pieces {
            assert!(piece.len() <= length - filled, "more bytes than was said");
            // SAFETY: there is room for the piece, which is not in the new memory.
            unsafe { bytes.pointer.add(filled).copy_from_nonoverlapping(NonNull::from(piece).cast(), piece.len()) };
            filled += piece.len();
        }
        assert_eq!(filled, length, "fewer bytes than was said");
        bytes
    }
}

impl Deref for PgBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        // SAFETY: the bytes are there until they are dropped.
        unsafe { std::slice::from_raw_parts(self.pointer.as_ptr(), self.length) }
    }
}

impl Drop for PgBytes {
    fn drop(&mut self) {
        // SAFETY: allocated above, and freed once.
        unsafe { pg_sys::pfree(self.pointer.as_ptr().cast()) };
    }
}

/// Copies bytes into a new value of type text or bytea, which have the same layout, in the current memory context.
///
/// # Errors
/// PostgreSQL's own (53200, or 54000 beyond 1 GB).
pub(crate) fn copy_to_varlena(bytes: &[u8]) -> pg_sys::Datum {
    let length = i32::try_from(bytes.len()).expect("a value of PostgreSQL is under 1 GiB");
    // SAFETY: reads as many bytes.
    unsafe { pg_sys::cstring_to_text_with_len(bytes.as_ptr().cast(), length) }.into()
}

/// Raises an error if the given number of bytes cannot be allocated. Call it before work that uses Rust's own memory.
///
/// # Errors
/// PostgreSQL's own (53200).
pub fn require(bytes: usize) {
    // SAFETY: what is allocated is given back at once; the flag allows more than 1 GB.
    unsafe {
        let room = pg_sys::palloc_extended(bytes.max(1), pg_sys::MCXT_ALLOC_HUGE as i32);
        pg_sys::pfree(room);
    }
}
