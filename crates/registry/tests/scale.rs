//! A registry of 1,000 runtimes, 500 providers and 100,000 ids compiles into an image of less than 40 MB, which answers.

mod common;

use common::scale::{mix, registry_file};
use registry::Image;

#[test]
fn a_large_registry_compiles_into_an_image_of_under_40_mb_that_answers() {
    let text = registry_file(1_000, 500, 100_000);
    let registry = registry::read(text.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    let ids: usize = registry.runtimes.iter().map(|runtime| runtime.listed_ids().count()).sum();
    assert_eq!((registry.runtimes.len(), registry.providers.len(), ids), (1_000, 500, 100_000));
    let bytes = registry::write(&registry, text.as_bytes());
    assert!(bytes.len() < 40_000_000, "{}", bytes.len());
    let image = Image::open(&bytes).unwrap();
    // The generator has checked each question against its intended code.
    assert_eq!(mix(&registry, &image, 5_000).len(), 5_000);
}
