//! The parameter `model_routable.enforcement`, the break-glass setting.

use pgrx::{GucContext, GucFlags, GucRegistry, GucSetting, PostgresGucEnum};

/// What guards do with a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PostgresGucEnum)]
pub enum Enforcement {
    #[name = c"enforce"]
    Enforce,
    /// Let it through, with a WARNING to the client and a line in the server's log.
    #[name = c"warn"]
    Warn,
}

static ENFORCEMENT: GucSetting<Enforcement> = GucSetting::<Enforcement>::new(Enforcement::Enforce);

/// The value in this session.
pub fn enforcement() -> Enforcement {
    ENFORCEMENT.get()
}

/// Defines the parameter when the library is loaded. A superuser can set it, and from PostgreSQL 15 on also roles that were
/// granted this.
pub fn define() {
    GucRegistry::define_enum_guc(
        c"model_routable.enforcement",
        c"Sets what guard triggers do with a (runtime, model) pair that is not routable.",
        c"\"enforce\" refuses the row. \"warn\" stores it, with a warning to the client and a line in the server log.",
        &ENFORCEMENT,
        GucContext::Suset,
        GucFlags::default(),
    );
}
