//! The lookup for pairs in the database's encoding, and `model_routable`, its result in SQL.

use std::cell::Cell;
use std::rc::Rc;

use registry::{Code, ModelId, Remembered, Suggestion, Verdict};

use crate::in_force::{self, InForce};
use postgres::backend::{InBackend, OfBackend};
use postgres::encoding::{Converted, Encoding};
use postgres::interrupts;
use postgres::text::Text;

/// Whether the pair is routable. README, "The lookup", has the rules and codes.
#[inline(always)]
pub fn model_routable(backend: InBackend, runtime: Option<Text>, model: Option<Text>) -> bool {
    code(backend, runtime.map(Text::bytes), model.map(Text::bytes)).is_routable()
}

static REMEMBERED: OfBackend<Remembered> = OfBackend::new(Remembered::new());

/// The code of a pair in the database's encoding. Most pairs of a table were judged before, and are remembered.
#[inline(always)]
pub fn code(backend: InBackend, runtime: Option<&[u8]>, model: Option<&[u8]>) -> Code {
    if in_force::is_due() {
        follow(backend);
    }
    // Not a closure: the compiler has to inline this.
    let remembered = match (runtime, model) {
        (Some(runtime), Some(model)) => REMEMBERED.get(backend).code(runtime, model),
        _ => None,
    };
    remembered.unwrap_or_else(|| judge(backend, runtime, model))
}

/// The code of a pair, and whether it is a near miss: routable, but probably not what was meant.
#[inline(always)]
pub fn code_and_near_miss(backend: InBackend, runtime: Option<&[u8]>, model: Option<&[u8]>) -> (Code, bool) {
    if in_force::is_due() {
        follow(backend);
    }
    let remembered = match (runtime, model) {
        (Some(runtime), Some(model)) => REMEMBERED.get(backend).code_and_near_miss(runtime, model),
        _ => None,
    };
    remembered.unwrap_or_else(|| judge_near_miss(backend, runtime, model))
}

/// The registry for a lookup that is not remembered.
struct Judging {
    /// A variant of its own, so that the compiler knows all offsets.
    is_built_in: Cell<bool>,
    other: Cell<Option<Rc<InForce>>>,
}

static JUDGING: OfBackend<Judging> = OfBackend::new(Judging { is_built_in: Cell::new(false), other: Cell::new(None) });

/// Switches to the registry in force, once per statement.
#[cold]
#[inline(never)]
fn follow(backend: InBackend) {
    if let Some(other) = in_force::follow() {
        let judging = JUDGING.get(backend);
        judging.is_built_in.set(other.is_built_in());
        judging.other.set(Some(other));
        REMEMBERED.get(backend).forget();
    }
}

/// A separate function, so that a remembered answer does not pay for it.
#[inline(never)]
fn judge(backend: InBackend, runtime: Option<&[u8]>, model: Option<&[u8]>) -> Code {
    let code = match Encoding::of_database() {
        Encoding::Utf8 if JUDGING.get(backend).is_built_in.get() => {
            in_force::BUILT_IN.code(runtime, model.map(ModelId::from_utf8))
        }
        encoding => judge_by_other(backend, encoding, runtime, model),
    };
    if let (Some(runtime), Some(model)) = (runtime, model) {
        REMEMBERED.get(backend).remember(runtime, model, code, None);
    }
    code
}

/// The same for both answers, which few guards need.
#[cold]
#[inline(never)]
fn judge_near_miss(backend: InBackend, runtime: Option<&[u8]>, model: Option<&[u8]>) -> (Code, bool) {
    let answer = with_registry(backend, |registry| match Encoding::of_database() {
        Encoding::Utf8 => registry.code_and_near_miss(runtime, model.map(ModelId::from_utf8)),
        encoding => {
            let verdict = Pair::converted(encoding, runtime, model).judge(registry);
            (verdict.code, verdict.is_near_miss)
        }
    });
    if let (Some(runtime), Some(model)) = (runtime, model) {
        REMEMBERED.get(backend).remember(runtime, model, answer.0, Some(answer.1));
    }
    answer
}

/// A registry of a release, or a database in another encoding than UTF-8.
#[inline(never)]
fn judge_by_other(backend: InBackend, encoding: Encoding, runtime: Option<&[u8]>, model: Option<&[u8]>) -> Code {
    with_registry(backend, |registry| match encoding {
        Encoding::Utf8 => registry.code(runtime, model.map(ModelId::from_utf8)),
        other => judge_converted(registry, other, runtime, model),
    })
}

/// Judges the pair by the registry.
#[inline(always)]
fn with_registry<T>(backend: InBackend, ask: impl FnOnce(&InForce) -> T) -> T {
    let judging = &JUDGING.get(backend).other;
    // Taken out and put back afterwards. If an error comes in between, nothing is left, and the next lookup takes the
    // registry again.
    let registry = judging.take().unwrap_or_else(in_force::held);
    let answer = ask(&registry);
    judging.set(Some(registry));
    answer
}

/// A separate function, so that a UTF-8 database does not pay for it.
#[inline(never)]
fn judge_converted(registry: &InForce, encoding: Encoding, runtime: Option<&[u8]>, model: Option<&[u8]>) -> Code {
    Pair::converted(encoding, runtime, model).judge(registry).code
}

/// A pair in UTF-8, or as the bytes of an SQL_ASCII database.
#[derive(Hash)]
pub struct Pair<'a> {
    encoding: Encoding,
    runtime: Option<Converted<'a>>,
    model: Option<Converted<'a>>,
}

impl<'a> Pair<'a> {
    fn converted(encoding: Encoding, runtime: Option<&'a [u8]>, model: Option<&'a [u8]>) -> Pair<'a> {
        let convert = |id: Option<&'a [u8]>| id.map(|id| encoding.to_utf8(id));
        Pair { encoding, runtime: convert(runtime), model: convert(model) }
    }

    /// A pair in the encoding of this database.
    pub fn of_database(runtime: Option<&'a [u8]>, model: Option<&'a [u8]>) -> Pair<'a> {
        Pair::converted(Encoding::of_database(), runtime, model)
    }

    /// The verdict of a registry.
    pub fn judge<'r>(&self, registry: &'r InForce) -> Verdict<'r> {
        registry.image().judge(self.runtime(), self.model())
    }

    pub fn runtime(&self) -> Option<&[u8]> {
        self.runtime.as_deref()
    }

    /// Whether the stored model has white space around it, which the lookup ignores.
    pub fn has_surrounding_white_space(&self) -> bool {
        self.model.as_deref().map(<[u8]>::len) != self.model().map(|model| model.as_bytes().len())
    }

    pub fn model(&self) -> Option<ModelId<'_>> {
        self.model.as_deref().map(match self.encoding {
            Encoding::SqlAscii => ModelId::from_ascii_superset,
            Encoding::Utf8 | Encoding::Other => ModelId::from_utf8,
        })
    }
}

/// What was probably meant, best first.
pub fn suggestions<'r>(verdict: &Verdict<'r>, pair: &Pair) -> Vec<Suggestion<'r>> {
    let model = pair.model().map(ModelId::as_bytes);
    registry::suggestions(verdict, pair.runtime(), model, interrupts::check)
}
