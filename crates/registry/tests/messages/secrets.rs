//! Values that may be secrets, which no message repeats.

use crate::file::with_items;

#[test]
fn nothing_that_may_be_a_secret_is_repeated() {
    const SECRETS: [&str; 5] = ["sk-ant-secret", "8412903377", "84.12903377", "!!int sk-ant-secret", "wJalrXUtnFEMI"];
    let file = with_items("");
    for secret in SECRETS {
        for value in [
            "{}",
            "[{}]",
            "{{}}",
            "{{}: x}",
            "[{}: x]",
            "[[{}]]",
            "!x {}",
            "!{}",
            "&x {}",
            "&{}",
            "*{}",
            "[{}",
            "{{}",
            "@{}",
            "'{}",
            "\"\\{}\"",
            "{v: {}}",
            "{v: {env: {}, default: {}}}",
            "{{}: {env: E}}",
            "{v: {env: E, default: d, {}}}",
            "{v: {env: E, {}: x, {}: y}}",
            "{v: {<<: {}}}",
            "{? {} : x}",
            "- {}",
            "{} {}: x",
            "|{}",
            "%{}",
            "[X, {}, {}]",
        ] {
            let value = value.replace("{}", secret);
            for text in [
                file.replace("[A_KEY]", &value),
                file.replace("    auth_mode", &format!("    auth_token_env: {value}\n    auth_mode")),
                file.replace("    auth_mode", &format!("    endpoint_vars: {value}\n    auth_mode")),
            ] {
                let Err(found) = registry::read(text.as_bytes()) else { continue };
                let found = format!("{found}");
                let plain = secret.rsplit(' ').next().unwrap();
                assert!(!found.contains(plain), "{value}: {found}");
                assert!(!found.contains("8412903377") && !found.contains("12903377"), "{value}: {found}");
            }
        }
    }
}
