//! Attachments: attached here, carried to and from the relay, opened.

mod sealing;

use std::collections::BTreeSet;
use std::io::Write;

use jasaq_model::attachment::{AttachmentHeld, SealedContent};
use jasaq_model::ids::{AttachmentRoot, PatrolId, StatementRef};
use jasaq_model::statement::Body;
use jasaq_model::words::Text;
use jasaq_protocol::attachment::{AttachmentKey, AttachmentName, PartStanding, PartVerb, open_part};
use jasaq_protocol::ids::{DeviceId, RelayId};

pub(super) use self::sealing::SealedFile;
use super::Fieldbook;
use super::writing::Tap;
use crate::exchange::{
    ArrivingParts, Attached, AttachmentsReport, Carrier, CarrierFailed, Errand, ExchangeRefused, attached,
    errands, holders, make_request, name_of,
};
use crate::formats::MetadataRefused;
use crate::limits::{ATTACHMENTS_HELD_BYTES_MAX, CONTACT_ATTACHMENT_BYTES_MAX, STALLS_MAX};
use crate::refusal::{AttachRefused, FieldbookRefused};
use crate::vault::{KnownRelay, Vault};
use crate::views::{self, AttachmentView, attachment_view};

/// Something to attach.
#[derive(Debug, Clone, Default)]
pub struct NewAttachment<'a> {
    /// The file, whole.
    pub file: &'a [u8],
    /// The entry it belongs to. If left unset, the patrol as a whole.
    pub entry: Option<StatementRef>,
    /// What is to be seen or heard. If left unset, nothing is said.
    pub caption: Option<Text>,
    /// A small picture of it. If left unset, others see what it is once they fetched it.
    pub thumbnail: Option<&'a [u8]>,
    /// Whether place, device and the like stay in it.
    pub keeps_metadata: bool,
}

impl Fieldbook {
    /// Attaches a photo, a voice note or a scan: what it tells beside what is to be seen or heard is taken out, it is sealed,
    /// and it is safe from a flat battery when this returns.
    pub fn attach(
        &mut self,
        patrol: PatrolId,
        new: &NewAttachment<'_>,
    ) -> Result<StatementRef, FieldbookRefused> {
        let space = self.space_of(patrol)?;
        if let Some(entry) = &new.entry {
            let view = self.patrol(patrol)?;
            let is_there = view.log.entries().any(|(stated, _)| stated.key == *entry);
            is_there.then_some(()).ok_or(AttachRefused::NoEntry)?;
        }
        let file = SealedFile::of(new, &mut self.surroundings)?;
        self.write(|transaction, device, surroundings| {
            let mut tap = Tap::at(transaction, device, surroundings, (space, patrol.as_bytes()));
            let key = tap.state(Body::Attachment(file.attachment.clone()), None)?;
            file.keep(transaction)?;
            Ok(key)
        })
    }

    /// The attachments of a patrol, or of all, oldest first.
    pub fn attachments(&mut self, patrol: Option<PatrolId>) -> Result<Vec<AttachmentView>, FieldbookRefused> {
        self.attachments_about(patrol.map(|patrol| *patrol.as_bytes()))
    }

    /// The attachments of whatever this document is about, or all.
    pub(super) fn attachments_about(
        &mut self,
        about: Option<[u8; 16]>,
    ) -> Result<Vec<AttachmentView>, FieldbookRefused> {
        self.refresh()?;
        let documents: Option<BTreeSet<_>> =
            about.map(|about| views::documents_of(PatrolId::from_bytes(about)).collect());
        let holders = holders(self.vault.read())?;
        let mut shown = Vec::new();
        for attached in attached(self.vault.read())? {
            if documents
                .as_ref()
                .is_none_or(|documents| documents.contains(&attached.document))
            {
                shown.push(attachment_view(self.vault.read(), &self.device, &attached, &holders)?);
            }
        }
        Ok(shown)
    }

