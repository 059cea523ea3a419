//! What the current role may see (manual: "Row Security Policies", "Privileges").

use pgrx::pg_sys;

use super::encoding::to_c_string;
use super::relation::{Relation, owned};

impl Relation<'_> {
    /// Whether row-level security applies to the role, so that a message must show no value. It can apply to the table, or to
    /// a table that it is a partition of, which the statement can have named.
    pub fn has_row_security(self) -> bool {
        let applies = |table: pg_sys::Oid| {
            // SAFETY: looks up the system cache; with noError it raises nothing for the role's sake.
            let state = unsafe { pg_sys::check_enable_rls(table, pg_sys::InvalidOid, true) };
            state == pg_sys::CheckEnableRlsResult::RLS_ENABLED as i32
        };
        applies(self.oid()) || self.partition_ancestors().into_iter().any(applies)
    }

    /// Whether the role may SELECT the column, by a privilege on the table or on the column. The privilege can also be on a
    /// table that this one is a partition of, because the role can read the row through it.
    pub fn may_select(self, column: i16) -> bool {
        may_select(self.oid(), column)
            || self.column_name(column).is_some_and(|name| {
                let name = to_c_string(&name);
                let ancestors = self.partition_ancestors().into_iter();
                // SAFETY: looks up the system cache; the name is a C string.
                let columns = ancestors.map(|table| (table, unsafe { pg_sys::get_attnum(table, name.as_ptr()) }));
                columns.filter(|&(_, number)| number > 0).any(|(table, number)| may_select(table, number))
            })
    }
}

fn may_select(table: pg_sys::Oid, column: i16) -> bool {
    let select = pg_sys::ACL_SELECT as pg_sys::AclMode;
    // SAFETY: both look up the system cache, for a relation and a column that are there.
    unsafe {
        let role = pg_sys::GetUserId();
        pg_sys::pg_class_aclcheck(table, role, select) == pg_sys::AclResult::ACLCHECK_OK
            || pg_sys::pg_attribute_aclcheck(table, column, role, select) == pg_sys::AclResult::ACLCHECK_OK
    }
}

/// The name of the role whose privileges apply.
pub fn current_role() -> String {
    // SAFETY: looks up the system cache; the result is palloc'd, and null only for a role that was dropped meanwhile.
    unsafe { owned(pg_sys::GetUserNameFromId(pg_sys::GetUserId(), true)) }.unwrap_or_default()
}
