//! Checks an image that comes from outside of the program, once, so that every lookup ends whatever its bytes are. An offset
//! outside of the image is found when it is used, and ends that lookup with a panic.

use std::collections::HashSet;

use super::format::{checksum, header, id_slot, slot, split};
use super::near_keys;
use super::reader::{Image, ImageError, word_at};

impl Image<'_> {
    /// Checks the checksum, and the properties that the loops of a lookup rely on: each hash table has a free slot, and each
    /// node of a tree comes after the nodes that it refers to.
    ///
    /// # Errors
    /// Bytes that were changed.
    pub(super) fn verify(&self) -> Result<(), ImageError> {
        if self.bytes().len() < header::SIZE || word_at(self.bytes(), header::CHECKSUM) != checksum(self.bytes()) {
            return Err(ImageError::WrongChecksum);
        }
        self.verify_tables().ok_or(ImageError::Damaged)
    }

    fn verify_tables(&self) -> Option<()> {
        let layout = self.layout();
        let slots = layout.runtime_mask.checked_add(1).filter(|count| count.is_power_of_two())?;
        let names = self.table(layout.runtime_slots, slots, slot::SIZE)?;
        let ids = self.table(layout.id_slots, layout.id_slot_count, id_slot::SIZE)?;
        let is_free = |slot: &[u8]| slot.iter().all(|&byte| byte == 0);
        let length = |slot: &[u8]| slot[slot::LENGTH..slot::REST].iter().any(|&byte| byte != 0);
        (names.chunks(slot::SIZE).any(|slot| !length(slot)) && ids.chunks(id_slot::SIZE).any(is_free)).then_some(())?;
        let near_keys = self.table(layout.near_keys, layout.near_key_count, near_keys::SIZE)?;
        near_keys.chunks(near_keys::SIZE).any(is_free).then_some(())?;
        let mut seen = HashSet::new();
        let count = self.number_within(header::RUNTIME_COUNT)?;
        (0..count).try_for_each(|runtime| {
            let record = layout.runtimes.checked_add(runtime.checked_mul(super::format::runtime::SIZE)?)?;
            let root = self.number_within(record.checked_add(super::format::runtime::CANDIDATES)?)?;
            self.verify_tree(root, &mut seen)
        })
    }

    /// The bytes of so many records.
    fn table(&self, offset: usize, count: usize, size: usize) -> Option<&[u8]> {
        self.bytes().get(offset..offset.checked_add(count.checked_mul(size)?)?)
    }

    fn number_within(&self, offset: usize) -> Option<usize> {
        (offset.checked_add(4)? <= self.bytes().len()).then(|| self.number(offset))
    }

    /// Each node refers only to nodes before it, so no walk returns to a node.
    fn verify_tree(&self, root: usize, seen: &mut HashSet<usize>) -> Option<()> {
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            if self.number_within(node)? & split::MARK as usize == 0 || !seen.insert(node) {
                continue;
            }
            for bucket in 0..split::BUCKETS {
                let child = self.number_within(node + split::BRANCHES + 4 * bucket)?;
                (child < node).then_some(())?;
                open.push(child);
            }
        }
        Some(())
    }
}

#[cfg(all(test, feature = "compile"))]
mod tests {
    use super::super::format::{checksum, header};
    use crate::{Code, ImageError, ModelId, StoredImage};

    const FILE: &[u8] = include_bytes!("../../tests/conformance/registry-08.yaml");

    /// Numbers that look random and are the same in every run.
    fn next(state: &mut u64) -> usize {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*state >> 33) as usize
    }

    fn with_checksum(mut image: Vec<u8>) -> Vec<u8> {
        let checksum = checksum(&image).to_le_bytes();
        image[header::CHECKSUM..header::SIZE].copy_from_slice(&checksum);
        image
    }

    #[test]
    fn an_image_is_opened_as_it_was_written() {
        let image = crate::compile(FILE).unwrap();
        let stored = StoredImage::open(image.clone()).unwrap();
        let runtime = stored.image().runtimes().next().unwrap().name().to_owned();
        let id = stored.image().runtimes().next().unwrap().models().next().unwrap().to_owned();
        let verdict = stored.image().judge(Some(runtime.as_bytes()), Some(ModelId::from_utf8(id.as_bytes())));
        assert_eq!(verdict.code, Code::Registered);
        assert_eq!(with_checksum(image.clone()), image);
    }

    #[test]
    fn a_byte_that_was_changed_is_found_wherever_it_is() {
        let image = crate::compile(FILE).unwrap();
        for position in (0..image.len()).step_by(7).chain(0..header::SIZE) {
            let mut changed = image.clone();
            changed[position] ^= 1 << (position % 8);
            assert!(StoredImage::open(changed).is_err(), "byte {position}");
        }
        let mut cut = image.clone();
        cut.pop();
        assert_eq!(StoredImage::open(cut).err(), Some(ImageError::Truncated));
        assert_eq!(StoredImage::open(Vec::new()).err(), Some(ImageError::NotAnImage));
    }

    #[test]
    fn every_lookup_in_an_image_that_was_changed_with_its_checksum_ends() {
        let image = crate::compile(FILE).unwrap();
        let names: Vec<String> = {
            let stored = StoredImage::open(image.clone()).unwrap();
            stored.image().runtimes().map(|runtime| runtime.name().to_owned()).chain(["nowhere".to_owned()]).collect()
        };
        let mut state = 5;
        let (mut opened, mut refused) = (0, 0);
        std::panic::set_hook(Box::new(|_| ()));
        for round in 0..3_000 {
            let mut changed = image.clone();
            // Numbers of the header, and of whatever stands behind it.
            for _ in 0..1 + next(&mut state) % 3 {
                let behind = 16 + next(&mut state) % (image.len() - 16);
                let position = if round % 2 == 0 { 48 + next(&mut state) % (header::SIZE - 48) } else { behind };
                changed[position] = next(&mut state) as u8;
            }
            let Ok(stored) = StoredImage::open(with_checksum(changed)) else {
                refused += 1;
                continue;
            };
            opened += 1;
            for name in &names {
                for id in ["claude-opus-4-7", "x", "kimi/k2"] {
                    // A panic is an error of one lookup. The lookup must not run forever.
                    let _ = std::panic::catch_unwind(|| {
                        stored.image().judge(Some(name.as_bytes()), Some(ModelId::from_utf8(id.as_bytes()))).code
                    });
                }
            }
        }
        drop(std::panic::take_hook());
        assert!(opened > 300 && refused > 300, "{opened} opened, {refused} refused");
    }
}