    /// Asks for an attachment, or no longer: the next contact fetches it.
    pub fn want_attachment(&mut self, key: &StatementRef, is_wanted: bool) -> Result<(), FieldbookRefused> {
        let name = self.attached(key)?.name;
        if Vault::attachment(self.vault.read(), &name)?.is_erased {
            return Err(AttachRefused::Erased.into());
        }
        self.write(|transaction, _, _| Ok(Vault::want_attachment(transaction, &name, is_wanted)?))
    }

    /// Writes what is in an attachment, part by part. It must be here whole.
    pub fn open_attachment(
        &mut self,
        key: &StatementRef,
        into: &mut dyn Write,
    ) -> Result<(), FieldbookRefused> {
        let content = self.attached(key)?.attachment.content;
        self.open_content(&content, into)
    }

    /// The small picture of an attachment, if it has one that is here.
    pub fn open_thumbnail(&mut self, key: &StatementRef) -> Result<Option<Vec<u8>>, FieldbookRefused> {
        let Some(content) = self.attached(key)?.attachment.thumbnail else { return Ok(None) };
        let mut picture = Vec::new();
        match self.open_content(&content, &mut picture) {
            Err(FieldbookRefused::Attach(AttachRefused::NotHere | AttachRefused::Erased)) => Ok(None),
            outcome => outcome.map(|()| Some(picture)),
        }
    }

    fn open_content(
        &mut self,
        content: &SealedContent,
        into: &mut dyn Write,
    ) -> Result<(), FieldbookRefused> {
        let name = name_of(content).ok_or(AttachRefused::NoAttachment)?;
        let state = Vault::attachment(self.vault.read(), &name)?;
        if state.is_erased {
            return Err(AttachRefused::Erased.into());
        }
        if state.held < name.bytes() {
            return Err(AttachRefused::NotHere.into());
        }
        let key = AttachmentKey::from_secret_bytes(*content.secret.secret_bytes());
        for number in 0..name.parts() {
            let part = Vault::part(self.vault.read(), &name, number)?.ok_or(AttachRefused::NotHere)?;
            let opened = open_part((&name, &key), number, &part.sealed).map_err(AttachRefused::from)?;
            into.write_all(&opened).map_err(ExchangeRefused::from)?;
        }
        into.flush().map_err(ExchangeRefused::from)?;
        Ok(())
    }

    /// Removes an attachment and its thumbnail from this device and takes neither again. What others hold is not touched; where
    /// nobody else is known to hold it, it is refused unless `even_the_last`.
    pub fn erase_attachment(
        &mut self,
        key: &StatementRef,
        even_the_last: bool,
    ) -> Result<(), FieldbookRefused> {
        let attached = self.attached(key)?;
        if !even_the_last && self.is_only_here(&attached)? {
            return Err(AttachRefused::NowhereElse.into());
        }
        self.write(|transaction, _, surroundings| {
            let now_ms = surroundings.now().unix_ms;
            for name in [Some(attached.name), attached.thumbnail].into_iter().flatten() {
                Vault::erase_attachment(transaction, name.root(), now_ms)?;
            }
            Ok(())
        })
    }

    /// Whether what is here of an attachment is neither whole at the relay nor with anybody who is in, as far as is known: with
    /// whoever made it, or said that he holds it.
    fn is_only_here(&self, attached: &Attached) -> Result<bool, FieldbookRefused> {
        let (name, connection) = (attached.name, self.vault.read());
        let state = Vault::attachment(connection, &name)?;
        let said = holders(connection)?;
        let mut elsewhere = said.get(&(attached.space, *name.root())).into_iter().flatten();
        let is_held_by = |id: &DeviceId| *id != self.device.id() && !self.device.membership.is_removed(id);
        let is_elsewhere = is_held_by(&attached.author) || elsewhere.any(is_held_by);
        Ok(state.held > 0 && state.at_relay < name.steps() && !is_elsewhere)
    }

