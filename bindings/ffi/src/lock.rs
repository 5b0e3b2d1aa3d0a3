//! The lock: the key is put away while the host keeps its `Fieldbook`, and the key holder is asked again. The rules are the core's.

use std::sync::Arc;

use crate::fieldbook::{Fieldbook, open_replicas};
use crate::key_holder::KeyHolder;
use crate::refusal::FieldbookRefused;

#[uniffi::export]
impl Fieldbook {
    /// Puts the key away: whatever is asked then is refused as locked. What was recorded stays in the vault. An exchange that is
    /// under way ends first, and then puts its own key away.
    pub fn lock(&self) -> Result<(), FieldbookRefused> {
        self.replicas.lock().map_err(|refused| self.told(refused))
    }

    /// Whether the key was put away. Waits for nobody.
    pub fn is_locked(&self) -> bool {
        self.replicas.is_locked()
    }

    /// Asks the key holder, and opens again. One that is not locked is left as it is, and nobody is asked.
    pub fn unlock(&self, holder: Arc<dyn KeyHolder>) -> Result<(), FieldbookRefused> {
        if !self.is_locked() {
            return Ok(());
        }
        // Opened beside, with nothing held: the holder may ask the person, and the screen meanwhile asks us.
        let (desk, gate) = open_replicas(&self.opening, holder).map_err(|refused| self.told(refused))?;
        self.replicas.unlock(desk, gate);
        Ok(())
    }

    /// Locks if no person used it for as long as was set, and says whether it is locked now. Called by the host's timer, and
    /// when its screen comes back. Exchanges and background contacts are no use.
    pub fn lock_if_idle(&self) -> Result<bool, FieldbookRefused> {
        let is_due = self.replicas.at_desk(|desk| Ok(desk.lock_if_idle()?));
        let is_due = is_due.map_err(|refused| self.told(refused))?;
        if is_due {
            self.lock()?;
        }
        Ok(is_due)
    }

    /// After how many minutes without use it locks itself.
    pub fn lock_minutes(&self) -> Result<u16, FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.lock_minutes()?))
    }

    /// Sets after how many minutes without use it locks itself: 1 to 720.
    pub fn set_lock_minutes(&self, minutes: u16) -> Result<(), FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.set_lock_minutes(minutes)?))
    }
}
