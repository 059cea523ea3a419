//! Functions that PostgreSQL calls without pgrx's conversions of arguments (manual: "Version 1 Calling Conventions").

use std::any::Any;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use pgrx::pg_sys;

use super::backend::InBackend;
use super::text::Text;

/// Makes the symbols of a function: `symbol, pg_finfo_symbol(types of arguments) = function`. The function takes an
/// `InBackend` and the arguments. SQL declares it with these types, and as STRICT if one of them is not an `Option`.
#[macro_export]
macro_rules! sql_function {
    ($(#[$doc:meta])* $symbol:ident, $information:ident($($argument:ty),*) = $function:path) => {
        $(#[$doc])*
        ///
        /// # Safety
        /// Called by PostgreSQL, for a function declared like this.
        #[allow(unsafe_code)]
        #[unsafe(no_mangle)]
        pub unsafe extern "C-unwind" fn $symbol(call: pgrx::pg_sys::FunctionCallInfo) -> pgrx::pg_sys::Datum {
            // SAFETY: PostgreSQL calls with as many arguments, of these types.
            unsafe {
                $crate::call::answer(call, |backend, mut arguments| {
                    $function(backend $(, arguments.next::<$argument>())*)
                })
            }
        }

        $crate::version_1!($information);
    };
}

/// Makes the symbols of a trigger function: `symbol, pg_finfo_symbol = type that is a RowTrigger`.
#[macro_export]
macro_rules! trigger_function {
    ($(#[$doc:meta])* $symbol:ident, $information:ident = $trigger:ty) => {
        $(#[$doc])*
        ///
        /// # Safety
        /// Called by PostgreSQL, for a function declared like this.
        #[allow(unsafe_code)]
        #[unsafe(no_mangle)]
        pub unsafe extern "C-unwind" fn $symbol(call: pgrx::pg_sys::FunctionCallInfo) -> pgrx::pg_sys::Datum {
            // SAFETY: PostgreSQL calls, and this symbol always leads to the same trigger function.
            unsafe { $crate::trigger::fire::<$trigger>(call) }
        }

        $crate::version_1!($information);
    };
}

/// Tells PostgreSQL that a function uses version 1 of the calling conventions. pgrx does this only for its own wrappers,
/// whose symbols end in `_wrapper` and which convert the arguments first.
#[macro_export]
macro_rules! version_1 {
    ($information:ident) => {
        #[allow(unsafe_code)]
        #[unsafe(no_mangle)]
        pub extern "C" fn $information() -> &'static pgrx::pg_sys::Pg_finfo_record {
            &pgrx::pg_sys::Pg_finfo_record { api_version: 1 }
        }
    };
}

/// The arguments of a call, one after the other.
pub struct Arguments<'a> {
    next: *const pg_sys::NullableDatum,
    lives: PhantomData<&'a [u8]>,
}

impl<'a> Arguments<'a> {
    /// # Safety
    /// The call has a further argument, and it is declared with this type.
    #[inline(always)]
    pub unsafe fn next<T: Argument<'a>>(&mut self) -> T {
        // SAFETY: promised by the caller.
        unsafe {
            let argument = &*self.next;
            self.next = self.next.add(1);
            T::take(argument)
        }
    }
}

/// A type that an argument can have.
pub trait Argument<'a> {
    /// # Safety
    /// The argument is declared with this type, and lives as long.
    unsafe fn take(argument: &pg_sys::NullableDatum) -> Self;
}

impl<'a> Argument<'a> for Option<Text<'a>> {
    #[inline(always)]
    unsafe fn take(argument: &pg_sys::NullableDatum) -> Option<Text<'a>> {
        // SAFETY: the argument is of type text.
        (!argument.isnull).then(|| unsafe { Text::from_datum(argument.value) })
    }
}

impl Argument<'_> for pg_sys::Oid {
    unsafe fn take(argument: &pg_sys::NullableDatum) -> pg_sys::Oid {
        pg_sys::Oid::from(argument.value.value() as u32)
    }
}

/// Calls the function. Its arguments do not outlive the call.
///
/// # Safety
/// PostgreSQL calls with this.
#[inline(always)]
pub unsafe fn answer(
    call: pg_sys::FunctionCallInfo,
    function: impl for<'a> FnOnce(InBackend, Arguments<'a>) -> bool,
) -> pg_sys::Datum {
    guarded(|| {
        // SAFETY: promised by the caller.
        let (backend, next) = unsafe { (InBackend::new(), (*call).args.as_ptr()) };
        pg_sys::Datum::from(function(backend, Arguments { next, lives: PhantomData }))
    })
}

/// Turns panics into PostgreSQL's errors, as pgrx's guard does. It calls pgrx's guard only if something was thrown, because
/// that guard takes longer than a lookup even if nothing was.
#[inline(always)]
pub(super) fn guarded(body: impl FnOnce() -> pg_sys::Datum) -> pg_sys::Datum {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|thrown| throw(thrown))
}

#[cold]
#[inline(never)]
fn throw(thrown: Box<dyn Any + Send>) -> ! {
    // SAFETY: only functions that PostgreSQL called get here, and have nothing left to drop.
    unsafe { pg_sys::panic::pgrx_extern_c_guard(|| resume_unwind(thrown)) }
}
