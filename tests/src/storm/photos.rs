//! Photos in a storm: attached, asked for, carried to the relay and from phone to phone; and what must be true of them.

use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::{AttachRefused, AttachmentsReport, Custody, FieldbookRefused, NewAttachment};
use rand_core::Rng as _;

use super::Broken;
use super::steps::{Storm, surprise};
use crate::field::Phone;
use crate::inside;

/// The smallest picture there can be.
const PICTURE: &[u8] = b"\xff\xd8\xff\xda\0\x02\x01\x02\x03\xff\xd9";

/// Lengths of what is attached, in bytes: less than a step, a part to the byte, more, and some parts.
const LENGTHS: [usize; 5] = [100, 5_000, 65_520, 65_521, 200_000];

/// Rounds of carrying after which nothing may move any more.
const ROUNDS_MAX: usize = 20;

/// A photo that was attached.
#[derive(Debug, Clone)]
pub(super) struct Photo {
    pub(super) author: Phone,
    patrol: PatrolId,
    key: StatementRef,
    content: Vec<u8>,
}

impl Storm {
    /// One of the things that people do with photos.
    pub(super) fn photograph(&mut self) -> Result<(), Broken> {
        let squad = self.a_squad();
        let phone = self.a_phone_of(squad);
        match self.below(5) {
            0 => self.attach(squad, phone),
            1 => self.ask_for_one(phone),
            2 => self.carry_photos(),
            _ => self.meet(),
        }
    }

    fn attach(&mut self, squad: usize, phone: Phone) -> Result<(), Broken> {
        let patrol = self.a_patrol_of(squad);
        let length = LENGTHS[self.below(LENGTHS.len())];
        let mut content = vec![0; length];
        self.chance.fill_bytes(&mut content);
        let thumbnail = (self.below(2) == 0).then_some(PICTURE);
        let new =
            NewAttachment { file: &content, thumbnail, keeps_metadata: true, ..NewAttachment::default() };
        match self.field.book(phone).attach(patrol, &new) {
            Ok(key) => {
                self.field.tally.note("photo attached");
                self.photos.push(Photo { author: phone, patrol, key, content });
                Ok(())
            }
            Err(FieldbookRefused::NoPatrol) => Ok(()),
            Err(refused) => Err(surprise(format!("{phone:?} could not attach: {refused}"))),
        }
    }

    fn ask_for_one(&mut self, phone: Phone) -> Result<(), Broken> {
        if self.photos.is_empty() {
            return Ok(());
        }
        let number = self.below(self.photos.len());
        let key = self.photos[number].key.clone();
        match self.field.book(phone).want_attachment(&key, true) {
            Ok(()) => self.field.tally.note("photo asked for"),
            // It has not heard of it.
            Err(FieldbookRefused::Attach(AttachRefused::NoAttachment)) => {}
            Err(refused) => return Err(surprise(format!("{phone:?} could not ask for a photo: {refused}"))),
        }
        Ok(())
    }

    fn carry_photos(&mut self) -> Result<(), Broken> {
        let phone = self.anybody();
        let mut report = AttachmentsReport::default();
        let outcome = self
            .field
            .over_link(phone, |book, link| book.carry_attachments(link, &mut report));
        self.field
            .tally
            .note_many("photos carried", (report.brought + report.fetched) as u64);
        self.weathered(phone, outcome)
    }
}

/// Everybody brings and fetches, until nothing moves.
pub(super) fn come_to_rest(storm: &mut Storm) -> Result<(), String> {
    for _ in 0..ROUNDS_MAX {
        let mut moved = false;
        for phone in storm.field.everybody() {
            let mut report = AttachmentsReport::default();
            let outcome = storm
                .field
                .over_link(phone, |book, link| book.carry_attachments(link, &mut report));
            outcome.map_err(|refused| format!("{phone:?} over a good link: {refused}"))?;
            moved |= report.brought + report.fetched > 0 || report.more;
        }
        if !moved {
            return Ok(());
        }
    }
    Err(format!("photos still move after {ROUNDS_MAX} rounds"))
}

/// Who is said to hold a photo whole holds it: at any moment.
pub(super) fn custody_true(storm: &mut Storm) -> Result<(), String> {
    for photo in storm.photos.clone() {
        let author = photo.author;
        let all = storm.field.book(author).attachments(Some(photo.patrol)).unwrap_or_default();
        let Some(view) = all.into_iter().find(|view| view.key == photo.key) else { continue };
        let holders = match view.custody {
            None | Some(Custody::OnThisPhone) => continue,
            Some(Custody::AtRelay) => {
                let relay = inside::relay_of(&storm.field.relay_file());
                let bytes = view.at_relay.all;
                let whole =
                    format!("SELECT count(*) FROM attachments WHERE bytes = {bytes} AND held = {bytes}");
                if inside::number(&relay, &whole) == 0 {
                    return Err(format!("{:?} of {author:?} is said to be at the relay", photo.key));
                }
                continue;
            }
            Some(Custody::WithSs) => storm.ss.clone(),
            Some(Custody::WithHead) => {
                let mut holders = storm.everybody_once_head();
                holders.extend(storm.ss.iter().copied());
                holders
            }
        };
        if !holders.into_iter().any(|holder| storm.has_whole(holder, &photo)) {
            return Err(format!("{:?} of {author:?} is said to be with {:?}", photo.key, view.custody));
        }
    }
    Ok(())
}

/// At rest everybody has every thumbnail and what he asked for, and authors know that their photos are safe.
pub(super) fn all_there(storm: &mut Storm) -> Result<(), String> {
    for phone in storm.field.everybody() {
        if storm.is_removed(phone) || storm.field.book(phone).status().unwrap().role.is_none() {
            continue;
        }
        for view in storm.field.book(phone).attachments(None).unwrap() {
            let lacks_thumbnail = view.thumbnail.is_some_and(|share| !share.is_whole());
            let lacks_it = view.is_wanted && !view.here.is_whole();
            // Of what a removed phone never brought nobody else has anything.
            let author = storm
                .photos
                .iter()
                .find(|photo| photo.key == view.key)
                .map(|photo| photo.author);
            let is_lost = author.is_none_or(|author| storm.is_removed(author));
            if (lacks_thumbnail || lacks_it) && !is_lost {
                return Err(format!("{phone:?} lacks something of {view:?}"));
            }
            let is_own = author == Some(phone) && !is_lost;
            if is_own && matches!(view.custody, None | Some(Custody::OnThisPhone)) {
                return Err(format!("{phone:?} keeps {view:?} to itself"));
            }
            let photo = storm.photos.iter().find(|photo| photo.key == view.key).cloned();
            if let Some(photo) = photo.filter(|_| view.here.is_whole())
                && !storm.has_whole(phone, &photo)
            {
                return Err(format!("{phone:?} shows {:?} otherwise", view.key));
            }
        }
    }
    Ok(())
}

impl Storm {
    fn has_whole(&mut self, phone: Phone, photo: &Photo) -> bool {
        let mut content = std::io::Cursor::new(Vec::new());
        let opened = self.field.book(phone).open_attachment(&photo.key, &mut content);
        opened.is_ok() && content.into_inner() == photo.content
    }

    /// Heads' phones, and those that ever were one's.
    pub(super) fn everybody_once_head(&self) -> Vec<Phone> {
        let heads = self.squads.iter().map(|squad| squad.phones[0]);
        heads.chain(self.decided.promoted.iter().copied()).collect()
    }
}
