//! A registry's answer for a pair, in names that two registries share.

use std::fmt;

use crate::image::{Billing, Image};
use crate::model_id::ModelId;
use crate::verdict::Code;

/// The answer for a pair if the caller names no environment variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The verdict's code.
    pub code: Code,
    /// The name of the provider, if the verdict has one.
    pub provider: Option<String>,
    /// Who is billed for that provider.
    pub billing: Option<Billing>,
}

impl Outcome {
    /// Judges a pair.
    pub fn of(image: &Image, runtime: &str, model: &str) -> Outcome {
        let model = Some(ModelId::from_utf8(model.as_bytes()));
        let verdict = image.judge(Some(runtime.as_bytes()), model);
        let provider = verdict.provider(model, |_| false);
        Outcome {
            code: verdict.code,
            provider: provider.map(|provider| provider.name().to_owned()),
            billing: provider.map(|provider| provider.billing()),
        }
    }
}

impl fmt::Display for Outcome {
    /// As text: `REGISTERED through platform (platform_managed)`.
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(self.code.as_str())?;
        match (&self.provider, self.billing) {
            (Some(provider), Some(billing)) if self.code.is_routable() => {
                write!(formatter, " through {provider} ({})", billing.as_str())
            }
            _ => Ok(()),
        }
    }
}
