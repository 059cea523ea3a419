//! Arguments and results of type text, off the hot path, as bytes of the database's encoding. pgrx's own `&str` and `String`
//! assume that every database is in UTF-8.

use std::ffi::CString;
use std::marker::PhantomData;

use pgrx::AnyElement;
use pgrx::callconv::{Arg, ArgAbi, BoxRet, FcInfo};
use pgrx::datum::{FromDatum, IntoDatum, UnboxDatum};
use pgrx::pg_sys;

use super::encoding::Encoding;
use super::expression::NodeTree;
use super::memory::copy_to_varlena;
use super::text::Text;

/// A result of type text, made from the registry or as a message.
pub struct SqlText(Vec<u8>);

pgrx::impl_sql_translatable!(SqlText, "text");

impl SqlText {
    /// Converts to the database's encoding for people to read. Characters that it lacks are escaped.
    pub fn shown(text: &str) -> SqlText {
        SqlText(Encoding::of_database().show_utf8(text).to_vec())
    }

    /// Converts to the database's encoding, for a value that can be stored.
    ///
    /// # Errors
    /// PostgreSQL's own (22P05) if it lacks a character.
    pub fn exact(text: &str) -> SqlText {
        SqlText(Encoding::of_database().convert_utf8(text.as_bytes()).to_vec())
    }

    /// The same. None if the encoding lacks a character.
    pub fn exact_if_possible(text: &str) -> Option<SqlText> {
        Some(SqlText(Encoding::of_database().try_convert_utf8(text)?.to_vec()))
    }

    /// Short bytes that are text of the database already.
    ///
    /// # Errors
    /// PostgreSQL's own (22021) if the bytes are not valid, because functions that take text rely on its encoding.
    pub fn of_database(text: &[u8]) -> SqlText {
        let length = i32::try_from(text.len()).expect("text of PostgreSQL is under 1 GiB");
        // SAFETY: reads as many bytes.
        unsafe { pg_sys::pg_verifymbstr(text.as_ptr().cast(), length, false) };
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

/// An argument of a type with the representation of text, read in place. The caller chooses its size, so if it is copied,
/// PostgreSQL copies it.
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
        // SAFETY: the datum was allocated in the memory context of the call.
        unsafe { call.return_raw_datum(copy_to_varlena(self.0)) }
    }
}

/// An argument of type pg_node_tree, read in place.
pub struct NodeTreeArgument<'a>(TextArgument<'a>);

pgrx::impl_sql_translatable!(NodeTreeArgument<'_>, "pg_node_tree");

impl NodeTreeArgument<'_> {
    /// The tree, if its text has at most this many bytes.
    pub fn read(&self, longest: usize) -> Option<NodeTree> {
        let text = Some(self.0.bytes()).filter(|text| text.len() <= longest)?;
        // SAFETY: a value of this type, which has no input that a user could write.
        Some(unsafe { NodeTree::new(&CString::new(text).ok()?) })
    }
}

// SAFETY: as for text, whose representation a node tree has.
unsafe impl<'fcx> ArgAbi<'fcx> for NodeTreeArgument<'fcx> {
    unsafe fn unbox_arg_unchecked(argument: Arg<'_, 'fcx>) -> NodeTreeArgument<'fcx> {
        // SAFETY: promised by the caller.
        NodeTreeArgument(unsafe { TextArgument::unbox_arg_unchecked(argument) })
    }
}

/// An argument, not NULL, of any type.
#[derive(Clone, Copy)]
pub struct AnyArgument<'a> {
    datum: pg_sys::Datum,
    type_oid: pg_sys::Oid,
    lives: PhantomData<&'a [u8]>,
}

pgrx::impl_sql_translatable!(AnyArgument<'_>, "\"any\"");

impl AnyArgument<'_> {
    pub(super) fn datum(self) -> pg_sys::Datum {
        self.datum
    }

    pub(super) fn type_oid(self) -> pg_sys::Oid {
        self.type_oid
    }
}

// SAFETY: takes the datum with its type, for as long as the call.
unsafe impl<'fcx> ArgAbi<'fcx> for AnyArgument<'fcx> {
    unsafe fn unbox_arg_unchecked(argument: Arg<'_, 'fcx>) -> AnyArgument<'fcx> {
        // SAFETY: promised by the caller.
        let value = unsafe { argument.unbox_arg_using_from_datum::<AnyElement>() };
        let value = value.expect("a STRICT function is not called with NULL");
        AnyArgument { datum: value.datum(), type_oid: value.oid(), lives: PhantomData }
    }
}
