//! Attachments: a short one whole, a long one by its name and proofs, and who asks a relay for them.

use jasaq_fieldbook::protocol::attachment::{
    AttachmentKey, PartAnswer, PartHead, PartStanding, PartVerb, SealedAttachment, seal_attachment,
};
use rand_core::Rng as _;

use super::book::Page;
use super::world::{World, chance};

/// Two whole parts, and a third of three steps and a bit.
const LONG_BYTES: usize = 2 * 65_520 + 13_000;

/// The page.
pub fn page(world: &World) -> Page {
    let mut page = Page::new(
        "attachments.txt",
        "Attachments. Each key is one byte repeated; contents are the first bytes of the chance that the comment names.",
    );
    let [short, long] = both();
    note(&mut page, "short", (0xe0, 5_000), &short);
    for (number, part) in short.parts.iter().enumerate() {
        page.note(&format!("short.part.{number}"), &part.bytes, "the sealed part");
    }
    note(&mut page, "long", (0xe1, LONG_BYTES), &long);
    let (key, about) =
        ((world.head.signing(), &world.relay.relay_id(), [0xa9; 16]), (world.patrols, long.name));
    let head = PartHead::sign(key, PartVerb::Put, about, 17);
    page.note("put.head", head.encode(), "head brings long from step 17 on, to relay; nonce a9…");
    let answer = PartAnswer::sign(&world.relay, &head, PartStanding::Open, 36);
    page.note("put.answer", answer.encode(), "relay to put.head: open, 36 steps held");
    page
}

/// The short one and the long one.
pub fn both() -> [SealedAttachment; 2] {
    [sealed(0xe0, 5_000), sealed(0xe1, LONG_BYTES)]
}

fn sealed(byte: u8, bytes: usize) -> SealedAttachment {
    let mut content = vec![0; bytes];
    chance(byte).fill_bytes(&mut content);
    seal_attachment(&AttachmentKey::from_secret_bytes([byte; 32]), &content).unwrap()
}

fn note(page: &mut Page, name: &str, (byte, bytes): (u8, usize), sealed: &SealedAttachment) {
    page.note(
        &format!("{name}.key"),
        [byte; 32],
        &format!("of a content of {bytes} bytes of the chance {byte:x}…"),
    );
    page.note(&format!("{name}.root"), sealed.name.root().as_bytes(), "the root over its sealed parts");
    page.note(&format!("{name}.bytes"), sealed.name.bytes().to_be_bytes(), "bytes of its sealed parts");
    for (number, part) in sealed.parts.iter().enumerate() {
        page.note(&format!("{name}.proof.{number}"), &part.proof, "the proof of this part");
    }
}
