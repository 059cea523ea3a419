//! The registry in force: the registry of the database's last release. Without a release, the one that this library was built
//! with.
//!
//! A backend reads the release once, and again after an invalidation reported a change of the table. The first lookup of a
//! statement uses what is committed by then. Later lookups keep that registry until the statement ends or a procedure
//! commits, as STABLE functions promise. There is one exception. A statement can run functions. Each query of a function sees
//! what was committed before it began, and can have waited for a release that waits for writers. So if a release was
//! committed before such a query began, the query uses it. A release of the own transaction applies at once.

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

/// The registry that this library was built with. The compiler opens it, so that it is ready at a backend's first call.
pub static BUILT_IN: Image<'static> = match Image::open(include_bytes!(concat!(env!("OUT_DIR"), "/registry.image"))) {
    Ok(image) => image,
    Err(_) => panic!("the build script wrote an image that this library does not read"),
};

thread_local! {
    static IN_FORCE: RefCell<Option<Rc<InForce>>> = const { RefCell::new(None) };
    /// Whether the table may have changed since it was read.
    static IS_STALE: Cell<bool> = const { Cell::new(true) };
    /// Whether this transaction wrote to the table. If so, the end of a subtransaction can undo that.
    static IS_OURS: Cell<bool> = const { Cell::new(false) };
    /// The statement of the last lookup.
    static USED_IN: Cell<Statement> = const { Cell::new(Statement::NONE) };
    /// What the query saw for which the table was last read while it was stale.
    static SEEN_BY: Cell<Option<Sight>> = const { Cell::new(None) };
    /// Whether another registry came into force after [`follow`] last returned one.
    static IS_OTHER: Cell<bool> = const { Cell::new(false) };
}

/// Registers the callbacks that watch the table of releases. Called once per backend.
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

/// Call it after this transaction wrote to the table.
pub fn released_here() {
    IS_OURS.set(true);
}

/// The start of the statement in which [`follow`] was last called.
static FOLLOWED_IN: AtomicI64 = AtomicI64::new(Statement::NONE.began());

fn followed_in(statement: Statement) {
    FOLLOWED_IN.store(statement.began(), Relaxed);
}

/// Whether [`follow`] has to be called before a lookup: once per statement, and after each change.
#[inline(always)]
pub fn is_due() -> bool {
    FOLLOWED_IN.load(Relaxed) != Statement::current().began()
}

/// The registry in force, if it may differ from the one that was returned last. The caller then forgets its remembered
/// answers.
pub fn follow() -> Option<Rc<InForce>> {
    let statement = Statement::current();
    renew(statement);
    // If other sessions released something that this query does not see, the statement's next query may see it.
    let is_settled = !IS_STALE.get() || statement::is_parallel();
    followed_in(if is_settled { statement } else { Statement::NONE });
    if IS_OTHER.take() { known() } else { None }
}

/// Makes the next lookup check again whether the registry changed. For a query that begins to write.
pub fn ask_again() {
    if IS_STALE.get() {
        followed_in(Statement::NONE);
    }
}

/// The registry in force. It does not change while the caller holds it.
pub fn current() -> Rc<InForce> {
    renew(Statement::current());
    held()
}

/// The registry that judged the last pair, for messages about that pair.
pub fn held() -> Rc<InForce> {
    known().expect("it was just read")
}

fn known() -> Option<Rc<InForce>> {
    IN_FORCE.with_borrow(Clone::clone)
}

fn renew(statement: Statement) {
    let is_first = USED_IN.get() != statement;
    if is_first {
        // Includes what was committed before the statement's first lookup, even if the statement did not have to wait for a
        // lock.
        statement::accept_changes();
    }
    if IS_STALE.get()
        && let Some(as_of) = due(is_first)
    {
        // Cleared before the read, because the read can find that the table changed again.
        IS_STALE.set(false);
        let unless_read = SetStale;
        if let Some(fresh) = read(as_of) {
            IN_FORCE.replace(Some(Rc::new(fresh)));
            IS_OTHER.set(true);
            followed_in(Statement::NONE);
        }
        std::mem::forget(unless_read);
        if as_of == AsOf::Query {
            // A release that this query does not see may be in force for others.
            IS_STALE.set(true);
        }
    }
    USED_IN.set(statement);
}

/// Which state of a changed table to read. None if the statement keeps the registry that it has.
fn due(is_first: bool) -> Option<AsOf> {
    let is_known = known().is_some();
    let is_parallel = statement::is_parallel();
    if statement::keeps_snapshot() {
        // The snapshot of its queries does not matter: PostgreSQL's constraints too judge by what is committed now.
        return (is_first || !is_known || IS_OURS.get() || !is_parallel).then_some(AsOf::Now);
    }
    if is_first || !is_known || IS_OURS.get() {
        // All processes of one statement have to see the same.
        return Some(if is_parallel { AsOf::Query } else { AsOf::Now });
    }
    let sight = Sight::current();
    (SEEN_BY.replace(sight) != sight).then_some(AsOf::Query)
}

/// Marks the registry as stale if it is dropped, which an error does.
struct SetStale;

impl Drop for SetStale {
    fn drop(&mut self) {
        IS_STALE.set(true);
        SEEN_BY.set(None);
    }
}

/// Reads the release in force. None if it is the known one.
fn read(as_of: AsOf) -> Option<InForce> {
    let known = known();
    let known = known.as_deref();
    let last = Last::read(as_of, known);
    // A query that began before the statement's first lookup can see an older release than the one that lookup used.
    let is_older = last.number(known) < known.and_then(InForce::number);
    if is_older && as_of == AsOf::Query && !statement::is_parallel() {
        return None;
    }
    last.unless_known(known)
}
