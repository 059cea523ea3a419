//! Answers with more than yes or no: `routable.explain`, `routable.derive_provider`, `routable.default_model`.

#![allow(clippy::type_complexity, reason = "pgrx reads a table's columns from the function's signature")]

use pgrx::datum::Array;
use pgrx::iter::TableIterator;
use pgrx::{name, pg_extern};
use registry::{Code, MatchedBy, ProviderRecord, Verdict, near_miss, quoted};

use crate::in_force;
use crate::lookup::{Pair, suggestions};
use crate::wording::{routed_by, takes};
use postgres::encoding::Encoding;
use postgres::interrupts;
use postgres::sql_text::{SqlText, TextArgument};

/// `routable.explain`: the verdict with its reason, provider, billing and suggestions.
#[pg_extern(sql = false)]
fn explain(
    runtime: Option<TextArgument>,
    model: Option<TextArgument>,
    auth_env: Option<Array<TextArgument>>,
) -> TableIterator<
    'static,
    (
        name!(routable, bool),
        name!(code, &'static str),
        name!(reason, SqlText),
        name!(provider, Option<SqlText>),
        name!(matched_by, Option<&'static str>),
        name!(billing, Option<&'static str>),
        name!(suggestions, Option<Vec<SqlText>>),
    ),
> {
    let pair = Pair::of_database(bytes(&runtime), bytes(&model));
    let registry = in_force::current();
    let verdict = pair.judge(&registry);
    let provider = provider_of(&verdict, &pair, &auth_env);
    let matched_by = verdict.matched_by().map(|matched_by| match matched_by {
        MatchedBy::Exact => "exact",
        MatchedBy::Prefix => "prefix",
    });
    // Audit writes these into statements, where an escaped id would be another id.
    let suggestions =
        suggestions(&verdict, &pair).into_iter().filter_map(|meant| SqlText::exact_if_possible(meant.name));
    let suggestions = Some(suggestions.collect::<Vec<_>>()).filter(|names| !names.is_empty());
    TableIterator::once((
        verdict.code.is_routable(),
        verdict.code.as_str(),
        SqlText::shown(&reason(&verdict, &pair)),
        provider.map(|provider| SqlText::shown(provider.name())),
        matched_by,
        provider.map(|provider| provider.billing().as_str()),
        suggestions,
    ))
}

/// The reason in prose. For a near miss it says so. For a refusal it adds which runtimes take the model, and which models the
/// runtime takes. It also has what the vendor announced about the id.
pub fn reason(verdict: &Verdict, pair: &Pair) -> String {
    let mut reason = verdict.code.reason().trim_end_matches('.').to_owned();
    if let Some(day) = verdict.since() {
        reason += &format!("; it was withdrawn on {day}");
    }
    if let Some(day) = verdict.retires() {
        reason += &format!("; the vendor retires it on {day}");
    }
    if let Some(id) = verdict.replacement() {
        reason += &format!("; {} replaces it", quoted(id));
    }
    if let Some(runtime) = verdict.runtime().filter(|_| !verdict.code.is_routable()) {
        reason += &format!("; {}; {}", routed_by(&verdict.image(), pair.model()), takes(runtime));
    }
    reason.push('.');
    match verdict.code {
        _ if !verdict.is_near_miss => reason,
        Code::UnknownRuntime => near_miss(verdict.code).to_owned(),
        code => format!("{reason} {}", near_miss(code)),
    }
}

/// `routable.derive_provider`: the provider that is used if these variables are set.
#[pg_extern(sql = false)]
fn derive_provider(
    runtime: Option<TextArgument>,
    model: Option<TextArgument>,
    auth_env: Option<Array<TextArgument>>,
) -> Option<SqlText> {
    let pair = Pair::of_database(bytes(&runtime), bytes(&model));
    let registry = in_force::current();
    let verdict = pair.judge(&registry);
    Some(SqlText::shown(provider_of(&verdict, &pair, &auth_env)?.name()))
}

/// `routable.default_model`: the model that a workspace of the runtime starts with. An error if the database's encoding lacks
/// a character of it, because an escaped id would be another id.
#[pg_extern(sql = false)]
fn default_model(runtime: Option<TextArgument>) -> Option<SqlText> {
    let runtime = Encoding::of_database().to_utf8(runtime?.bytes());
    in_force::current().image().runtime_named(&runtime)?.default_model().map(SqlText::exact)
}

fn bytes<'a>(text: &Option<TextArgument<'a>>) -> Option<&'a [u8]> {
    text.map(TextArgument::bytes)
}

/// The provider of a verdict if these variables are set. NULL is the empty set, and a NULL in the set is ignored.
fn provider_of<'r>(
    verdict: &Verdict<'r>,
    pair: &Pair,
    auth_env: &Option<Array<TextArgument>>,
) -> Option<ProviderRecord<'r>> {
    let is_set = |name: &str| {
        auth_env.iter().flat_map(Array::iter).flatten().any(|variable| {
            interrupts::check();
            variable.bytes() == name.as_bytes()
        })
    };
    verdict.provider(pair.model(), is_set)
}
