//! Reading and compiling any registry file ends without a panic. It takes at most 16 MiB and 100 times the file (48 MiB and
//! 130 times if the file has aliases). The image takes at most 16 MiB and 80 times the file, and answers for all ids of the
//! file.
//!
//! All randomness is seeded and all work is counted, so that a failure can be repeated.

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use common::Random;
use registry::{Code, Date, FaultKind, Image, ModelId, Registry};

const FIXED: usize = 16 << 20;
const PER_BYTE: usize = 100;

const FIXED_WITH_ALIASES: usize = 48 << 20;
const PER_BYTE_WITH_ALIASES: usize = 130;

const IMAGE_FIXED: usize = 16 << 20;
const IMAGE_PER_BYTE: usize = 80;

/// Counts the memory of this thread only, without that of other tests.
struct Counting;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    // A thread frees its last memory after its counters are gone.
    let _ = HELD.try_with(|held| {
        held.set(held.get() + bytes);
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(held.get())));
    });
}

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Both the old and the new block exist while one is copied to the other.
        count(size as isize);
        count(-(layout.size() as isize));
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Reads a file. If it loads, lints it, compiles it and looks up its ids. Returns whether it loads.
fn read_within_bounds(name: &str, file: &[u8]) -> bool {
    let before = HELD.get();
    PEAK.set(before);
    let loaded = match registry::read(file) {
        Ok(registry) => {
            registry::lint(&registry, Date::parse("2026-12-31").unwrap());
            let image = registry::write(&registry, file);
            let bound = IMAGE_FIXED + IMAGE_PER_BYTE * file.len();
            assert!(image.len() <= bound, "{name}: an image of {} bytes, {bound} allowed", image.len());
            look_up_what_it_lists(name, &registry, &image);
            true
        }
        Err(faults) => {
            assert!(!faults.to_string().is_empty(), "{name}: refused without a word");
            false
        }
    };
    let peak = (PEAK.get() - before) as usize;
    let bound = match file.contains(&b'*') {
        true => FIXED_WITH_ALIASES + PER_BYTE_WITH_ALIASES * file.len(),
        false => FIXED + PER_BYTE * file.len(),
    };
    assert!(peak <= bound, "{name}: {peak} bytes for a file of {}, {bound} allowed", file.len());
    loaded
}

fn look_up_what_it_lists(name: &str, registry: &Registry, image: &[u8]) {
    let image = Image::open(image).unwrap_or_else(|error| panic!("{name}: {error}"));
    for runtime in &registry.runtimes {
        let code = |id: &str| image.judge(Some(runtime.name.as_bytes()), Some(ModelId::from_utf8(id.as_bytes()))).code;
        for arm in &runtime.arms {
            // Of many ids, only the first and the last are looked up.
            for id in arm.models.first().into_iter().chain(arm.models.last()).map(|entry| &entry.id) {
                assert_eq!(code(id), Code::Registered, "{name}: {} {id}", runtime.name);
            }
            let withdrawn = &arm.withdrawn_models;
            for id in withdrawn.first().into_iter().chain(withdrawn.last()).map(|entry| &entry.id) {
                assert_eq!(code(id), Code::ModelWithdrawn, "{name}: {} {id}", runtime.name);
            }
        }
        let matching = |id: &str| {
            let patterns = runtime.arms.iter().filter_map(|arm| arm.pattern(registry));
            patterns.filter(|pattern| pattern.automaton().matches(id.as_bytes())).count()
        };
        for id in ["claude-x", "a", "p11x", "zzz"] {
            let expected = match matching(id) {
                _ if runtime.listed_ids().any(|listed| listed == id) => continue,
                0 => Code::UnregisteredModelForRuntime,
                1 => Code::RoutableByPrefix,
                _ => Code::AmbiguousProvider,
            };
            assert_eq!(code(id), expected, "{name}: {} {id}", runtime.name);
        }
    }
}

#[test]
fn values_as_dense_as_they_may_stand_stay_within_bounds() {
    for unit in [
        "[:,]",
        ":,",
        "a,",
        "{},",
        "[],",
        "[",
        "{",
        "- ",
        "-\n",
        "? a\n",
        "? ",
        "a:\n",
        "- a:\n",
        "[[[[[[[[]]]]]]]],",
        "{a: b},",
        "\"\",",
        "''\n",
        "&a ,",
        "!a ,",
        "? ? ? ?\n",
        "- - - - - -\n",
        "a: b: ",
        "aaaaaaaa,",
        "a b,",
    ] {
        let length = 40_000;
        // Just below and just above the number of separators that a file of this length may have.
        for separators in [19_900 + length / 8, 20_100 + length / 8] {
            let each = unit.bytes().filter(|byte| b"\n,[]{}:?-".contains(byte)).count();
            let body = unit.repeat((separators / each.max(1)).min(length / unit.len()));
            for (open, close) in [("", ""), ("{", "}"), ("schema_version: 1\nproviders: [", "]")] {
                let mut text = format!("{open}{body}{close}\n#");
                text.push_str(&"x".repeat(length.saturating_sub(text.len())));
                read_within_bounds(unit, text.as_bytes());
            }
        }
    }
}

