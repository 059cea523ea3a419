//! `diff` finds the same changes as a comparison of the answers for all short ids, after edits of patterns and arms.

mod common;

use common::Random;
use registry::{Change, Code, EffectKind, Image, Outcome, Registry, Standing, Subject};

const PATTERNS: [&str; 12] =
    ["^a", "^b", "^ab", "b$", "-", "^[ab]-", "^a?b", "^(ab|ba)", "a.*-", "^[^a]", "^--$", "^(a|b|ab)$"];

const IDS: [&str; 4] = ["a", "ab", "b-a", "aab"];

const LETTERS: [&str; 3] = ["a", "b", "-"];

fn file(random: &mut Random) -> String {
    let providers: String = (0..5)
        .map(|provider| {
            let pattern = match random.below(8) {
                0 => String::new(),
                _ => format!(", model_prefix_match: '{}'", PATTERNS[random.below(PATTERNS.len())]),
            };
            format!(
                "  - {{name: p{provider}, display_name: P, protocol: openai, auth_mode: key, auth_env: [K]{pattern}}}\n"
            )
        })
        .collect();
    let arm = |provider: usize, random: &mut Random| {
        let ids: Vec<_> = IDS.iter().filter(|_| random.below(6) == 0).collect();
        // Each arm withdraws an id of its own, because an arm without a pattern and without ids is a fault.
        let only_listed = random.below(6) == 0;
        format!("{{name: p{provider}, only_listed: {only_listed}, models: {ids:?}, withdrawn_models: [ba-{provider}]}}")
    };
    let runtimes: String = (0..2)
        .map(|runtime| {
            let arms: Vec<_> = (0..5).filter(|_| random.below(3) > 0).collect();
            let arms = if arms.is_empty() { vec![0] } else { arms };
            let arms: Vec<_> = arms.into_iter().map(|provider| arm(provider, random)).collect();
            format!("  r{runtime}: {{providers: [{}]}}\n", arms.join(", "))
        })
        .collect();
    format!("schema_version: 1\nproviders:\n{providers}runtimes:\n{runtimes}")
}

/// Every id of one to four letters.
fn short_ids() -> Vec<String> {
    let mut ids = vec![String::new()];
    let mut length = 0;
    for _ in 0..4 {
        let longer: Vec<_> =
            ids[length..].iter().flat_map(|id| LETTERS.map(|letter| format!("{id}{letter}"))).collect();
        length = ids.len();
        ids.extend(longer);
    }
    ids.split_off(1)
}

/// Whether a change has an effect of this kind on ids that patterns decide in the runtime.
fn says(change: &Change, kind: EffectKind, runtime: &str) -> bool {
    let of_patterns =
        matches!(change.subject, Subject::Pattern { .. } | Subject::ArmAdded { .. } | Subject::ArmRemoved { .. });
    of_patterns
        && change.effects.iter().any(|effect| effect.kind == kind && effect.runtimes.iter().any(|name| name == runtime))
}

fn is_listed(registry: &Registry, runtime: usize, id: &str) -> bool {
    registry.runtimes[runtime].listed_ids().any(|listed| listed == id)
}

#[test]
fn what_patterns_change_is_found_if_a_short_id_shows_it_and_every_example_is_true() {
    let ids = short_ids();
    let mut random = Random(17);
    let mut changed = 0;
    for _ in 0..300 {
        let files = [file(&mut random), file(&mut random)];
        let [old, new] = [0, 1].map(|side| registry::read(files[side].as_bytes()).unwrap());
        let images = [registry::write(&old, b""), registry::write(&new, b"")];
        let [old_image, new_image] = [0, 1].map(|side| Image::open(&images[side]).unwrap());
        let changes = registry::diff(&old, &new);
        let outcomes =
            |runtime: &str, id: &str| (Outcome::of(&old_image, runtime, id), Outcome::of(&new_image, runtime, id));
        for runtime in 0..2 {
            let name = &old.runtimes[runtime].name;
            let unlisted = ids.iter().filter(|id| !is_listed(&old, runtime, id) && !is_listed(&new, runtime, id));
            for id in unlisted {
                let (before, after) = outcomes(name, id);
                let kinds = [
                    EffectKind::BecomesRoutable,
                    EffectKind::StopsBeingRoutable,
                    EffectKind::BecomesAmbiguous,
                    EffectKind::ChangesProvider,
                ];
                let Some(kind) = EffectKind::between(&before, &after).filter(|kind| kinds.contains(kind)) else {
                    continue;
                };
                assert!(
                    changes.iter().any(|change| says(change, kind, name)),
                    "{name} {id}: {kind:?} is not told\n{}\n{}\n{changes:#?}",
                    files[0],
                    files[1]
                );
                changed += 1;
            }
        }
        for effect in changes.iter().flat_map(|change| &change.effects) {
            let (Some(id), Some((before, after))) = (&effect.example, &effect.outcomes) else { continue };
            assert_eq!((before.clone(), after.clone()), outcomes(&effect.runtimes[0], id), "{id}");
            assert_eq!(EffectKind::between(before, after), Some(effect.kind), "{id}: {before:?} {after:?}");
        }
    }
    assert!(changed > 1_000, "{changed} ids changed");
}

/// A file that judges at least one of the runtimes `r0` to `r3`, and names some of the others as external.
fn file_of_runtimes(random: &mut Random) -> String {
    let standings: Vec<_> = (0..4).map(|runtime| (format!("r{runtime}"), random.below(3))).collect();
    let names = |standing| standings.iter().filter(move |(_, other)| *other == standing).map(|(name, _)| name.as_str());
    let judged: Vec<_> =
        names(0).chain(["always"]).map(|name| format!("{name}: {{providers: [{{name: a}}]}}")).collect();
    let external: Vec<_> = names(1).collect();
    common::file("name: a, ", &judged.join(", ")) + &format!("external_runtimes: [{}]\n", external.join(", "))
}

