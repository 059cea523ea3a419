//! The compiled tables give the same answers as a naive reference, which is written from the rules of the lookup and shares
//! no code with it.

mod reference;

use proptest::prelude::*;
use reference::{Arm, Listed, Provider, Reference};
use registry::{Image, ModelId};

/// Patterns that overlap, fold case, contain characters beyond ASCII, and match in the middle or at the end.
///
/// A registry cannot have an empty pattern: the first one is for the test of patterns alone.
const PATTERNS: [&str; 31] = [
    "",
    "^a",
    "^ab",
    "(?i)^ab",
    "b$",
    "^a.*b$",
    "(?i)k",
    "^[^a]",
    "(?i)^straße",
    "^ü",
    "(?i)^ü[:/]",
    "^(a|b|ab)$",
    "^a?b+",
    "[[:digit:]]$",
    r"^\w+$",
    r"^[\W]",
    "^.$",
    "^..$",
    "(?i)ſ",
    "/",
    "^[a-c]/",
    "^x{2,3}$",
    r"\.",
    "^$",
    "^ab[:/]",
    "(?i)^x[:/]",
    "^k($|x)",
    "^(Ab|aB)",
    "^(ab){6}a?[:/]",
    "(?i)^abababababb",
    "^(ab){9}",
];

const ALPHABET: [&str; 16] = ["a", "b", "A", "B", "k", "K", "\u{212a}", "ü", "Ü", "ß", "s", "ſ", "/", ":", "7", "x"];

const VARIABLES: [&str; 4] = ["A_KEY", "B_KEY", "C_KEY", "D_KEY"];

/// Few and short ids, so that arms share ids, patterns match them, and near misses are common.
fn id() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&ALPHABET[..]), 1..4).prop_map(|parts| parts.concat())
}

/// Ids of the lengths at which a hash or a table changes its method.
fn any_id() -> impl Strategy<Value = String> {
    let long = prop::sample::select(&["ab", "aB", "abab", "a"][..]);
    let long = (long, 3..9_usize, id()).prop_map(|(start, times, end)| start.repeat(times) + &end);
    prop_oneof![8 => id(), 1 => (id(), 1..40_usize).prop_map(|(id, times)| id.repeat(times)), 2 => long]
}

fn variables() -> impl Strategy<Value = Vec<String>> {
    prop::sample::subsequence(&VARIABLES[..], 1..3).prop_map(|names| names.into_iter().map(str::to_owned).collect())
}

fn registries() -> impl Strategy<Value = Reference> {
    let pattern = prop::option::weighted(0.8, prop::sample::select(&PATTERNS[1..]));
    let providers = prop::collection::vec((pattern, variables()), 1..7);
    let only_listed = prop::bool::weighted(0.2);
    let listed = |most| prop::collection::vec((any_id(), announcement()), 0..most);
    let arm = (any::<prop::sample::Index>(), only_listed, listed(6), listed(2));
    let runtimes = prop::collection::vec((id(), prop::collection::vec(arm, 1..6)), 1..4);
    let external = prop::collection::vec(id(), 0..3);
    (providers, runtimes, external).prop_map(|(providers, runtimes, external)| {
        let mut reference = Reference::default();
        for (position, (pattern, auth_env)) in providers.into_iter().enumerate() {
            let pattern = pattern.map(str::to_owned);
            reference.providers.push(Provider { name: format!("p{position}"), pattern, auth_env });
        }
        for (name, arms) in runtimes {
            let mut kept: Vec<Arm> = Vec::new();
            for (provider, only_listed, models, withdrawn) in arms {
                let provider = provider.index(reference.providers.len());
                if kept.iter().all(|arm| arm.provider != provider) {
                    kept.push(Arm { provider, only_listed, models: unique(models), withdrawn: unique(withdrawn) });
                }
            }
            announce(&mut kept);
            let has_pattern = |arm: &Arm| !arm.only_listed && reference.providers[arm.provider].pattern.is_some();
            kept.retain(|arm| has_pattern(arm) || !arm.models.is_empty() || !arm.withdrawn.is_empty());
            if !kept.is_empty() && reference.runtimes.iter().all(|(known, _)| *known != name) {
                reference.runtimes.push((name, kept));
            }
        }
        if reference.runtimes.is_empty() {
            let listed = Listed { id: "a".into(), date: None, replacement: None };
            let arm = Arm { provider: 0, only_listed: false, models: vec![listed], withdrawn: Vec::new() };
            reference.runtimes.push(("a".into(), vec![arm]));
        }
        let mut external = external;
        external.sort();
        external.dedup();
        external.retain(|name| reference.runtimes.iter().all(|(known, _)| known != name));
        reference.external = external;
        reference
    })
}

/// A day, and the index of the replacement among the runtime's offered ids.
type Announcement = (Option<String>, Option<prop::sample::Index>);

fn announcement() -> impl Strategy<Value = Announcement> {
    let day =
        (2026..2029_u32, 1..=12_u32, 1..=28_u32).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
    (prop::option::weighted(0.4, day), prop::option::weighted(0.3, any::<prop::sample::Index>()))
}

/// Each id once. The index of its replacement stands for the id until all ids are known.
fn unique(ids: Vec<(String, Announcement)>) -> Vec<Listed> {
    let mut kept: Vec<Listed> = Vec::new();
    for (id, (date, replacement)) in ids {
        if kept.iter().all(|listed| listed.id != id) {
            kept.push(Listed { id, date, replacement: replacement.map(|index| index.index(100).to_string()) });
        }
    }
    kept
}

