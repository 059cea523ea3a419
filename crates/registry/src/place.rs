//! Places in the document: the path in the message of a fault, and its line.

use std::fmt;
use std::rc::Rc;

/// The place of a value in the document, as steps from the root. It is cheap to copy and to extend, because validation makes
/// one for every id of a file.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a>(Option<Rc<Link<'a>>>);

#[derive(Debug)]
struct Link<'a> {
    parent: Place<'a>,
    step: Step<'a>,
    line: u32,
    secret: bool,
}

/// A step from a value to a value inside it.
#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    /// A map's key, or its value.
    Key(&'a str),
    /// A list's item, from 0.
    Item(usize),
    /// The document itself.
    Root,
}

impl<'a> Place<'a> {
    /// The document itself. Lines count from 1, and 0 is no line.
    pub(crate) fn root(line: u32) -> Place<'a> {
        Place(None).with(Step::Root, line)
    }

    /// The key of a map's entry, or its value.
    pub(crate) fn entry(&self, name: &'a str, line: u32) -> Place<'a> {
        self.with(Step::Key(name), line)
    }

    /// A list's item.
    pub(crate) fn item(&self, index: usize, line: u32) -> Place<'a> {
        self.with(Step::Item(index), line)
    }

    /// The line, from 1. A place without a line has the line of its parent.
    pub(crate) fn line(&self) -> Option<usize> {
        let link = self.0.as_deref()?;
        if link.line == 0 { link.parent.line() } else { Some(link.line as usize) }
    }

    fn with(&self, step: Step<'a>, line: u32) -> Place<'a> {
        Place(Some(Rc::new(Link { parent: self.clone(), step, line, secret: self.is_secret() })))
    }

    /// The same place, marked as one whose value messages must not repeat, because it may be a secret.
    pub(crate) fn secret(self) -> Place<'a> {
        let Some(link) = self.0.as_deref() else { return self };
        Place(Some(Rc::new(Link { parent: link.parent.clone(), step: link.step, line: link.line, secret: true })))
    }

    pub(crate) fn is_secret(&self) -> bool {
        self.0.as_deref().is_some_and(|link| link.secret)
    }
}

impl fmt::Display for Place<'_> {
    /// For example `runtimes.hermes.providers[3].models[0]`. A key that is not a plain word is in quotes.
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let Some(link) = &self.0 else { return Ok(()) };
        link.parent.fmt(formatter)?;
        match link.step {
            Step::Root => Ok(()),
            Step::Item(index) => write!(formatter, "[{index}]"),
            Step::Key(name) => {
                let outermost = link.parent.0.as_ref().is_none_or(|parent| matches!(parent.step, Step::Root));
                let dot = if outermost { "" } else { "." };
                let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
                if plain { write!(formatter, "{dot}{name}") } else { write!(formatter, "{dot}{name:?}") }
            }
        }
    }
}

/// The path and the line of a place, which do not borrow from the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Location {
    pub(crate) path: String,
    pub(crate) line: Option<usize>,
}

impl Location {
    pub(crate) fn of(place: &Place) -> Location {
        Location { path: place.to_string(), line: place.line() }
    }
}

impl fmt::Display for Location {
    /// The start of a line in a report: `line 3: runtimes.hermes: `.
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        if let Some(line) = self.line {
            write!(formatter, "line {line}: ")?;
        }
        if !self.path.is_empty() {
            write!(formatter, "{}: ", self.path)?;
        }
        Ok(())
    }
}
