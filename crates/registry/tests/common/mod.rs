//! Functions that several test files use.
#![allow(dead_code)]

pub mod scale;

use registry::Fault;

/// A registry file with one provider and these runtimes. The provider has the given fields, then the required fields that are
/// not among them.
pub fn file(provider: &str, runtimes: &str) -> String {
    let mut fields = provider.to_owned();
    for (key, value) in [
        ("display_name", "A"),
        ("protocol", "openai"),
        ("auth_mode", "key"),
        ("auth_env", "[A_KEY]"),
        ("model_prefix_match", "^a"),
    ] {
        if !provider.contains(&format!("{key}: ")) {
            fields.push_str(&format!("{key}: {value}, "));
        }
    }
    format!("schema_version: 1\nproviders: [{{{fields}}}]\nruntimes: {{{runtimes}}}\n")
}

/// The faults of a file that must not load.
pub fn faults(text: &str) -> Vec<Fault> {
    match registry::read(text.as_bytes()) {
        Ok(_) => panic!("loaded:\n{text}"),
        Err(faults) => faults.into_iter().collect(),
    }
}

/// Numbers that look random and are the same in every run (xorshift).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound
    }
}
