//! Plans of triggers, kept from one statement to the next. A statement that writes one row would spend more on making the plan
//! than on the rest of the trigger's work.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use pgrx::pg_sys;

use super::backend::{InBackend, OfBackend};

/// The number of plans that a backend keeps. A statement that writes to more partitions makes the plans of the others anew.
const MOST: usize = 16;

/// A plan, of one trigger of one relation. The place is free if the relation is not valid.
struct Place {
    relation: Cell<pg_sys::Oid>,
    trigger: Cell<pg_sys::Oid>,
    plan: RefCell<Option<Rc<dyn Any>>>,
}

struct Kept {
    places: [Place; MOST],
    /// The place that the next plan takes if none is free.
    next: Cell<usize>,
    /// The number of changes that were reported.
    changes: Cell<u64>,
}

static KEPT: OfBackend<Kept> = OfBackend::new(Kept {
    places: [const {
        Place {
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
    let is_of = |place: &&Place| place.relation.get() == relation && place.trigger.get() == trigger;
    let plan = kept.places.iter().find(is_of).and_then(|place| place.plan.borrow().clone());
    if let Some(plan) = plan.and_then(|plan| plan.downcast().ok()) {
        return Ok(plan);
    }
    let changes = kept.changes.get();
    let plan = Rc::new(prepare()?);
    // A change that was reported meanwhile can be one that the plan does not take into account.
    if kept.changes.get() == changes {
        let is_free = |place: &Place| place.relation.get() == pg_sys::InvalidOid;
        let place =
            kept.places.iter().position(is_free).unwrap_or_else(|| kept.next.replace((kept.next.get() + 1) % MOST));
        let place = &kept.places[place];
        place.relation.set(relation);
        place.trigger.set(trigger);
        place.plan.replace(Some(plan.clone()));
    }
    Ok(plan)
}

/// Forgets the plans of a relation. An invalid OID stands for every relation. The memory stays until another plan takes the
/// place.
pub(super) fn relation_changed(relation: pg_sys::Oid) {
    // SAFETY: PostgreSQL calls this.
    let kept = KEPT.get(unsafe { InBackend::new() });
    kept.changes.set(kept.changes.get() + 1);
    for place in &kept.places {
        if relation == pg_sys::InvalidOid || place.relation.get() == relation {
            place.relation.set(pg_sys::InvalidOid);
        }
    }
}
