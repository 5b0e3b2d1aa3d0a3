//! What a console of the territorial subdivision signs for everybody: the codes beside certificates, and the trust list.

use jasaq_protocol::membership::Role;
use jasaq_protocol::seal::SigningKey;

use super::Fieldbook;
use crate::exchange;
use crate::formats::certificates::{
    CertificateClaims, TerritoryMark, TrustList, TrustRow, sign_certificate, write_trust_list,
};
use crate::refusal::FieldbookRefused;
use crate::views;

/// Registration, accounting and issue of certificates are the territorial subdivision's alone.
const PARAGRAPH: &str = "001-§21";

impl Fieldbook {
    /// How this device's territory is named in a certificate's code.
    #[must_use]
    pub fn territory_mark(&self) -> TerritoryMark {
        TerritoryMark::of(&self.device.membership.root())
    }

    /// The text of the QR code beside a certificate. A console of the territorial subdivision only. The same claims give the
    /// same text on the same console; of two consoles either text is good.
    pub fn sign_certificate(&mut self, claims: &CertificateClaims) -> Result<String, FieldbookRefused> {
        let mark = self.territory_mark();
        let key = self.console_key()?;
        if claims.territory == mark {
            Ok(sign_certificate(claims, key))
        } else {
            Err(FieldbookRefused::Defect("a certificate of another territory".to_owned()))
        }
    }

    /// The trust list over the certificates of the register, as of now by this device's clock: a file that anybody may hold, and
    /// how many rows it has. A console of the territorial subdivision only. It is read back before it leaves.
    pub fn export_trust_list(&mut self) -> Result<(Vec<u8>, usize), FieldbookRefused> {
        self.console_key()?;
        let territory = self.territory_mark();
        let certificates = views::certificates(self.vault.read(), &self.device)?;
        let rows: Vec<TrustRow> = certificates
            .iter()
            .flat_map(|certificate| certificate.trust_rows(territory))
            .collect();
        let count = rows.len();
        Ok((self.sign_trust_list(rows)?, count))
    }

    /// Signs what a console that was changed would put into a list, whatever its register says.
    #[cfg(feature = "fuzzing")]
    #[doc(hidden)]
    pub fn export_trust_list_of(&mut self, rows: Vec<TrustRow>) -> Result<Vec<u8>, FieldbookRefused> {
        self.console_key()?;
        self.sign_trust_list(rows)
    }

    fn sign_trust_list(&mut self, rows: Vec<TrustRow>) -> Result<Vec<u8>, FieldbookRefused> {
        let evidence = exchange::proofs_of_consoles(self.vault.read(), &self.device)?;
        let (root, made_at) = (self.device.membership.root(), self.surroundings.now().moment());
        let list = write_trust_list((root, evidence), rows, made_at, self.device.keys.signing());
        let list =
            list.ok_or_else(|| FieldbookRefused::Defect("a trust list beyond its limits".to_owned()))?;
        match TrustList::read(&list, Some(&root)) {
            Ok(_) => Ok(list),
            Err(refused) => {
                Err(FieldbookRefused::Defect(format!("a trust list nobody could read: {refused}")))
            }
        }
    }

    /// This console's key, unless it is none of the territorial subdivision's, or removed.
    fn console_key(&mut self) -> Result<&SigningKey, FieldbookRefused> {
        self.refresh()?;
        match self.device.role() {
            Some(Role::Ts) => Ok(self.device.keys.signing()),
            _ => Err(FieldbookRefused::MayNotState { paragraph: PARAGRAPH }),
        }
    }
}
