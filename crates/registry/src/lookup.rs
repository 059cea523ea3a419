//! The lookup: from a runtime and a model to a verdict. The numbers of the steps are those of the README's table.

use crate::image::{Image, ProviderRecord, StoredImage, Tables, Words, name_hash};
use crate::model_id::ModelId;
use crate::verdict::{Code, Verdict};

impl<'a> Image<'a> {
    /// Judges a pair. A runtime or a model of `None` is SQL's NULL. Nothing is allocated.
    pub fn judge(&self, runtime: Option<&[u8]>, model: Option<ModelId>) -> Verdict<'a> {
        let answer = judge(self.tables(), runtime, model);
        let is_near_miss = is_near_miss(self.tables(), &answer, runtime, model);
        Verdict { code: answer.code, is_near_miss, image: *self, runtime: answer.runtime, slot: answer.slot }
    }

    /// The code of a pair's verdict.
    #[inline(always)]
    pub fn code(&self, runtime: Option<&[u8]>, model: Option<ModelId>) -> Code {
        judge(self.tables(), runtime, model).code
    }
}

impl StoredImage {
    /// The code of a pair's verdict.
    #[inline(always)]
    pub fn code(&self, runtime: Option<&[u8]>, model: Option<ModelId>) -> Code {
        judge(self.tables(), runtime, model).code
    }

    /// The code of a pair's verdict, and whether the pair is a near miss.
    pub fn code_and_near_miss(&self, runtime: Option<&[u8]>, model: Option<ModelId>) -> (Code, bool) {
        let answer = judge(self.tables(), runtime, model);
        (answer.code, is_near_miss(self.tables(), &answer, runtime, model))
    }
}

/// An answer in positions of the image.
struct Answer {
    code: Code,
    runtime: Option<usize>,
    slot: Option<usize>,
}

#[inline(always)]
fn judge(tables: Tables, runtime: Option<&[u8]>, model: Option<ModelId>) -> Answer {
    let answer = |code, runtime, slot| Answer { code, runtime, slot };
    // 1
    let Some(id) = model.map(ModelId::as_bytes).filter(|id| !id.is_empty()) else {
        return answer(Code::NoModel, None, None);
    };
    // 2
    let Some(name) = runtime.map(Words::of) else { return answer(Code::UnknownRuntime, None, None) };
    let name_hash = name_hash(&name);
    let Some(runtime) = tables.find_runtime(&name, name_hash) else {
        return answer(Code::UnknownRuntime, None, None);
    };
    if runtime >= tables.runtime_count() {
        return answer(Code::ExternalRuntime, None, None);
    }
    let id = Words::of(id);
    // 3 and 4
    if id.text.len() <= tables.longest_id()
        && let Some((slot, withdrawn)) = tables.find_id(runtime, name_hash, &id)
    {
        let code = if withdrawn { Code::ModelWithdrawn } else { Code::Registered };
        return answer(code, Some(runtime), Some(slot));
    }
    // 5 to 7
    let code = match tables.count_matches(runtime, &id) {
        0 => Code::UnregisteredModelForRuntime,
        1 => Code::RoutableByPrefix,
        _ => Code::AmbiguousProvider,
    };
    answer(code, Some(runtime), None)
}

/// Whether a routable pair has the same key as a registered runtime, or as an id that its runtime offers.
fn is_near_miss(tables: Tables, answer: &Answer, runtime: Option<&[u8]>, model: Option<ModelId>) -> bool {
    match (answer.code, answer.runtime) {
        (Code::UnknownRuntime, _) => runtime.is_some_and(|name| tables.is_near_runtime(name)),
        (Code::RoutableByPrefix, Some(runtime)) => model.is_some_and(|id| tables.is_near_id(runtime, id.as_bytes())),
        _ => false,
    }
}

impl<'a> Verdict<'a> {
    /// The provider of the verdict. The model is the one that was judged.
    ///
    /// If several arms list the id, or several patterns match it, the variables that are set decide: the provider is the only
    /// one that has one of them in its `auth_env`. If that does not leave exactly one, it is the first arm that lists the id,
    /// or none for patterns.
    pub fn provider(&self, model: Option<ModelId>, is_set: impl Fn(&str) -> bool) -> Option<ProviderRecord<'a>> {
        let runtime = self.runtime()?;
        match self.slot {
            Some(slot) => {
                let arms = || self.image.owners(slot).map(|arm| runtime.arm(arm).provider());
                choose(arms, is_set).or_else(|| arms().next())
            }
            None => {
                let id = Words::of(model?.as_bytes());
                choose(|| runtime.matching_arms(&id).map(|arm| arm.provider()), is_set)
            }
        }
    }
}

/// The only provider, or the only one whose `auth_env` has one of the caller's variables.
fn choose<'a, P>(providers: impl Fn() -> P, is_set: impl Fn(&str) -> bool) -> Option<ProviderRecord<'a>>
where
    P: Iterator<Item = ProviderRecord<'a>>,
{
    let meets = |provider: &ProviderRecord| provider.auth_env().any(&is_set);
    only(providers()).or_else(|| only(providers().filter(meets)))
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}
