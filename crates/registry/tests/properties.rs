//! The compiled tables answer as a naive reference does, which is written straight from the rules of the lookup and
//! shares no code with it.

mod reference;

use proptest::prelude::*;
use reference::{Arm, Provider, Reference};
use registry::{Image, ModelId};

/// Patterns that overlap, fold case, reach beyond ASCII and match in the middle or at the end.
///
/// A registry has none that is empty: the first is for the patterns' own test.
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

/// Few and short, so that arms share ids, patterns match them, and near misses are common.
fn id() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&ALPHABET[..]), 1..4).prop_map(|parts| parts.concat())
}

/// Ids around the lengths at which a hash or a table treats them otherwise.
fn any_id() -> impl Strategy<Value = String> {
    let long = prop::sample::select(&["ab", "aB", "abab", "a"][..]);
    let long = (long, 3..9_usize, id()).prop_map(|(start, times, end)| start.repeat(times) + &end);
    prop_oneof![8 => id(), 1 => (id(), 1..40_usize).prop_map(|(id, times)| id.repeat(times)), 2 => long]
}

fn variables() -> impl Strategy<Value = Vec<String>> {
    prop::sample::subsequence(&VARIABLES[..], 1..3).prop_map(|names| names.into_iter().map(str::to_owned).collect())
}

fn registries() -> impl Strategy<Value = Reference> {
    let providers = prop::collection::vec((prop::sample::select(&PATTERNS[1..]), variables()), 1..7);
    let arm =
        (any::<prop::sample::Index>(), prop::collection::vec(any_id(), 0..6), prop::collection::vec(any_id(), 0..2));
    let runtimes = prop::collection::vec((id(), prop::collection::vec(arm, 1..6)), 1..4);
    (providers, runtimes).prop_map(|(providers, runtimes)| {
        let mut reference = Reference::default();
        for (position, (pattern, auth_env)) in providers.into_iter().enumerate() {
            reference.providers.push(Provider { name: format!("p{position}"), pattern: pattern.into(), auth_env });
        }
        for (name, arms) in runtimes {
            let mut kept: Vec<Arm> = Vec::new();
            for (provider, mut models, mut withdrawn) in arms {
                let provider = provider.index(reference.providers.len());
                models.sort();
                models.dedup();
                withdrawn.dedup();
                if kept.iter().all(|arm| arm.provider != provider) {
                    kept.push(Arm { provider, models, withdrawn });
                }
            }
            let offered: Vec<String> = kept.iter().flat_map(|arm| arm.models.clone()).collect();
            for arm in &mut kept {
                arm.withdrawn.retain(|id| !offered.contains(id));
            }
            if reference.runtimes.iter().all(|(known, _)| *known != name) {
                reference.runtimes.push((name, kept));
            }
        }
        reference
    })
}

/// What could be stored: an id of the registry or like one, with white space around it, or any bytes.
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
    prop_assert_eq!(
        verdict.code.is_routable(),
        matches!(code, "NO_MODEL" | "UNKNOWN_RUNTIME" | "REGISTERED" | "ROUTABLE_BY_PREFIX")
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
        for (runtime, arms) in &reference.runtimes {
            for id in arms.iter().flat_map(|arm| arm.models.iter().chain(&arm.withdrawn)) {
                for (other, _) in &reference.runtimes {
                    compare(&reference, &image, Some(other.as_bytes()), Some(id.as_bytes()), &auth_env)?;
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
