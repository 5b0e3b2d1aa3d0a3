//! How a handful of measured times is spread, in the words of the bench's contract.

use std::time::Duration;

use serde_json::{Value, json};

/// One of the sorted times, by its share of them from 0 to 1; as the peers' drivers take it, so without interpolation.
pub fn quantile(times: &[Duration], share: f64) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index of a short list")]
    let index = (sorted.len().saturating_sub(1) as f64 * share) as usize;
    sorted.get(index).copied().unwrap_or_default()
}

/// In milliseconds with two decimals.
pub fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 100_000.0).round() / 100.0
}

/// What a phase prints about its times; nothing if there are none.
pub fn report(times: &[Duration]) -> Value {
    if times.is_empty() {
        return Value::Null;
    }
    let at = |share| milliseconds(quantile(times, share));
    json!({ "n": times.len(), "p50_ms": at(0.5), "p95_ms": at(0.95), "min_ms": at(0.0), "max_ms": at(1.0) })
}
