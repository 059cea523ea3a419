//! Text that goes in and out of functions off the hot path, as bytes of the database's encoding. pgrx's own `&str` and `String`
//! take every database for UTF-8.

use pgrx::callconv::{Arg, ArgAbi, BoxRet, FcInfo};
use pgrx::datum::{FromDatum, IntoDatum, UnboxDatum};
use pgrx::pg_sys;

use super::encoding::Encoding;
use super::text::Text;

/// A value of type text that a function makes of the registry, or as a message.
pub struct SqlText(Vec<u8>);

pgrx::impl_sql_translatable!(SqlText, "text");

impl SqlText {
    /// Converts to the database's encoding.
    pub fn from_utf8(text: &str) -> SqlText {
        SqlText(Encoding::of_database().convert_utf8(text.as_bytes()).to_vec())
    }

    /// Text that is in the database's encoding already, and short.
    pub fn of_database(text: &[u8]) -> SqlText {
        SqlText(text.to_vec())
    }
}

impl IntoDatum for SqlText {
    fn into_datum(self) -> Option<pg_sys::Datum> {
        self.0.into_datum()
    }

    fn type_oid() -> pg_sys::Oid {
        pg_sys::TEXTOID
    }
}

// SAFETY: returns a datum of type text, which the declaration says.
unsafe impl BoxRet for SqlText {
    unsafe fn box_into<'fcx>(self, call: &mut FcInfo<'fcx>) -> pgrx::datum::Datum<'fcx> {
        match self.into_datum() {
            // SAFETY: the datum was allocated in the memory context of the call.
            Some(datum) => unsafe { call.return_raw_datum(datum) },
            None => call.return_null(),
        }
    }
}

/// A value of a type with text's representation that a caller gave, where it stands. Its size is the caller's choice, so it is
/// copied by PostgreSQL, if at all.
#[derive(Clone, Copy)]
pub struct TextArgument<'a>(&'a [u8]);

pgrx::impl_sql_translatable!(TextArgument<'_>, "text");

impl<'a> TextArgument<'a> {
    /// Bytes that live as long as the call.
    pub fn new(bytes: &'a [u8]) -> TextArgument<'a> {
        TextArgument(bytes)
    }

    pub fn bytes(self) -> &'a [u8] {
        self.0
    }
}

impl FromDatum for TextArgument<'_> {
    unsafe fn from_polymorphic_datum(datum: pg_sys::Datum, is_null: bool, _: pg_sys::Oid) -> Option<Self> {
        // SAFETY: pgrx gives a datum of the declared type, which is text or like it, for the time of the call.
        (!is_null).then(|| TextArgument(unsafe { Text::from_datum(datum) }.bytes()))
    }
}

// SAFETY: the value lives as long as the datum that it is taken from.
unsafe impl UnboxDatum for TextArgument<'_> {
    type As<'src>
        = TextArgument<'src>
    where
        Self: 'src;

    unsafe fn unbox<'src>(datum: pgrx::datum::Datum<'src>) -> TextArgument<'src>
    where
        Self: 'src,
    {
        // SAFETY: pgrx unboxes datums that are not NULL, of the declared type.
        TextArgument(unsafe { Text::from_datum(datum.sans_lifetime()) }.bytes())
    }
}

// SAFETY: reads the argument as the datum that it is, which lives as long as the call.
unsafe impl<'fcx> ArgAbi<'fcx> for TextArgument<'fcx> {
    unsafe fn unbox_arg_unchecked(argument: Arg<'_, 'fcx>) -> TextArgument<'fcx> {
        // SAFETY: promised by the caller; NULL is what `Option` is for, and a function that takes none is STRICT.
        unsafe { argument.unbox_arg_using_from_datum() }.expect("a STRICT function is not called with NULL")
    }
}

// SAFETY: returns a datum of type text, which the declaration says.
unsafe impl BoxRet for TextArgument<'_> {
    unsafe fn box_into<'fcx>(self, call: &mut FcInfo<'fcx>) -> pgrx::datum::Datum<'fcx> {
        let length = i32::try_from(self.0.len()).expect("text of PostgreSQL is under 1 GiB");
        // SAFETY: copies as many bytes into a new value of type text, in the memory context of the call.
        unsafe {
            let text = pg_sys::cstring_to_text_with_len(self.0.as_ptr().cast(), length);
            call.return_raw_datum(pg_sys::Datum::from(text))
        }
    }
}