/// Removes ids that are both offered and withdrawn, and replacements that are not another offered id.
fn announce(arms: &mut [Arm]) {
    let offered: Vec<String> = arms.iter().flat_map(|arm| &arm.models).map(|listed| listed.id.clone()).collect();
    for arm in arms {
        arm.withdrawn.retain(|listed| !offered.contains(&listed.id));
        for listed in arm.models.iter_mut().chain(&mut arm.withdrawn) {
            let position = listed.replacement.take().and_then(|position| position.parse::<usize>().ok());
            let replacement = position.and_then(|position| offered.get(position % offered.len().max(1)));
            listed.replacement = replacement.filter(|id| **id != listed.id).cloned();
        }
    }
}

/// Values that a database could store: an id of the registry or a similar one, with white space around it, or any bytes.
fn stored() -> impl Strategy<Value = Option<Vec<u8>>> {
    let space = || prop::sample::select(&["", "", "", " ", "\t\u{a0}", "\u{3000}", "\u{85}\n", "\u{200b}"][..]);
    let spaced =
        (space(), any_id(), space()).prop_map(|(before, id, after)| Some([before, &id, after].concat().into_bytes()));
    let bytes = prop::collection::vec(any::<u8>(), 0..12);
    let broken = (any_id(), bytes.clone()).prop_map(|(id, bytes)| Some([id.as_bytes(), &bytes].concat()));
    prop_oneof![1 => Just(None), 1 => space().prop_map(|space| Some(space.into())), 12 => spaced, 2 => bytes.prop_map(Some), 2 => broken]
}

fn compare(
    reference: &Reference,
    image: &Image,
    runtime: Option<&[u8]>,
    model: Option<&[u8]>,
    auth_env: &[&str],
) -> Result<(), TestCaseError> {
    let id = model.map(ModelId::from_utf8);
    let verdict = image.judge(runtime, id);
    let provider = verdict.provider(id, |name| auth_env.contains(&name)).map(|provider| provider.name());
    let (code, expected) = reference.answer(runtime, model, auth_env);
    let place = format!("{runtime:?} {model:?} {auth_env:?} in\n{}", reference.yaml());
    prop_assert_eq!(verdict.code.as_str(), code, "{}", place);
    prop_assert_eq!(provider, expected, "{}", place);
    prop_assert_eq!(verdict.is_near_miss, reference.is_near_miss(code, runtime, model), "{}", place);
    let announced = (verdict.retires().map(|day| day.to_string()), verdict.replacement().map(str::to_owned));
    prop_assert_eq!(announced, reference.announced(code, runtime, model), "{}", place);
    prop_assert_eq!(
        verdict.code.is_routable(),
        matches!(code, "NO_MODEL" | "UNKNOWN_RUNTIME" | "EXTERNAL_RUNTIME" | "REGISTERED" | "ROUTABLE_BY_PREFIX")
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_lookup_answers_as_the_reference_does(
        reference in registries(),
        questions in prop::collection::vec((any::<prop::sample::Index>(), stored()), 40),
        auth_env in prop::sample::subsequence(&VARIABLES[..], 0..=4),
    ) {
        let compiled = registry::compile(reference.yaml().as_bytes()).unwrap_or_else(|faults| panic!("{faults}\n{}", reference.yaml()));
        let image = Image::open(&compiled).unwrap();
        for (runtime, model) in &questions {
            let (name, _) = &reference.runtimes[runtime.index(reference.runtimes.len())];
            compare(&reference, &image, Some(name.as_bytes()), model.as_deref(), &auth_env)?;
            compare(&reference, &image, model.as_deref(), Some(name.as_bytes()), &auth_env)?;
        }
        compare(&reference, &image, None, questions[0].1.as_deref(), &auth_env)?;
        for name in &reference.external {
            compare(&reference, &image, Some(name.as_bytes()), questions[0].1.as_deref(), &auth_env)?;
            let other = name.to_uppercase();
            compare(&reference, &image, Some(other.as_bytes()), questions[0].1.as_deref(), &auth_env)?;
        }
        for (runtime, arms) in &reference.runtimes {
            compare(&reference, &image, Some(runtime.to_uppercase().as_bytes()), Some(b"a"), &auth_env)?;
            for Listed { id, .. } in arms.iter().flat_map(|arm| arm.models.iter().chain(&arm.withdrawn)) {
                for (other, _) in &reference.runtimes {
                    compare(&reference, &image, Some(other.as_bytes()), Some(id.as_bytes()), &auth_env)?;
                }
                for spelling in [id.to_uppercase(), id.replace(['/', ':'], "-"), format!("v/{id}"), format!("-{id}.")] {
                    compare(&reference, &image, Some(runtime.as_bytes()), Some(spelling.as_bytes()), &auth_env)?;
                }
                let cut = &id.as_bytes()[..id.len() - 1];
                compare(&reference, &image, Some(runtime.as_bytes()), Some(cut), &auth_env)?;
            }
        }
    }

    #[test]
    fn a_pattern_matches_the_ids_that_the_regex_library_says(pattern in prop::sample::select(&PATTERNS[..]), id in stored()) {
        let id = id.unwrap_or_default();
        let expected = reference::pattern(pattern).is_match(&id);
        prop_assert_eq!(registry::Pattern::new(pattern).unwrap().automaton().matches(&id), expected, "{} {:?}", pattern, id);
    }

    #[test]
    fn one_file_has_one_image(reference in registries()) {
        let yaml = reference.yaml();
        prop_assert_eq!(registry::compile(yaml.as_bytes()).unwrap(), registry::compile(yaml.as_bytes()).unwrap());
    }
}
