//! The registry in force: that of the database's last release, else the one that this library was built with.
//!
//! A backend reads the release once, and again when an invalidation said that the table changed. A statement's first lookup takes
//! what is committed by then. Later ones, until the statement ends or a procedure commits, keep to that as functions that are STABLE
//! promise, unless a release was committed before the query began that makes them: a statement can run functions, each query of
//! which sees what was committed meanwhile, and waits for a release that waits for its writers. A release of the same transaction
//! counts at once.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::atomic::AtomicI64;
use std::sync::atomic::Ordering::Relaxed;

use registry::{Code, Image, ModelId, StoredImage};

use postgres::error::{Report, SqlState};
use postgres::library::LibraryFunction;
use postgres::own_table::{self, AsOf, LastRow, OwnTable};
use postgres::statement::{self, Sight, Statement};

/// The registry that this library was built with. Opened by the compiler, so that the first call in a backend finds it ready.
pub static BUILT_IN: Image<'static> = match Image::open(include_bytes!(concat!(env!("OUT_DIR"), "/registry.image"))) {
    Ok(image) => image,
    Err(_) => panic!("the build script wrote an image that this library does not read"),
};

/// A registry, and where it comes from.
pub struct InForce {
    image: StoredImage,
    /// Whether it is the one that this library was built with, released or not.
    is_built_in: bool,
    /// None for a database without releases.
    release: Option<Release>,
}

/// What the table says of a release; text is in the database's encoding.
pub struct Release {
    pub number: i32,
    /// In microseconds, as PostgreSQL counts them.
    pub released_at: Option<i64>,
    pub released_by: Option<Vec<u8>>,
    pub note: Option<Vec<u8>>,
    sha256: Option<Vec<u8>>,
}

impl InForce {
    pub fn image(&self) -> Image<'_> {
        self.image.image()
    }

    /// The code of a pair.
    #[inline(always)]
    pub fn code(&self, runtime: Option<&[u8]>, model: Option<ModelId>) -> Code {
        self.image.code(runtime, model)
    }

    pub fn is_built_in(&self) -> bool {
        self.is_built_in
    }

    /// The release, if the database has one.
    pub fn release(&self) -> Option<&Release> {
        self.release.as_ref()
    }

    fn number(&self) -> Option<i32> {
        Some(self.release()?.number)
    }
}

/// The positions of the table's columns.
pub mod column {
    pub const NUMBER: usize = 0;
    pub const RELEASED_AT: usize = 1;
    pub const RELEASED_BY: usize = 2;
    pub const NOTE: usize = 3;
    pub const SOURCE: usize = 4;
    pub const SHA256: usize = 5;
    pub const IMAGE: usize = 9;
}

thread_local! {
    static IN_FORCE: RefCell<Option<Rc<InForce>>> = const { RefCell::new(None) };
    /// Whether the table may have changed since it was read.
    static IS_STALE: Cell<bool> = const { Cell::new(true) };
    /// Whether this transaction wrote to the table: then a subtransaction's end can take that back as well.
    static IS_OURS: Cell<bool> = const { Cell::new(false) };
    /// The statement in which a pair was looked up last.
    static USED_IN: Cell<Statement> = const { Cell::new(Statement::NONE) };
    /// What the query saw for which the table was read last while it was stale.
    static SEEN_BY: Cell<Option<Sight>> = const { Cell::new(None) };
    /// Whether another registry came in force since [`follow`] told one.
    static IS_OTHER: Cell<bool> = const { Cell::new(false) };
}

/// Begins to watch the table of releases; once a backend.
pub fn watch() {
    own_table::on_change(|| {
        IS_STALE.set(true);
        FOLLOWED_IN.store(Statement::NONE.began(), Relaxed);
    });
    statement::at_end_of_transaction(|| {
        USED_IN.set(Statement::NONE);
        FOLLOWED_IN.store(Statement::NONE.began(), Relaxed);
        IS_OURS.set(false);
    });
}

/// Tells that this transaction wrote to the table.
pub fn released_here() {
    IS_OURS.set(true);
}

/// The table of releases; none with objects of a former version.
pub fn table() -> Option<OwnTable> {
    OwnTable::find(c"model_routable", c"routable", c"release_store")
}

/// The beginning of the statement in which the registry was followed last.
static FOLLOWED_IN: AtomicI64 = AtomicI64::new(Statement::NONE.began());

/// Whether [`follow`] has to be called before a lookup: once a statement, and after each change.
#[inline(always)]
pub fn is_due() -> bool {
    FOLLOWED_IN.load(Relaxed) != Statement::current().began()
}

/// Tells what is in force if it can be another registry than was told last: then answers that are remembered are to be
/// forgotten.
pub fn follow() -> Option<Rc<InForce>> {
    let statement = Statement::current();
    renew(statement);
    // While others released what this query does not see, the statement's next query may.
    let is_settled = !IS_STALE.get() || statement::is_parallel();
    FOLLOWED_IN.store(if is_settled { statement } else { Statement::NONE }.began(), Relaxed);
    if IS_OTHER.take() { known() } else { None }
}

/// Has the next lookup ask again whether the registry changed, for a query that begins to write.
pub fn ask_again() {
    if IS_STALE.get() {
        FOLLOWED_IN.store(Statement::NONE.began(), Relaxed);
    }
}

/// The registry in force. It stays as it is for whoever holds it.
pub fn current() -> Rc<InForce> {
    renew(Statement::current());
    held()
}

/// The registry by which the last pair was judged, for what is to be said about that.
pub fn held() -> Rc<InForce> {
    known().expect("it was just read")
}

fn known() -> Option<Rc<InForce>> {
    IN_FORCE.with_borrow(Clone::clone)
}

