//! What an operator may watch: counts and times, in the words of Prometheus. No id, address or name is ever in them.

use std::time::Duration;

use jasaq_protocol::sync::Refusal;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::limits::Quotas;
use crate::storage::Stock;
use crate::taking::Tally;

/// The type of what [`Metrics::encode`] writes.
pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Seconds of a commit: from a good disk to one that is failing.
const COMMIT_SECONDS: [f64; 9] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

/// What is counted while the relay runs.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    envelopes: Family<Outcome, Counter>,
    refused: Family<Reason, Counter>,
    bytes_in: Counter,
    bytes_out: Counter,
    rewound: Counter,
    commits: Histogram,
    /// Connections that were closed at once: their address had too many, or TLS did not come about.
    pub(crate) turned_away: Counter,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("jasaq_relay"),
            requests: Family::default(),
            envelopes: Family::default(),
            refused: Family::default(),
            bytes_in: Counter::default(),
            bytes_out: Counter::default(),
            rewound: Counter::default(),
            commits: Histogram::new(COMMIT_SECONDS),
            turned_away: Counter::default(),
        };
        metrics.register();
        metrics
    }

    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("requests", "Requests by route and status", self.requests.clone());
        registry.register("envelopes", "Envelopes that came or were handed out", self.envelopes.clone());
        registry.register("refused", "Envelopes that were not stored, by reason", self.refused.clone());
        registry.register("received_bytes", "Bytes of sync requests", self.bytes_in.clone());
        registry.register("sent_bytes", "Bytes of sync answers", self.bytes_out.clone());
        registry.register(
            "rewound",
            "Spaces that a device knew more of than the relay",
            self.rewound.clone(),
        );
        registry.register(
            "commit_seconds",
            "Time of one commit, with waiting for those before it",
            self.commits.clone(),
        );
        let turned_away = "Connections closed at once: too many of one address, or no TLS";
        registry.register("turned_away", turned_away, self.turned_away.clone());
    }

    /// A request was answered.
    pub(crate) fn note_answer(&self, route: &'static str, status: u16) {
        self.requests.get_or_create(&Answered { route, status }).inc();
    }

    /// What a sync did.
    pub(crate) fn note_sync(&self, tally: &Tally) {
        let outcomes = [("stored", tally.stored), ("known", tally.known), ("sent", tally.sent)];
        for (outcome, count) in outcomes {
            self.envelopes.get_or_create(&Outcome { outcome }).inc_by(count);
        }
        for (reason, count) in &tally.refused {
            self.refused.get_or_create(&Reason { reason: code_of(*reason) }).inc_by(*count);
        }
        self.bytes_in.inc_by(tally.bytes_in as u64);
        self.bytes_out.inc_by(tally.bytes_out as u64);
        self.rewound.inc_by(tally.rewound);
    }

    /// A step was committed, after so long.
    pub(crate) fn note_commit(&self, taken: Duration) {
        self.commits.observe(taken.as_secs_f64());
    }

    /// Everything as text, with what holds at this moment.
    pub(crate) fn encode(&self, now: &Moment) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode_registry(&mut text, &self.registry)?;
        encode_registry(&mut text, &now.registry())?;
        encode_eof(&mut text)?;
        Ok(text)
    }
}

/// What holds at the moment it is asked for.
#[derive(Debug)]
pub(crate) struct Moment {
    pub(crate) connections: usize,
    pub(crate) waiting: usize,
    pub(crate) requests: usize,
    pub(crate) anteroom: usize,
    pub(crate) stock: Stock,
    pub(crate) quotas: Quotas,
    /// What was erased or closed and is still stored, or was not looked for.
    pub(crate) to_erase: usize,
    /// Days that the certificate is valid, and whether its renewal was refused.
    pub(crate) certificate: Option<(i64, bool)>,
}

impl Moment {
    fn registry(&self) -> Registry {
        let mut registry = Registry::with_prefix("jasaq_relay");
        let mut tell = |name: &str, help: &str, value: i64| {
            let gauge: Gauge = Gauge::default();
            gauge.set(value);
            registry.register(name, help, gauge);
        };
        let (stock, quotas) = (&self.stock, &self.quotas);
        let numbers = [
            ("connections", "Connections that are open", self.connections as u64),
            ("waiting", "Devices that wait for news", self.waiting as u64),
            ("taking", "Requests of known devices that are being taken", self.requests as u64),
            ("anteroom", "Requests whose head has not come, and strangers'", self.anteroom as u64),
            ("stored_envelopes", "Envelopes that are stored", stock.envelopes),
            ("stored_bytes", "Bytes of the envelopes that are stored", stock.envelope_bytes),
            ("database_bytes", "Bytes of the database that are used", stock.database_bytes),
            ("database_bytes_max", "Bytes that the database may have", quotas.database_bytes_max),
            ("stored_attachments", "Attachments of which something is stored", stock.attachments),
            ("attachment_bytes", "Bytes of the attachments that are stored", stock.attachment_bytes),
            (
                "to_erase",
                "Envelopes, attachments and spaces that are still to be erased",
                self.to_erase as u64,
            ),
            ("fullest_space_bytes", "Bytes of the space that has most", stock.fullest_space_bytes),
            ("space_bytes_max", "Bytes that a space may have", quotas.space_bytes_max),
            ("fullest_device_bytes", "Bytes of the device that has most", stock.fullest_device_bytes),
            ("device_bytes_max", "Bytes that a device may have", quotas.device_bytes_max),
        ];
        for (name, help, value) in numbers {
            tell(name, help, i64::try_from(value).unwrap_or(i64::MAX));
        }
        if let Some(at) = stock.last_backup_s {
            let help = "When the last backup was finished, in seconds since 1970";
            tell("last_backup_timestamp_seconds", help, at.cast_signed());
        }
        if let Some((days, is_refused)) = self.certificate {
            tell("certificate_days_left", "Days until the certificate ends", days);
            let help = "1 while the certificate's files hold what cannot be used";
            tell("certificate_renewal_refused", help, is_refused.into());
        }
        registry
    }
}

const fn code_of(reason: Refusal) -> &'static str {
    match reason {
        Refusal::NotYet => "not_yet",
        Refusal::MayNot => "may_not",
        Refusal::Quota => "quota",
        Refusal::Invalid => "invalid",
        Refusal::Gap => "gap",
        Refusal::Fork => "fork",
        Refusal::Newer => "newer",
        Refusal::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_of_the_operators_page_is_told() {
        let metrics = Metrics::new();
        metrics.note_answer("sync", 200);
        metrics.note_sync(&Tally { refused: [(Refusal::Quota, 1)].into(), ..Tally::default() });
        let now = Moment {
            connections: 1,
            waiting: 1,
            requests: 1,
            anteroom: 1,
            stock: Stock { last_backup_s: Some(1_700_000_000), ..Stock::default() },
            quotas: Quotas::default(),
            to_erase: 1,
            certificate: Some((30, false)),
        };
        let text = metrics.encode(&now).unwrap();
        let page = include_str!("../docs/operating.md");
        let names: Vec<_> = page
            .split(|letter: char| !letter.is_ascii_lowercase() && letter != '_')
            .filter(|word| word.starts_with("jasaq_relay_"))
            .collect();
        assert!(names.len() > 8, "otherwise nothing was looked at");
        for name in names {
            assert!(text.contains(name), "{name} in\n{text}");
        }
    }
}