#[test]
fn what_becomes_of_a_runtime_is_told_if_and_only_if_its_pairs_are_answered_otherwise() {
    let mut random = Random(23);
    let mut changed = 0;
    for _ in 0..200 {
        let [old, new] = [0, 1].map(|_| registry::read(file_of_runtimes(&mut random).as_bytes()).unwrap());
        let standing = |registry: &Registry, runtime: &str| {
            let image = registry::write(registry, b"");
            match Outcome::of(&Image::open(&image).unwrap(), runtime, "a").code {
                Code::UnknownRuntime => Standing::Unknown,
                Code::ExternalRuntime => Standing::External,
                _ => Standing::Judged,
            }
        };
        let mut expected: Vec<_> = ["r0", "r1", "r2", "r3"]
            .map(|runtime| (runtime.to_owned(), standing(&old, runtime), standing(&new, runtime)))
            .into_iter()
            .filter(|(_, was, will_be)| was != will_be)
            .collect();
        let mut found: Vec<_> = registry::diff(&old, &new)
            .into_iter()
            .map(|change| match change.subject {
                Subject::Runtime { runtime, was, will_be } => (runtime, was, will_be),
                other => panic!("{other:?}"),
            })
            .collect();
        changed += found.len();
        expected.sort_by(|one, other| one.0.cmp(&other.0));
        found.sort_by(|one, other| one.0.cmp(&other.0));
        assert_eq!(found, expected);
    }
    assert!(changed > 200, "{changed} runtimes changed");
}

#[test]
fn a_pattern_that_a_provider_gets_or_loses_is_one_change_and_one_that_an_arm_takes_up_is_the_arm_s() {
    let file = |pattern: &str, arm: &str| {
        format!(
            "schema_version: 1\nproviders: [{{name: p, display_name: P, protocol: openai, auth_mode: k, auth_env: \
             [K]{pattern}}}]\nruntimes:\n  r: {{providers: [{{name: p, models: [x]{arm}}}]}}\n  s: {{providers: [{{name: p, models: \
             [x]}}]}}\n"
        )
    };
    let subjects = |old: &str, new: &str| -> Vec<_> {
        let [old, new] = [old, new].map(|file| registry::read(file.as_bytes()).unwrap());
        registry::diff(&old, &new).into_iter().map(|change| change.subject).collect()
    };
    let (with, without) = (file(", model_prefix_match: ^a", ""), file("", ""));
    let pattern = |old: Option<&str>, new: Option<&str>| {
        let [old, new] = [old, new].map(|pattern| pattern.map(str::to_owned));
        vec![Subject::Pattern { provider: "p".into(), old, new }]
    };
    assert_eq!(subjects(&with, &without), pattern(Some("^a"), None));
    assert_eq!(subjects(&without, &with), pattern(None, Some("^a")));
    let strict = file(", model_prefix_match: ^a", ", only_listed: true");
    let (runtime, provider) = ("r".to_owned(), "p".to_owned());
    assert_eq!(subjects(&strict, &with), [Subject::ArmAdded { runtime: runtime.clone(), provider: provider.clone() }]);
    assert_eq!(subjects(&with, &strict), [Subject::ArmRemoved { runtime, provider }]);
    // If the arm takes no ids by pattern, a new pattern has no effect.
    assert_eq!(subjects(&without, &strict), pattern(None, Some("^a")));
}

#[test]
fn an_announcement_changes_no_answer_and_is_told_last() {
    let changes = |old: &str, new: &str| {
        let file = |lists: &str| common::file("name: a, ", &format!("r: {{providers: [{{name: a, {lists}}}]}}"));
        let [old, new] = [old, new].map(|lists| registry::read(file(lists).as_bytes()).unwrap());
        registry::diff(&old, &new)
    };
    let shown = |old: &str, new: &str| -> Vec<_> {
        let text = |change: Change| match change.subject {
            Subject::Announcement { id, was, will_be, .. } => {
                let text = |said: Option<registry::Announcement>| said.map_or("-".to_owned(), |said| said.to_string());
                assert!(change.effects.is_empty());
                format!("{id}: {} > {}", text(was), text(will_be))
            }
            Subject::Id { id, .. } => format!("{id}: {}", change.effects[0].kind.as_str()),
            other => panic!("{other:?}"),
        };
        changes(old, new).into_iter().map(text).collect()
    };
    let dated = "models: [y, {id: x, retires: 2027-01-01, replacement: y}]";
    assert_eq!(shown("models: [y, x]", dated), ["x: - > retires 2027-01-01, replacement y"]);
    assert_eq!(shown(dated, "models: [{id: x}, y]"), ["x: retires 2027-01-01, replacement y > -"]);
    assert_eq!(
        shown(dated, "models: [y, {id: x, retires: 2027-02-01}]"),
        ["x: retires 2027-01-01, replacement y > retires 2027-02-01"]
    );
    assert_eq!(shown(dated, dated), [""; 0]);
    assert_eq!(
        shown(dated, "models: [y, z], withdrawn_models: [{id: x, since: 2026-12-31, replacement: y}]"),
        [
            "z: becomes_routable",
            "x: stops_being_routable",
            "x: retires 2027-01-01, replacement y > since 2026-12-31, replacement y"
        ]
    );
    assert_eq!(shown(dated, "models: [y], withdrawn_models: [x]"), ["x: stops_being_routable"]);
    assert_eq!(shown(dated, "models: [y]"), ["x: stops_being_routable"], "what is gone announces nothing");
    assert_eq!(shown("models: [y]", dated), ["x: becomes_routable", "x: - > retires 2027-01-01, replacement y"]);
}
