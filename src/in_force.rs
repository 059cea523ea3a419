//! The registry in force: that of the database's last release, else the one that this library was built with.
//!
//! A backend reads the release once, and again when an invalidation said that the table changed. A statement's first lookup takes
//! what is committed by then. Later ones, until the statement ends or a procedure commits, keep to that as functions that are STABLE
//! promise, unless a release was committed before the query began that makes them: a statement can run functions, each query of
//! which sees what was committed meanwhile, and waits for a release that waits for its writers. A release of the same transaction
//! counts at once.

mod stored;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::atomic::AtomicI64;
use std::sync::atomic::Ordering::Relaxed;

use registry::Image;

use postgres::own_table::{self, AsOf};
use postgres::statement::{self, Sight, Statement};
use stored::Last;
pub use stored::{InForce, column, table};

/// The registry that this library was built with. Opened by the compiler, so that the first call in a backend finds it ready.
pub static BUILT_IN: Image<'static> = match Image::open(include_bytes!(concat!(env!("OUT_DIR"), "/registry.image"))) {
    Ok(image) => image,
    Err(_) => panic!("the build script wrote an image that this library does not read"),
};

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
        followed_in(Statement::NONE);
    });
    statement::at_end_of_transaction(|| {
        USED_IN.set(Statement::NONE);
        followed_in(Statement::NONE);
        IS_OURS.set(false);
    });
}

/// Tells that this transaction wrote to the table.
pub fn released_here() {
    IS_OURS.set(true);
}

/// The beginning of the statement in which the registry was followed last.
static FOLLOWED_IN: AtomicI64 = AtomicI64::new(Statement::NONE.began());

fn followed_in(statement: Statement) {
    FOLLOWED_IN.store(statement.began(), Relaxed);
}

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
    followed_in(if is_settled { statement } else { Statement::NONE });
    if IS_OTHER.take() { known() } else { None }
}

/// Has the next lookup ask again whether the registry changed, for a query that begins to write.
pub fn ask_again() {
    if IS_STALE.get() {
        followed_in(Statement::NONE);
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
            followed_in(Statement::NONE);
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
    let last = Last::read(as_of, known);
    // A query that began before the statement's first lookup can see less than that took.
    let is_older = last.number(known) < known.and_then(InForce::number);
    if is_older && as_of == AsOf::Query && !statement::is_parallel() {
        return None;
    }
    last.unless_known(known)
}
