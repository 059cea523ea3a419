//! Text that goes in and out of functions off the hot path, as bytes of the database's encoding.

use pgrx::callconv::{Arg, ArgAbi, BoxRet, FcInfo};
use pgrx::datum::{FromDatum, IntoDatum, UnboxDatum};
use pgrx::pg_sys;

use super::encoding::Encoding;
use super::text::Text;

/// A value of type text. pgrx's own `&str` and `String` take every database for UTF-8.
pub struct SqlText(Vec<u8>);

pgrx::impl_sql_translatable!(SqlText, "text");

impl SqlText {
    /// Converts to the database's encoding.
    pub fn from_utf8(text: &str) -> SqlText {
        SqlText(Encoding::of_database().convert_utf8(text.as_bytes()).into_owned())
    }

    /// Text that is in the database's encoding already.
    pub fn of_database(text: &[u8]) -> SqlText {
        SqlText(text.to_vec())
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl FromDatum for SqlText {
    unsafe fn from_polymorphic_datum(datum: pg_sys::Datum, is_null: bool, _: pg_sys::Oid) -> Option<SqlText> {
        // SAFETY: pgrx gives a datum of the declared type, which is text.
        (!is_null).then(|| SqlText(unsafe { Text::from_datum(datum) }.bytes().to_vec()))
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

// SAFETY: `unbox` makes an owned copy of the value, of whatever lifetime.
unsafe impl UnboxDatum for SqlText {
    type As<'src> = SqlText;

    unsafe fn unbox<'src>(datum: pgrx::datum::Datum<'src>) -> SqlText
    where
        Self: 'src,
    {
        // SAFETY: pgrx unboxes datums that are not NULL, of the declared type.
        SqlText(unsafe { Text::from_datum(datum.sans_lifetime()) }.bytes().to_vec())
    }
}

// SAFETY: reads the argument as the datum that it is.
unsafe impl<'fcx> ArgAbi<'fcx> for SqlText {
    unsafe fn unbox_arg_unchecked(argument: Arg<'_, 'fcx>) -> SqlText {
        // SAFETY: promised by the caller.
        unsafe { argument.unbox_arg_using_from_datum() }.unwrap_or_else(|| SqlText(Vec::new()))
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
