//! The fieldbook as a host holds it. Each method converts, calls and converts; no rule of the domain lives here.

use std::path::Path;
use std::sync::Arc;

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::patrol::PatrolEnd;
use jasaq_fieldbook::model::words::Language;
use jasaq_fieldbook::surroundings::{BootId, Surroundings};
use jasaq_fieldbook::{
    ContactReport, Fieldbook as Core, FieldbookRefused as CoreRefused, KeyHolder as CoreHolder, RelayWay,
};
use zeroize::Zeroizing;

use crate::background::relay_id;
use crate::carrier::{Carrier, ContactView, LentCarrier};
use crate::custody::{OwnEntries, WatchHandle, Watcher, Watches};
use crate::entry::NewEntry;
use crate::key_holder::{AskedOnce, KeyHolder};
use crate::patrol::{NewPatrol, PatrolSummaryView, PatrolView};
use crate::refusal::{FieldbookRefused, Refusal};
use crate::replicas::Replicas;
use crate::status::StatusView;

/// Where a fieldbook lives, and whom it speaks to.
#[derive(Clone, uniffi::Record)]
pub struct NewOpening {
    /// The folder of this device's fieldbook; nothing else lives in it.
    pub home: String,
    /// The language of what the person reads.
    pub language: Language,
    /// 16 bytes that are others after each start of the machine, as the system names its starts. If left unset, a power cut
    /// is not noticed, and a disk that lost its last second may make this device contradict itself.
    #[uniffi(default = None)]
    pub boot: Option<Vec<u8>>,
}

/// One device's whole copy. Closed cleanly when the host lets go of it.
#[derive(uniffi::Object)]
pub struct Fieldbook {
    /// The desk for what a person records and reads, the gate for exchange, which may take as long as the network does.
    pub(crate) replicas: Replicas,
    pub(crate) watches: Watches,
    pub(crate) opening: NewOpening,
}

#[uniffi::export]
impl Fieldbook {
    /// Opens the fieldbook in a folder with the key that the host's key holder unwraps.
    #[uniffi::constructor]
    pub fn open(opening: NewOpening, holder: Arc<dyn KeyHolder>) -> Result<Self, FieldbookRefused> {
        Self::begin(opening, holder, Core::open)
    }

    /// Makes a fieldbook, whose key the host's key holder wraps, and asks to join with an invite's code. Until the inviter has compared
    /// the words of `join_words` and confirmed, this device records and does not yet share.
    #[uniffi::constructor]
    pub fn join(
        opening: NewOpening,
        holder: Arc<dyn KeyHolder>,
        code: String,
    ) -> Result<Self, FieldbookRefused> {
        let code = Zeroizing::new(code);
        Self::begin(opening, holder, |home, holder, surroundings| {
            Core::join(home, holder, surroundings, &code).map(|(fieldbook, _)| fieldbook)
        })
    }

    /// The four words to tell the inviter; none once this device is in.
    pub fn join_words(&self) -> Result<Option<String>, FieldbookRefused> {
        self.status().map(|status| status.join_words)
    }

    /// Names the relay by its address. An invite of somebody who had a relay has named it already. An identity, 64 digits that
    /// a person was told, is given only when the relay was replaced: everything then goes up to the new one.
    #[uniffi::method(default(identity = None))]
    pub fn set_relay(&self, address: &str, identity: Option<String>) -> Result<(), FieldbookRefused> {
        self.at_desk(|desk| {
            let identity = identity.map(|text| relay_id(&text)).transpose()?;
            Ok(desk.set_relay(address, identity)?)
        })
    }

