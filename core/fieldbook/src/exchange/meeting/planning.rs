//! What another device lacks of a journal, by the last places that it told.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_protocol::ids::{EnvelopeHash, JournalId, Place, Sequence, SpaceId};
use jasaq_protocol::journal::Head;
use jasaq_protocol::sync::meeting::{Holdings, JournalKey, Run, Stretch, Tips};

use super::offering::Offer;
use crate::exchange::device::Device;
use crate::exchange::enrolment::own_requests;
use crate::vault::{Connection, HeldJournal, OnBranch, Vault, VaultRefused, branch_tips};

/// What the subdivision has to be told at once comes behind everything that explains it, whoever wrote it; then what this device writes, then what
/// it carries for others.
const URGENT: u32 = 999;
const OWN: u32 = 1_000;
const CARRIED: u32 = 1_001;
const UNEXPLAINED: u32 = 1_002;

/// What is held at the beginning of a round. Nothing is told or sent that came later.
#[derive(Debug, Default)]
pub(super) struct Plan {
    journals: BTreeMap<JournalKey, HeldJournal>,
    branches: BTreeMap<JournalId, Vec<OnBranch>>,
    rolls: BTreeSet<SpaceId>,
    urgent: BTreeSet<SpaceId>,
    /// The journals in which the other device's removal stands, if it was removed.
    removals: BTreeSet<JournalKey>,
}

impl Plan {
    pub(super) fn load(connection: &Connection, device: &Device) -> Result<Self, VaultRefused> {
        let held = Vault::held_journals(connection)?.into_iter();
        let held = held.filter(|held| !device.is_closed(&held.key.space));
        Ok(Self {
            journals: held.map(|held| (held.key, held)).collect(),
            branches: Vault::branches_by_journal(connection)?,
            rolls: device.rolls().into_iter().collect(),
            urgent: device.urgent_spaces().into_iter().collect(),
            removals: BTreeSet::new(),
        })
    }

    /// Of the journals in which a device's removal stands nothing is told or sent behind it.
    pub(super) fn only_up_to(
        &mut self,
        connection: &Connection,
        places: &[Place],
    ) -> Result<(), VaultRefused> {
        for place in places {
            let key = JournalKey { space: place.space, journal: place.journal };
            let hash = Vault::envelope_hash(connection, place.journal, Some(place.sequence))?;
            if let (Some(held), Some(hash)) = (self.journals.get_mut(&key), hash) {
                held.head = Head { sequence: place.sequence, hash: hash.head() };
                self.branches.remove(&place.journal);
                self.removals.insert(key);
            }
        }
        Ok(())
    }

    /// The last places of every journal, and whether the other device may be told of it.
    pub(super) fn holdings(
        &self,
        connection: &Connection,
        device: &Device,
        offer: Offer,
    ) -> Result<Holdings, VaultRefused> {
        let requests: Vec<JournalId> = own_requests(connection, device)?
            .into_iter()
            .map(|request| request.place.journal)
            .collect();
        let mut holdings = Holdings::new();
        for (key, held) in &self.journals {
            let offered = match offer {
                Offer::Everything => true,
                Offer::ItsRemoval => self.removals.contains(key),
                Offer::Rolls => self.rolls.contains(&key.space) || requests.contains(&key.journal),
                Offer::Nothing => false,
            };
            holdings.note(*key, held.head, offered);
            for tip in branch_tips(self.branches_of(&key.journal)) {
                holdings.note(*key, Head { sequence: tip.sequence, hash: tip.hash.head() }, offered);
            }
        }
        Ok(holdings)
    }

    fn branches_of(&self, journal: &JournalId) -> &[OnBranch] {
        self.branches.get(journal).map_or(&[], Vec::as_slice)
    }

