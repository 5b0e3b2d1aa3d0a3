//! Custody: how far own entries have come, and who is told when one moves. The steps themselves are the core's.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::{Custody, CustodyCounts, Fieldbook, FieldbookRefused as CoreRefused};

use crate::limits::PATROLS_WATCHED;

/// How many entries stand on each step.
#[derive(uniffi::Record)]
pub struct CustodyCountsView {
    /// Nowhere else that is known.
    pub on_this_phone: u64,
    /// The relay has it.
    pub at_relay: u64,
    /// The squad head has it.
    pub with_head: u64,
    /// The structural subdivision has it.
    pub with_ss: u64,
}

impl From<CustodyCounts> for CustodyCountsView {
    fn from(counts: CustodyCounts) -> Self {
        let CustodyCounts { on_this_phone, at_relay, with_head, with_ss } = counts;
        Self { on_this_phone, at_relay, with_head, with_ss }
    }
}

/// Where an own entry stands.
#[derive(uniffi::Record)]
pub struct CustodyView {
    /// The patrol's id.
    pub patrol: String,
    /// The entry's key.
    pub entry: String,
    /// The step it has reached.
    pub custody: Custody,
}

/// Own entries moved.
#[derive(uniffi::Record)]
pub struct CustodyNotice {
    /// Those that moved, and where to. A step back is told too: a relay may have lost what it had.
    pub moved: Vec<CustodyView>,
    /// All own entries by the step they have reached.
    pub own_entries: CustodyCountsView,
}

/// Wants to know how far own entries have come. Written by the host.
#[uniffi::export(with_foreign)]
pub trait Watcher: Send + Sync {
    /// Own entries moved. Called on the thread that exchanged, after the exchange; it may call the fieldbook.
    fn custody_changed(&self, notice: CustodyNotice) -> Result<(), WatcherFailed>;
}

/// A watcher did not take its notice. Nobody repeats it: the next one holds what has moved since.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum WatcherFailed {
    /// An exception of the host's.
    #[error("the watcher failed")]
    Failed,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for WatcherFailed {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed
    }
}

/// The step of each watched entry.
type Steps = BTreeMap<(PatrolId, StatementRef), Custody>;

/// Own entries at one moment.
pub(crate) struct OwnEntries {
    steps: Steps,
    counts: CustodyCounts,
}

impl OwnEntries {
    /// Where they stand now. What never was received is this device's own.
    pub(crate) fn of(fieldbook: &mut Fieldbook) -> Result<Self, CoreRefused> {
        let mut steps = Steps::new();
        for summary in fieldbook.patrols(PATROLS_WATCHED)? {
            let view = fieldbook.patrol(summary.patrol)?;
            let logged = view.log.entries().filter_map(|(stated, _)| view.provenance_of(stated));
            let own = logged.filter(|logged| logged.received_at.is_none());
            steps.extend(own.map(|logged| ((summary.patrol, logged.key.clone()), logged.custody)));
        }
        Ok(Self { steps, counts: fieldbook.status()?.own_entries })
    }
}

/// Keeps a watcher told until it is stopped or dropped.
#[derive(uniffi::Object)]
pub struct WatchHandle(Mutex<Option<Arc<Watch>>>);

#[uniffi::export]
impl WatchHandle {
    /// Tells the watcher no more. A notice that is on its way may still arrive.
    pub fn stop(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// A watcher, and what it was told last.
struct Watch {
    watcher: Arc<dyn Watcher>,
    told: Mutex<Steps>,
}

/// Everybody who watches one fieldbook.
#[derive(Default)]
pub(crate) struct Watches(Mutex<Vec<Weak<Watch>>>);

impl Watches {
    /// From now on the watcher is told, until the handle is stopped or dropped.
    pub(crate) fn add(&self, watcher: Arc<dyn Watcher>, own: OwnEntries) -> WatchHandle {
        let watch = Arc::new(Watch { watcher, told: Mutex::new(own.steps) });
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Arc::downgrade(&watch));
        WatchHandle(Mutex::new(Some(watch)))
    }

    /// Where own entries stand now; nothing is looked up if nobody watches.
    pub(crate) fn look(&self, fieldbook: &mut Fieldbook) -> Result<Option<OwnEntries>, CoreRefused> {
        let is_watched = !self.live().is_empty();
        is_watched.then(|| OwnEntries::of(fieldbook)).transpose()
    }

    /// Tells everybody what has moved since he was told last.
    pub(crate) fn tell(&self, own: &OwnEntries) {
        for watch in self.live() {
            watch.tell(own);
        }
    }

    /// Those that go on.
    fn live(&self) -> Vec<Arc<Watch>> {
        let mut watches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        watches.retain(|watch| watch.strong_count() > 0);
        watches.iter().filter_map(Weak::upgrade).collect()
    }
}

impl Watch {
    /// Tells what moved since the last time. What the watcher makes of it is his business: a failure of his is dropped.
    fn tell(&self, own: &OwnEntries) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *told, own.steps.clone());
        drop(told);
        let step_before = |entry| before.get(entry).copied().unwrap_or(Custody::OnThisPhone);
        let moved = own.steps.iter().filter(|(entry, step)| step_before(entry) != **step);
        let moved: Vec<CustodyView> = moved.map(CustodyView::from).collect();
        if !moved.is_empty() {
            let _ = self
                .watcher
                .custody_changed(CustodyNotice { moved, own_entries: own.counts.into() });
        }
    }
}

impl From<(&(PatrolId, StatementRef), &Custody)> for CustodyView {
    fn from(((patrol, entry), custody): (&(PatrolId, StatementRef), &Custody)) -> Self {
        Self { patrol: patrol.to_string(), entry: entry.to_string(), custody: *custody }
    }
}
