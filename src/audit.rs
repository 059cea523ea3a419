//! The findings of `routable.audit`.

#![allow(clippy::type_complexity, reason = "pgrx reads a table's columns from the function's signature")]

use pgrx::datum::Date;
use pgrx::iter::TableIterator;
use pgrx::{name, pg_extern};
use registry::{Code, ModelId, UNSUPPORTED_RUNTIME, Verdict, near_miss};

use crate::catalogue::sql_date;
use crate::lookup::{Pair, suggestions};
use crate::{explain, in_force};
use postgres::sql_text::{SqlText, TextArgument};

/// `routable.finding`: why a stored pair needs attention, and what to store instead. No row if it needs none.
///
/// The first of these that applies: the pair is refused, by the lookup or by a guard that denies unknown runtimes; it is a
/// near miss; it retires by a day; its id has white space around it.
#[pg_extern(sql = false)]
fn finding(
    runtime: Option<TextArgument>,
    model: Option<TextArgument>,
    denies_unknown_runtimes: bool,
    retiring_by: Option<Date>,
) -> TableIterator<
    'static,
    (
        name!(code, &'static str),
        name!(reason, SqlText),
        name!(suggestion, Option<SqlText>),
        name!(fixes_runtime, bool),
        name!(fix, Option<SqlText>),
    ),
> {
    let pair = Pair::of_database(runtime.map(TextArgument::bytes), model.map(TextArgument::bytes));
    let registry = in_force::current();
    let verdict = pair.judge(&registry);
    // A replacement that also retires by the day is not a remedy.
    let lasts_longer = |id: &str, by: Date| {
        let replaced = registry.image().judge(pair.runtime(), Some(ModelId::from_utf8(id.as_bytes())));
        replaced.retires().and_then(sql_date).is_none_or(|day| day > by)
    };
    let finding = of_verdict(&verdict, &pair, denies_unknown_runtimes)
        .or_else(|| retiring(&verdict, retiring_by, lasts_longer))
        .or_else(|| surrounding_white_space(&pair));
    // Another runtime is not a remedy if it does not route the model, or lists another spelling of the model.
    let routes = |name: &str| {
        let remedied = registry.image().judge(Some(name.as_bytes()), pair.model());
        remedied.code.is_routable() && !remedied.is_near_miss
    };
    // Another spelling of a routable id is not a remedy if it is billed to somebody else.
    let billing = |model: Option<ModelId>| {
        let provider = registry.image().judge(pair.runtime(), model).provider(model, |_| false);
        provider.map(|provider| provider.billing())
    };
    let keeps_billing = |id: &str| billing(pair.model()) == billing(Some(ModelId::from_utf8(id.as_bytes())));
    let is_remedy = |name: &str, fixes_runtime: bool| match fixes_runtime {
        true => routes(name),
        false => !verdict.is_near_miss || keeps_billing(name),
    };
    let row = finding.map(|Finding { code, reason, suggestion, fixes_runtime, is_sure }| {
        let is_remedy = is_sure && suggestion.is_some_and(|name| is_remedy(name, fixes_runtime));
        let exact = || suggestion.and_then(SqlText::exact_if_possible);
        (code, SqlText::shown(&reason), exact(), fixes_runtime, exact().filter(|_| is_remedy))
    });
    TableIterator::new(row)
}

struct Finding<'a> {
    code: &'static str,
    reason: String,
    suggestion: Option<&'a str>,
    /// Whether the suggestion is a runtime, and not a model.
    fixes_runtime: bool,
    /// Whether the suggestion is certain enough to be stored without asking.
    is_sure: bool,
}

/// Pairs that a guard refuses, or that a strict guard would refuse: pairs that are not routable, unknown runtimes, near
/// misses.
fn of_verdict<'a>(verdict: &Verdict<'a>, pair: &Pair, denies_unknown_runtimes: bool) -> Option<Finding<'a>> {
    let is_unknown = verdict.code == Code::UnknownRuntime;
    if verdict.code.is_routable() && !is_unknown && !verdict.is_near_miss {
        return None;
    }
    let best = suggestions(verdict, pair).first().copied();
    let (code, reason) = match verdict.code {
        Code::UnknownRuntime if denies_unknown_runtimes => ("RUNTIME_UNSUPPORTED", UNSUPPORTED_RUNTIME.to_owned()),
        code if verdict.is_near_miss => ("NEAR_MISS", near_miss(code).to_owned()),
        Code::UnknownRuntime if best.is_none() => return None,
        code => (code.as_str(), explain::reason(verdict, pair)),
    };
    let suggestion = best.map(|best| best.name);
    Some(Finding {
        code,
        reason,
        suggestion,
        fixes_runtime: is_unknown,
        is_sure: best.is_some_and(|best| best.is_sure),
    })
}

fn retiring<'a>(
    verdict: &Verdict<'a>,
    by: Option<Date>,
    lasts_longer: impl Fn(&str, Date) -> bool,
) -> Option<Finding<'a>> {
    let (day, by) = (verdict.retires()?, by?);
    let suggestion = verdict.replacement();
    (sql_date(day)? <= by).then(|| Finding {
        code: "RETIRING",
        reason: format!("The vendor retires the model id on {day}."),
        suggestion,
        fixes_runtime: false,
        is_sure: suggestion.is_some_and(|id| lasts_longer(id, by)),
    })
}

fn surrounding_white_space<'a>(pair: &'a Pair) -> Option<Finding<'a>> {
    let id = pair.model()?.as_bytes();
    (!id.is_empty() && pair.has_surrounding_white_space()).then(|| Finding {
        code: "SURROUNDING_WHITE_SPACE",
        reason:
            "The model id is stored with white space around it, which the lookup leaves out and other programs may not."
                .into(),
        suggestion: std::str::from_utf8(id).ok(),
        fixes_runtime: false,
        is_sure: true,
    })
}