    /// Lets requests go in clear text (`http`) beyond this machine, to the relay's address of now and until another is named.
    /// Entries are sealed all the same; who talks to whom is not. A person has to have said so.
    pub fn allow_cleartext(&self) -> Result<(), FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.set_relay_way(&RelayWay { cleartext: true, authority: None })?))
    }

    /// Who this device is, and how far everything has come.
    pub fn status(&self) -> Result<StatusView, FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.status()?.into()))
    }

    /// The newest patrols, newest first.
    pub fn patrols(&self, limit: u32) -> Result<Vec<PatrolSummaryView>, FieldbookRefused> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.at_desk(|desk| Ok(desk.patrols(limit)?.into_iter().map(PatrolSummaryView::from).collect()))
    }

    /// One patrol, as everybody in the squad's space shows it.
    pub fn patrol(&self, patrol: &str) -> Result<PatrolView, FieldbookRefused> {
        self.at_desk(|desk| Ok(PatrolView::new(&desk.patrol(id(patrol)?)?, self.opening.language)))
    }

    /// A patrol goes out. Returns its id.
    pub fn start_patrol(&self, patrol: NewPatrol) -> Result<String, FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.start_patrol(patrol.into_start()?)?.to_string()))
    }

    /// Something was done or seen. Returns the entry's key; from then on it is safe from a flat battery.
    pub fn write_entry(&self, patrol: &str, entry: NewEntry) -> Result<String, FieldbookRefused> {
        self.at_desk(|desk| {
            let (draft, gps_time) = entry.into_draft()?;
            Ok(desk.write_entry(id(patrol)?, draft, gps_time)?.to_string())
        })
    }

    /// The patrol is back, now or when it is said, as RFC 3339 with its offset. Returns the statement's key.
    #[uniffi::method(default(occurred_at = None))]
    pub fn end_patrol(&self, patrol: &str, occurred_at: Option<String>) -> Result<String, FieldbookRefused> {
        self.at_desk(|desk| {
            let occurred_at = occurred_at.map(|written| written.parse()).transpose()?;
            Ok(desk.end_patrol(id(patrol)?, PatrolEnd { occurred_at })?.to_string())
        })
    }

    /// Exchanges with the relay until there is nothing more to push or to fetch. What went through before a failure stands.
    /// One exchange at a time: a second one meanwhile is refused as busy.
    pub fn sync(&self, carrier: Arc<dyn Carrier>) -> Result<ContactView, FieldbookRefused> {
        let mut report = ContactReport::default();
        self.at_gate(|gate| gate.sync(&mut LentCarrier(carrier), &mut report))?;
        Ok(report.into())
    }

    /// Tells the watcher whenever an exchange moved an own entry's custody, until the handle is stopped or let go of.
    pub fn watch(&self, watcher: Arc<dyn Watcher>) -> Result<WatchHandle, FieldbookRefused> {
        let own = self.at_desk(|desk| Ok(OwnEntries::of(desk)?))?;
        Ok(self.watches.add(watcher, own))
    }
}

impl Fieldbook {
    fn begin(
        opening: NewOpening,
        holder: Arc<dyn KeyHolder>,
        open: impl FnOnce(&Path, &CoreHolder, Surroundings) -> Result<Core, CoreRefused>,
    ) -> Result<Self, FieldbookRefused> {
        let begun = begin_replicas(&opening, holder, open);
        let (desk, gate) = begun.map_err(|refusal| refusal.told(opening.language))?;
        Ok(Self { replicas: Replicas::new(desk, gate), watches: Watches::default(), opening })
    }

    pub(crate) fn told(&self, refused: impl Into<Refusal>) -> FieldbookRefused {
        refused.into().told(self.opening.language)
    }

    /// For a person, who uses it now.
    pub(crate) fn at_desk<T>(
        &self,
        work: impl FnOnce(&mut Core) -> Result<T, Refusal>,
    ) -> Result<T, FieldbookRefused> {
        self.behind_desk(|desk| {
            desk.note_use();
            work(desk)
        })
    }

    /// For an exchange: what it moved is told, also if it broke off.
    pub(crate) fn at_gate<T>(
        &self,
        work: impl FnOnce(&mut Core) -> Result<T, CoreRefused>,
    ) -> Result<T, FieldbookRefused> {
        let exchanged = self.replicas.at_gate(|gate| {
            let done = work(gate);
            Ok((done, self.watches.look(gate)?))
        });
        let (done, own) = exchanged.map_err(|refusal| self.told(refusal))?;
        if let Some(own) = own {
            self.watches.tell(&own);
        }
        done.map_err(|refused| self.told(refused))
    }

    /// The same for what the host does by itself.
    pub(crate) fn behind_desk<T>(
        &self,
        work: impl FnOnce(&mut Core) -> Result<T, Refusal>,
    ) -> Result<T, FieldbookRefused> {
        self.replicas.at_desk(work).map_err(|refusal| self.told(refusal))
    }
}

/// Opens desk and gate.
pub(crate) fn open_replicas(
    opening: &NewOpening,
    holder: Arc<dyn KeyHolder>,
) -> Result<(Core, Core), Refusal> {
    begin_replicas(opening, holder, Core::open)
}

/// Opens the desk by `open`, which may make the vault, and the gate beside it.
fn begin_replicas(
    opening: &NewOpening,
    holder: Arc<dyn KeyHolder>,
    open: impl FnOnce(&Path, &CoreHolder, Surroundings) -> Result<Core, CoreRefused>,
) -> Result<(Core, Core), Refusal> {
    let (home, holder) = (Path::new(&opening.home), CoreHolder::Host(Box::new(AskedOnce::new(holder))));
    let boot = opening.boot.as_deref().map(boot).transpose()?;
    Core::guard_memory()?;
    let desk = open(home, &holder, Surroundings::of_the_system(boot))?;
    Ok((desk, Core::open(home, &holder, Surroundings::of_the_system(boot))?))
}

fn boot(name: &[u8]) -> Result<BootId, Refusal> {
    name.try_into()
        .map(BootId)
        .map_err(|_| Refusal::Given("16 bytes name a start of the machine".to_owned()))
}

pub(crate) fn id(patrol: &str) -> Result<PatrolId, CoreRefused> {
    patrol.parse().map_err(|_| CoreRefused::NoPatrol)
}

#[cfg(test)]
mod tests;
