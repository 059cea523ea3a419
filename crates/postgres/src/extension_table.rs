//! The table of an extension, found by what the extension owns. Anybody who may create a schema can create a table of any name
//! in it, so tables are not looked up by their names.

use std::ffi::CStr;

use pgrx::pg_sys;

/// The table that the extension registered (`pg_extension_config_dump`), or else the first of its tables. None if it has no
/// table, or if there is no such extension.
///
/// Only an extension's own script can register a table, which has to belong to the extension, and PostgreSQL removes a table
/// that leaves the extension. The registration is in the extension's own row. To ask for the owner of a table instead, a new
/// backend first has to read what pg_depend and its index look like.
pub(super) fn find(extension: &CStr) -> Option<pg_sys::Oid> {
    let (extension, registered) = registered(extension)?;
    // While pg_upgrade restores the extension, the table is registered before it exists.
    registered.filter(|&table| is_table(table)).or_else(|| member(extension))
}

fn is_table(relation: pg_sys::Oid) -> bool {
    // SAFETY: looks up a catalog; the answer is 0 if there is no such relation.
    unsafe { pg_sys::get_rel_relkind(relation) as u8 == pg_sys::RELKIND_RELATION }
}

/// The extension, and the first table that it registered.
fn registered(extension: &CStr) -> Option<(pg_sys::Oid, Option<pg_sys::Oid>)> {
    let mut key = [key(pg_sys::Anum_pg_extension_extname, pg_sys::F_NAMEEQ, extension.as_ptr().into())];
    // SAFETY: the key is of the type of its column; the row is of the catalog, and there is room for each of its columns. The
    // catalog is one page, so it is read without its index, which a new backend does not know yet.
    unsafe {
        first(pg_sys::ExtensionRelationId, None, &mut key, |catalog, row| {
            let mut values = [pg_sys::Datum::null(); pg_sys::Natts_pg_extension as usize];
            let mut are_null = [true; pg_sys::Natts_pg_extension as usize];
            pg_sys::heap_deform_tuple(row, (*catalog).rd_att, values.as_mut_ptr(), are_null.as_mut_ptr());
            let registered = pg_sys::Anum_pg_extension_extconfig as usize - 1;
            let table = if are_null[registered] { None } else { first_oid(values[registered]) };
            let extension = &*pg_sys::GETSTRUCT(row).cast::<pg_sys::FormData_pg_extension>();
            Some((extension.oid, table))
        })
    }
}

/// The first element of an array of OIDs.
///
/// # Safety
/// The value is such an array, without nulls.
unsafe fn first_oid(stored: pg_sys::Datum) -> Option<pg_sys::Oid> {
    let (mut elements, mut count) = (std::ptr::null_mut(), 0);
    // SAFETY: size and alignment are those of the type; what PostgreSQL allocates here is given back once.
    unsafe {
        let stored = stored.cast_mut_ptr::<pg_sys::varlena>();
        let whole = pg_sys::pg_detoast_datum(stored);
        let (oid, size, alignment) = (pg_sys::OIDOID, size_of::<pg_sys::Oid>() as i32, pg_sys::TYPALIGN_INT as _);
        let (array, nulls) = (whole.cast::<pg_sys::ArrayType>(), std::ptr::null_mut());
        pg_sys::deconstruct_array(array, oid, size, true, alignment, &mut elements, nulls, &mut count);
        let first = (count > 0).then(|| pg_sys::Oid::from(elements.read().value() as u32));
        pg_sys::pfree(elements.cast());
        if whole != stored {
            pg_sys::pfree(whole.cast());
        }
        first
    }
}

/// The first table among the members of the extension.
fn member(extension: pg_sys::Oid) -> Option<pg_sys::Oid> {
    let equals = |column, oid: pg_sys::Oid| key(column, pg_sys::F_OIDEQ, oid.into());
    let mut keys = [
        equals(pg_sys::Anum_pg_depend_refclassid, pg_sys::ExtensionRelationId),
        equals(pg_sys::Anum_pg_depend_refobjid, extension),
    ];
    // SAFETY: the keys are of the types of their columns, which are the first of the index; the rows are of the catalog.
    unsafe {
        first(pg_sys::DependRelationId, Some(pg_sys::DependReferenceIndexId.into()), &mut keys, |_, row| {
            let depend = &*pg_sys::GETSTRUCT(row).cast::<pg_sys::FormData_pg_depend>();
            let is_member = depend.deptype as u8 == pg_sys::DependencyType::DEPENDENCY_EXTENSION as u8;
            let is_relation = depend.classid == pg_sys::RelationRelationId;
            (is_member && is_relation && is_table(depend.objid)).then_some(depend.objid)
        })
    }
}

/// A condition of a scan: the column equals the value.
fn key(column: u32, equals: u32, value: pg_sys::Datum) -> pg_sys::ScanKeyData {
    let mut key = pg_sys::ScanKeyData::default();
    let equal = pg_sys::BTEqualStrategyNumber as pg_sys::StrategyNumber;
    // SAFETY: fills in the key.
    unsafe { pg_sys::ScanKeyInit(&mut key, column as pg_sys::AttrNumber, equal, equals.into(), value) };
    key
}

/// The first answer to a row of a catalog, as the catalog is now.
///
/// # Safety
/// The keys are of the types of their columns. The index, if there is one, is of the catalog and begins with these columns.
unsafe fn first<T>(
    catalog: pg_sys::Oid,
    index: Option<pg_sys::Oid>,
    keys: &mut [pg_sys::ScanKeyData],
    answer: impl Fn(pg_sys::Relation, pg_sys::HeapTuple) -> Option<T>,
) -> Option<T> {
    let lock = pg_sys::AccessShareLock as pg_sys::LOCKMODE;
    let (is_indexed, index) = (index.is_some(), index.unwrap_or(pg_sys::InvalidOid));
    let (count, keys) = (keys.len() as i32, keys.as_mut_ptr());
    // SAFETY: what the scan returns stands until the next; on an error, PostgreSQL closes what is open.
    unsafe {
        let catalog = pg_sys::table_open(catalog, lock);
        let scan = pg_sys::systable_beginscan(catalog, index, is_indexed, std::ptr::null_mut(), count, keys);
        let mut rows = std::iter::from_fn(|| Some(pg_sys::systable_getnext(scan)).filter(|row| !row.is_null()));
        let found = rows.find_map(|row| answer(catalog, row));
        pg_sys::systable_endscan(scan);
        pg_sys::table_close(catalog, lock);
        found
    }
}
