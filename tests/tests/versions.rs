//! Mixed versions in the field: what a newer program wrote is passed by and told, and holds up nothing.

use jasaq_fieldbook::protocol::ids::{JournalId, RelayId};
use jasaq_fieldbook::protocol::seal::WireEnvelope;
use jasaq_fieldbook::protocol::sync::{Frame, FrameReader, FrameWriter, SatchelWriter};
use jasaq_fieldbook::{Carrier, CarrierFailed, ContactReport};
use jasaq_relay::Relay;
use jasaq_tests::Field;

/// A link to a relay of which one journal is in a newer version: of every envelope of it the version is another.
struct Newer<'a> {
    relay: &'a mut Relay,
    journal: JournalId,
}

impl Carrier for Newer<'_> {
    fn fetch_identity(&mut self, _: &str) -> Result<RelayId, CarrierFailed> {
        Ok(self.relay.id())
    }

    fn carry(&mut self, _: &str, request: &[u8], answer: &mut dyn FnMut(&[u8])) -> Result<(), CarrierFailed> {
        let mut frames = FrameReader::new();
        frames.push(&self.relay.answer(request).unwrap().bytes);
        let (mut changed, mut is_newer) = (FrameWriter::new(), false);
        while let Some(mut frame) = frames.read().unwrap() {
            match &mut frame {
                Frame::Run(place) => is_newer = place.journal == self.journal,
                Frame::Envelope(wire) if is_newer && !wire.is_empty() => wire[0] += 0x10,
                _ => {}
            }
            changed.frame(&frame);
        }
        answer(&changed.take());
        Ok(())
    }
}

/// The journal of the first envelope in a phone's request.
fn journal_of(field: &mut Field, phone: jasaq_tests::Phone) -> JournalId {
    let mut frames = FrameReader::new();
    frames.push(&field.book(phone).prepare_contact().unwrap().request);
    while let Some(frame) = frames.read().unwrap() {
        if let Frame::Run(place) = frame {
            return place.journal;
        }
    }
    panic!("it has something to push")
}

#[test]
fn what_a_newer_program_wrote_is_told_and_holds_up_nothing() {
    let mut field = Field::new(23);
    let (aray, bekzat, head) = (field.phone("aray"), field.phone("bekzat"), field.device("head"));
    field.run_until_quiet();
    let [newer, older] = [aray, bekzat].map(|phone| {
        let patrol = field.start_patrol(phone);
        field.write(phone, patrol, "тұман");
        patrol
    });
    let journal = journal_of(&mut field, aray);
    field.contact(aray);
    field.contact(bekzat);

    let mut relay = field.take_relay();
    let mut sync = |field: &mut Field| {
        let mut report = ContactReport::default();
        field
            .book(head)
            .contact(&mut Newer { relay: &mut relay, journal }, &mut report)
            .unwrap();
        report
    };
    let report = sync(&mut field);
    assert_eq!((report.newer, report.not_kept), (1, 0));
    assert_eq!(field.texts(head, older), ["тұман"], "what stands behind it came");
    assert!(field.book(head).patrol(newer).is_err(), "otherwise nothing was newer");
    let again = sync(&mut field);
    assert_eq!((again.newer, again.received), (0, 0), "it is not asked for each time");
}

#[test]
fn a_satchel_tells_what_is_of_a_newer_program() {
    let mut field = Field::new(23);
    let (aray, head) = (field.phone("aray"), field.device("head"));
    field.run_until_quiet();
    let patrol = field.start_patrol(aray);
    field.write(aray, patrol, "тұман");
    let journal = journal_of(&mut field, aray);
    let mut satchel = Vec::new();
    field.book(aray).export_satchel(&mut satchel).unwrap();
    let (opening, frames) = satchel.split_at(20);
    let territory = jasaq_fieldbook::protocol::ids::SpaceId::from_bytes(opening[4..].try_into().unwrap());
    let (mut reader, mut changed) = (FrameReader::new(), SatchelWriter::new(territory));
    reader.push(frames);
    let mut next = None;
    while let Some(frame) = reader.read().unwrap() {
        match frame {
            Frame::Run(place) => next = Some(place),
            Frame::Envelope(mut wire) => {
                let place = next.unwrap();
                if place.journal == journal {
                    wire[0] += 0x10;
                    assert!(WireEnvelope::decode(&wire).is_err());
                }
                changed.envelope(place, &wire);
                next =
                    Some(jasaq_fieldbook::protocol::ids::Place { sequence: place.sequence.next(), ..place });
            }
            _ => {}
        }
    }
    let report = field.book(head).import_satchel(&mut changed.finish().as_slice()).unwrap();
    assert_eq!((report.newer, report.refused, report.cut), (1, 0, false));
}