#[test]
fn deep_nesting_stays_within_bounds() {
    for depth in [100, 127, 128, 129, 1_000, 10_000, 19_999] {
        for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("[{a: [", "]}]"), ("!x [", "]"), ("? ", "")] {
            read_within_bounds(open, (open.repeat(depth) + &close.repeat(depth)).as_bytes());
            read_within_bounds(open, open.repeat(depth).as_bytes());
        }
        let indented: String = (0..depth.min(1_000)).map(|level| " ".repeat(level) + "a:\n").collect();
        read_within_bounds("indented", indented.as_bytes());
    }
}

#[test]
fn aliases_that_repeat_without_end_stay_within_bounds() {
    let doubling: String = (1..40).map(|level| format!("a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1)).collect();
    read_within_bounds("doubling", format!("a0: &a0 [x, x]\n{doubling}").as_bytes());
    let list = format!("[&list [{}], {}]", "x,".repeat(5_000), "*list,".repeat(5_000));
    read_within_bounds("a list, often", list.as_bytes());
    let scalar = format!("[&text {}, {}]", "x".repeat(100_000), "*text,".repeat(10_000));
    read_within_bounds("a scalar, often", scalar.as_bytes());
    read_within_bounds("itself", b"&a [*a, *a]");
    read_within_bounds("itself as a key", b"&a {*a : *a}");
    let tagged = format!("[&t !x [{}], {}]", "x,".repeat(5_000), "*t,".repeat(5_000));
    read_within_bounds("tagged", tagged.as_bytes());
    let ids = format!("ids: &ids [{}]\n", (0..3_000).map(|id| format!("id{id},")).collect::<String>());
    let arms = (0..2_000).map(|arm| format!("  r{arm}: {{providers: [{{name: a, models: *ids}}]}}\n"));
    read_within_bounds("ids", format!("{ids}runtimes:\n{}", arms.collect::<String>()).as_bytes());
}

#[test]
fn ids_that_aliases_multiply_are_a_fault_where_they_outgrow_the_image() {
    let ids: String = (0..200).map(|id| format!("{id:030000}, ")).collect();
    let large = repeated(&ids, 12, 0);
    let Err(faults) = registry::read(large.as_bytes()) else { panic!("more ids than an image holds were read") };
    let faults: Vec<_> = faults.iter().collect();
    assert!(
        matches!(&faults[..], [fault] if matches!(fault.kind(), FaultKind::IdsTooLarge { .. }) && fault.line().is_some()),
        "{faults:#?}"
    );
}

/// A file that repeats an arm with these ids by an alias for each runtime, with a comment after it.
fn repeated(ids: &str, runtimes: usize, comment: usize) -> String {
    let more: String = (1..runtimes).map(|runtime| format!("  r{runtime}: {{providers: *arms}}\n")).collect();
    let all = format!("\n  r0: {{providers: &arms [{{name: a, models: [{ids}]}}]}}\n{more}");
    common::file("name: a, ", "RUNTIMES").replace("{RUNTIMES}", &all) + "#" + &"x".repeat(comment) + "\n"
}

#[test]
fn ids_that_aliases_multiply_stay_within_bounds() {
    const IDS: usize = 1_000;
    // An id with a vendor's prefix has two keys. One announcement reserves room for all ids.
    let ids: String = (0..IDS).map(|id| format!("/{id:03x},")).collect();
    for comment in [0, 200_000] {
        let budget = (5 << 20) + 12 * repeated(&ids, 150, comment).len();
        let most = budget / (IDS * 44);
        for announced in ["", "{id: x, retires: 2026-12-31},", "{id: x, replacement: /001},"] {
            let ids = format!("{announced}{ids}");
            let loads = |runtimes| read_within_bounds("repeated ids", repeated(&ids, runtimes, comment).as_bytes());
            assert!(loads(most * 95 / 100), "nearly all that aliases may repeat");
            assert!(!loads(most * 105 / 100), "more than aliases may repeat");
        }
    }
}

#[test]
fn announcements_and_external_runtimes_as_dense_as_they_may_stand_stay_within_bounds() {
    let ids = |count: usize, of: &dyn Fn(usize) -> String| (0..count).map(of).collect::<String>();
    let long = "r".repeat(20_000);
    for lists in [
        format!("models: [{}]", ids(5_000, &|id| format!("{{id: {id:04x}a}},"))),
        format!("models: [{}]", ids(4_000, &|id| format!("{{id: {id:04x}a, retires: 0001-01-01}},"))),
        format!("models: [b, {}]", ids(4_000, &|id| format!("{{id: {id:04x}a, replacement: b}},"))),
        format!(
            "models: [b, {}]",
            ids(3_000, &|id| format!("{{id: {id:04x}a, retires: 0001-01-01, replacement: b}},"))
        ),
        format!(
            "models: [b], withdrawn_models: [{}]",
            ids(3_000, &|id| format!("{{id: {id:04x}a, since: 9999-12-31, replacement: b}},"))
        ),
        format!(
            "models: [{long}, {}]",
            ids(40, &|id| format!("{{id: {id:04x}a, retires: 0001-01-01, replacement: {long}}},"))
        ),
        format!("models: [{}]", ids(40, &|id| format!("{{id: {id}{long}, retires: 0001-01-01}},"))),
    ] {
        for name in ["r", &long] {
            let text = common::file("name: a, ", &format!("? {name}\n: {{providers: [{{name: a, {lists}}}]}}"));
            assert!(read_within_bounds("announcements", text.as_bytes()));
        }
        // Each of them is a fault.
        for (right, wrong) in
            [("-01", "-41"), ("retires", "retired"), ("id: ", "id: ' ', ids: "), ("replacement: ", "replacement: q")]
        {
            let text =
                common::file("name: a, ", &format!("r: {{providers: [{{name: a, {}}}]}}", lists.replace(right, wrong)));
            read_within_bounds("faulty announcements", text.as_bytes());
        }
    }
    for count in [10_000, 16_385, 19_000] {
        for name in ["n", "a name longer than what a slot holds "] {
            let names = ids(count, &|runtime| format!("{name}{runtime:x},"));
            let text =
                common::file("name: a, ", "r: {providers: [{name: a}]}") + &format!("external_runtimes: [{names}]\n");
            assert!(read_within_bounds("external runtimes", text.as_bytes()));
            let twice = text.replace("external_runtimes: [", "external_runtimes: [r, 1, ' ',");
            assert!(!read_within_bounds("faulty external runtimes", twice.as_bytes()));
        }
    }
}

#[test]
fn many_patterns_in_many_runtimes_stay_within_bounds() {
    let mut random = Random(5);
    // At each of the first bytes, a quarter of the ids is left, so the trees are as large as possible.
    let class = |random: &mut Random| -> String {
        let first = char::from(b'a' + random.below(26) as u8);
        std::iter::once(first).chain(('a'..='z').filter(|_| random.below(5) == 0)).collect()
    };
    let providers: String = (0..400)
        .map(|index| {
            let pattern: String = (0..4).map(|_| format!("[{}]", class(&mut random))).collect();
            format!(
                "  - {{name: p{index}, display_name: P, protocol: openai, auth_mode: key, auth_env: [K], \
                 model_prefix_match: '^{pattern}'}}\n"
            )
        })
        .collect();
    let arms: String = (0..400).map(|index| format!("{{name: p{index}}}, ")).collect();
    let runtimes: String = (0..10).map(|runtime| format!("  r{runtime}: {{providers: [{arms}]}}\n")).collect();
    let file = format!("schema_version: 1\nproviders:\n{providers}runtimes:\n{runtimes}");
    assert!(read_within_bounds("patterns in runtimes", file.as_bytes()));
}

#[test]
fn huge_scalars_stay_within_bounds() {
    let huge = "x".repeat(2_000_000);
    let control = "\\u0001".repeat(100_000);
    for text in [
        huge.clone(),
        format!("{huge}: 1"),
        format!("schema_version: {}", "9".repeat(1_000_000)),
        format!("schema_version: 1\nproviders: [{{name: {huge}, protocol: {huge}, auth_env: [{huge}]}}]\n{huge}: 1"),
        format!("a: \"{control}\"\n? \"{control}\"\n: b"),
        format!("a: |\n{}", "  line\n".repeat(20_000)),
        common::file(
            &format!("name: {huge}, model_prefix_match: {huge}, "),
            &format!("{huge}: {{providers: [{{name: {huge}}}]}}"),
        ),
    ] {
        read_within_bounds("huge", text.as_bytes());
    }
}

#[test]
fn a_file_of_nothing_but_faults_stays_within_bounds() {
    let keys: String = (0..15_000).map(|key| format!("k{}: 1\n", key % 10)).collect();
    read_within_bounds("duplicate keys", keys.as_bytes());
    let ids = "\" a\", ".repeat(30_000);
    read_within_bounds(
        "ids",
        common::file("name: a, ", &format!("r: {{providers: [{{name: a, models: [{ids}]}}]}}")).as_bytes(),
    );
    let arms = "{name: abcdefgh},".repeat(8_000);
    let names: String = (0..2_000).map(|name| format!("{{name: abcde{name:05}}},")).collect();
    read_within_bounds("arms", format!("providers: [{names}]\nruntimes: {{r: {{providers: [{arms}]}}}}").as_bytes());
    read_within_bounds(
        "unknown keys",
        (0..10_000).map(|key| format!("shema_version{key}: 1\n")).collect::<String>().as_bytes(),
    );
}

#[test]
fn a_file_of_nothing_but_warnings_stays_within_bounds() {
    let ids: String = (0..6_000).map(|id| format!("a {id:05},")).collect();
    for name in ["r".to_owned(), "r".repeat(2_000), "r".repeat(100_000)] {
        let arms = format!("? {name}\n: {{providers: [{{name: a, models: [{ids}]}}]}}");
        assert!(read_within_bounds("odd ids", common::file("name: a, ", &arms).as_bytes()));
        let provider = format!("name: {name}, model_aliases: [{ids}], ");
        let arms = format!("r: {{providers: [{{name: {name}}}]}}");
        assert!(read_within_bounds("odd aliases", common::file(&provider, &arms).as_bytes()));
    }
}

#[test]
fn hostile_patterns_stay_within_bounds() {
    let patterns =
        ["(?i)[a-z]*q[a-z]{20}$", "^.{100}", "(((((((a?){9}){9}){9})))))", "x.{5}$", "[^a]{50}x", "(?i)[ſk]{90}$"];
    let providers: String = (0..12)
        .map(|index| format!("  - {{name: p{index}, model_prefix_match: '{}'}}\n", patterns[index % patterns.len()]))
        .collect();
    read_within_bounds("patterns", format!("schema_version: 1\nproviders:\n{providers}").as_bytes());
    for depth in [49, 51, 240] {
        let nested = format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
        read_within_bounds(
            "nested",
            common::file(&format!("name: a, model_prefix_match: '{nested}', "), "r: {}").as_bytes(),
        );
    }
}

#[test]
fn a_valid_file_with_bytes_changed_stays_within_bounds() {
    let valid = include_bytes!("conformance/registry-08.yaml");
    let tokens: [&[u8]; 16] = [
        b"\0",
        b"\xff",
        b"\xc3",
        b"\n",
        b"\t",
        b"[",
        b"]",
        b"{",
        b"}",
        b": ",
        b"- ",
        b"&a ",
        b"*a",
        b"!x ",
        b"\xef\xbb\xbf",
        b"'",
    ];
    let mut random = Random(7);
    let mut loaded = 0;
    for _ in 0..200 {
        let mut file = valid.to_vec();
        for _ in 0..1 + random.below(3) {
            let at = random.below(file.len());
            match random.below(4) {
                0 => file[at] ^= 1 << random.below(8),
                1 => drop(file.splice(at..at, tokens[random.below(tokens.len())].iter().copied())),
                2 => drop(file.drain(at..(at + random.below(40)).min(valid.len() / 2).max(at))),
                _ => {
                    let end = (at + random.below(80)).min(file.len());
                    let copy = file[at..end].to_vec();
                    let to = random.below(file.len());
                    drop(file.splice(to..to, copy));
                }
            }
        }
        loaded += usize::from(read_within_bounds("changed", &file));
    }
    assert!((1..200).contains(&loaded), "some changes are harmless and some are not: {loaded}");
}

#[test]
fn bytes_at_random_stay_within_bounds() {
    let mut random = Random(11);
    for _ in 0..300 {
        let length = random.below(300);
        let file: Vec<u8> = (0..length)
            .map(|_| {
                if random.below(3) == 0 {
                    b"[]{}:,-?&*!|>'\"%@`# \n\t"[random.below(22)]
                } else {
                    random.below(256) as u8
                }
            })
            .collect();
        read_within_bounds("random", &file);
        read_within_bounds("random text", String::from_utf8_lossy(&file).as_bytes());
    }
}
