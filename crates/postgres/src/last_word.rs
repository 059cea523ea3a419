//! Which trigger has the last word about a row that an UPDATE stores.
//!
//! An AFTER trigger sees the row as it is stored. A BEFORE trigger sees the same row if no trigger after it can change the row.
//! Then the AFTER trigger of the same function is left out of the statement, because PostgreSQL's work for it takes longer than
//! the judgement: it reads the text of the condition in each statement, and the old version of each row again. This is decided
//! for each statement by the triggers that the statement has, so a trigger that somebody adds later counts. Only a trigger that
//! does nothing but refuse rows can have the last word early: a warning is for a row that is stored, and the row can still be
//! refused by others. What a constraint's function changes after that, such as the registry or a parameter, does not count for
//! this row.

use std::cell::Cell;

use pgrx::pg_sys;

use super::backend::InBackend;
use super::call::guarded;
use super::expression::NodeTree;
use super::kept_plans;
use super::row_call::RowCall;
use super::trigger::{Timing, are_siblings};

const UPDATE_OF_ROW: i16 = (pg_sys::TRIGGER_TYPE_UPDATE | pg_sys::TRIGGER_TYPE_ROW) as i16;

/// Marks a BEFORE trigger that has the last word, in a statement's copy of it. PostgreSQL does not use this bit.
const HAS_LAST_WORD: i16 = 1 << 14;

thread_local! {
    static FORMER: Cell<pg_sys::ExecutorStart_hook_type> = const { Cell::new(None) };
    static REFUSES: Cell<fn() -> bool> = const { Cell::new(|| false) };
}

/// Takes part in the start of each statement. Called once per backend, with a function that tells whether this session refuses
/// rows at all.
pub fn watch(refuses: fn() -> bool) {
    REFUSES.set(refuses);
    // SAFETY: the hook is a function of this library, which is never unloaded.
    unsafe {
        FORMER.set(pg_sys::ExecutorStart_hook);
        pg_sys::ExecutorStart_hook = Some(start);
    }
}

/// # Safety
/// PostgreSQL calls this as a hook.
unsafe extern "C-unwind" fn start(query: *mut pg_sys::QueryDesc, flags: i32) {
    unsafe extern "C-unwind" {
        /// Declared here because pgrx's own declaration guards each call against errors. There is nothing to drop if an error
        /// passes over this frame.
        fn standard_ExecutorStart(query: *mut pg_sys::QueryDesc, flags: i32);
    }
    // SAFETY: the same call, passed on. Afterwards the query has its state, whose relations are open.
    unsafe {
        match FORMER.get() {
            Some(former) => former(query, flags),
            None => standard_ExecutorStart(query, flags),
        }
        guarded(|| {
            let backend = InBackend::new();
            if let Some(state) = (*query).estate.as_ref() {
                for_each_written(state, |written| leave_out(backend, written));
            }
            pg_sys::Datum::null()
        });
    }
}

/// The relations to which a query writes, as far as they are known when it starts. Not the partitions that an INSERT finds later.
///
/// # Safety
/// The state is of a query that was just started.
unsafe fn for_each_written(state: &pg_sys::EState, visit: impl Fn(&pg_sys::ResultRelInfo)) {
    #[cfg(feature = "pg13")]
    // SAFETY: there are as many as the state says.
    for index in 0..usize::try_from(state.es_num_result_relations).unwrap_or(0) {
        visit(unsafe { &*state.es_result_relations.add(index) });
    }
    #[cfg(not(feature = "pg13"))]
    // SAFETY: the list is of such relations, which are nodes.
    for &relation in unsafe { super::list::elements(state.es_opened_result_relations) } {
        visit(unsafe { &*relation.cast::<pg_sys::ResultRelInfo>() });
    }
}

