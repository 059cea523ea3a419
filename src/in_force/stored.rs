//! Releases as they are stored in the table, read without a query.

use registry::{Code, Image, ModelId, StoredImage};

use super::BUILT_IN;
use postgres::error::{Report, SqlState};
use postgres::library::LibraryFunction;
use postgres::own_table::{AsOf, LastRow, OwnTable};

/// A registry, and where it comes from.
pub struct InForce {
    image: StoredImage,
    /// Whether it is the registry that this library was built with, with or without a release.
    is_built_in: bool,
    /// None if the database has no release.
    release: Option<Release>,
}

/// The columns of a release, other than its image. Text is in the database's encoding.
pub struct Release {
    pub number: i32,
    /// In microseconds, as PostgreSQL counts them.
    pub released_at: Option<i64>,
    pub released_by: Option<Vec<u8>>,
    pub note: Option<Vec<u8>>,
    sha256: Option<Vec<u8>>,
}

impl InForce {
    /// The registry that this library was built with, with or without a release.
    fn built_in(release: Option<Release>) -> InForce {
        InForce { image: StoredImage::of_program(BUILT_IN), is_built_in: true, release }
    }

    pub fn image(&self) -> Image<'_> {
        self.image.image()
    }

    /// The code of a pair.
    #[inline(always)]
    pub fn code(&self, runtime: Option<&[u8]>, model: Option<ModelId>) -> Code {
        self.image.code(runtime, model)
    }

    /// The code of a pair, and whether the pair is a near miss.
    pub fn code_and_near_miss(&self, runtime: Option<&[u8]>, model: Option<ModelId>) -> (Code, bool) {
        self.image.code_and_near_miss(runtime, model)
    }

    pub fn is_built_in(&self) -> bool {
        self.is_built_in
    }

    /// The release, if the database has one.
    pub fn release(&self) -> Option<&Release> {
        self.release.as_ref()
    }

    pub(super) fn number(&self) -> Option<i32> {
        Some(self.release()?.number)
    }
}

/// The positions of the table's columns.
pub mod column {
    pub const NUMBER: usize = 0;
    pub const RELEASED_AT: usize = 1;
    pub const RELEASED_BY: usize = 2;
    pub const NOTE: usize = 3;
    pub const SOURCE: usize = 4;
    pub const SHA256: usize = 5;
    pub const IMAGE: usize = 9;
}

/// The table of releases. None if the objects are of a former version.
pub fn table() -> Option<OwnTable> {
    OwnTable::find(c"model_routable")
}

/// The last release of the table.
pub(super) enum Last {
    /// The table has no release.
    None,
    /// The last release is the known one.
    Known,
    Other(Stored),
}

impl Last {
    pub(super) fn read(as_of: AsOf, known: Option<&InForce>) -> Last {
        let row = table().and_then(|table| table.with_last_row(as_of, |row| Stored::read(row, known)));
        match row {
            None => Last::None,
            Some(None) => Last::Known,
            Some(Some(stored)) => Last::Other(stored),
        }
    }

    /// Its number, if there is one.
    pub(super) fn number(&self, known: Option<&InForce>) -> Option<i32> {
        match self {
            Last::None => None,
            Last::Known => known?.number(),
            Last::Other(stored) => Some(stored.release.number),
        }
    }

    /// The registry that it puts in force. None if it is the known one.
    pub(super) fn unless_known(self, known: Option<&InForce>) -> Option<InForce> {
        match self {
            Last::None if known.is_some_and(|known| known.release.is_none()) => None,
            Last::None => Some(InForce::built_in(None)),
            Last::Known => None,
            Last::Other(stored) => Some(stored.open()),
        }
    }
}

/// A release from the table.
pub(super) struct Stored {
    release: Release,
    text_or_image: TextOrImage,
}

enum TextOrImage {
    BuiltIn,
    Image(StoredImage),
    /// Its image has another layout, or is damaged.
    Text(Vec<u8>),
}

impl Stored {
    /// None if it is the known release. The number alone does not tell, because a number is used again if its transaction was
    /// rolled back.
    fn read(row: &LastRow, known: Option<&InForce>) -> Option<Stored> {
        let number = row.integer(column::NUMBER).unwrap_or_default();
        let sha256 = row.bytes(column::SHA256);
        let released_at = row.timestamp(column::RELEASED_AT);
        let is_same =
            |known: &Release| (known.number, known.released_at, &known.sha256) == (number, released_at, &sha256);
        let is_known = |known: &InForce| known.release.as_ref().is_some_and(is_same);
        if known.is_some_and(is_known) {
            return None;
        }
        let image = || row.bytes(column::IMAGE).map(StoredImage::open)?.ok();
        let text_or_image = if row.is_null(column::SOURCE) {
            TextOrImage::BuiltIn
        } else if let Some(image) = image() {
            TextOrImage::Image(image)
        } else {
            // The text is longer than the image and has to be unpacked, so it is not read if it is not needed.
            TextOrImage::Text(row.bytes(column::SOURCE).unwrap_or_default())
        };
        let (released_by, note) = (row.bytes(column::RELEASED_BY), row.bytes(column::NOTE));
        let release = Release { number, released_at, released_by, note, sha256 };
        Some(Stored { release, text_or_image })
    }

    /// The stored image, or one that is compiled again from the text.
    fn open(self) -> InForce {
        let image = match self.text_or_image {
            TextOrImage::BuiltIn => return InForce::built_in(Some(self.release)),
            TextOrImage::Image(image) => image,
            TextOrImage::Text(text) => compile(self.release.number, &text),
        };
        InForce { image, is_built_in: false, release: Some(self.release) }
    }
}

/// Compiles an image from a text and the number of its release; see crates/reader.
#[allow(unsafe_code)]
// SAFETY: the function takes a text and an integer, and returns a bytea.
static COMPILE: LibraryFunction = unsafe { LibraryFunction::new(c"model_routable_reader", c"compile_anew_wrapper") };

/// Fails closed: if the registry of a database cannot be read, no pair is judged.
fn compile(number: i32, source: &[u8]) -> StoredImage {
    let image = COMPILE.call(source, number);
    StoredImage::open(image.bytes().to_vec()).unwrap_or_else(|error| {
        Report {
            detail: Some(error.to_string()),
            hint: Some("Install both libraries of the extension in the same version.".to_owned()),
            ..Report::new(
                SqlState::ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, // 55000
                format!("release {number} of the registry was compiled by another version than this library's"),
            )
        }
        .throw()
    })
}
