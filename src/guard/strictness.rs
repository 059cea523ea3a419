//! What a guard refuses or warns of in addition to pairs that are not routable, and `routable.passes`, which answers the same
//! in a WHEN.

use registry::{Code, quoted};

use crate::lookup::{code, code_and_near_miss};
use postgres::backend::InBackend;
use postgres::error::{Report, SqlState};
use postgres::text::Text;

/// The two settings that make a guard stricter than the lookup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strictness {
    pub unknown_runtime: UnknownRuntime,
    pub near_miss: NearMiss,
}

/// What happens to a pair whose runtime the registry does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownRuntime {
    #[default]
    Allow,
    Deny,
}

/// What happens to a near miss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NearMiss {
    #[default]
    Allow,
    /// Stores the row, with a WARNING.
    Warn,
    Deny,
}

impl Strictness {
    /// Whether the guard lets a pair pass without a message.
    #[inline(always)]
    pub fn passes(self, backend: InBackend, runtime: Option<&[u8]>, model: Option<&[u8]>) -> bool {
        match self.near_miss {
            NearMiss::Allow => self.admits(code(backend, runtime, model)),
            _ => self.passes_without_near_miss(backend, runtime, model),
        }
    }

    /// A separate function, so that guards that allow near misses do not pay for it.
    #[inline(never)]
    fn passes_without_near_miss(self, backend: InBackend, runtime: Option<&[u8]>, model: Option<&[u8]>) -> bool {
        let (code, is_near_miss) = code_and_near_miss(backend, runtime, model);
        self.admits(code) && !is_near_miss
    }

    /// Whether pairs with this code may be stored. Near misses are decided separately.
    #[inline]
    pub fn admits(self, code: Code) -> bool {
        code.is_routable() && !(code == Code::UnknownRuntime && self.unknown_runtime == UnknownRuntime::Deny)
    }
}

impl UnknownRuntime {
    /// The setting with this name.
    pub fn named(name: &[u8]) -> Option<UnknownRuntime> {
        [UnknownRuntime::Allow, UnknownRuntime::Deny].into_iter().find(|known| known.as_str().as_bytes() == name)
    }

    /// Its name in the trigger's arguments.
    pub fn as_str(self) -> &'static str {
        match self {
            UnknownRuntime::Allow => "allow",
            UnknownRuntime::Deny => "deny",
        }
    }
}

impl NearMiss {
    /// The setting with this name.
    pub fn named(name: &[u8]) -> Option<NearMiss> {
        [NearMiss::Allow, NearMiss::Warn, NearMiss::Deny].into_iter().find(|known| known.as_str().as_bytes() == name)
    }

    /// Its name in the trigger's arguments.
    pub fn as_str(self) -> &'static str {
        match self {
            NearMiss::Allow => "allow",
            NearMiss::Warn => "warn",
            NearMiss::Deny => "deny",
        }
    }
}

/// `routable.passes`: whether a guard with these settings lets a pair pass without a message.
pub fn passes(
    backend: InBackend,
    runtime: Option<Text>,
    model: Option<Text>,
    unknown_runtime: Option<Text>,
    near_miss: Option<Text>,
) -> bool {
    let unknown = unknown_runtime.and_then(|name| UnknownRuntime::named(name.bytes()));
    let near = near_miss.and_then(|name| NearMiss::named(name.bytes()));
    let strictness = Strictness {
        unknown_runtime: unknown
            .unwrap_or_else(|| refuse_setting("unknown_runtime", unknown_runtime, "It can be allow or deny.")),
        near_miss: near.unwrap_or_else(|| refuse_setting("near_miss", near_miss, "It can be allow, warn or deny.")),
    };
    strictness.passes(backend, runtime.map(Text::bytes), model.map(Text::bytes))
}

#[cold]
fn refuse_setting(setting: &str, value: Option<Text>, hint: &str) -> ! {
    let report = match value {
        Some(value) => Report::new(
            SqlState::ERRCODE_INVALID_PARAMETER_VALUE, // 22023
            format!("invalid value for the setting {setting}: {}", quoted(value.bytes())),
        ),
        None => {
            // 22004
            Report::new(SqlState::ERRCODE_NULL_VALUE_NOT_ALLOWED, format!("the setting {setting} must not be null"))
        }
    };
    Report { hint: Some(hint.to_owned()), ..report }.throw()
}
