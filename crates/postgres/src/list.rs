//! PostgreSQL's lists (source: `pg_list.h`).

use pgrx::pg_sys;

/// The nodes of a list.
///
/// # Safety
/// The list is null, which is the empty one, or one of pointers to nodes, and lives as long.
pub(super) unsafe fn elements<'a>(list: *mut pg_sys::List) -> &'a [*mut pg_sys::Node] {
    // SAFETY: promised by the caller; a cell of such a list is a union of the size of a pointer, which it holds.
    unsafe {
        match list.as_ref() {
            Some(list) => std::slice::from_raw_parts(list.elements.cast(), usize::try_from(list.length).unwrap_or(0)),
            None => &[],
        }
    }
}
