//! The file of a table. It tells whether the table can have a row at a fraction of what opening the table costs a new backend:
//! PostgreSQL then reads the table's columns, constraints and triggers from its catalogs.

use pgrx::pg_sys;

/// Whether the table's file has no block. If so, no snapshot sees a row in the table: each row is in a block before its
/// transaction commits, and whatever takes a block away needs ACCESS EXCLUSIVE. The caller holds a lock on the table.
///
/// False if the table is not stored in the way of a permanent table of PostgreSQL's own kind, or is not there.
pub(super) fn has_no_block(table: pg_sys::Oid) -> bool {
    // SAFETY: the row is of pg_class and is copied before it is given back.
    let class = unsafe {
        let row = pg_sys::SearchSysCache1(pg_sys::SysCacheIdentifier::RELOID as i32, table.into());
        if row.is_null() {
            return false;
        }
        let class = *pg_sys::GETSTRUCT(row).cast::<pg_sys::FormData_pg_class>();
        pg_sys::ReleaseSysCache(row);
        class
    };
    let is_ordinary = class.relkind as u8 == pg_sys::RELKIND_RELATION
        && class.relpersistence as u8 == pg_sys::RELPERSISTENCE_PERMANENT
        && class.relam == pg_sys::HEAP_TABLE_AM_OID
        && class.relfilenode != pg_sys::InvalidOid;
    // SAFETY: the table is locked, so it keeps its file.
    is_ordinary && unsafe { pg_sys::smgrnblocks(open(&class), pg_sys::ForkNumber::MAIN_FORKNUM) == 0 }
}

/// The file of a permanent table of this database. PostgreSQL closes it at the end of the transaction.
///
/// # Safety
/// The table is locked.
unsafe fn open(class: &pg_sys::FormData_pg_class) -> pg_sys::SMgrRelation {
    // SAFETY: reads variables of the backend; the file is the table's.
    unsafe {
        let is_default = class.reltablespace == pg_sys::InvalidOid;
        let tablespace = if is_default { pg_sys::MyDatabaseTableSpace } else { class.reltablespace };
        let (database, number) = (pg_sys::MyDatabaseId, class.relfilenode);
        #[cfg(any(feature = "pg13", feature = "pg14", feature = "pg15"))]
        let file = pg_sys::RelFileNode { spcNode: tablespace, dbNode: database, relNode: number };
        #[cfg(not(any(feature = "pg13", feature = "pg14", feature = "pg15")))]
        let file = pg_sys::RelFileLocator { spcOid: tablespace, dbOid: database, relNumber: number };
        pg_sys::smgropen(file, NO_BACKEND)
    }
}

/// Only temporary tables belong to a backend (source: `InvalidBackendId`, from 17 on `INVALID_PROC_NUMBER`).
const NO_BACKEND: i32 = -1;
