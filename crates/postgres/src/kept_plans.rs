//! Plans of triggers, kept from one statement to the next. A statement that writes one row would spend more on making the plan
//! than on the rest of the trigger's work.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use pgrx::pg_sys;

use super::backend::{InBackend, OfBackend};

/// The number of plans that a backend keeps. A statement that writes to more partitions makes the plans of the others anew.
const MOST: usize = 16;

/// A plan, of one trigger of one relation. The entry is free if the relation is not valid.
struct Entry {
    relation: Cell<pg_sys::Oid>,
    trigger: Cell<pg_sys::Oid>,
    plan: RefCell<Option<Rc<dyn Any>>>,
}

struct Kept {
    entries: [Entry; MOST],
    /// The entry that the next plan takes if none is free.
    next: Cell<usize>,
    /// The number of changes that were reported.
    changes: Cell<u64>,
}

static KEPT: OfBackend<Kept> = OfBackend::new(Kept {
    entries: [const {
        Entry {
            relation: Cell::new(pg_sys::InvalidOid),
            trigger: Cell::new(pg_sys::InvalidOid),
            plan: RefCell::new(None),
        }
    }; MOST],
    next: Cell::new(0),
    changes: Cell::new(0),
});

/// The plan of a trigger. It is made if the backend has none, or if the relation has changed since it was made.
///
/// # Errors
/// Those of `prepare`.
pub(super) fn plan<P: Any, F>(
    backend: InBackend,
    relation: pg_sys::Oid,
    trigger: pg_sys::Oid,
    prepare: impl FnOnce() -> Result<P, F>,
) -> Result<Rc<P>, F> {
    let kept = KEPT.get(backend);
    let is_of = |entry: &&Entry| entry.relation.get() == relation && entry.trigger.get() == trigger;
    let plan = kept.entries.iter().find(is_of).and_then(|entry| entry.plan.borrow().clone());
    if let Some(plan) = plan.and_then(|plan| plan.downcast().ok()) {
        return Ok(plan);
    }
    let changes = kept.changes.get();
    let plan = Rc::new(prepare()?);
    // A change that was reported meanwhile can be one that the plan does not take into account.
    if kept.changes.get() == changes {
        let is_free = |entry: &Entry| entry.relation.get() == pg_sys::InvalidOid;
        let index =
            kept.entries.iter().position(is_free).unwrap_or_else(|| kept.next.replace((kept.next.get() + 1) % MOST));
        let entry = &kept.entries[index];
        entry.relation.set(relation);
        entry.trigger.set(trigger);
        entry.plan.replace(Some(plan.clone()));
    }
    Ok(plan)
}

/// Forgets the plans of a relation. An invalid OID stands for every relation. The memory stays until another plan takes the
/// entry.
pub(super) fn relation_changed(relation: pg_sys::Oid) {
    // SAFETY: PostgreSQL calls this.
    let kept = KEPT.get(unsafe { InBackend::new() });
    kept.changes.set(kept.changes.get() + 1);
    for entry in &kept.entries {
        if relation == pg_sys::InvalidOid || entry.relation.get() == relation {
            entry.relation.set(pg_sys::InvalidOid);
        }
    }
}
