//! The trigger's arguments: `key=value`, split at the first `=`.

use std::ffi::{CStr, CString};

use super::fault::GuardFault;
use crate::postgres::relation::to_utf8;
use crate::postgres::trigger::TriggerCall;

/// The settings of one guard, as CREATE TRIGGER gives them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// Names of columns and of the constraint, in the database's encoding.
    pub runtime: CString,
    pub model: CString,
    pub constraint: CString,
}

/// Reads the arguments of the trigger.
///
/// # Errors
/// An argument that is unknown, repeated, malformed or missing: a guard that guesses is none.
pub fn parse(call: &TriggerCall) -> Result<Arguments, GuardFault> {
    let trigger = || to_utf8(call.name());
    let [mut runtime, mut model, mut constraint] = [None, None, None];
    for argument in call.arguments() {
        let text = || to_utf8(argument);
        let Some((key, value)) = split(argument) else {
            return Err(GuardFault::MalformedArgument { trigger: trigger(), argument: text() });
        };
        let place = match key {
            b"runtime" => &mut runtime,
            b"model" => &mut model,
            b"constraint" => &mut constraint,
            _ => return Err(GuardFault::UnknownArgument { trigger: trigger(), argument: text() }),
        };
        if place.replace(value).is_some() {
            return Err(GuardFault::RepeatedArgument { trigger: trigger(), argument: text() });
        }
    }
    let required = |value: Option<CString>, key| value.ok_or(GuardFault::MissingArgument { trigger: trigger(), key });
    Ok(Arguments {
        runtime: required(runtime, "runtime")?,
        model: required(model, "model")?,
        constraint: required(constraint, "constraint")?,
    })
}

/// Key and value; none where there is no `=`, or nothing on one side of it.
fn split(argument: &CStr) -> Option<(&[u8], CString)> {
    let bytes = argument.to_bytes();
    let at = bytes.iter().position(|&byte| byte == b'=')?;
    let (key, value) = (&bytes[..at], &bytes[at + 1..]);
    (!key.is_empty() && !value.is_empty()).then(|| (key, CString::new(value).unwrap_or_default()))
}
