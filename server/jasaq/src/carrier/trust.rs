//! Whom a relay's certificate is believed from: the system's authorities, or one that was given.
//!
//! The system's are read by `rustls-native-certs` and checked by rustls, the same on every platform, so that an expired
//! certificate and a clock at its first day are told apart everywhere. A system's own verifier says only *not trusted* on
//! some. `SSL_CERT_FILE` and `SSL_CERT_DIR` name others, as for every other program.

use std::sync::Arc;

use jasaq_fieldbook::{CarrierFailed, CertificateFlaw};
use rustls::crypto::ring;
use rustls::{CertificateError, Error as TlsError};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// An authority of one's own: the certificates of a file.
#[derive(Debug, Default)]
pub(crate) struct Authority(Vec<Certificate<'static>>);

impl Authority {
    /// Reads PEM. Nothing if there is no certificate in it, or one that cannot be read.
    pub(crate) fn from_pem(pem: &[u8]) -> Option<Self> {
        let items: Vec<PemItem<'_>> = parse_pem(pem).collect::<Result<_, _>>().ok()?;
        let certificates = items.into_iter().filter_map(|item| match item {
            PemItem::Certificate(certificate) => Some(certificate),
            _ => None,
        });
        let certificates: Vec<_> = certificates.collect();
        let mut store = rustls::RootCertStore::empty();
        for certificate in &certificates {
            store.add(certificate.der().to_vec().into()).ok()?;
        }
        (!certificates.is_empty()).then_some(Self(certificates))
    }
}

/// What a relay has to show.
pub(super) fn tls_config(authority: Option<&Authority>) -> TlsConfig {
    let certificates = authority.map_or_else(of_the_system, |authority| authority.0.clone());
    TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(certificates)))
        .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
        .build()
}

fn of_the_system() -> Vec<Certificate<'static>> {
    let found = rustls_native_certs::load_native_certs();
    for error in &found.errors {
        tracing::warn!(%error, "some of the system's certificates cannot be read");
    }
    let certificates = found.certs.iter();
    certificates
        .map(|certificate| Certificate::from_der(certificate).to_owned())
        .collect()
}

/// What a person can do about a connection that TLS refused.
pub(super) fn why(error: &ureq::Error) -> Option<CarrierFailed> {
    let refused = match error {
        ureq::Error::Rustls(refused) => refused,
        ureq::Error::Io(error) => error.get_ref()?.downcast_ref::<TlsError>()?,
        _ => return None,
    };
    Some(match refused {
        TlsError::InvalidCertificate(flaw) => CarrierFailed::Certificate(flaw_of(flaw)),
        // What answers does not speak TLS at all.
        TlsError::InvalidMessage(_) => CarrierFailed::NotARelay,
        _ => CarrierFailed::Certificate(CertificateFlaw::Unusable),
    })
}

fn flaw_of(flaw: &CertificateError) -> CertificateFlaw {
    match flaw {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => CertificateFlaw::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            CertificateFlaw::NotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            CertificateFlaw::OtherHost
        }
        // An authority that only bears the name of a trusted one.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => CertificateFlaw::UnknownAuthority,
        _ => CertificateFlaw::Unusable,
    }
}