    /// The envelopes of a journal that the other device lacks, if it holds these last places.
    pub(super) fn runs(
        &self,
        connection: &Connection,
        device: &Device,
        (key, theirs): (&JournalKey, &Tips),
    ) -> Result<Vec<Run>, VaultRefused> {
        let Some(held) = self.journals.get(key) else { return Ok(Vec::new()) };
        let turn = self.turn(device, held);
        let mut runs = Vec::new();
        if let Some(what) = self.line(connection, held, theirs)? {
            runs.push(Run { key: *key, turn, what });
        }
        let branches = self.branches_of(&key.journal);
        for tip in branch_tips(branches) {
            if !theirs.contains(&(tip.sequence, tip.hash.head())) {
                runs.push(Run { key: *key, turn, what: Stretch::Branch(chain(branches, tip, theirs)) });
            }
        }
        Ok(runs)
    }

    /// What of the line is lacking: all behind the last place that both hold.
    fn line(
        &self,
        connection: &Connection,
        held: &HeldJournal,
        theirs: &Tips,
    ) -> Result<Option<Stretch>, VaultRefused> {
        let (journal, last) = (held.key.journal, held.head.sequence);
        let mut common = None;
        let mut is_told = theirs.is_empty();
        for (sequence, hash) in theirs.iter().filter(|(sequence, _)| *sequence <= last) {
            let ours = Vault::envelope_hash(connection, journal, Some(*sequence))?;
            if ours.is_some_and(|ours| ours.head() == *hash) {
                common = Some(*sequence);
            } else if let Some(fork) = fork_of(self.branches_of(&journal), (*sequence, *hash)) {
                common = common.max(fork.before());
            }
            is_told = true;
        }
        for tip in theirs.iter().filter(|(sequence, _)| *sequence > last) {
            if let Some(fork) = fork_of(self.branches_of(&journal), *tip) {
                (common, is_told) = (common.max(fork.before()), true);
            }
        }
        // They are further, most often on the same line. If it is another, they see that, and tell.
        if !is_told {
            return Ok(None);
        }
        let from = common.map_or(Sequence::FIRST, Sequence::next);
        Ok((from <= last).then_some(Stretch::Line(from, last)))
    }

    /// What explains the rest goes first, from the root down; requests to be let in behind the rank that invited them.
    fn turn(&self, device: &Device, held: &HeldJournal) -> u32 {
        match device.depth_of(&held.signer) {
            Some(depth) if self.rolls.contains(&held.key.space) => {
                2 * u32::from(depth.rank as u8) + u32::from(depth.asks)
            }
            Some(_) if self.urgent.contains(&held.key.space) => URGENT,
            _ if held.signer == device.id() => OWN,
            Some(_) => CARRIED,
            None => UNEXPLAINED,
        }
    }
}

/// Where the branch leaves the line on which an envelope with this place stands, if one does.
fn fork_of(
    branches: &[OnBranch],
    (sequence, hash): (Sequence, jasaq_protocol::ids::HeadHash),
) -> Option<Sequence> {
    let mut at = branches
        .iter()
        .find(|envelope| envelope.sequence == sequence && envelope.hash.head() == hash)?;
    while let Some(before) = envelope_before(branches, at) {
        at = before;
    }
    Some(at.sequence)
}

/// A branch up to its tip, from where it leaves the line, or from behind what the other device holds of it.
fn chain(branches: &[OnBranch], tip: &OnBranch, theirs: &Tips) -> Vec<(Sequence, EnvelopeHash)> {
    let mut chain = vec![(tip.sequence, tip.hash)];
    let mut at = tip;
    while let Some(before) = envelope_before(branches, at) {
        if theirs.contains(&(before.sequence, before.hash.head())) {
            break;
        }
        chain.push((before.sequence, before.hash));
        at = before;
    }
    chain.reverse();
    chain
}

fn envelope_before<'a>(branches: &'a [OnBranch], at: &OnBranch) -> Option<&'a OnBranch> {
    branches
        .iter()
        .find(|envelope| Some(envelope.hash) == at.after && envelope.sequence < at.sequence)
}