fn renew(statement: Statement) {
    let is_first = USED_IN.get() != statement;
    if is_first {
        // What was committed before the statement's first lookup counts, also if the statement had no lock to wait for.
        statement::accept_changes();
    }
    if IS_STALE.get()
        && let Some(as_of) = due(is_first)
    {
        // Taken back first, since reading can find that the table changed once more.
        IS_STALE.set(false);
        let unless_read = SetStale;
        if let Some(fresh) = read(as_of) {
            IN_FORCE.replace(Some(Rc::new(fresh)));
            IS_OTHER.set(true);
            FOLLOWED_IN.store(Statement::NONE.began(), Relaxed);
        }
        std::mem::forget(unless_read);
        if as_of == AsOf::Query {
            // What the query does not see may be in force for others.
            IS_STALE.set(true);
        }
    }
    USED_IN.set(statement);
}

/// As of when a table that changed is to be read; none if the statement keeps the registry that it has.
fn due(is_first: bool) -> Option<AsOf> {
    let is_known = known().is_some();
    let is_parallel = statement::is_parallel();
    if statement::keeps_snapshot() {
        // What its queries see is of no use: constraints as well judge by what is committed now.
        return (is_first || !is_known || IS_OURS.get() || !is_parallel).then_some(AsOf::Now);
    }
    if is_first || !is_known || IS_OURS.get() {
        // The processes of one statement all see the same.
        return Some(if is_parallel { AsOf::Query } else { AsOf::Now });
    }
    let sight = Sight::current();
    (SEEN_BY.replace(sight) != sight).then_some(AsOf::Query)
}

/// Marks the registry as stale when dropped, as an error does it.
struct SetStale;

impl Drop for SetStale {
    fn drop(&mut self) {
        IS_STALE.set(true);
        SEEN_BY.set(None);
    }
}

/// Reads the release in force; none if it is the one that is known.
fn read(as_of: AsOf) -> Option<InForce> {
    let known = known();
    let known = known.as_deref();
    let stored = table().and_then(|table| table.with_last_row(as_of, |row| Stored::read(row, known)));
    let number = stored.as_ref().map(|stored| stored.as_ref().map(|stored| stored.release.number));
    let is_older = match (known.map(InForce::number), number) {
        (Some(Some(known)), Some(Some(number))) => number < known,
        (Some(Some(_)), None) => true,
        _ => false,
    };
    // A query that began before the statement's first lookup can see less than that took.
    if is_older && as_of == AsOf::Query && !statement::is_parallel() {
        return None;
    }
    match stored {
        None if known.is_some_and(|known| known.release.is_none()) => None,
        None => Some(InForce { image: StoredImage::of_program(BUILT_IN), is_built_in: true, release: None }),
        Some(stored) => stored.map(Stored::open),
    }
}

/// A release as it is stored.
struct Stored {
    release: Release,
    text_or_image: TextOrImage,
}

enum TextOrImage {
    BuiltIn,
    Image(StoredImage),
    /// Of an image of another layout, or a damaged one.
    Text(Vec<u8>),
}

impl Stored {
    /// None if it is the release that is known: a number can come again if its transaction was rolled back.
    fn read(row: &LastRow, known: Option<&InForce>) -> Option<Stored> {
        let number = row.integer(column::NUMBER).unwrap_or_default();
        let sha256 = row.bytes(column::SHA256);
        let released_at = row.timestamp(column::RELEASED_AT);
        let is_same =
            |known: &Release| (known.number, known.released_at, &known.sha256) == (number, released_at, &sha256);
        let is_known = |known: &InForce| known.release.as_ref().is_some_and(is_same);
        if known.is_some_and(is_known) {
            return None;
        }
        let image = || row.bytes(column::IMAGE).map(StoredImage::open)?.ok();
        let text_or_image = if row.is_null(column::SOURCE) {
            TextOrImage::BuiltIn
        } else if let Some(image) = image() {
            TextOrImage::Image(image)
        } else {
            // The text is longer, and unpacked: it is not read in vain.
            TextOrImage::Text(row.bytes(column::SOURCE).unwrap_or_default())
        };
        let (released_by, note) = (row.bytes(column::RELEASED_BY), row.bytes(column::NOTE));
        let release = Release { number, released_at, released_by, note, sha256 };
        Some(Stored { release, text_or_image })
    }

    /// The image as it is stored, or compiled anew.
    fn open(self) -> InForce {
        let is_built_in = matches!(self.text_or_image, TextOrImage::BuiltIn);
        let image = match self.text_or_image {
            TextOrImage::BuiltIn => StoredImage::of_program(BUILT_IN),
            TextOrImage::Image(image) => image,
            TextOrImage::Text(text) => compile(self.release.number, &text),
        };
        InForce { image, is_built_in, release: Some(self.release) }
    }
}

/// What makes an image of a text and the release's number; see crates/reader.
#[allow(unsafe_code)]
// SAFETY: the function takes a text and an integer, and returns a bytea.
static COMPILE: LibraryFunction = unsafe { LibraryFunction::new(c"model_routable_reader", c"compile_anew_wrapper") };

/// Fails closed: a database whose registry cannot be read judges no pair.
fn compile(number: i32, source: &[u8]) -> StoredImage {
    let image = COMPILE.call(source, number);
    StoredImage::open(image.bytes().to_vec()).unwrap_or_else(|error| {
        Report {
            detail: Some(error.to_string()),
            hint: Some("Install both libraries of the extension in the same version.".to_owned()),
            ..Report::new(
                SqlState::ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                format!("release {number} of the registry was compiled by another version than this library's"),
            )
        }
        .throw()
    })
}
