//! Sheets with the territory's offline keys: proving that they work, printing them anew.

use jasaq_protocol::membership::{Sheet, SheetPurpose};

use super::Fieldbook;
use crate::exchange;
use crate::refusal::FieldbookRefused;

impl Fieldbook {
    /// Proves that these sheets, as typed or scanned, give a key of this territory, without using them up: nothing is signed,
    /// and the key is wiped before this returns. The day is noted for [`super::super::Status`].
    pub fn drill_recovery(&mut self, texts: &[&str]) -> Result<SheetPurpose, FieldbookRefused> {
        let sheets = exchange::read_texts(texts)?;
        let drilled = self.write(|transaction, device, surroundings| {
            exchange::drill(transaction, device, surroundings, &sheets)
        });
        Ok(drilled?)
    }

    /// Prints the key of these sheets on three new ones, a set of its own. It invalidates nothing: two of the old sheets go on
    /// giving the key until they are destroyed. The new ones leave through `hand_over`, and nothing is kept of them here.
    pub fn renew_sheets<E: From<FieldbookRefused>>(
        &mut self,
        texts: &[&str],
        hand_over: impl FnOnce(&[Sheet; 3]) -> Result<(), E>,
    ) -> Result<(), E> {
        let sheets = exchange::read_texts(texts).map_err(FieldbookRefused::from)?;
        self.refresh().map_err(FieldbookRefused::from)?;
        let renewed = exchange::renew(&self.device, &mut self.surroundings, &sheets);
        hand_over(&renewed.map_err(FieldbookRefused::from)?)
    }
}
