//! Registry files as text of the database.

use registry::{Faults, Registry};

use postgres::encoding::{Converted, Encoding};
use postgres::error::{Report, SqlState};
use postgres::{interrupts, memory};

/// In bytes. A registry of 100,000 ids has about 5 million.
const LONGEST: usize = 8 << 20;

/// The memory that reading and compiling a file takes at most, in bytes (docs/registry-format.md, "Limits").
fn memory(file: &[u8]) -> usize {
    // The character that begins an alias can also be part of a pattern. Then this is more than the file takes.
    let can_have_aliases = file.contains(&b'*');
    let (fixed, per_byte) = if can_have_aliases { (48 << 20, 130) } else { (16 << 20, 100) };
    fixed + per_byte * file.len()
}

/// The bytes of a file that was passed as text or stored.
pub fn of_text(text: &[u8]) -> Converted<'_> {
    Encoding::of_database().to_utf8(text)
}

/// Raises an error if there is not enough memory for a file, because Rust's allocator would end the backend. Lets a cancelled
/// statement stop the work.
fn reserve(file: &[u8]) {
    registry::on_pause(interrupts::check);
    memory::require(memory(file));
}

/// Reads a file.
///
/// # Errors
/// All faults of the file at once.
pub fn read(file: &[u8]) -> Result<Registry, Faults> {
    if file.len() > LONGEST {
        Report {
            detail: Some(format!("It has {} bytes; {LONGEST} are read within the server.", file.len())),
            hint: Some("Build it into the library: make MODEL_ROUTABLE_PROVIDERS=file, then make install".to_owned()),
            // 54000
            ..Report::new(SqlState::ERRCODE_PROGRAM_LIMIT_EXCEEDED, "the registry is too long")
        }
        .throw()
    }
    reserve(file);
    registry::read(file)
}
