//! What a chain of certificates says of itself: from when until when it holds, and whether a device could accept it at all.
//!
//! A device accepts no authority's own certificate, none without an address and none that is not for servers, whoever vouches
//! for it. Here they are refused, because here somebody looks who can mend it. By whom it is signed only devices can judge.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error, RootCertStore};
use x509_cert::Certificate;
use x509_cert::der::{DateTime, Decode as _};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{BasicConstraints, SubjectAltName};

/// A second in UTC, as certificates count; written as 2026-05-01T08:10:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UtcSecond(DateTime);

impl UtcSecond {
    /// Since 1970.
    #[must_use]
    pub fn since_1970(self) -> Duration {
        self.0.unix_duration()
    }
}

impl Display for UtcSecond {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0, f)
    }
}

/// From when until when every certificate of a chain is valid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Validity {
    pub(super) begins: UtcSecond,
    pub(super) ends: UtcSecond,
}

impl Validity {
    pub(super) fn has_begun(&self, now: Duration) -> bool {
        self.begins.since_1970() <= now
    }

    pub(super) fn has_ended(&self, now: Duration) -> bool {
        self.ends.since_1970() <= now
    }
}

/// Why no device could accept a chain, whenever and from whomever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// It is no chain of certificates.
    Unreadable,
    /// The first is an authority's own.
    Authority,
    /// The first names no address.
    Nameless,
    /// The first is not for servers, or holds what devices do not know.
    Unfit,
}

/// Looks at a chain, the relay's own certificate first.
pub(super) fn judge(chain: &[CertificateDer<'_>]) -> Result<Validity, Flaw> {
    let read = |der: &CertificateDer<'_>| Certificate::from_der(der).map_err(|_| Flaw::Unreadable);
    let read = chain.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let (Some(own), Some(der)) = (read.first(), chain.first()) else { return Err(Flaw::Unreadable) };
    let validities = read.iter().map(|certificate| *certificate.tbs_certificate().validity());
    let (begin, end): (Vec<_>, Vec<_>) = validities
        .map(|validity| (validity.not_before.to_date_time(), validity.not_after.to_date_time()))
        .unzip();
    let (begins, ends) = begin.into_iter().max().zip(end.into_iter().min()).ok_or(Flaw::Unreadable)?;
    check_own(own)?;
    check_as_devices_do(der, own)?;
    Ok(Validity { begins: UtcSecond(begins), ends: UtcSecond(ends) })
}

fn check_own(own: &Certificate) -> Result<(), Flaw> {
    let own = own.tbs_certificate();
    let constraints = own.get_extension::<BasicConstraints>().map_err(|_| Flaw::Unfit)?;
    if constraints.is_some_and(|(_, constraints)| constraints.ca) {
        return Err(Flaw::Authority);
    }
    let names = own.get_extension::<SubjectAltName>().map_err(|_| Flaw::Unfit)?;
    let is_address = |name: &GeneralName| matches!(name, GeneralName::DnsName(_) | GeneralName::IpAddress(_));
    let has_address = names.is_some_and(|(_, names)| names.0.iter().any(is_address));
    if has_address { Ok(()) } else { Err(Flaw::Nameless) }
}

/// The check that devices make, but for the two things that are theirs: their clock, and whom they trust.
fn check_as_devices_do(der: &CertificateDer<'_>, own: &Certificate) -> Result<(), Flaw> {
    let parsed = ParsedCertificate::try_from(der).map_err(|_| Flaw::Unfit)?;
    let begin = own.tbs_certificate().validity().not_before.to_unix_duration();
    let (nobody, algorithms) =
        (RootCertStore::empty(), ring::default_provider().signature_verification_algorithms);
    let now = UnixTime::since_unix_epoch(begin);
    match verify_server_cert_signed_by_trust_anchor(&parsed, &nobody, &[], now, algorithms.all) {
        Ok(()) | Err(Error::InvalidCertificate(CertificateError::UnknownIssuer)) => Ok(()),
        Err(_) => Err(Flaw::Unfit),
    }
}
