//! Types of columns whose text form is an id, and how to read their values.

use std::ffi::CStr;

use pgrx::pg_sys;

use super::relation::owned;
use super::sql_text::AnyArgument;
use super::text::Text;

/// How to read the values of a column. A domain is read as its base type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// text, varchar, citext and other types of the string category that are binary coercible to text.
    Text,
    /// char(n): without the blanks that pad it.
    PaddedText,
    /// name: up to the first NUL.
    Name,
    /// An enum: the label of the value.
    Enum,
}

impl ColumnType {
    /// How to read values of a type. None if only code of the type's owner can make their text form.
    pub fn of(type_oid: pg_sys::Oid) -> Option<ColumnType> {
        // Most columns have one of these types. They skip the lookups, which are a good part of the cost of a statement for
        // one row.
        if matches!(type_oid, pg_sys::TEXTOID | pg_sys::VARCHAROID) {
            return Some(ColumnType::Text);
        }
        // SAFETY: these look up the system cache, and are zero, or false, for a type that is not there.
        unsafe {
            let base = base_type(type_oid)?;
            let (mut category, mut preferred) = (0, false);
            match base {
                pg_sys::BPCHAROID => return Some(ColumnType::PaddedText),
                pg_sys::NAMEOID => return Some(ColumnType::Name),
                _ => pg_sys::get_type_category_preferred(base, &mut category, &mut preferred),
            }
            if pg_sys::get_typtype(base) as u8 == pg_sys::TYPTYPE_ENUM {
                // The type's own cast to text could give the trigger's condition another text than the label.
                let mut function = pg_sys::InvalidOid;
                let context = pg_sys::CoercionContext::COERCION_EXPLICIT;
                let path = pg_sys::find_coercion_pathway(pg_sys::TEXTOID, base, context, &mut function);
                let by_label = path == pg_sys::CoercionPathType::COERCION_PATH_COERCEVIAIO;
                return by_label.then_some(ColumnType::Enum);
            }
            let is_text = category as u8 == pg_sys::TYPCATEGORY_STRING && pg_sys::get_typlen(base) == -1;
            (is_text && pg_sys::IsBinaryCoercible(base, pg_sys::TEXTOID)).then_some(ColumnType::Text)
        }
    }
}

/// The base type of a domain, or the type itself. None if it was dropped meanwhile, which can happen to a statement that
/// looks at many tables.
pub fn base_type(mut type_oid: pg_sys::Oid) -> Option<pg_sys::Oid> {
    loop {
        // SAFETY: looks up the system cache. The row is PostgreSQL's until it is released, and is not read after that.
        unsafe {
            let cache = pg_sys::SysCacheIdentifier::TYPEOID as i32;
            let row = pg_sys::SearchSysCache1(cache, pg_sys::Datum::from(type_oid));
            if row.is_null() {
                return None;
            }
            let form = &*pg_sys::heap_tuple_get_struct::<pg_sys::FormData_pg_type>(row);
            let (kind, under) = (form.typtype as u8, form.typbasetype);
            pg_sys::ReleaseSysCache(row);
            if kind != pg_sys::TYPTYPE_DOMAIN {
                return Some(type_oid);
            }
            type_oid = under;
        }
    }
}

/// The text form of a value that a query computed, in the current memory context.
///
/// # Errors
/// The name of the type, if values of it cannot be read.
pub fn text_of(value: AnyArgument<'_>) -> Result<&[u8], String> {
    let Some(kind) = ColumnType::of(value.type_oid()) else { return Err(type_name(value.type_oid())) };
    // SAFETY: the datum is a value of this type, not NULL, and lives as long as the call for which it was computed.
    Ok(unsafe { Value::new(value.datum(), kind) }.bytes())
}

/// A type's name, as PostgreSQL shows it.
pub fn type_name(type_oid: pg_sys::Oid) -> String {
    // SAFETY: looks up the system cache, and pallocs its result.
    unsafe { owned(pg_sys::format_type_be(type_oid)) }.unwrap_or_default()
}

/// A value of a readable type, not NULL, in a row of a trigger call.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    datum: pg_sys::Datum,
    kind: ColumnType,
    lives: std::marker::PhantomData<&'a [u8]>,
}

impl<'a> Value<'a> {
    /// # Safety
    /// The datum is a value, not NULL, of a type that is read like this, and lives as long.
    #[inline]
    pub(super) unsafe fn new(datum: pg_sys::Datum, kind: ColumnType) -> Value<'a> {
        Value { datum, kind, lives: std::marker::PhantomData }
    }

    /// The text form of the value, in place if the row has it uncompressed.
    #[inline(always)]
    pub fn in_place(self) -> Option<&'a [u8]> {
        match self.kind {
            // SAFETY: values of this type are varlenas.
            ColumnType::Text => unsafe { Text::from_datum(self.datum) }.in_place(),
            ColumnType::PaddedText | ColumnType::Name | ColumnType::Enum => None,
        }
    }

    /// The text form of the value.
    pub fn bytes(self) -> &'a [u8] {
        match self.kind {
            // SAFETY: values of these types are varlenas.
            ColumnType::Text => unsafe { Text::from_datum(self.datum) }.bytes(),
            ColumnType::PaddedText => without_padding(unsafe { Text::from_datum(self.datum) }.bytes()),
            // SAFETY: a name is an array of bytes that ends in NUL.
            ColumnType::Name => unsafe { CStr::from_ptr(self.datum.cast_mut_ptr()) }.to_bytes(),
            ColumnType::Enum => enum_label(self.datum),
        }
    }

    /// Whether both have the same bytes.
    ///
    /// # Safety
    /// Both are read alike.
    pub(super) unsafe fn is_same(self, other: Value) -> bool {
        match self.kind {
            // SAFETY: values of these types are varlenas.
            ColumnType::Text | ColumnType::PaddedText => unsafe {
                Text::from_datum(self.datum).same_bytes(Text::from_datum(other.datum))
            },
            ColumnType::Name => self.bytes() == other.bytes(),
            ColumnType::Enum => self.datum == other.datum,
        }
    }
}

/// As the cast from char(n) to text does it.
fn without_padding(value: &[u8]) -> &[u8] {
    let end = value.iter().rposition(|&byte| byte != b' ').map_or(0, |last| last + 1);
    &value[..end]
}

/// In the current memory context.
fn enum_label<'a>(datum: pg_sys::Datum) -> &'a [u8] {
    // SAFETY: the datum is a value of an enum, and enum_out pallocs a C string.
    unsafe { CStr::from_ptr(pg_sys::OidOutputFunctionCall(pg_sys::Oid::from(pg_sys::F_ENUM_OUT), datum)) }.to_bytes()
}
