//! An image together with its bytes.

use std::borrow::Cow;

use super::lookup_tables::Tables;
use super::reader::{Image, ImageError, Layout};

/// A compiled registry that owns its bytes, or that is part of the program.
#[derive(Clone, Debug)]
pub struct StoredImage {
    bytes: Cow<'static, [u8]>,
    layout: Layout,
}

impl StoredImage {
    /// An image that is part of the program.
    pub fn of_program(image: Image<'static>) -> StoredImage {
        StoredImage { bytes: Cow::Borrowed(image.bytes()), layout: image.layout() }
    }

    /// Opens bytes that were stored somewhere, and checks everything that a lookup relies on.
    ///
    /// # Errors
    /// Bytes that are not an image of this layout, or that were changed.
    pub fn open(bytes: Vec<u8>) -> Result<StoredImage, ImageError> {
        let image = Image::open(&bytes)?;
        image.verify()?;
        let layout = image.layout();
        Ok(StoredImage { bytes: Cow::Owned(bytes), layout })
    }

    /// The part that a lookup reads.
    #[inline(always)]
    pub(crate) fn tables(&self) -> Tables<'_, '_> {
        Tables { bytes: &self.bytes, layout: &self.layout }
    }

    /// The image. It was checked already.
    #[inline(always)]
    pub fn image(&self) -> Image<'_> {
        Image::of_layout(&self.bytes, self.layout)
    }
}
