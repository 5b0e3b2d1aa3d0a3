//! TLS: the certificate that devices see, and its renewal while connections go on.
//!
//! Promises: a new certificate holds for every connection made after it was read, and breaks none that was made before; a
//! renewal that cannot be used changes nothing but a line in the trace. Refuses: files that are no chain and its key, a
//! certificate that has expired, and one that no device could accept. TLS 1.3 and 1.2 as rustls has them; nothing about it
//! can be set, so nothing can be set wrongly.
//!
//! A certificate that is *not valid yet* is shown at the start all the same, with a warning. Devices judge it by their own
//! clocks; what the relay knows is only that it and its certificate do not agree, and after a power cut at a station
//! without network and with an empty battery it is the clock that is wrong: a refusal would shut out a whole squad until
//! somebody drives there, and helps nobody. A *renewal* that is not valid yet waits for its day beside one that is valid.

mod chain;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::ProducesTickets;
use rustls::version::{TLS12, TLS13};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use zeroize::Zeroizing;

use chain::{Flaw, Validity, judge};

pub use chain::UtcSecond;

use crate::limits::{CERTIFICATE_DAYS_WARNED, CERTIFICATE_FILE_BYTES_MAX};

/// The only protocol that is spoken above TLS.
const HTTP: &[u8] = b"http/1.1";

const DAY_S: u64 = 24 * 60 * 60;

/// The files that a certificate is read from, in PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The relay's certificate, then those that lead to one the devices know.
    pub chain: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Tells the time since 1970.
pub type Clock = fn() -> Duration;

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsRefused {
    /// A file cannot be read.
    #[error("the file cannot be read: {1}")]
    Unreadable(PathBuf, #[source] io::Error),
    /// The file of the chain holds no certificate in PEM.
    #[error("the file holds no certificate in PEM")]
    NoCertificate(PathBuf),
    /// The file of the key holds no private key in PEM that we can use.
    #[error("the file holds no private key in PEM that can be used")]
    NoKey(PathBuf),
    /// The key is another certificate's.
    #[error("the key does not belong to the certificate")]
    Mismatch,
    /// A certificate of the chain is no longer valid, by this machine's clock.
    #[error("the certificate was valid until {1}, and by this machine's clock that is over")]
    Expired(PathBuf, UtcSecond),
    /// The first certificate is an authority's own, which devices accept from no relay.
    #[error("the certificate is an authority's own (CA:TRUE), which no device accepts from a relay")]
    Authority(PathBuf),
    /// The first certificate names no address.
    #[error("the certificate names no address (subjectAltName), so no device accepts it")]
    Nameless(PathBuf),
    /// The first certificate is not for servers, or holds what devices do not know.
    #[error("the certificate is not for servers, or holds what devices do not know")]
    Unfit(PathBuf),
    /// The system's chance failed.
    #[error("TLS cannot be set up: {0}")]
    Broken(#[source] rustls::Error),
}

/// When the files last changed, as far as the system says.
type Seen = [Option<(SystemTime, u64)>; 2];

/// What lies in the files beside what holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Renewal {
    /// Nothing else.
    None,
    /// What can only be used from then on.
    Early(UtcSecond),
    /// What cannot be used.
    Refused,
}

/// What holds now.
struct Current {
    acceptor: TlsAcceptor,
    validity: Validity,
    seen: Seen,
    renewal: Renewal,
    /// The days left when it was last said that they are few.
    warned: Option<i64>,
}

/// The relay's certificate. Clones are one and the same.
#[derive(Clone)]
pub struct Tls {
    files: Arc<TlsFiles>,
    clock: Clock,
    /// Kept over renewals, so that devices which were here before need not be sent the chain again.
    ticketer: Arc<dyn ProducesTickets>,
    current: Arc<watch::Sender<Current>>,
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tls").field("files", &self.files).finish_non_exhaustive()
    }
}

impl Tls {
    /// Reads the files.
    pub fn load(files: TlsFiles, clock: Clock) -> Result<Self, TlsRefused> {
        let ticketer = ring::Ticketer::new().map_err(TlsRefused::Broken)?;
        let current = read(&files, &ticketer, clock)?;
        if !current.validity.has_begun(clock()) {
            tracing::warn!(
                valid_from = %current.validity.begins,
                "by this machine's clock the certificate is not valid yet; it is shown all the same, because devices go \
                 by their own clocks; look at both"
            );
        }
        let (files, current) = (Arc::new(files), Arc::new(watch::Sender::new(current)));
        Ok(Self { files, clock, ticketer, current })
    }

    /// Reads the files again, whether they changed or not. If they cannot be used, the certificate from before stays.
    pub fn reload(&self) {
        let before = look(&self.files);
        match read(&self.files, &self.ticketer, self.clock) {
            Ok(fresh) if self.is_too_early(&fresh.validity) => {
                let begins = fresh.validity.begins;
                self.refuse(
                    (before, Renewal::Early(begins)),
                    &format!("by this machine's clock it is valid from {begins} on"),
                );
            }
            Ok(fresh) => {
                self.current.send_replace(fresh);
                tracing::info!(days_left = self.days_left(), "the certificate was read again");
            }
            Err(error) => self.refuse((before, Renewal::Refused), &error),
        }
    }