    pub(super) fn attached(&mut self, key: &StatementRef) -> Result<Attached, FieldbookRefused> {
        self.refresh()?;
        let found = attached(self.vault.read())?.into_iter().find(|attached| attached.key == *key);
        Ok(found.ok_or(AttachRefused::NoAttachment)?)
    }

    /// Brings and fetches attachments, small ones first, until nothing is left to do or nothing moves. Comes behind
    /// [`Fieldbook::sync`], so that no photo holds up an entry. What was exchanged before a failure stands and is in `report`.
    pub fn carry_attachments(
        &mut self,
        carrier: &mut dyn Carrier,
        report: &mut AttachmentsReport,
    ) -> Result<(), FieldbookRefused> {
        self.refresh()?;
        if self.device.role().is_none() {
            return Ok(());
        }
        let due = errands(self.vault.read(), &self.device)?;
        if !due.is_empty() {
            let known = self.learn_relay(carrier)?;
            for errand in due {
                let outcome = self.run_errand(carrier, &known, &errand, report);
                if report.is_older_relay || report.more {
                    return outcome;
                }
                outcome?;
            }
        }
        self.say_what_is_held()
    }

    /// One attachment, as far as it goes. After a break it is asked how far it has come, as long as it moves.
    fn run_errand(
        &mut self,
        carrier: &mut dyn Carrier,
        known: &KnownRelay,
        errand: &Errand,
        report: &mut AttachmentsReport,
    ) -> Result<(), FieldbookRefused> {
        let relay = known.relay.ok_or(ExchangeRefused::NoRelay)?;
        let (mut stalls, mut brings, mut reached) = (0, false, self.reached(errand)?);
        loop {
            if report.bytes_sent + report.bytes_received > CONTACT_ATTACHMENT_BYTES_MAX {
                report.more = true;
                return Ok(());
            }
            if errand.verb == PartVerb::Get && !self.has_room_for(&errand.name)? {
                report.no_room += 1;
                return Ok(());
            }
            let carried = self.ask(carrier, (known, relay), errand, (brings, report));
            let word = match carried {
                Ok(word) => word,
                Err(refused) => {
                    let now = self.reached(errand)?;
                    stalls = if now > reached { 0 } else { stalls + 1 };
                    reached = now.max(reached);
                    // What the relay has of a push that broke is asked before anything is sent again.
                    brings = false;
                    if may_go_on(&refused, report) && stalls < STALLS_MAX {
                        continue;
                    }
                    return if report.is_older_relay { Ok(()) } else { Err(refused) };
                }
            };
            let now = self.reached(errand)?;
            if let Some(outcome) = settle(errand, word, (brings && now <= reached, now), report) {
                return outcome;
            }
            if now > reached {
                stalls = 0;
            }
            (reached, brings) = (now, true);
        }
    }

    /// How many steps have come where they should go.
    fn reached(&self, errand: &Errand) -> Result<u64, FieldbookRefused> {
        let state = Vault::attachment(self.vault.read(), &errand.name)?;
        Ok(match errand.verb {
            PartVerb::Put => state.at_relay,
            PartVerb::Get => errand.name.step_after(state.held),
        })
    }

    fn has_room_for(&self, name: &AttachmentName) -> Result<bool, FieldbookRefused> {
        let held = Vault::attachment_bytes(self.vault.read())?;
        let missing = name.bytes() - Vault::attachment(self.vault.read(), name)?.held;
        Ok(held.saturating_add(missing) <= ATTACHMENTS_HELD_BYTES_MAX)
    }

