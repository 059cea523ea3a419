//! Faults of a registry file: what is wrong, where, and what to write instead.

use std::fmt;

use crate::advice;
use crate::lint_kind::LintKind;
use crate::pattern::PatternError;
use crate::place::{Location, Place};

/// One fault: its place in the file and what is wrong there.
#[derive(Debug)]
pub struct Fault {
    location: Location,
    kind: FaultKind,
}

impl Fault {
    pub(crate) fn new(place: &Place, kind: FaultKind) -> Fault {
        Fault { location: Location::of(place), kind }
    }

    /// A fault of the document as a whole.
    pub(crate) fn of_document(line: Option<usize>, kind: FaultKind) -> Fault {
        Fault { location: Location { path: String::new(), line }, kind }
    }

    /// The place as in `runtimes.hermes.providers[3].models[0]`; empty for the document as a whole.
    pub fn path(&self) -> &str {
        &self.location.path
    }

    /// The line, from 1; none for the document as a whole.
    pub fn line(&self) -> Option<usize> {
        self.location.line
    }

    /// What is wrong, and what to write instead.
    pub fn parts(&self) -> (String, Option<String>) {
        let text = self.kind.to_string();
        let (message, advice) = advice::split(&text);
        (message.to_owned(), advice.map(str::to_owned))
    }

    /// What is wrong.
    pub fn kind(&self) -> &FaultKind {
        &self.kind
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{}{}", self.location, self.kind)
    }
}

/// The rules of the file format. Each variant is a breach of one.
#[expect(missing_docs, reason = "the message of each variant says what it and its fields mean")]
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FaultKind {
    #[error("the file is not UTF-8: byte {offset} does not belong there{}", utf16_hint(.utf16))]
    NotUtf8 { offset: usize, utf16: bool },
    #[error("the file is not a YAML document: {0}")]
    NotYaml(String),
    #[error("a second YAML document begins here; a registry is one, so remove the --- or ... that divides it")]
    SecondDocument,
    #[error("the character U+{:04X} cannot stand in YAML; remove it", u32::from(*.character))]
    ControlCharacter { character: char },
    #[error("a byte order mark (U+FEFF) begins this line, and can only begin the file; remove it")]
    MarkInside,
    #[error("the file is longer than {limit} bytes, which is more than any registry needs")]
    TooLong { limit: usize },
    #[error("the file has more than {limit} lines, commas, colons and brackets, too many values for its size")]
    TooDense { limit: usize },
    #[error("the file has more than {limit} opening brackets, too many lists and maps for its size")]
    TooManyBrackets { limit: usize },
    #[error("the document is empty; expected the keys schema_version, providers and runtimes")]
    EmptyDocument,
    #[error("expected {expected}, found {found}{advice}")]
    WrongType { expected: &'static str, found: String, advice: &'static str },
    /// The key is not repeated if it may be a secret.
    #[error("unknown key{}; {}", quoted(.key), suggestion_or_list(.suggestion, .allowed))]
    UnknownKey { key: Option<String>, suggestion: Option<String>, allowed: &'static [&'static str] },
    #[error("merge keys (<<) are not supported; write the keys and values out")]
    MergeKey,
    /// The key is not repeated if it may be a secret.
    #[error("the key{} comes twice in this map; keep one", quoted(.key))]
    DuplicateKey { key: Option<String> },
    #[error("the required key {key:?} is missing")]
    MissingKey { key: &'static str },
    #[error("schema_version is {found}, but this version reads schema_version 1")]
    SchemaVersion { found: String },
    #[error("{what} must not be empty")]
    Empty { what: &'static str },
    #[error("{what} must not be blank")]
    Blank { what: &'static str },
    #[error("{what} {value:?} has surrounding white space and could never match; write {:?}", .value.trim())]
    SurroundingWhiteSpace { what: &'static str, value: String },
    #[error("the id is longer than {limit} bytes")]
    IdTooLong { limit: usize },
    #[error("the provider name {name:?} is already taken by providers[{first}]; names are unique")]
    DuplicateProvider { name: String, first: usize },
    #[error("the upstream_vendor {vendor:?} is already claimed by providers[{first}]; a vendor has one provider")]
    DuplicateVendor { vendor: String, first: usize },
    #[error("unknown protocol {found:?}; use openai or anthropic")]
    UnknownProtocol { found: String },
    /// The value is not repeated: it may be a secret, and the report ends up in build logs.
    #[error(
        "this is not the name of an environment variable (letters, digits and _, but no digit first; never a value)"
    )]
    NotAVariableName,
    #[error("no provider of the catalogue is named {name:?}{}", did_you_mean(.suggestion))]
    UnknownProvider { name: String, suggestion: Option<String> },
    #[error("the provider {name:?} already has an arm in this runtime, providers[{first}]; merge the two")]
    DuplicateArm { name: String, first: usize },
    #[error("the id {id:?} comes twice in this arm; keep one")]
    DuplicateId { id: String },
    #[error("the id {id:?} is both offered and withdrawn in this runtime; it is offered by the arm {offered_by:?}")]
    OfferedAndWithdrawn { id: String, offered_by: String },
    #[error("the replacement {id:?} is not one of the ids that the runtime offers{}", did_you_mean(.suggestion))]
    ReplacementNotOffered { id: String, suggestion: Option<String> },
    #[error("the replacement is the id itself; name another id, or remove this entry")]
    ReplacedByItself,
    #[error("{found:?} is no day of the calendar; write year, month and day, as in 2027-03-01")]
    NotADate { found: String },
    #[error("{}", routes_nothing(.only_listed))]
    ArmRoutesNothing { only_listed: bool },
    #[error("the runtime {name:?} comes twice in this list; keep one")]
    DuplicateExternalRuntime { name: String },
    #[error(
        "the runtime {name:?} is judged, since it stands under runtimes, and so is not external; remove one of the two"
    )]
    JudgedAndExternal { name: String },
    #[error("the default_model {id:?} is not one of the runtime's models{}", did_you_mean(.suggestion))]
    DefaultModelNotListed { id: String, suggestion: Option<String> },
    #[error("the pattern {pattern:?} cannot be used: {error}")]
    Pattern { pattern: String, error: PatternError },
    #[error("unknown lint {found:?}; the lints are {}", LintKind::names())]
    UnknownLint { found: String },
    #[error("{what} are more than {limit}, which is as many as a registry holds")]
    TooMany { what: &'static str, limit: usize },
    #[error("the ids up to this one need more than {limit} bytes, each at least 20 wherever it is listed; list fewer")]
    IdsTooLarge { limit: usize },
    #[error("not compiled: the file's other patterns already need all the room that a registry has for automata")]
    PatternsTooLarge,
    #[error("{more} more faults are not shown")]
    MoreFaults { more: usize },
}

