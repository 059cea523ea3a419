//! The cost of a lookup in the shipped registry and in larger ones, for the same mix of questions.
//!
//! The questions are side by side in memory, as the rows of a scan are. In one variant they are spread over all ids, so that
//! a large registry does not fit into the processor's caches. In the other there are as many distinct pairs as a table in use
//! has.
//!
//! Also the cost of the suggestions for a mistyped id in a large runtime, each of whose ids is compared with it.

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::time::Instant;

use common::scale::{mix, registry_file};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use registry::{Image, ModelId};

const QUESTIONS: usize = 100_000;

/// The number of distinct pairs of a table: some runtimes, times the models that people have chosen on each.
const PAIRS_OF_A_TABLE: usize = 200;

fn lookups(criterion: &mut Criterion) {
    let shipped = include_str!("../../../providers.yaml").to_owned();
    // The second has ten times as many runtimes, providers and ids as the first.
    let ten_times = registry_file(50, 320, 600);
    for (name, text) in [("shipped", shipped), ("ten times", ten_times), ("large", registry_file(1_000, 500, 100_000))]
    {
        let start = Instant::now();
        let registry = registry::read(text.as_bytes()).unwrap();
        let bytes = registry::write(&registry, text.as_bytes());
        let compiled = start.elapsed();
        registry::lint(&registry, registry::Date::today());
        eprintln!("{name}: compiled in {compiled:?}, with lints {:?}; image {} bytes", start.elapsed(), bytes.len());
        let image = Image::open(&bytes).unwrap();
        for (group, distinct) in [("lookup over all ids", QUESTIONS), ("lookup as in a table", PAIRS_OF_A_TABLE)] {
            let pairs = mix(&registry, &image, distinct);
            let rows = Rows::of(&pairs.iter().cycle().take(QUESTIONS).cloned().collect::<Vec<_>>());
            let mut group = criterion.benchmark_group(group);
            group.throughput(Throughput::Elements(QUESTIONS as u64));
            group.bench_function(name, |bencher| bencher.iter(|| rows.routable(black_box(&image))));
            group.finish();
        }
    }
}

fn suggestions(criterion: &mut Criterion) {
    let bytes = registry::compile(registry_file(1, 100, 100_000).as_bytes()).unwrap();
    let image = Image::open(&bytes).unwrap();
    let runtime = image.runtimes().next().unwrap();
    let listed = runtime.models().nth(50_001).unwrap();
    let mistyped = listed.replace("instruct", "instrcut");
    let (runtime, model) = (Some(runtime.name().as_bytes()), Some(mistyped.as_bytes()));
    let verdict = image.judge(runtime, model.map(ModelId::from_utf8));
    let suggestions = || registry::suggestions(black_box(&verdict), runtime, black_box(model), || ());
    assert_eq!(suggestions().first().map(|suggestion| suggestion.name), Some(listed));
    criterion.bench_function("suggestions in a runtime of 100,000 ids", |bencher| bencher.iter(suggestions));
}

/// Pairs in contiguous bytes: the length of each text, then the text.
struct Rows(Vec<u8>);

impl Rows {
    fn of(pairs: &[(String, String)]) -> Rows {
        let texts = pairs.iter().flat_map(|(runtime, model)| [runtime, model]);
        Rows(texts.flat_map(|text| std::iter::once(text.len() as u8).chain(text.bytes())).collect())
    }

    fn routable(&self, image: &Image) -> usize {
        let mut rest = &self.0[..];
        let mut routable = 0;
        while let [length, after @ ..] = rest {
            let (runtime, after) = after.split_at(usize::from(*length));
            let (model, after) = after[1..].split_at(usize::from(after[0]));
            routable += usize::from(image.judge(Some(runtime), Some(ModelId::from_utf8(model))).code.is_routable());
            rest = after;
        }
        routable
    }
}

criterion_group!(benches, lookups, suggestions);
criterion_main!(benches);
