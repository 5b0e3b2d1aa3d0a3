//! Certificates and lists piece by piece, for tests that make what nobody should: any claims, any order, any packing.

use jasaq_model::moment::Moment;
use jasaq_protocol::ids::DeviceId;
use jasaq_protocol::seal::{SigningKey, VerifiedEnvelope};

use super::claims::CertificateClaims;
use super::cose::{Subject, sign};
use super::evidence::Proof;
use super::packing::pack;
use super::qr_text::text_of;
use super::trust_list::{Fields, TrustRow, file_of};

/// What a certificate's message signs.
#[must_use]
pub fn certificate_payload(claims: &CertificateClaims) -> Vec<u8> {
    claims.encode()
}

/// Any bytes signed as a certificate.
#[must_use]
pub fn certificate_message(payload: &[u8], key: &SigningKey) -> Vec<u8> {
    sign(Subject::Certificate, payload, key)
}

/// Any message as a code's text.
#[must_use]
pub fn certificate_text(message: &[u8]) -> String {
    text_of(&pack(message))
}

/// What a list's message signs: in the order given, within no bounds.
#[must_use]
pub fn trust_list_payload(
    (root, evidence): (DeviceId, &[VerifiedEnvelope]),
    rows: Vec<TrustRow>,
    made_at: Moment,
) -> Vec<u8> {
    let evidence = evidence.iter().map(Proof::of).collect();
    Fields { root, made_at, evidence, rows }.encode()
}

/// Any bytes signed as a list.
#[must_use]
pub fn trust_list_message(payload: &[u8], key: &SigningKey) -> Vec<u8> {
    sign(Subject::TrustList, payload, key)
}

/// Any message as a list's file.
#[must_use]
pub fn trust_list_file(message: &[u8]) -> Vec<u8> {
    file_of(message)
}
