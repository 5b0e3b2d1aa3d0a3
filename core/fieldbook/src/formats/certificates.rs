//! The signed code beside a certificate, and the trust list with which anybody checks it without a network.
//!
//! ```text
//! certificate   "JSQ1:" ‖ Base45( zlib( COSE_Sign1( CWT claims )))          signed by a TS console
//! trust list    "JQT" 1 ‖ zlib( COSE_Sign1( keys' evidence, rows ))         signed by a TS console
//!
//! root key ─► evidence (root-signed operations) ─► TS keys ─► list ─► row of the number ─► certificate
//! ```
//!
//! Promises that who knows the territory's root key needs nothing but the two: keys are believed because the root enrolled
//! them, rows because such a key signed them, and a certificate because its row holds the hash of just its claims. So what a
//! console signed before it was removed stands, and what a thief signs with its key does not.
//!
//! Refuses whatever is longer than its limits, is not in its only form, or names another algorithm than ours. A list
//! holds no names and no grounds, and its hashes are salted, so that nobody finds by it who a volunteer is.

#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod by_hand;
mod claims;
mod cose;
mod evidence;
pub(crate) mod packing;
mod qr_text;
mod trust_list;
mod verdict;

pub use claims::{CertificateClaims, CertificateSalt, ClaimsHash, TerritoryMark, annex_of};
pub(crate) use evidence::Proof;
pub use qr_text::{CertificateUnread, sign_certificate};
pub(crate) use trust_list::write_trust_list;
pub use trust_list::{RowStatus, TrustList, TrustListRefused, TrustRow};
pub use verdict::{Verdict, Verification, verify_certificate};

#[cfg(test)]
mod district;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod verdict_tests;