    /// One request and its answer. What came before a failure is kept.
    fn ask(
        &mut self,
        carrier: &mut dyn Carrier,
        (known, relay): (&KnownRelay, RelayId),
        errand: &Errand,
        (brings, report): (bool, &mut AttachmentsReport),
    ) -> Result<Word, FieldbookRefused> {
        let from = self.reached(errand)?;
        let nonce = self.surroundings.make_id();
        let own = (&self.device, &relay, nonce);
        let request = make_request(self.vault.read(), own, errand, (from, brings))?;
        let mut arriving = ArrivingParts::new(relay, request.head.clone());
        let (mut taken, mut received) = (Ok(()), 0);
        let carried = carrier.carry_parts(&known.address, &request, &mut |bytes| {
            if taken.is_ok() {
                taken = arriving.take(bytes).map_err(|broken| ExchangeRefused::from(broken).into());
            }
            if taken.is_ok() && arriving.is_full() {
                taken = self.keep_parts(&mut arriving).map(|bytes| received += bytes);
            }
        });
        received += self.keep_parts(&mut arriving)?;
        report.bytes_received += received;
        if errand.verb == PartVerb::Put {
            let reached = errand.name.bytes_before(self.reached(errand)?);
            report.bytes_sent += reached.saturating_sub(errand.name.bytes_before(from));
        }
        taken?;
        carried.map_err(ExchangeRefused::from)?;
        let (standing, held) = arriving.word.ok_or(ExchangeRefused::Carrier(CarrierFailed::NotARelay))?;
        Ok(Word { standing, held, is_wrong: arriving.is_wrong })
    }

    fn keep_parts(&mut self, arriving: &mut ArrivingParts) -> Result<u64, FieldbookRefused> {
        self.write(|transaction, _, _| Ok(arriving.store(transaction)?))
    }

    /// A device above plain members says what it has whole, so that whoever attached it may know it safe.
    pub(super) fn say_what_is_held(&mut self) -> Result<(), FieldbookRefused> {
        let said = holders(self.vault.read())?;
        for attached in attached(self.vault.read())? {
            let about = (attached.space, *attached.name.root());
            let is_said = said.get(&about).is_some_and(|holders| holders.contains(&self.device.id()));
            let state = Vault::attachment(self.vault.read(), &attached.name)?;
            let is_whole = state.held == attached.name.bytes();
            if is_whole && !is_said && attached.author != self.device.id() && self.device.acks(&about.0) {
                let root = AttachmentRoot::from_bytes(*about.1.as_bytes());
                self.state_in_own_document(about.0, Body::AttachmentHeld(AttachmentHeld { root }))?;
            }
        }
        Ok(())
    }
}

/// What the relay answered.
#[derive(Debug, Clone, Copy)]
struct Word {
    standing: PartStanding,
    held: u64,
    is_wrong: bool,
}

/// Whether a request that failed may be made again at once: a link that broke may hold again.
fn may_go_on(refused: &FieldbookRefused, report: &mut AttachmentsReport) -> bool {
    let FieldbookRefused::Exchange(ExchangeRefused::Carrier(failed)) = refused else { return false };
    report.is_older_relay |= *failed == CarrierFailed::Status(404);
    *failed == CarrierFailed::Broken
}

/// Counts what an answer means for an errand. None if the errand goes on.
fn settle(
    errand: &Errand,
    word: Word,
    (is_stuck, reached): (bool, u64),
    report: &mut AttachmentsReport,
) -> Option<Result<(), FieldbookRefused>> {
    let is_done = reached == errand.name.steps();
    let count = match errand.verb {
        _ if word.is_wrong => &mut report.wrong,
        PartVerb::Put if is_done => &mut report.brought,
        PartVerb::Get if is_done => &mut report.fetched,
        _ if word.standing != PartStanding::Open => report.refused.entry(word.standing).or_default(),
        PartVerb::Get if word.held <= reached => &mut report.missing,
        _ if is_stuck => &mut report.missing,
        _ => return None,
    };
    *count += 1;
    Some(Ok(()))
}

impl From<MetadataRefused> for FieldbookRefused {
    fn from(refused: MetadataRefused) -> Self {
        Self::Attach(AttachRefused::Metadata(refused))
    }
}
