//! The symbols that PostgreSQL calls on the hot path, without pgrx's conversions of arguments (manual: "Version 1
//! Calling Conventions"). Each hands over to the safe function that answers.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use pgrx::pg_sys;

use super::column_type::ColumnType;
use super::text::Text;
use super::trigger::TriggerCall;

/// Called when the library is loaded into a backend: at its first call, or earlier where a setting preloads it.
#[pgrx::pg_guard]
pub extern "C-unwind" fn _PG_init() {
    crate::enforcement::define();
    // SAFETY: takes the name of a prefix; a placeholder of it that is no parameter is removed, with a warning.
    unsafe {
        #[cfg(any(feature = "pg13", feature = "pg14"))]
        pg_sys::EmitWarningsOnPlaceholders(c"model_routable".as_ptr());
        #[cfg(not(any(feature = "pg13", feature = "pg14")))]
        pg_sys::MarkGUCPrefixReserved(c"model_routable".as_ptr());
    }
}

/// `routable.can_read(regtype) RETURNS boolean`: whether a guard can read columns of the type.
///
/// # Safety
/// Called by PostgreSQL, for a function declared like this and STRICT.
#[unsafe(no_mangle)]
#[pgrx::pg_guard]
pub unsafe extern "C-unwind" fn model_routable_can_read(call: pg_sys::FunctionCallInfo) -> pg_sys::Datum {
    // SAFETY: the function is strict, and declared with one argument that is an oid.
    let type_oid = unsafe { (*call).args.as_ptr().read().value };
    let type_oid = pg_sys::Oid::from(type_oid.value() as u32);
    pg_sys::Datum::from(ColumnType::of(type_oid).is_some())
}

/// `model_routable(runtime text, model text) RETURNS boolean`.
///
/// # Safety
/// Called by PostgreSQL, for a function declared with these types.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn model_routable_lookup(call: pg_sys::FunctionCallInfo) -> pg_sys::Datum {
    guarded(|| {
        // SAFETY: the function is declared with two arguments of type text.
        let (runtime, model) = unsafe { (text_argument(call, 0), text_argument(call, 1)) };
        pg_sys::Datum::from(crate::lookup::model_routable(runtime, model))
    })
}

/// `routable.guard() RETURNS trigger`.
///
/// # Safety
/// Called by PostgreSQL, for a function declared like this.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn model_routable_guard(call: pg_sys::FunctionCallInfo) -> pg_sys::Datum {
    guarded(|| {
        // SAFETY: the pointer is what PostgreSQL called with, and does not outlive this call.
        let call = unsafe { TriggerCall::from_call(call) };
        crate::guard::fire(call)
    })
}

/// What pgrx's guard does, which turns panics into PostgreSQL's errors. It is itself asked only once something has been
/// thrown, since it takes longer than a lookup to say that nothing was.
#[inline(always)]
fn guarded(body: impl FnOnce() -> pg_sys::Datum) -> pg_sys::Datum {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|thrown| throw(thrown))
}

#[cold]
#[inline(never)]
fn throw(thrown: Box<dyn Any + Send>) -> ! {
    // SAFETY: only this module's entry points call it, and have nothing left to drop.
    unsafe { pg_sys::panic::pgrx_extern_c_guard(|| resume_unwind(thrown)) }
}

/// # Safety
/// The call has an argument of type text at the position.
#[inline]
unsafe fn text_argument<'a>(call: pg_sys::FunctionCallInfo, position: usize) -> Option<Text<'a>> {
    // SAFETY: promised by the caller; an argument that is not NULL lives as long as the call.
    unsafe {
        let argument = (*call).args.as_ptr().add(position);
        (!(*argument).isnull).then(|| Text::from_datum((*argument).value))
    }
}

/// Symbols that SQL objects of former versions name, and whose columns were others. They stay, because pg_upgrade creates
/// those objects as they are, and say what there is to do.
macro_rules! former {
    ($($symbol:ident)*) => {
        $(
            /// # Safety
            /// Called by PostgreSQL.
            #[unsafe(no_mangle)]
            pub unsafe extern "C-unwind" fn $symbol(_: pg_sys::FunctionCallInfo) -> pg_sys::Datum {
                guarded(|| crate::former::refuse())
            }
        )*
    };
}

former!(registry_runtimes_wrapper registry_providers_wrapper registry_models_wrapper);

/// Tells PostgreSQL that the functions above follow version 1 of the calling conventions.
macro_rules! version_1 {
    ($symbol:ident) => {
        #[unsafe(no_mangle)]
        pub extern "C" fn $symbol() -> &'static pg_sys::Pg_finfo_record {
            &pg_sys::Pg_finfo_record { api_version: 1 }
        }
    };
}

version_1!(pg_finfo_model_routable_can_read);
version_1!(pg_finfo_model_routable_lookup);
version_1!(pg_finfo_model_routable_guard);
version_1!(pg_finfo_registry_runtimes_wrapper);
version_1!(pg_finfo_registry_providers_wrapper);
version_1!(pg_finfo_registry_models_wrapper);
