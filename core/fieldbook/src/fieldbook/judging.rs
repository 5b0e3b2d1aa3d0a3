//! Removing devices, giving them other roles, and deciding about what is held.

use jasaq_model::ids::StatementRef;
use jasaq_model::roles::Role as Office;
use jasaq_protocol::ids::DeviceId;

use super::Fieldbook;
use crate::exchange::{self, Decision, Device, EnrolRefused, JudgeRefused, NewInvite, Removal, Seat};
use crate::refusal::FieldbookRefused;
use crate::roles::role_of;
use crate::vault::{Standing, StatementRow, Vault};
use crate::views::{self, HeldView};

/// Whether a statement is held, or counts because somebody admitted it.
fn may_be_decided(device: &Device, row: &StatementRow, decision: &Decision) -> bool {
    let decided = device.membership.decision(&decision.place, &decision.key);
    row.standing == Standing::Held || decided.is_some()
}

impl Fieldbook {
    /// Removes a device for ever, from whoever stands above it. What is held here of what it said stands, what comes later is
    /// held, and the keys that it had are renewed. A removed device can be removed again: then what others hold stands too.
    ///
    /// The last device of an office is removed only if that is said: without it nobody holds the office's keys.
    pub fn remove_device(
        &mut self,
        device: &DeviceId,
        also_the_last: bool,
    ) -> Result<Removal, FieldbookRefused> {
        self.enrol(|transaction, own, surroundings| {
            exchange::remove(transaction, own, surroundings, (device, also_the_last))
        })
    }

    /// Removes a device and invites its person with a new one, to the same seat: both or neither.
    pub fn replace_device(
        &mut self,
        device: &DeviceId,
        also_the_last: bool,
    ) -> Result<(Removal, NewInvite), FieldbookRefused> {
        self.enrol(|transaction, own, surroundings| {
            let known = own.membership.known_device(device).map(|enrolled| enrolled.member);
            let removal = exchange::remove(transaction, own, surroundings, (device, also_the_last))?;
            let member = known.ok_or(JudgeRefused::NoDevice)?;
            let invite = exchange::invite(transaction, own, surroundings, Seat::Beside(member))?;
            Ok((removal, invite))
        })
    }

    /// Gives a squad's device another role, from here on. SS only, after the council's decision (001-§7).
    pub fn change_device_role(&mut self, device: &DeviceId, role: Office) -> Result<(), FieldbookRefused> {
        self.enrol(|transaction, own, surroundings| {
            exchange::change_role(transaction, own, surroundings, (device, role_of(role)))
        })
    }

    /// What is held here, and why.
    pub fn held(&mut self) -> Result<Vec<HeldView>, FieldbookRefused> {
        self.refresh()?;
        Ok(views::held(self.vault.read(), &self.device)?)
    }

    /// Decides about held statements by their keys: that they count, or that they were looked at and stay held. All or none.
    /// What is sealed to a key that fell is not admitted: it would count here, and nobody else could open it.
    pub fn decide_held(&mut self, keys: &[StatementRef], is_admitted: bool) -> Result<(), FieldbookRefused> {
        self.enrol(|transaction, device, surroundings| {
            for key in keys {
                let mut decisions = Vec::new();
                for row in Vault::statements_of_key(transaction, key)? {
                    let decision = views::decision_about(transaction, &row, is_admitted)?;
                    decisions.extend(decision.filter(|decision| may_be_decided(device, &row, decision)));
                }
                if decisions.is_empty() {
                    return Err(EnrolRefused::Judge(JudgeRefused::NothingHeld));
                }
                if is_admitted && views::is_sealed_for_others(transaction, device, &decisions)? {
                    return Err(EnrolRefused::Judge(JudgeRefused::KeyFell));
                }
                for decision in &decisions {
                    exchange::decide(transaction, device, surroundings, decision)?;
                }
            }
            Ok(())
        })
    }
}
