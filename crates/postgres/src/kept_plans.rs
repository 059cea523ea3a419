//! Plans of triggers, kept from one statement to the next. A statement that writes one row would spend more on making the plan
//! than on the rest of the trigger's work.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use pgrx::pg_sys;

use super::backend::{InBackend, OfBackend};
use super::trigger::Action;

/// The number of plans that a backend keeps. A statement that writes to more partitions makes the plans of the others anew.
const MOST: usize = 16;

/// A plan of a relation. The entry is free if the relation is not valid.
struct Entry {
    relation: Cell<pg_sys::Oid>,
    plan: RefCell<Option<KeptPlan>>,
}

struct KeptPlan {
    action: Action,
    only_refuses: bool,
    plan: Rc<dyn Any>,
}

struct Kept {
    entries: [Entry; MOST],
    /// The entry that the next plan takes if none is free.
    next: Cell<usize>,
    /// The number of changes that were reported.
    changes: Cell<u64>,
}

static KEPT: OfBackend<Kept> = OfBackend::new(Kept {
    entries: [const { Entry { relation: Cell::new(pg_sys::InvalidOid), plan: RefCell::new(None) } }; MOST],
    next: Cell::new(0),
    changes: Cell::new(0),
});

/// A plan to keep.
pub(super) struct Prepared<P> {
    pub plan: P,
    /// Whether the trigger does nothing but refuse rows.
    pub only_refuses: bool,
}

/// The plan of a trigger. It is made if the backend has none, or if the relation has changed since it was made.
///
/// # Errors
/// Those of `prepare`.
///
/// # Safety
/// The trigger is one of a description that lives meanwhile.
pub(super) unsafe fn plan<P: Any, F>(
    backend: InBackend,
    relation: pg_sys::Oid,
    trigger: &pg_sys::Trigger,
    prepare: impl FnOnce() -> Result<Prepared<P>, F>,
) -> Result<Rc<P>, F> {
    let kept = KEPT.get(backend);
    // SAFETY: promised by the caller.
    let plan = unsafe { kept.with(relation, trigger, |kept| kept.plan.clone()) };
    if let Some(plan) = plan.and_then(|plan| plan.downcast().ok()) {
        return Ok(plan);
    }
    let changes = kept.changes.get();
    let Prepared { plan, only_refuses } = prepare()?;
    let plan = Rc::new(plan);
    // A change that was reported meanwhile can be one that the plan does not take into account.
    if kept.changes.get() == changes {
        let is_free = |entry: &Entry| entry.relation.get() == pg_sys::InvalidOid;
        let index =
            kept.entries.iter().position(is_free).unwrap_or_else(|| kept.next.replace((kept.next.get() + 1) % MOST));
        // SAFETY: promised by the caller.
        let action = unsafe { Action::of(trigger) };
        let entry = &kept.entries[index];
        entry.plan.replace(Some(KeptPlan { action, only_refuses, plan: plan.clone() }));
        entry.relation.set(relation);
    }
    Ok(plan)
}

/// Whether the backend has a plan of the trigger, by which the trigger does nothing but refuse rows.
///
/// # Safety
/// The trigger is one of a description that lives meanwhile.
pub(super) unsafe fn only_refuses(backend: InBackend, relation: pg_sys::Oid, trigger: &pg_sys::Trigger) -> bool {
    // SAFETY: promised by the caller.
    unsafe { KEPT.get(backend).with(relation, trigger, |kept| kept.only_refuses) }.unwrap_or(false)
}

impl Kept {
    /// Found by what the trigger does, not by its OID: another session, or code of a running statement, can have replaced the
    /// trigger that the statement still has.
    ///
    /// # Safety
    /// The trigger is one of a description that lives meanwhile.
    unsafe fn with<R>(
        &self,
        relation: pg_sys::Oid,
        trigger: &pg_sys::Trigger,
        read: impl Fn(&KeptPlan) -> R,
    ) -> Option<R> {
        self.entries.iter().filter(|entry| entry.relation.get() == relation).find_map(|entry| {
            let plan = entry.plan.borrow();
            // SAFETY: promised by the caller.
            plan.as_ref().filter(|kept| unsafe { kept.action.is_of(trigger) }).map(&read)
        })
    }
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
