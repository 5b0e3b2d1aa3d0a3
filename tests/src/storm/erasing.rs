//! Records that the SS erases in a storm, what is written into them meanwhile by who has not heard, and what must be left of
//! them at rest: nothing.

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::protocol::ids::DocumentId;
use jasaq_fieldbook::{ErasedThing, FieldbookRefused, RefusalClass};

use super::steps::{Storm, surprise};
use super::{Broken, invariants};
use crate::hex::to_hex;
use crate::inside;

impl Storm {
    /// A console of the SS erases a patrol of a squad that has more than one; or somebody writes into one that is erased already.
    pub(super) fn erase(&mut self) -> Result<(), Broken> {
        let squad = self.a_squad();
        let of_squad = self.patrols.values().filter(|(of, _)| *of == squad).count();
        if of_squad < 2 || self.below(3) > 0 {
            return self.write_late(squad);
        }
        let patrol = self.a_patrol_of(squad);
        let number = self.below(self.ss.len());
        let console = self.ss[number];
        match self.field.book(console).erase(patrol) {
            Ok(_) => {
                self.field.tally.note("record erased");
                self.patrols.remove(&patrol);
                self.said.retain(|said| said.patrol != patrol);
                self.erased.push((squad, patrol));
                Ok(())
            }
            // It has not come there.
            Err(FieldbookRefused::NoPatrol) => Ok(()),
            Err(refused) => Err(surprise(format!("{console:?} could not erase: {refused}"))),
        }
    }

    fn write_late(&mut self, squad: usize) -> Result<(), Broken> {
        let erased: Vec<PatrolId> =
            self.erased.iter().filter(|(of, _)| *of == squad).map(|(_, id)| *id).collect();
        if erased.is_empty() {
            return Ok(());
        }
        let (patrol, phone) = (erased[self.below(erased.len())], self.a_phone_of(squad));
        match self.field.try_write(phone, patrol, "кеш қалған жазба") {
            Ok(_) => self.field.tally.note("written into what was erased elsewhere"),
            Err(FieldbookRefused::Erased) => self.field.tally.note("told that it was erased"),
            Err(refused) if refused.class() == RefusalClass::Rule => {}
            Err(refused) => return Err(surprise(format!("{phone:?} could not record: {refused}"))),
        }
        Ok(())
    }
}

/// Nobody shows or holds anything of what was erased, and whoever has a part in it has said so.
pub(super) fn all_gone(storm: &mut Storm) -> Result<(), String> {
    for (squad, patrol) in storm.erased.clone() {
        // Who reads the squad's roll hears of it; who carries a satchel for it does not.
        for phone in invariants::readers(storm, squad) {
            let vault = inside::vault_of(storm.field.home(phone));
            let id = to_hex(patrol.as_bytes());
            for table in ["statements", "changes", "late_sections"] {
                let left = format!("SELECT count(*) FROM {table} WHERE document = x'{id}'");
                let left = inside::number(&vault, &left);
                if left > 0 {
                    return Err(format!("{phone:?} holds {left} {table} of {patrol:?}"));
                }
            }
            let erasures = storm.field.book(phone).erasures().unwrap();
            let record = ErasedThing::Record(DocumentId::from_bytes(*patrol.as_bytes()));
            let of_it = erasures.iter().find(|view| view.what == record);
            if let Some(silent) =
                of_it.and_then(|view| view.devices.iter().find(|(_, has_obeyed)| !has_obeyed))
            {
                return Err(format!("{phone:?} has not heard that {:?} erased {patrol:?}", silent.0));
            }
        }
    }
    Ok(())
}
