//! The stored pairs that a new registry would strand.

use std::path::Path;

use csv::ByteRecord;
use registry::{Code, Image, ModelId};

use crate::Failure;

/// A stored pair that is routable now and would no longer be.
pub struct Stranded {
    pub runtime: String,
    pub model: String,
    /// How many rows hold it.
    pub count: u64,
    pub code: Code,
}

/// Reads pairs as `psql --csv` prints `SELECT runtime, model, count(*) … GROUP BY runtime, model`. NULL and empty text
/// look alike there, and are both routable.
pub fn stranded(path: &Path, old: &Image, new: &Image) -> Result<Vec<Stranded>, Failure> {
    let fail = |reason: String| Failure(format!("{}: {reason}", path.display()));
    let mut reader = csv::Reader::from_path(path).map_err(|error| fail(error.to_string()))?;
    let header = reader.byte_headers().map_err(|error| fail(error.to_string()))?.clone();
    let column = |name: &str| {
        let found = header.iter().position(|column| column == name.as_bytes());
        found.ok_or_else(|| fail(format!("it has no column {name}; its first line names runtime, model and count")))
    };
    let (runtime, model, count) = (column("runtime")?, column("model")?, column("count")?);
    let mut stranded = Vec::new();
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|error| fail(error.to_string()))? {
        let line = record.position().map_or(0, |position| position.line());
        let [runtime, model, count] = [runtime, model, count].map(|column| record.get(column).unwrap_or_default());
        let count = std::str::from_utf8(count).ok().and_then(|count| count.trim().parse().ok());
        let count = count.ok_or_else(|| fail(format!("line {line}: the count is not a number")))?;
        let judge = |image: &Image| image.judge(Some(runtime), Some(ModelId::from_utf8(model))).code;
        let code = judge(new);
        if judge(old).is_routable() && !code.is_routable() {
            let [runtime, model] = [runtime, model].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            stranded.push(Stranded { runtime, model, count, code });
        }
    }
    Ok(stranded)
}
