//! Writes a validated registry as an image.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::format::{MAGIC, VERSION, announcement, arm, checksum, entry, entry_length, header, id_slot};
use super::tables::IdKey;
use crate::catalogue::{Arm, ModelEntry, Registry, Runtime};
use crate::date::Date;
use crate::pattern::{Automaton, Pattern};
use crate::pause::pause;

/// In bytes, of the trees of all runtimes. Without a limit, many patterns with the same beginning would make trees of
/// gigabytes. If there is no room for a tree, it is a list, which gives the same answers at a higher cost.
const ROOM_FOR_TREES: usize = 2 << 20;
const ROOM_FOR_TREES_PER_BYTE: usize = 8;

/// In bytes of the image, for each id. With this estimate the memory is mostly allocated once. If it has to grow, it is held
/// twice.
const USUAL_SIZE_OF_ID: usize = 76;

/// The image of a registry and of the file that it was read from.
pub(crate) fn write(registry: &Registry, file: &[u8]) -> Vec<u8> {
    let listed = registry.runtimes.iter().map(|runtime| ids_of(runtime).count()).sum();
    let mut image = Writer { bytes: Vec::with_capacity(file.len() + USUAL_SIZE_OF_ID * listed), texts: HashMap::new() };
    image.bytes.resize(header::SIZE, 0);
    let patterns = image.patterns(registry);
    let mut providers = Vec::new();
    for provider in &registry.providers {
        let variables: Vec<_> = provider.auth_env.iter().flat_map(|name| image.text(name)).collect();
        providers.extend(image.text(&provider.name));
        providers.extend(image.text(&provider.display_name));
        providers.extend(image.optional_text(provider.pattern.as_ref().map(Pattern::source)));
        providers.extend(image.optional_text(provider.upstream_vendor.as_deref()));
        providers.extend([image.numbers(&variables), provider.auth_env.len() as u32]);
    }
    let mut ids = Vec::with_capacity(listed);
    image.bytes.resize(image.bytes.len().next_multiple_of(entry::UNIT), 0);
    let entries = image.here();
    let texts: Vec<_> = registry
        .runtimes
        .iter()
        .enumerate()
        .map(|(position, runtime)| image.entries(entries as usize, position, runtime, &mut ids))
        .collect();
    let mut runtimes = Vec::new();
    let mut room = ROOM_FOR_TREES + ROOM_FOR_TREES_PER_BYTE * file.len();
    for (runtime, texts) in registry.runtimes.iter().zip(&texts) {
        let arms: Vec<_> = runtime.arms.iter().flat_map(|arm| image.arm(arm, texts)).collect();
        runtimes.extend(image.text(&runtime.name));
        runtimes.extend(image.optional_text(runtime.display_name.as_deref()));
        runtimes.extend(runtime.default_model().map_or([0, 0], |id| texts[id]));
        runtimes.extend([image.numbers(&arms), runtime.arms.len() as u32]);
        runtimes.push(image.candidates(runtime, &patterns, &mut room));
    }
    drop(texts);
    let longest = registry.runtimes.iter().flat_map(ids_of).map(|(id, ..)| id.len()).max().unwrap_or(0);
    let providers = image.numbers(&providers);
    let runtimes = image.numbers(&runtimes);
    let names = registry.runtimes.iter().map(|runtime| &runtime.name).chain(&registry.external_runtimes);
    let (runtime_slots, runtime_mask) = image.runtime_slots(&names.map(String::as_str).collect::<Vec<_>>());
    let external: Vec<_> = registry.external_runtimes.iter().flat_map(|name| image.text(name)).collect();
    let external = image.numbers(&external);
    let (near_keys, near_key_count) = image.near_keys(registry);
    let [id_slots, owners, id_slot_count] = image.id_slots(&ids);
    let length = image.bytes.len() as u32;
    image.bytes[..MAGIC.len()].copy_from_slice(&MAGIC);
    image.bytes[header::SHA256..header::SHA256 + 32].copy_from_slice(&Sha256::digest(file));
    for (offset, number) in [
        (header::VERSION, VERSION),
        (header::LENGTH, length),
        (header::SCHEMA_VERSION, registry.schema_version),
        (header::PROVIDERS, providers),
        (header::PROVIDER_COUNT, registry.providers.len() as u32),
        (header::RUNTIMES, runtimes),
        (header::RUNTIME_COUNT, registry.runtimes.len() as u32),
        (header::RUNTIME_SLOTS, runtime_slots),
        (header::RUNTIME_MASK, runtime_mask),
        (header::ID_SLOTS, id_slots),
        (header::ID_SLOT_COUNT, id_slot_count),
        (header::ENTRIES, entries),
        (header::OWNERS, owners),
        (header::LONGEST_ID, longest as u32),
        (header::EXTERNAL, external),
        (header::EXTERNAL_COUNT, registry.external_runtimes.len() as u32),
        (header::NEAR_KEYS, near_keys),
        (header::NEAR_KEY_COUNT, near_key_count),
    ] {
        image.bytes[offset..offset + 4].copy_from_slice(&number.to_le_bytes());
    }
    let checksum = checksum(&image.bytes);
    image.bytes[header::CHECKSUM..header::SIZE].copy_from_slice(&checksum.to_le_bytes());
    image.bytes
}

/// In bytes, of the entries of all ids. A slot has [`id_slot::ENTRY_BITS`] bits for the position of an entry.
pub(crate) const ROOM_FOR_IDS: usize = ((1 << id_slot::ENTRY_BITS) - 2) * entry::UNIT;