/// Leaves the AFTER triggers without which the statement judges the same rows out of the statement.
///
/// # Safety
/// The relation is one of a query that was just started.
unsafe fn leave_out(backend: InBackend, written: &pg_sys::ResultRelInfo) {
    // SAFETY: the relation is open. The description of its triggers is null if it has none.
    unsafe {
        let (relation, description) = (&*written.ri_RelationDesc, written.ri_TrigDesc);
        // Rows of foreign tables can be changed where they are stored. A description that is not the statement's own copy
        // would be that of all statements.
        if description.is_null()
            || !(*description).trig_update_before_row
            || !(*description).trig_update_after_row
            || (*relation.rd_rel).relkind as u8 != pg_sys::RELKIND_RELATION
            || std::ptr::eq(description, relation.trigdesc)
            || !REFUSES.get()()
        {
            return;
        }
        let count = usize::try_from((*description).numtriggers).unwrap_or(0);
        let triggers = std::slice::from_raw_parts_mut((*description).triggers, count);
        let only_refuses = |trigger: &pg_sys::Trigger| kept_plans::only_refuses(backend, relation.rd_id, trigger);
        // They fire in this order, so each of these gets the row that is stored.
        let mut last = count;
        while let Some(index) = triggers[..last].iter().rposition(|trigger| fires(trigger, Timing::Before))
            && only_refuses(&triggers[index])
        {
            last = index;
            leave_out_after(&mut triggers[..], index);
        }
        (*description).trig_update_after_row = triggers.iter().any(|trigger| fires(trigger, Timing::After));
    }
}

/// Leaves the AFTER triggers of the same function with the same arguments as this BEFORE trigger out of the statement.
///
/// # Safety
/// The triggers are the statement's copies.
unsafe fn leave_out_after(triggers: &mut [pg_sys::Trigger], before: usize) {
    let own = triggers[before];
    // A trigger with a condition or a list of columns does not see all rows.
    if !own.tgqual.is_null() || own.tgnattr != 0 {
        return;
    }
    let mut has_last_word = false;
    for trigger in triggers.iter_mut() {
        // If it is deferrable, it judges what is stored later. If they are not enabled alike, only one of them can fire.
        if fires(trigger, Timing::After)
            && !trigger.tgdeferrable
            && trigger.tgenabled == own.tgenabled
            // SAFETY: promised by the caller.
            && unsafe { are_siblings(trigger, &own) }
        {
            trigger.tgtype &= !(pg_sys::TRIGGER_TYPE_UPDATE as i16);
            has_last_word = true;
        }
    }
    if has_last_word {
        triggers[before].tgtype |= HAS_LAST_WORD;
    }
}

/// Whether a trigger is for each row of an UPDATE, with this timing.
fn fires(trigger: &pg_sys::Trigger, timing: Timing) -> bool {
    trigger.tgtype & UPDATE_OF_ROW == UPDATE_OF_ROW && Timing::of(trigger) == timing
}

impl RowCall<'_, '_> {
    /// Whether an AFTER row trigger of the same function with the same arguments fires in this session for the same event. If
    /// it has a condition, the caller has to accept that condition.
    ///
    /// False if in doubt, because code of the statement can have dropped the triggers of the relation meanwhile.
    pub fn has_last_word(&self, accepts: impl Fn(&NodeTree) -> bool) -> bool {
        // SAFETY: the trigger that called is there for the time of the call.
        if self.is_update() && unsafe { *self.data.tg_trigger }.tgtype & HAS_LAST_WORD != 0 {
            return false;
        }
        let event = if self.is_update() { pg_sys::TRIGGER_TYPE_UPDATE } else { pg_sys::TRIGGER_TYPE_INSERT } as i16;
        // SAFETY: reads a variable of the backend.
        let is_replica = unsafe { pg_sys::SessionReplicationRole } == pg_sys::SESSION_REPLICATION_ROLE_REPLICA as i32;
        let silent = if is_replica { pg_sys::TRIGGER_FIRES_ON_ORIGIN } else { pg_sys::TRIGGER_FIRES_ON_REPLICA };
        let fires = |trigger: &pg_sys::Trigger| {
            trigger.tgtype & event != 0
                && trigger.tgtype & pg_sys::TRIGGER_TYPE_ROW as i16 != 0
                && Timing::of(trigger) == Timing::After
                && trigger.tgnattr == 0
                && ![silent, pg_sys::TRIGGER_DISABLED].contains(&(trigger.tgenabled as u8))
        };
        self.siblings(fires).iter().any(|condition| condition.as_ref().is_none_or(&accepts))
    }
}
