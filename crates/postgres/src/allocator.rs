//! Rust's allocator with a reserve. If one of Rust's own allocations fails, the process ends, and with it every session. So
//! memory whose size a caller chooses is PostgreSQL's, or the value is read in place. The rest is small. Most of it builds
//! the text of an error, which often happens because there is no more memory.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::UnsafeCell;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

#[global_allocator]
static ALLOCATOR: WithReserve =
    WithReserve { reserve: UnsafeCell::new(Reserve([0; SIZE])), used: AtomicUsize::new(0), live: AtomicUsize::new(0) };

/// In bytes. An error's message, its parts and their copies take about 10 kB.
const SIZE: usize = 128 * 1024;

/// In bytes. A larger request is not the text of an error.
const LARGEST: usize = 16 * 1024;

/// Serves requests that the system has no memory for from a fixed buffer, one after the other. Starts again at the beginning
/// of the buffer after all of them are freed.
struct WithReserve {
    reserve: UnsafeCell<Reserve>,
    used: AtomicUsize,
    live: AtomicUsize,
}

#[repr(align(64))]
struct Reserve([u8; SIZE]);

// SAFETY: pieces that are handed out do not overlap, whoever asks; their number is counted by atomics.
unsafe impl Sync for WithReserve {}

impl WithReserve {
    #[cold]
    fn take(&self, layout: Layout) -> *mut u8 {
        if layout.size() > LARGEST || layout.align() > align_of::<Reserve>() {
            return null_mut();
        }
        let place = |used: usize| used.next_multiple_of(layout.align());
        let end = |used: usize| Some(place(used) + layout.size()).filter(|&end| end <= SIZE);
        self.live.fetch_add(1, Relaxed);
        match self.used.fetch_update(Relaxed, Relaxed, end) {
            // SAFETY: the piece lies within the reserve.
            Ok(used) => unsafe { self.start().add(place(used)) },
            Err(_) => {
                self.give_back();
                null_mut()
            }
        }
    }

    #[cold]
    fn give_back(&self) {
        if self.live.fetch_sub(1, Relaxed) == 1 {
            self.used.store(0, Relaxed);
        }
    }

    fn start(&self) -> *mut u8 {
        // SAFETY: only the address is taken.
        unsafe { (&raw mut (*self.reserve.get()).0).cast() }
    }

    fn has(&self, pointer: *mut u8) -> bool {
        (pointer as usize).wrapping_sub(self.start() as usize) < SIZE
    }
}

// SAFETY: hands out memory of the system, or pieces of the reserve that do not overlap, of the size and alignment asked for.
unsafe impl GlobalAlloc for WithReserve {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: promised by the caller.
        let pointer = unsafe { System.alloc(layout) };
        if pointer.is_null() { self.take(layout) } else { pointer }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if self.has(pointer) {
            self.give_back();
        } else {
            // SAFETY: not of the reserve, so of the system.
            unsafe { System.dealloc(pointer, layout) };
        }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if !self.has(pointer) {
            // SAFETY: not of the reserve, so of the system.
            let moved = unsafe { System.realloc(pointer, layout, size) };
            if !moved.is_null() {
                return moved;
            }
        }
        // SAFETY: the size is what the caller promises for realloc; both pieces are there, and apart.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !moved.is_null() {
                moved.copy_from_nonoverlapping(pointer, layout.size().min(size));
                self.dealloc(pointer, layout);
            }
            moved
        }
    }
}
