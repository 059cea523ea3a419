//! A registry of any size, and questions for a registry.

use std::fmt::Write;

use registry::{Automaton, Code, Image, ModelId, Registry};

use super::Random;

/// A registry file in which every runtime has ten arms. Half of the arms have ids, half of these short ones.
pub fn registry_file(runtimes: usize, providers: usize, ids: usize) -> String {
    let mut random = Random(3);
    let mut text = String::from("schema_version: 1\nproviders:\n");
    for provider in 0..providers {
        let vendor = vendor(provider);
        let pattern = match provider % 3 {
            0 => format!("^{vendor}[:/]"),
            1 => format!("(?i)^({vendor}-|{vendor}ai[:/])"),
            _ => format!("^{vendor}-"),
        };
        writeln!(
            text,
            "  - name: provider-{provider}\n    display_name: Provider {provider}\n    protocol: openai\n    \
             auth_mode: key\n    auth_env: [PROVIDER_{provider}_KEY]\n    model_prefix_match: '{pattern}'"
        )
        .unwrap();
    }
    text += "runtimes:\n";
    for runtime in 0..runtimes {
        writeln!(text, "  runtime-{runtime}:\n    providers:").unwrap();
        let first = random.below(providers);
        for arm in 0..10 {
            writeln!(text, "      - name: provider-{}", (first + 37 * arm) % providers).unwrap();
            let here = if arm < 5 { ids / runtimes / 5 } else { 0 };
            if here > 0 {
                text += "        models:\n";
            }
            for id in 0..here {
                let (vendor, model) = (vendor(random.below(providers)), random.below(100_000));
                if id % 2 == 0 {
                    writeln!(text, "          - {}-{model}.{id}", &vendor[..4]).unwrap();
                } else {
                    writeln!(text, "          - {vendor}/{arm}{id}-{model}-instruct").unwrap();
                }
            }
        }
    }
    text
}

/// A name of three syllables, with any first letter.
fn vendor(number: usize) -> String {
    let syllable = |number: usize| {
        let (consonant, vowel) = (number % 20, number / 20 % 5);
        [b"bcdfghjklmnpqrstvwxz"[consonant] as char, b"aeiou"[vowel] as char]
    };
    let mixed = number * 7919 + 13;
    [mixed, mixed / 100, number].into_iter().flat_map(syllable).chain(number.to_string().chars()).collect()
}

/// Pairs in random order, a fifth of each kind: exact short, exact long, by pattern (two kinds), refused.
pub fn mix(registry: &Registry, image: &Image, count: usize) -> Vec<(String, String)> {
    let mut random = Random(5);
    let listed: Vec<(&str, &str)> = registry
        .runtimes
        .iter()
        .flat_map(|runtime| {
            runtime.arms.iter().flat_map(|arm| &arm.models).map(|entry| (&runtime.name[..], &entry.id[..]))
        })
        .collect();
    let short: Vec<_> = listed.iter().filter(|(_, id)| id.len() <= 16).collect();
    let long: Vec<_> = listed.iter().filter(|(_, id)| id.len() > 20).collect();
    let prefixes: Vec<_> = registry
        .providers
        .iter()
        .map(|provider| shortest_match(provider.pattern.as_ref().unwrap().automaton()))
        .collect();
    let code = |runtime: &str, model: &str| {
        image.judge(Some(runtime.as_bytes()), Some(ModelId::from_utf8(model.as_bytes()))).code
    };
    let mut pairs: Vec<(String, String)> = Vec::new();
    while pairs.len() < count {
        let runtime = &registry.runtimes[random.below(registry.runtimes.len())];
        let arm = &runtime.arms[random.below(runtime.arms.len())];
        let number = random.below(100_000);
        let (runtime, model, expected) = match pairs.len() % 5 {
            0 => {
                let (runtime, id) = *short[random.below(short.len())];
                (runtime, id.to_owned(), Code::Registered)
            }
            1 => {
                let (runtime, id) = *long[random.below(long.len())];
                (runtime, id.to_owned(), Code::Registered)
            }
            2 | 3 => (&runtime.name[..], format!("{}model-{number}", prefixes[arm.provider]), Code::RoutableByPrefix),
            _ => (&runtime.name[..], format!("elsewhere-{number}/model"), Code::UnregisteredModelForRuntime),
        };
        if code(runtime, &model) == expected {
            pairs.push((runtime.to_owned(), model));
        }
    }
    for index in (1..pairs.len()).rev() {
        pairs.swap(index, random.below(index + 1));
    }
    pairs
}

fn shortest_match(automaton: &Automaton) -> String {
    let mut seen = std::collections::HashMap::from([(automaton.start(), String::new())]);
    let mut queue = std::collections::VecDeque::from([automaton.start()]);
    while let Some(state) = queue.pop_front() {
        let id = seen[&state].clone();
        if automaton.accepts_at(state) {
            return id;
        }
        for byte in b'!'..=b'~' {
            let next = automaton.next(state, byte);
            if let std::collections::hash_map::Entry::Vacant(fresh) = seen.entry(next) {
                fresh.insert(format!("{id}{}", byte as char));
                queue.push_back(next);
            }
        }
    }
    panic!("a pattern that matches nothing printable");
}