/// The part of [`ROOM_FOR_IDS`] that an id of this length takes in each runtime.
pub(crate) fn room_of_id(length: usize) -> usize {
    (entry::SIZE + entry_length(length)).next_multiple_of(entry::UNIT)
}

/// The ids of a runtime as (id, position of the arm, withdrawn), in the order of the file.
fn ids_of(runtime: &Runtime) -> impl Iterator<Item = (&str, usize, bool)> {
    runtime.arms.iter().enumerate().flat_map(|(position, arm)| {
        let offered = arm.models.iter().map(move |entry| (entry.id.as_str(), position, false));
        offered.chain(arm.withdrawn_models.iter().map(move |entry| (entry.id.as_str(), position, true)))
    })
}

/// The bytes written so far.
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
    texts: HashMap<String, u32>,
}

impl Writer {
    /// The offset of the next byte.
    ///
    /// # Panics
    /// If an image exceeds its 32-bit offsets. It takes at most 16 MiB and 80 times the file, which has at most 32 MiB.
    pub(super) fn here(&self) -> u32 {
        u32::try_from(self.bytes.len()).expect("an image is under 4 GiB")
    }

    pub(super) fn numbers(&mut self, numbers: &[u32]) -> u32 {
        let offset = self.here();
        self.bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        offset
    }

    /// Removes what was written from an offset on.
    pub(super) fn shorten(&mut self, length: usize) {
        self.bytes.truncate(length);
    }

    /// Writes bytes, and returns their offset.
    pub(super) fn append(&mut self, bytes: &[u8]) -> u32 {
        let offset = self.here();
        self.bytes.extend(bytes);
        offset
    }

    /// Offset and length of a text, written once.
    fn text(&mut self, text: &str) -> [u32; 2] {
        let here = self.here();
        let offset = *self.texts.entry(text.to_owned()).or_insert(here);
        if offset == here {
            self.bytes.extend(text.as_bytes());
        }
        [offset, text.len() as u32]
    }

    /// The same. An absent text has the offset 0.
    fn optional_text(&mut self, text: Option<&str>) -> [u32; 2] {
        text.map_or([0, 0], |text| self.text(text))
    }

    /// Writes the entries of a runtime's ids, and returns the offset and length of their bytes.
    fn entries<'a>(
        &mut self,
        entries: usize,
        position: usize,
        runtime: &'a Runtime,
        keys: &mut Vec<IdKey<'a>>,
    ) -> HashMap<&'a str, [u32; 2]> {
        let mut texts = HashMap::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (id, arm, withdrawn) in ids_of(runtime) {
            pause();
            let key = *known.entry(id).or_insert_with(|| {
                self.bytes.resize(self.bytes.len().next_multiple_of(entry::UNIT), 0);
                let entry = self.bytes.len() - entries;
                // Validation has limited the ids to [`ROOM_FOR_IDS`].
                assert!(entry / entry::UNIT + 1 < 1 << id_slot::ENTRY_BITS, "entries stay within what a slot can tell");
                let flag = if withdrawn { entry::WITHDRAWN } else { 0 };
                let offset = self.numbers(&[position as u32 | ((id.len() | flag) as u32) << 16]);
                self.append(id.as_bytes());
                self.bytes.resize(self.bytes.len() + entry_length(id.len()) - id.len(), 0);
                texts.insert(id, [offset + entry::SIZE as u32, id.len() as u32]);
                keys.push(IdKey { runtime: &runtime.name, id, entry, arms: Vec::new() });
                keys.len() - 1
            });
            keys[key].arms.push(arm as u32);
        }
        texts
    }

    fn arm(&mut self, arm: &Arm, texts: &HashMap<&str, [u32; 2]>) -> [u32; arm::SIZE / 4] {
        let [models, model_count, model_announcements] = self.id_list(&arm.models, texts);
        let [withdrawn, withdrawn_count, withdrawn_announcements] = self.id_list(&arm.withdrawn_models, texts);
        [
            arm.provider as u32,
            u32::from(arm.only_listed),
            models,
            model_count,
            model_announcements,
            withdrawn,
            withdrawn_count,
            withdrawn_announcements,
        ]
    }

    fn id_list(&mut self, entries: &[ModelEntry], texts: &HashMap<&str, [u32; 2]>) -> [u32; 3] {
        let places: Vec<_> = entries.iter().flat_map(|entry| texts[entry.id.as_str()]).collect();
        let start = self.numbers(&places);
        let mut announcements = 0;
        if entries.iter().any(ModelEntry::is_announced) {
            let announcement = |entry: &ModelEntry| -> [u32; announcement::SIZE / 4] {
                let [replacement, length] = entry.replacement.as_ref().map_or([0, 0], |id| texts[&**id]);
                [entry.date.map_or(0, Date::number), replacement, length]
            };
            let numbers: Vec<_> = entries.iter().flat_map(announcement).collect();
            announcements = self.numbers(&numbers);
        }
        [start, entries.len() as u32, announcements]
    }

    pub(super) fn automaton(&mut self, automaton: &Automaton) -> u32 {
        // States are stored in few bytes, because a walk costs the memory that it reads.
        let width = if automaton.state_count() <= 256 { 1 } else { 2 };
        let offset = self.append(&automaton.classes);
        self.numbers(&[automaton.class_count as u32, automaton.first_accepting, width]);
        let states = automaton.transitions.iter();
        self.bytes.extend(states.flat_map(|state| state.to_le_bytes().into_iter().take(width as usize)));
        offset
    }
}
