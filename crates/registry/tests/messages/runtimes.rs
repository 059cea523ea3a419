//! Arms, announcements and external runtimes.

use crate::file::{HEAD, of_item, report, with_items};

#[test]
fn an_arm_that_can_route_nothing_is_told_what_it_lacks() {
    let file = |pattern: &str, arm: &str| {
        let text = HEAD.replace("    model_prefix_match: ^a\n", pattern);
        report(&text.replace("      - name: a\n        models:\n", &format!("      - name: a\n{arm}")))
    };
    assert_eq!(
        file("", "        models: []\n"),
        "line 11: runtimes.r.providers[0]: this arm can route nothing: its provider has no pattern, and it lists no ids; add \
         ids, or remove it"
    );
    assert_eq!(
        file("    model_prefix_match: ^a\n", "        only_listed: true\n"),
        "line 12: runtimes.r.providers[0]: this arm can route nothing: it takes only ids that it lists, and lists none; add \
         ids, or remove it"
    );
}

#[test]
fn what_is_wrong_with_an_announcement_is_told_by_its_own_line() {
    let of = |list: &str, key: &str, value: &str| {
        let report = report(&with_items(&format!("{list}          - id: y\n            {key}: {value}\n")));
        let text = report.strip_prefix("line 16: runtimes.r.providers[0].models[1].");
        let text = text.or_else(|| report.strip_prefix("line 17: runtimes.r.providers[0].withdrawn_models[0]."));
        text.unwrap_or_else(|| panic!("{key}: {value}: {report}")).to_owned()
    };
    let withdrawn = "        withdrawn_models:\n";
    for (key, value, told) in [
        (
            "retires",
            "2026-13-01",
            "\"2026-13-01\" is no day of the calendar; write year, month and day, as in 2027-03-01",
        ),
        (
            "retires",
            "2026-02-30",
            "\"2026-02-30\" is no day of the calendar; write year, month and day, as in 2027-03-01",
        ),
        (
            "retires",
            "31.12.2026",
            "\"31.12.2026\" is no day of the calendar; write year, month and day, as in 2027-03-01",
        ),
        ("retires", "2026", "expected a date, found the number 2026; write year, month and day, as in 2027-03-01"),
        ("retires", "", "expected a date, found nothing; write year, month and day, or remove this entry"),
        (
            "retires",
            "null",
            "expected a date, found null, which YAML reads as nothing; write year, month and day, or remove this entry",
        ),
        ("retires", "[2026-12-31]", "expected a date, found a list; write year, month and day, as in 2027-03-01"),
        ("since", "2026-12-31", "unknown key \"since\"; the keys here are id, retires, replacement"),
        ("retired", "2026-12-31", "unknown key \"retired\"; did you mean \"retires\"?"),
        ("replacement", "y", "the replacement is the id itself; name another id, or remove this entry"),
        ("replacement", "z", "the replacement \"z\" is not one of the ids that the runtime offers"),
        ("replacement", "' '", "replacement must not be blank"),
        (
            "replacement",
            "'x '",
            "the replacement \"x \" has surrounding white space and could never match; write \"x\"",
        ),
        ("replacement", "4.5", "expected text, found the number 4.5; put it in quotes"),
    ] {
        assert_eq!(of("", key, value), format!("{key}: {told}"));
    }
    assert_eq!(
        of(withdrawn, "retires", "2026-12-31"),
        "retires: unknown key \"retires\"; the keys here are id, since, replacement"
    );
    assert_eq!(
        of(withdrawn, "since", "yesterday"),
        "since: \"yesterday\" is no day of the calendar; write year, month and day, as in 2027-03-01"
    );
    assert_eq!(
        of(withdrawn, "replacement", "y"),
        "replacement: the replacement is the id itself; name another id, or remove this entry"
    );
    let misspelt = with_items(
        "          - {id: moonshot/kimi-k2, replacement: moonshot/kimi-k2_6}\n          - moonshot/kimi-k2.6\n",
    );
    assert_eq!(
        report(&misspelt),
        "line 15: runtimes.r.providers[0].models[1].replacement: the replacement \"moonshot/kimi-k2_6\" is not one of the ids that \
         the runtime offers; did you mean \"moonshot/kimi-k2.6\"?"
    );
    assert_eq!(of_item("{retires: 2026-12-31}"), "the required key \"id\" is missing");
}

#[test]
fn what_is_wrong_with_external_runtimes_is_told() {
    let external = |value: &str| report(&format!("{}external_runtimes:{value}\n", with_items("")));
    assert_eq!(
        external("\n  - mock\n  - mock\n  - r\n  - ' x'\n  -\n  - ''"),
        "line 17: external_runtimes[1]: the runtime \"mock\" comes twice in this list; keep one\n\
         line 18: external_runtimes[2]: the runtime \"r\" is judged, since it stands under runtimes, and so is not external; remove \
         one of the two\n\
         line 19: external_runtimes[3]: the runtime name \" x\" has surrounding white space and could never match; write \"x\"\n\
         line 20: external_runtimes[4]: expected text, found nothing; write it, in quotes if it begins with #, or remove this entry\n\
         line 21: external_runtimes[5]: the runtime name must not be blank"
    );
    let list = "line 15: external_runtimes: expected a list, found";
    assert_eq!(external(" mock"), format!("{list} text; write it in brackets, as in [a, b]"));
    assert_eq!(external(""), format!("{list} nothing; write its items, or remove this entry"));
}
