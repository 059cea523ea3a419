//! The registry in force: that of the database's last release, else the one that this library was built with.
//!
//! A backend reads the release once, and again when an invalidation said that the table changed. A statement in which a pair was
//! looked up keeps its registry until it ends, as functions that are STABLE promise, or until a COMMIT in a procedure; a release
//! of the same transaction counts at once.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::atomic::AtomicI64;
use std::sync::atomic::Ordering::Relaxed;

use registry::{Image, StoredImage};

use postgres::error::{Report, SqlState};
use postgres::library::LibraryFunction;
use postgres::own_table::{self, LastRow, OwnTable};
use postgres::statement::{self, Statement};

/// Opened by the compiler, so that the first call in a backend finds it ready.
static BUILT_IN: Image<'static> = match Image::open(include_bytes!(concat!(env!("OUT_DIR"), "/registry.image"))) {
    Ok(image) => image,
    Err(_) => panic!("the build script wrote an image that this library does not read"),
};

/// The registry that this library was built with.
pub fn built_in() -> Image<'static> {
    BUILT_IN
}

/// A registry, and where it comes from.
pub struct InForce {
    image: StoredImage,
    /// Number and SHA-256 of the release; none for a database without releases.
    release: Option<(i32, Vec<u8>)>,
}

impl InForce {
    pub fn image(&self) -> Image<'_> {
        self.image.image()
    }

    /// The release's number, if the database has one.
    pub fn release(&self) -> Option<i32> {
        self.release.as_ref().map(|(number, _)| *number)
    }
}

/// The positions of the table's columns.
pub mod column {
    pub const NUMBER: usize = 0;
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
    /// Whether answers of another registry may be remembered.
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
    OwnTable::find(c"model_routable", c"release_store")
}

/// The beginning of the statement in which the registry was followed last.
static FOLLOWED_IN: AtomicI64 = AtomicI64::new(Statement::NONE.began());

/// Whether [`follow`] has to be called before a lookup: once a statement, and after each change.
#[inline(always)]
pub fn is_due() -> bool {
    FOLLOWED_IN.load(Relaxed) != Statement::current().began()
}

/// Brings the registry in force up to date. Answers that were remembered are to be forgotten if they can be of another one.
pub fn follow(forget: impl FnOnce()) {
    let statement = Statement::current();
    renew(statement);
    if IS_OTHER.take() {
        forget();
    }
    FOLLOWED_IN.store(statement.began(), Relaxed);
}

/// The registry in force. It stays as it is for whoever holds it.
pub fn current() -> Rc<InForce> {
    renew(Statement::current());
    IN_FORCE.with_borrow(|in_force| in_force.clone().expect("it was just read"))
}

fn renew(statement: Statement) {
    let is_first = USED_IN.get() != statement;
    if is_first {
        // What was committed before the statement's first lookup counts, also if the statement had no lock to wait for.
        statement::accept_changes();
    }
    let is_known = IN_FORCE.with_borrow(Option::is_some);
    // Its other processes read what the statement's snapshot shows, which can be older than what this one knows.
    let is_parallel = statement::is_parallel();
    if (IS_STALE.get() || is_parallel) && (is_first || !is_known || IS_OURS.get()) {
        // Taken back first, since reading can find that the table changed once more.
        IS_STALE.set(false);
        let unless_read = SetStale;
        if let Some(fresh) = read() {
            IN_FORCE.replace(Some(Rc::new(fresh)));
            IS_OTHER.set(true);
            FOLLOWED_IN.store(Statement::NONE.began(), Relaxed);
        }
        std::mem::forget(unless_read);
        if is_parallel {
            IS_STALE.set(true);
        }
    }
    USED_IN.set(statement);
}

/// Uses the registry in force as [`follow()`] left it, for work that calls no other code.
#[inline]
pub fn with<R>(work: impl FnOnce(Image<'_>) -> R) -> R {
    IN_FORCE.with_borrow(|in_force| work(in_force.as_ref().expect("it was followed").image()))
}

/// Marks the registry as stale when dropped, as an error does it.
struct SetStale;

impl Drop for SetStale {
    fn drop(&mut self) {
        IS_STALE.set(true);
    }
}

/// Reads the release in force; none if it is the one that is known.
fn read() -> Option<InForce> {
    let known = IN_FORCE.with_borrow(Clone::clone);
    let known = known.as_deref();
    match table().and_then(|table| table.with_last_row(|row| Stored::read(row, known))) {
        None if known.is_some_and(|known| known.release.is_none()) => None,
        None => Some(InForce { image: StoredImage::of_program(BUILT_IN), release: None }),
        Some(stored) => stored.map(Stored::open),
    }
}

/// A release as it is stored.
struct Stored {
    number: i32,
    sha256: Vec<u8>,
    /// None is the built-in registry.
    source: Option<Vec<u8>>,
    image: Option<Vec<u8>>,
}

impl Stored {
    /// None if it is the release that is known: a number can come again if its transaction was rolled back.
    fn read(row: &LastRow, known: Option<&InForce>) -> Option<Stored> {
        let number = row.integer(column::NUMBER).unwrap_or_default();
        let sha256 = row.bytes(column::SHA256).unwrap_or_default();
        let is_known = |known: &InForce| known.release.as_ref().is_some_and(|(n, s)| (*n, s) == (number, &sha256));
        if known.is_some_and(is_known) {
            return None;
        }
        Some(Stored { number, sha256, source: row.bytes(column::SOURCE), image: row.bytes(column::IMAGE) })
    }

    /// The image as it is stored; one of another layout, or a damaged one, is compiled anew.
    fn open(self) -> InForce {
        let image = match (self.source, self.image.map(StoredImage::open)) {
            (None, _) => StoredImage::of_program(BUILT_IN),
            (_, Some(Ok(image))) => image,
            (Some(source), _) => compile(self.number, &source),
        };
        InForce { image, release: Some((self.number, self.sha256)) }
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
