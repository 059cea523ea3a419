//! Characters that a file cannot contain, and byte order marks.

use crate::file::{report, with_items};

#[test]
fn a_byte_order_mark_is_skipped_and_is_a_part_of_what_the_digest_is_of() {
    let file = with_items("");
    let marked = format!("\u{feff}{file}");
    let [plain, marked] = [file.as_bytes(), marked.as_bytes()].map(|file| {
        let image = registry::compile(file).unwrap_or_else(|faults| panic!("{faults}"));
        registry::Image::open(Box::leak(image.into_boxed_slice())).unwrap()
    });
    assert_eq!(marked.runtimes().count(), 1);
    assert_ne!(plain.sha256(), marked.sha256());
    assert!(report("\u{feff}").starts_with("the document is empty"));
}

#[test]
fn a_byte_order_mark_within_the_file_is_told_by_its_own_line() {
    let told = "a byte order mark (U+FEFF) begins this line, and can only begin the file; remove it";
    assert_eq!(report(&with_items("\u{feff}          - y\n")), format!("line 15: {told}"));
    assert_eq!(report(&format!("\u{feff}\u{feff}{}", with_items(""))), format!("line 1: {told}"));
}

#[test]
fn a_file_in_utf16_is_told_so() {
    let found = registry::read(b"\xff\xfes\0c\0").unwrap_err().to_string();
    assert!(found.ends_with("it begins as UTF-16 does, so save it as UTF-8"), "{found}");
}

#[test]
fn a_control_character_is_told_by_its_own_line() {
    for (character, name) in
        [('\u{7}', "0007"), ('\0', "0000"), ('\u{7f}', "007F"), ('\u{9f}', "009F"), ('\u{fffe}', "FFFE")]
    {
        let told = format!("line 15: the character U+{name} cannot stand in YAML; remove it");
        assert_eq!(report(&with_items(&format!("          - y{character}\n"))), told);
        assert_eq!(report(&with_items(&format!("  # {character}\n")).replace('\n', "\r\n")), told);
    }
}