fn did_you_mean(suggestion: &Option<String>) -> String {
    suggestion.as_ref().map_or_else(String::new, |suggestion| format!("; did you mean {suggestion:?}?"))
}

fn suggestion_or_list(suggestion: &Option<String>, allowed: &[&str]) -> String {
    match suggestion {
        Some(suggestion) => format!("did you mean {suggestion:?}?"),
        None => format!("the keys here are {}", allowed.join(", ")),
    }
}

fn quoted(key: &Option<String>) -> String {
    key.as_ref().map_or_else(String::new, |key| format!(" {key:?}"))
}

fn routes_nothing(only_listed: &bool) -> &'static str {
    match only_listed {
        true => "this arm can route nothing: it takes only ids that it lists, and lists none; add ids, or remove it",
        false => "this arm can route nothing: its provider has no pattern, and it lists no ids; add ids, or remove it",
    }
}

fn utf16_hint(utf16: &bool) -> &'static str {
    if *utf16 { "; it begins as UTF-16 does, so save it as UTF-8" } else { "" }
}

/// All faults of a file, in the order of their lines; never empty.
#[derive(Debug)]
pub struct Faults(pub(crate) Vec<Fault>);

impl Faults {
    /// The faults, in the order of their lines.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.0.iter()
    }
}

impl IntoIterator for Faults {
    type Item = Fault;
    type IntoIter = std::vec::IntoIter<Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl std::error::Error for Faults {}

impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        for (position, fault) in self.0.iter().enumerate() {
            if position > 0 {
                formatter.write_str("\n")?;
            }
            write!(formatter, "{fault}")?;
        }
        Ok(())
    }
}