    /// Until somebody changes the files again, or their day has come, it is said once.
    fn refuse(&self, (seen, renewal): (Seen, Renewal), error: &dyn std::fmt::Display) {
        self.current.send_modify(|current| {
            current.seen = seen;
            current.renewal = renewal;
        });
        let days_left = self.days_left();
        tracing::error!(%error, days_left, "the new certificate cannot be used; the one from before stays");
    }

    /// What is not valid yet takes the place of nothing that is. If by this clock neither is, the clock is wrong, and the
    /// files are believed.
    fn is_too_early(&self, fresh: &Validity) -> bool {
        let (now, before) = ((self.clock)(), self.current.borrow().validity);
        let is_valid = before.has_begun(now) && !before.has_ended(now);
        is_valid && !fresh.has_begun(now)
    }

    /// Reads the files again if they have changed or if what lies there can be used by now, and says once a day that few
    /// days are left.
    pub(crate) fn look_after(&self) {
        let (seen, renewal) = {
            let current = self.current.borrow();
            (current.seen, current.renewal)
        };
        let is_due = matches!(renewal, Renewal::Early(begins) if begins.since_1970() <= (self.clock)());
        if is_due || look(&self.files) != seen {
            self.reload();
        }
        let days_left = self.days_left();
        let is_new = self.current.send_if_modified(|current| {
            days_left < CERTIFICATE_DAYS_WARNED && current.warned.replace(days_left) != Some(days_left)
        });
        if is_new {
            tracing::warn!(days_left, "the certificate ends soon; renew it");
        }
    }

    /// Whole days until the certificate ends; below zero once it has.
    #[must_use]
    pub fn days_left(&self) -> i64 {
        let (ends, now) = (self.current.borrow().validity.ends.since_1970(), (self.clock)());
        (ends.as_secs().cast_signed() - now.as_secs().cast_signed()).div_euclid(DAY_S.cast_signed())
    }

    /// Whether what lies in the files cannot be used, so that an older certificate is shown.
    pub(crate) fn is_renewal_refused(&self) -> bool {
        self.current.borrow().renewal != Renewal::None
    }

    /// What makes a connection out of a socket.
    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        self.current.borrow().acceptor.clone()
    }
}

fn read(files: &TlsFiles, ticketer: &Arc<dyn ProducesTickets>, clock: Clock) -> Result<Current, TlsRefused> {
    // Looked at before they are read: what changes in between is read again.
    let seen = look(files);
    let none = || TlsRefused::NoCertificate(files.chain.clone());
    let chain =
        CertificateDer::pem_slice_iter(&read_file(&files.chain)?).collect::<Result<Vec<_>, pem::Error>>();
    let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or_else(none)?;
    let no_key = || TlsRefused::NoKey(files.key.clone());
    let key = PrivateKeyDer::from_pem_slice(&read_file(&files.key)?).map_err(|_| no_key())?;
    let file = || files.chain.clone();
    let validity = judge(&chain).map_err(|flaw| match flaw {
        Flaw::Unreadable => none(),
        Flaw::Authority => TlsRefused::Authority(file()),
        Flaw::Nameless => TlsRefused::Nameless(file()),
        Flaw::Unfit => TlsRefused::Unfit(file()),
    })?;
    if validity.has_ended(clock()) {
        return Err(TlsRefused::Expired(file(), validity.ends));
    }
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&TLS13, &TLS12])
        .map_err(TlsRefused::Broken)?
        .with_no_client_auth()
        .with_single_cert(chain, key);
    let mut config = config.map_err(|error| match error {
        rustls::Error::InconsistentKeys(_) => TlsRefused::Mismatch,
        rustls::Error::InvalidCertificate(_) => none(),
        _ => no_key(),
    })?;
    config.alpn_protocols = vec![HTTP.to_vec()];
    config.ticketer = Arc::clone(ticketer);
    Ok(Current {
        acceptor: TlsAcceptor::from(Arc::new(config)),
        validity,
        seen,
        renewal: Renewal::None,
        warned: None,
    })
}

/// The whole file, wiped when it is dropped: it may hold a key.
fn read_file(file: &Path) -> Result<Zeroizing<Vec<u8>>, TlsRefused> {
    use io::Read as _;
    let unreadable = |error| TlsRefused::Unreadable(file.to_owned(), error);
    // Room for all of it from the start: what a growing vector leaves behind nobody wipes.
    let most = usize::try_from(CERTIFICATE_FILE_BYTES_MAX).unwrap_or(usize::MAX);
    let mut bytes = Zeroizing::new(Vec::with_capacity(most.saturating_add(1)));
    let opened = std::fs::File::open(file).map_err(unreadable)?;
    opened
        .take(CERTIFICATE_FILE_BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() > most {
        return Err(unreadable(io::ErrorKind::FileTooLarge.into()));
    }
    Ok(bytes)
}

fn look(files: &TlsFiles) -> Seen {
    [&files.chain, &files.key].map(|file| {
        let metadata = std::fs::metadata(file).ok()?;
        Some((metadata.modified().ok()?, metadata.len()))
    })
}

#[cfg(test)]
mod tests;
