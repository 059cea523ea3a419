//! `diff` finds what an edit of patterns and arms changes, as a comparison of the answers for all short ids does.

mod common;

use common::Random;
use registry::{Change, EffectKind, Image, Outcome, Registry, Subject};

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
        // Each arm withdraws an id of its own, so that one without a pattern is no fault.
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

/// Whether a change says that something of the kind happens to ids that patterns decide in the runtime.
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
