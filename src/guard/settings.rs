//! A guard's settings: the arguments of the trigger, each `key=value`, split at the first `=`.

use std::ffi::{CStr, CString};

use registry::quoted;

use super::fault::GuardFault;
use super::strictness::{NearMiss, Strictness, UnknownRuntime};
use postgres::encoding::Encoding;
use postgres::relation::to_utf8;

/// The settings of one guard, from the arguments of CREATE TRIGGER.
#[derive(Debug, PartialEq, Eq)]
pub struct Settings {
    /// Names of columns and of the constraint, in the database's encoding.
    pub runtime: CString,
    pub model: CString,
    pub constraint: CString,
    pub on_mismatch: OnMismatch,
    pub strictness: Strictness,
    /// Whether the triggers should fire for replicated rows. The function does not need it, because PostgreSQL stores how a
    /// trigger is enabled. `routable.guards` compares the two.
    pub replicas: bool,
}

/// What happens to a write whose pair is not routable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnMismatch {
    #[default]
    Raise,
    /// Stores the row, with a WARNING.
    Warn,
    /// If an UPDATE changes only the runtime, the model becomes the new runtime's default. In all other cases, an error.
    Reset,
}

impl Settings {
    /// Reads the arguments of a trigger.
    ///
    /// # Errors
    /// An argument that is unknown, repeated, malformed or missing. A guard must not guess.
    pub fn parse<'a>(name: &CStr, arguments: impl Iterator<Item = &'a CStr>) -> Result<Settings, GuardFault> {
        let trigger = || to_utf8(name);
        let mut values: [Option<&CStr>; KEYS.len()] = Default::default();
        for argument in arguments {
            let fault = |fault: fn(String, String) -> GuardFault| fault(trigger(), shown(argument));
            let (key, value) = split(argument)
                .ok_or_else(|| fault(|trigger, argument| GuardFault::MalformedArgument { trigger, argument }))?;
            let position = KEYS
                .iter()
                .position(|known| known.as_bytes() == key)
                .ok_or_else(|| fault(|trigger, argument| GuardFault::UnknownArgument { trigger, argument }))?;
            if values[position].replace(value).is_some() {
                return Err(fault(|trigger, argument| GuardFault::RepeatedArgument { trigger, argument }));
            }
        }
        let [runtime, model, constraint, on_mismatch, unknown_runtime, near_miss, replicas] = values;
        let required = |value: Option<&CStr>, key| {
            value.map(CStr::to_owned).ok_or_else(|| GuardFault::MissingArgument { trigger: trigger(), key })
        };
        if let Some(value) = replicas.filter(|value| value.to_bytes() != b"true") {
            return Err(GuardFault::InvalidSetting { trigger: trigger(), key: "replicas", value: shown(value) });
        }
        let invalid = |key, value: &CStr| GuardFault::InvalidSetting { trigger: trigger(), key, value: shown(value) };
        Ok(Settings {
            runtime: required(runtime, "runtime")?,
            model: required(model, "model")?,
            constraint: required(constraint, "constraint")?,
            on_mismatch: setting(on_mismatch, OnMismatch::named, |value| invalid("on_mismatch", value))?,
            strictness: Strictness {
                unknown_runtime: setting(unknown_runtime, UnknownRuntime::named, |value| {
                    invalid("unknown_runtime", value)
                })?,
                near_miss: setting(near_miss, NearMiss::named, |value| invalid("near_miss", value))?,
            },
            replicas: replicas.is_some(),
        })
    }
}

/// The setting for an argument's value. Without the argument, the default.
fn setting<T: Default>(
    value: Option<&CStr>,
    named: impl FnOnce(&[u8]) -> Option<T>,
    invalid: impl FnOnce(&CStr) -> GuardFault,
) -> Result<T, GuardFault> {
    value.map_or_else(|| Ok(T::default()), |value| named(value.to_bytes()).ok_or_else(|| invalid(value)))
}

impl OnMismatch {
    /// The setting with this name.
    fn named(name: &[u8]) -> Option<OnMismatch> {
        let known = [OnMismatch::Raise, OnMismatch::Warn, OnMismatch::Reset];
        known.into_iter().find(|known| known.as_str().as_bytes() == name)
    }

    /// Its name in the trigger's arguments.
    pub fn as_str(self) -> &'static str {
        match self {
            OnMismatch::Raise => "raise",
            OnMismatch::Warn => "warn",
            OnMismatch::Reset => "reset",
        }
    }
}

const KEYS: [&str; 7] = ["runtime", "model", "constraint", "on_mismatch", "unknown_runtime", "near_miss", "replicas"];

/// In bytes. PostgreSQL's names are shorter, and whoever may create a trigger chooses the length of its arguments.
const LONGEST: usize = 1000;

/// Key and value. None if there is no `=`, if one side of it is empty, or if the argument is too long.
fn split(argument: &CStr) -> Option<(&[u8], &CStr)> {
    let bytes = argument.to_bytes_with_nul();
    let at = bytes.iter().position(|&byte| byte == b'=')?;
    let value = CStr::from_bytes_with_nul(&bytes[at + 1..]).ok()?;
    (at > 0 && !value.is_empty() && bytes.len() <= LONGEST).then_some((&bytes[..at], value))
}

/// An argument as a message shows it. The table's owner chooses its content and its length.
fn shown(argument: &CStr) -> String {
    quoted(&*Encoding::of_database().to_utf8(argument.to_bytes()))
}
