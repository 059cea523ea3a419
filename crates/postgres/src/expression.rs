//! Stored expressions, identified by the objects that they are bound to (manual: "pg_trigger", `tgqual`; "pg_constraint",
//! `conbin`).

use std::ffi::CStr;
use std::fmt::Write as _;

use pgrx::pg_sys;
use pgrx::pg_sys::NodeTag;

use super::column_type::{ColumnType, base_type};
use super::list::elements;
use super::memory::PgBytes;
use super::text::Text;

/// An expression as PostgreSQL stored it, ended by NUL. PostgreSQL's reader can crash on text that PostgreSQL did not write. It is
/// in PostgreSQL's memory, because whoever creates a trigger chooses the length of its condition.
pub struct NodeTree(PgBytes);

impl NodeTree {
    /// Copies the expression.
    ///
    /// # Errors
    /// PostgreSQL's own (53200).
    ///
    /// # Safety
    /// The text is of a value of type pg_node_tree, or of a relation's description.
    pub(super) unsafe fn new(text: &CStr) -> NodeTree {
        let text = text.to_bytes_with_nul();
        NodeTree(PgBytes::of(text.len(), std::iter::once(text)))
    }

    /// An expression as text that names functions by OID, and columns by the number of their row and their own number, as in
    /// `not(16400(2.3,2.4))`. This text stays the same if an object is renamed, or if a name finds another object. Row 1 of a
    /// trigger's condition is OLD, row 2 is NEW. Row 1 of a constraint is the row.
    ///
    /// Casts that only make a column's value the text that a guard reads are left out: casts that relabel, and PostgreSQL's
    /// own casts of char(n), name and enums. Constants are words of type text, in quotes. None if the expression has a part
    /// that no guard has.
    pub fn outline(&self) -> Option<String> {
        let mut text = String::new();
        // SAFETY: what PostgreSQL stored as a node tree it reads again; the nodes live in the current memory context.
        unsafe { write(&mut text, pg_sys::stringToNode(self.0.as_ptr().cast()).cast())? };
        Some(text)
    }

    /// The columns of NEW that a trigger's condition reads, in the order of the text, each once. Every statement asks this,
    /// so it only scans the text.
    pub fn new_columns(&self) -> Vec<i16> {
        let mut columns = Vec::new();
        let mut row = 0;
        for field in self.0.split(|&byte| byte == b':') {
            let number = |name: &[u8]| -> Option<i16> {
                let digits = field.strip_prefix(name)?.split(|byte| !byte.is_ascii_digit()).next()?;
                std::str::from_utf8(digits).ok()?.parse().ok()
            };
            if let Some(number) = number(b"varno ") {
                row = number;
            } else if let Some(number) = number(b"varattno ")
                && row == NEW
                && !columns.contains(&number)
            {
                columns.push(number);
            }
        }
        columns
    }
}

/// `text(bpchar)` and `text(name)` in `pg_proc`, whose OIDs never change. PostgreSQL 13 has no names for them.
const TEXT_OF_BPCHAR: u32 = 401;
const TEXT_OF_NAME: u32 = 406;

/// The number of the row NEW in a trigger's condition (`PRS2_NEW_VARNO`).
const NEW: i16 = 2;

/// # Safety
/// The pointer is null or a node of an expression.
unsafe fn write(text: &mut String, node: *mut pg_sys::Node) -> Option<()> {
    if node.is_null() {
        return None;
    }
    // SAFETY: the tag of a node tells its struct.
    unsafe {
        match (*node).type_ {
            NodeTag::T_Var => {
                let var = &*node.cast::<pg_sys::Var>();
                write!(text, "{}.{}", var.varno, var.varattno).ok()
            }
            NodeTag::T_BoolExpr => {
                let boolean = &*node.cast::<pg_sys::BoolExpr>();
                let operator = match boolean.boolop {
                    pg_sys::BoolExprType::AND_EXPR => "and",
                    pg_sys::BoolExprType::OR_EXPR => "or",
                    _ => "not",
                };
                write_call(text, operator, boolean.args)
            }
            NodeTag::T_FuncExpr => {
                let call = &*node.cast::<pg_sys::FuncExpr>();
                match call.funcid.to_u32() {
                    TEXT_OF_BPCHAR | TEXT_OF_NAME => write(text, first(call.args)?),
                    function => write_call(text, &function.to_string(), call.args),
                }
            }
            NodeTag::T_NullTest => {
                let test = &*node.cast::<pg_sys::NullTest>();
                let is_null = test.nulltesttype == pg_sys::NullTestType::IS_NULL;
                text.push_str(if is_null { "isnull(" } else { "notnull(" });
                write(text, test.arg.cast())?;
                text.push(')');
                Some(())
            }
            NodeTag::T_RelabelType => {
                let relabel = &*node.cast::<pg_sys::RelabelType>();
                let of = pg_sys::exprType(relabel.arg.cast());
                // A char(n) loses the blanks at its end.
                let trims = base_type(relabel.resulttype)? == pg_sys::BPCHAROID && base_type(of)? != pg_sys::BPCHAROID;
                if trims || ColumnType::of(of).is_none() {
                    return None;
                }
                write(text, relabel.arg.cast())
            }
            NodeTag::T_Const => {
                let constant = &*node.cast::<pg_sys::Const>();
                if constant.constisnull || constant.consttype != pg_sys::TEXTOID {
                    return None;
                }
                let word = Text::from_datum(constant.constvalue).bytes();
                // The constants of a guard are plain words. Another text could be taken for several arguments.
                let word =
                    std::str::from_utf8(word).ok().filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()))?;
                write!(text, "'{word}'").ok()
            }
            NodeTag::T_CollateExpr => write(text, (*node.cast::<pg_sys::CollateExpr>()).arg.cast()),
            NodeTag::T_CoerceViaIO => {
                let cast = &*node.cast::<pg_sys::CoerceViaIO>();
                let argument = cast.arg.cast::<pg_sys::Node>();
                let of = base_type(pg_sys::exprType(argument))?;
                if cast.resulttype != pg_sys::TEXTOID || pg_sys::get_typtype(of) as u8 != pg_sys::TYPTYPE_ENUM {
                    return None;
                }
                write(text, argument)
            }
            _ => None,
        }
    }
}

/// # Safety
/// The list is null or one of nodes of an expression.
unsafe fn write_call(text: &mut String, name: &str, arguments: *mut pg_sys::List) -> Option<()> {
    text.push_str(name);
    text.push('(');
    // SAFETY: promised by the caller.
    for (position, &argument) in unsafe { elements(arguments) }.iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        // SAFETY: as above.
        unsafe { write(text, argument)? };
    }
    text.push(')');
    Some(())
}

/// # Safety
/// As for `write_call`.
unsafe fn first(list: *mut pg_sys::List) -> Option<*mut pg_sys::Node> {
    // SAFETY: promised by the caller.
    unsafe { elements(list) }.first().copied()
}
