//! The two columns that a guard reads.

use std::ffi::CStr;

use super::fault::GuardFault;
use super::settings::Settings;
use crate::postgres::column_type::{ColumnType, Value};
use crate::postgres::relation::{Generation, to_utf8};
use crate::postgres::trigger::{Timing, TriggerCall};

/// Where the guarded columns are in the rows of this statement.
#[derive(Clone, Copy)]
pub struct Columns {
    pub runtime: Column,
    pub model: Column,
}

#[derive(Clone, Copy)]
pub struct Column {
    pub number: i16,
    kind: ColumnType,
}

impl Columns {
    /// Looks the columns up by name, in the table as it is now.
    ///
    /// # Errors
    /// A column that is not there, cannot be read, or is not yet computed when the trigger fires.
    pub fn find(call: &TriggerCall, settings: &Settings) -> Result<Columns, GuardFault> {
        Ok(Columns { runtime: column(call, &settings.runtime)?, model: column(call, &settings.model)? })
    }

    /// Takes the values out of the rows of a call.
    #[inline(always)]
    pub fn extract(&self, call: &TriggerCall) {
        call.extract(self.runtime.number.max(self.model.number));
    }
}

fn column(call: &TriggerCall, name: &CStr) -> Result<Column, GuardFault> {
    let relation = call.relation();
    let described = || (to_utf8(name), relation.name());
    let Some(number) = relation.column_number(name) else {
        let (column, relation) = described();
        return Err(GuardFault::NoSuchColumn { trigger: to_utf8(call.name()), column, relation });
    };
    let generation = relation.column_generation(number);
    if generation == Generation::Virtual {
        let (column, relation) = described();
        return Err(GuardFault::VirtualColumn { column, relation });
    }
    if generation == Generation::Stored && call.timing() == Timing::Before {
        let (column, relation) = described();
        return Err(GuardFault::GeneratedColumn { column, relation });
    }
    let kind = relation.column_type(number).map_err(|type_name| {
        let (column, relation) = described();
        GuardFault::UnreadableType { column, relation, type_name }
    })?;
    Ok(Column { number, kind })
}

impl Column {
    /// The id in the row that is to be stored.
    #[inline(always)]
    pub fn new_value<'a>(self, call: &TriggerCall<'a>) -> Option<&'a [u8]> {
        call.new_value(self.number, self.kind).map(Value::bytes)
    }

    /// Whether an UPDATE leaves the bytes of the value as they were.
    #[inline(always)]
    pub fn is_unchanged(self, call: &TriggerCall) -> bool {
        match (call.old(self.number, self.kind), call.new_value(self.number, self.kind)) {
            (None, None) => true,
            (Some(old), Some(new)) => old.is_same(new),
            _ => false,
        }
    }
}
