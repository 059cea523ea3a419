//! Values of type text, varchar and char(n), read in place.

use pgrx::pg_sys;
use pgrx::varlena::{
    varatt_is_1b, varatt_is_1b_e, varatt_is_4b_u, vardata_1b, vardata_4b, vardata_any, varsize_1b, varsize_4b,
    varsize_any, varsize_any_exhdr,
};

/// A value in the form of a `varlena` (manual: "TOAST"), which may be compressed or stored out of line.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    pointer: *const pg_sys::varlena,
    lives: std::marker::PhantomData<&'a [u8]>,
}

impl<'a> Text<'a> {
    /// Takes a datum of a varlena type.
    ///
    /// # Safety
    /// The datum is not NULL, of a type with `typlen` -1, and stays where it is for the lifetime.
    #[inline]
    pub unsafe fn from_datum(datum: pg_sys::Datum) -> Text<'a> {
        Text { pointer: datum.cast_mut_ptr::<pg_sys::varlena>(), lives: std::marker::PhantomData }
    }

    /// The bytes of the text, if they are uncompressed and in line.
    #[inline(always)]
    pub fn in_place(self) -> Option<&'a [u8]> {
        let value = self.pointer;
        // SAFETY: the pointer is a varlena (see `from_datum`), whose first byte tells its kind, and its header the size.
        unsafe {
            let (bytes, length) = if varatt_is_1b(value) && !varatt_is_1b_e(value) {
                (vardata_1b(value), varsize_1b(value) - pg_sys::VARHDRSZ_SHORT)
            } else if varatt_is_4b_u(value) {
                (vardata_4b(value), varsize_4b(value) - pg_sys::VARHDRSZ)
            } else {
                return None;
            };
            Some(std::slice::from_raw_parts(bytes.cast::<u8>(), length))
        }
    }

    /// The bytes of the text. They are copied into the current memory context only if they are compressed or out of line.
    #[inline(always)]
    pub fn bytes(self) -> &'a [u8] {
        self.in_place().unwrap_or_else(|| self.detoasted())
    }

    /// A separate function, so that values in line do not pay for it.
    #[cold]
    #[inline(never)]
    fn detoasted(self) -> &'a [u8] {
        // SAFETY: the pointer is a varlena (see `from_datum`). What detoasting allocates lives as long as the memory
        // context of the row or expression, and `'a` is no longer than that.
        unsafe {
            let value = pg_sys::pg_detoast_datum_packed(self.pointer.cast_mut());
            std::slice::from_raw_parts(vardata_any(value).cast::<u8>(), varsize_any_exhdr(value))
        }
    }

    /// Whether both have the same bytes. If the representations are equal, even toasted ones, they are not detoasted.
    pub fn same_bytes(self, other: Text) -> bool {
        match (self.in_place(), other.in_place()) {
            (Some(one), Some(other)) => one == other,
            _ => self.same_toasted(other),
        }
    }

    #[cold]
    #[inline(never)]
    fn same_toasted(self, other: Text) -> bool {
        // SAFETY: as above; the representation is the header and what it says follows.
        let representation =
            |text: Text| unsafe { std::slice::from_raw_parts(text.pointer.cast::<u8>(), varsize_any(text.pointer)) };
        representation(self) == representation(other) || self.bytes() == other.bytes()
    }
}
