//! What two devices that meet say: the code, and one frame of each kind.

use std::collections::BTreeMap;

use jasaq_fieldbook::protocol::ids::{HeadHash, JournalId, Sequence};
use jasaq_fieldbook::protocol::journal::Head;
use jasaq_fieldbook::protocol::sync::meeting::{
    DeviceMark, Holdings, JournalKey, MeetingCode, MeetingSecret, Own, vectors,
};

use super::attached;
use super::book::Page;
use super::by_hand;
use super::parts;
use super::patrols::Patrols;
use super::world::{World, chance};

/// The channel that is signed.
const BINDING: [u8; 32] = [0x5a; 32];

/// The head holds what it wrote, the card, and a journal of which a clone wrote a branch.
fn holdings(world: &World, patrols: &Patrols) -> Holdings {
    let mut holdings = Holdings::new();
    for journal in [&patrols.ss, &patrols.head] {
        let last = journal.envelopes.last().unwrap();
        let key = JournalKey { space: last.place().space, journal: last.place().journal };
        holdings.note(key, Head { sequence: last.place().sequence, hash: last.hash().head() }, true);
    }
    let forked = JournalKey { space: world.squad, journal: JournalId::from_bytes([0x66; 16]) };
    for (sequence, hash) in [(3, 0x67), (5, 0x68)] {
        let tip = Head { sequence: Sequence::new(sequence).unwrap(), hash: HeadHash::from_bytes([hash; 8]) };
        holdings.note(forked, tip, true);
    }
    holdings
}

/// What is said of the attachments of `attachments.txt`: the short one from its second step on, the long one from its 18th.
fn of_attachments() -> Vec<(&'static str, Vec<u8>)> {
    let [short, long] = attached::both();
    let part = &short.parts[0];
    let stream = [part.proof.as_slice(), &part.bytes[4_096..]].concat();
    vectors::attachment_frames(&BTreeMap::from([(short.name, 1), (long.name, 17)]), (short.name, stream))
}

/// The page.
pub fn page(world: &World, patrols: &Patrols) -> Page {
    let mut page = Page::new(
        "meetings.txt",
        "Two devices meet: the code that the SS shows, and frames that the head says, who called. The channel's hash is\n\
         5a…; the secret is the first 16 bytes of the chance f0…",
    );
    let secret = MeetingSecret::make(&mut chance(0xf0));
    let addresses = ["192.168.43.1:7341", "[2001:db8::1]:7341"].map(|address| address.parse().unwrap());
    let code = MeetingCode {
        secret: secret.clone(),
        listener: DeviceMark::of(&world.ss.id()),
        addresses: addresses.to_vec(),
    };
    let text = code.to_text();
    page.note("code", text.as_str(), &text);
    let body = by_hand::body_of(&text);
    page.note_parts(
        "code.body",
        &body,
        ("the same in bytes, without the checksum", parts::of_meeting_code(&body)),
    );
    page.note("channel_key", vectors::channel_key(&secret), "the psk of the channel");
    page.note("binding", BINDING, "the handshake's hash");
    let own = Own { device: world.head.id(), territory: world.territory };
    let frames = vectors::frames(world.head.signing(), own, &BINDING, &holdings(world, patrols));
    for (name, bytes) in frames.into_iter().chain(of_attachments()) {
        let parts = parts::of_meeting_frame(&bytes);
        page.note_parts(name, &bytes, ("a frame", parts));
    }
    page
}
