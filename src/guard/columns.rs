//! The two columns that a guard reads.

use std::ffi::CStr;

use super::fault::GuardFault;
use super::settings::Settings;
use postgres::column_type::Value;
use postgres::relation::{Generation, to_utf8};
use postgres::row::{Column, Row};
use postgres::row_call::RowCall;
use postgres::trigger::Timing;

/// The positions of the guarded columns in the rows of this statement.
#[derive(Clone, Copy)]
pub struct Columns<'s> {
    pub runtime: Column<'s>,
    pub model: Column<'s>,
}

impl<'s> Columns<'s> {
    /// Looks the columns up by name, in the table as it is now.
    ///
    /// # Errors
    /// A column that does not exist, that the guard cannot read, or that is not yet computed when the trigger fires.
    pub fn find(call: &RowCall<'_, 's>, settings: &Settings) -> Result<Columns<'s>, GuardFault> {
        let columns = Columns { runtime: column(call, &settings.runtime)?, model: column(call, &settings.model)? };
        columns.check_conditions(call)?;
        Ok(columns)
    }

    /// If a column is renamed, the condition follows the column, and the arguments keep the name. If another column gets that
    /// name, the two judge different pairs. A condition that does not read exactly two columns was typed by hand, and is not
    /// compared.
    fn check_conditions(&self, call: &RowCall) -> Result<(), GuardFault> {
        for condition in call.conditions() {
            let read = condition.new_columns();
            if read.len() == 2 && read != [self.runtime.number(), self.model.number()] {
                return Err(GuardFault::OtherColumns {
                    trigger: to_utf8(call.name()),
                    relation: call.relation().name(),
                    columns: read.into_iter().filter_map(|number| call.relation().column_name(number)).collect(),
                });
            }
        }
        Ok(())
    }

    /// The last column that has to be extracted from a row.
    #[inline(always)]
    pub fn last(&self) -> Column<'s> {
        self.runtime.later(self.model)
    }

    /// The runtime and the model of a row.
    pub fn pair<'a>(&self, row: &Row<'a, 's>) -> [Option<&'a [u8]>; 2] {
        [self.runtime, self.model].map(|column| row.value(column).map(Value::bytes))
    }

    /// Whether two rows have the same pair, compared by bytes.
    pub fn have_same_pair(&self, one: &Row<'_, 's>, other: &Row<'_, 's>) -> bool {
        self.runtime.is_same(one, other) && self.model.is_same(one, other)
    }

    /// The pair of a row, if both values can be read in place and neither is NULL.
    #[inline(always)]
    pub fn pair_in_place<'a>(&self, row: &Row<'a, 's>) -> Option<[&'a [u8]; 2]> {
        Some([row.value(self.runtime)?.in_place()?, row.value(self.model)?.in_place()?])
    }
}

fn column<'s>(call: &RowCall<'_, 's>, name: &CStr) -> Result<Column<'s>, GuardFault> {
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
    call.column(number).map_err(|type_name| {
        let (column, relation) = described();
        GuardFault::UnreadableType { column, relation, type_name }
    })
}
