//! The database's encoding, and ids in it (manual: "Character Set Support").

use std::ffi::{CStr, CString, c_char, c_int};
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::atomic::{AtomicI32, Ordering};

use pgrx::{PgSqlErrorCode, PgTryBuilder, pg_sys};

use super::interrupts;
use super::memory::PgBytes;

/// How to read text of the database.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    Utf8,
    /// Bytes without a declared encoding (SQL_ASCII).
    SqlAscii,
    /// An encoding that PostgreSQL converts to UTF-8 and back.
    Other,
}

const SQL_ASCII: i32 = pg_sys::pg_enc::PG_SQL_ASCII as i32;
const UTF8: i32 = pg_sys::pg_enc::PG_UTF8 as i32;

impl Encoding {
    /// The encoding of the database to which this backend is connected, which never changes.
    #[inline(always)]
    pub fn of_database() -> Encoding {
        static KNOWN: AtomicI32 = AtomicI32::new(-1);
        match KNOWN.load(Ordering::Relaxed) {
            UTF8 => Encoding::Utf8,
            known => Encoding::other_than_utf8(known, &KNOWN),
        }
    }

    #[inline(never)]
    fn other_than_utf8(mut encoding: i32, known: &AtomicI32) -> Encoding {
        if encoding < 0 {
            // SAFETY: reads a variable of the backend; functions run in connected backends only.
            encoding = unsafe { pg_sys::GetDatabaseEncoding() };
            known.store(encoding, Ordering::Relaxed);
        }
        match encoding {
            UTF8 => Encoding::Utf8,
            SQL_ASCII => Encoding::SqlAscii,
            _ => Encoding::Other,
        }
    }

    /// Text of the database as UTF-8, or as it is in SQL_ASCII. ASCII is the same in every encoding of a database.
    ///
    /// If a character has no counterpart in Unicode, every run of bytes outside of ASCII becomes U+FFFD. An error instead
    /// would make rows from before the guard uneditable.
    #[inline]
    pub fn to_utf8(self, stored: &[u8]) -> Converted<'_> {
        match self {
            Encoding::Other if !stored.is_ascii() => or_substitute(stored),
            _ => Converted::AsItIs(stored),
        }
    }

    /// UTF-8 as text of the database.
    ///
    /// # Errors
    /// PostgreSQL's own (22P05) if the database's encoding lacks a character.
    pub fn convert_utf8(self, text: &[u8]) -> Converted<'_> {
        match self {
            Encoding::Other if !text.is_ascii() => convert(text, pg_sys::pg_any_to_server),
            _ => Converted::AsItIs(text),
        }
    }

    /// The same, none if the encoding lacks a character.
    pub fn try_convert_utf8(self, text: &str) -> Option<Converted<'_>> {
        match self {
            Encoding::Other if !text.is_ascii() => try_convert(text.as_bytes(), pg_sys::pg_any_to_server),
            _ => Some(Converted::AsItIs(text.as_bytes())),
        }
    }

    /// UTF-8 as text of the database for people to read. Characters that its encoding lacks are escaped, as in `\u{4e2d}`.
    pub fn show_utf8(self, text: &str) -> Converted<'_> {
        self.try_convert_utf8(text).unwrap_or_else(|| self.escape_utf8(text))
    }

    #[cold]
    fn escape_utf8(self, text: &str) -> Converted<'_> {
        let mut shown = Vec::with_capacity(text.len());
        for character in text.chars() {
            interrupts::check();
            match self.try_convert_utf8(character.encode_utf8(&mut [0; 4])) {
                Some(converted) => shown.extend_from_slice(&converted),
                None => shown.extend(character.escape_unicode().map(|part| part as u8)),
            }
        }
        Converted::InMemory(PgBytes::of(shown.len(), std::iter::once(&*shown)))
    }
}

/// Text in another encoding, or unchanged. The converted text is in PostgreSQL's memory, because the caller chooses its size:
/// if there is not enough memory, PostgreSQL raises an error.
pub enum Converted<'a> {
    AsItIs(&'a [u8]),
    InMemory(PgBytes),
}

impl Deref for Converted<'_> {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match self {
            Converted::AsItIs(text) => text,
            Converted::InMemory(text) => text,
        }
    }
}

impl Hash for Converted<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.deref().hash(state);
    }
}

/// Converts to UTF-8. If a character has no counterpart, each run of bytes outside of ASCII becomes U+FFFD.
fn or_substitute<'a>(text: &'a [u8]) -> Converted<'a> {
    try_convert(text, pg_sys::pg_server_to_any).unwrap_or_else(|| {
        let chunks = || text.chunk_by(|left, right| left.is_ascii() == right.is_ascii());
        let shown = |chunk: &'a [u8]| if chunk[0].is_ascii() { chunk } else { "\u{fffd}".as_bytes() };
        Converted::InMemory(PgBytes::of(chunks().map(|chunk| shown(chunk).len()).sum(), chunks().map(shown)))
    })
}

/// Converts, unless a character has no counterpart.
fn try_convert(text: &[u8], conversion: Conversion) -> Option<Converted<'_>> {
    // Needs no subtransaction, because a conversion changes nothing that would have to be undone.
    PgTryBuilder::new(|| Some(convert(text, conversion)))
        .catch_when(PgSqlErrorCode::ERRCODE_UNTRANSLATABLE_CHARACTER, |_| None)
        .catch_when(PgSqlErrorCode::ERRCODE_CHARACTER_NOT_IN_REPERTOIRE, |_| None)
        .execute()
}

type Conversion = unsafe fn(*const c_char, c_int, c_int) -> *mut c_char;

/// Calls one of PostgreSQL's conversions between UTF-8 and the database's encoding.
fn convert(text: &[u8], conversion: Conversion) -> Converted<'_> {
    let length = c_int::try_from(text.len()).expect("text of PostgreSQL is under 1 GiB");
    let source = text.as_ptr().cast::<c_char>();
    // SAFETY: the source is read for `length` bytes. The result is the source itself, or a palloc'd string with a terminator.
    unsafe {
        let converted = conversion(source, length, UTF8);
        if converted.cast_const() == source {
            Converted::AsItIs(text)
        } else {
            // Copied, because others reset the memory context that it is in.
            let bytes = CStr::from_ptr(converted).to_bytes();
            let copy = PgBytes::of(bytes.len(), std::iter::once(bytes));
            pg_sys::pfree(converted.cast());
            Converted::InMemory(copy)
        }
    }
}

/// UTF-8 as a C string of the database's encoding. PostgreSQL's text has no NUL; one that comes in ends the string.
///
/// # Errors
/// PostgreSQL's own (22P05) where the database's encoding lacks a character.
pub fn to_c_string(text: &str) -> CString {
    until_nul(Encoding::of_database().convert_utf8(text.as_bytes()).to_vec())
}

/// The same for a message, which must not fail. Characters that the encoding lacks are escaped.
pub fn to_message(text: &str) -> CString {
    until_nul(Encoding::of_database().show_utf8(text).to_vec())
}

fn until_nul(bytes: Vec<u8>) -> CString {
    CString::new(bytes).unwrap_or_else(|error| {
        let end = error.nul_position();
        CString::new(&error.into_vec()[..end]).unwrap_or_default()
    })
}
