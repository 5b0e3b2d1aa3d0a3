//! What random lines were and came to: how often each was made, and how often our reader refused for which reason.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// Counts over lines.
#[derive(Debug, Default)]
pub struct Counts {
    /// By form and how a line was made.
    pub made: BTreeMap<String, u64>,
    /// By form and what our reader said.
    pub verdicts: BTreeMap<String, u64>,
    /// By the door that refused, and why.
    pub reasons: BTreeMap<String, u64>,
}

impl Counts {
    /// Counts one line, as [`super::say`] says it.
    pub fn count(&mut self, line: &Value) {
        let form = line["form"].as_str().unwrap();
        let words = |key: &str| {
            line[key]
                .as_array()
                .unwrap()
                .iter()
                .map(|word| word.as_str().unwrap().to_owned())
        };
        for made in words("made") {
            *self.made.entry(format!("{form}: {made}")).or_default() += 1;
        }
        for reason in words("reasons") {
            *self.reasons.entry(reason).or_default() += 1;
        }
        for (door, path) in [("", "/says/verdict"), (", opened", "/says/opened/verdict")] {
            if let Some(verdict) = line.pointer(path).and_then(Value::as_str) {
                *self.verdicts.entry(format!("{form}{door}: {verdict}")).or_default() += 1;
            }
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (title, counts) in
            [("made", &self.made), ("verdicts", &self.verdicts), ("refused", &self.reasons)]
        {
            writeln!(f, "{title}")?;
            counts.iter().try_for_each(|(name, count)| writeln!(f, "{count:>8}  {name}"))?;
        }
        Ok(())
    }
}
