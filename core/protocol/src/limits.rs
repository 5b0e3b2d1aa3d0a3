//! Every bound of the protocol, each with its reason.
//!
//! A bound is enforced twice: where bytes are written and where they are read back. Relations between bounds are
//! asserted at compile time at the end of this file, so that changing one cannot silently break another.

/// Longest wire form of one envelope, in bytes.
///
/// A link that breaks every 8,000 bytes must still let something pass, so two envelopes fit between two breaks.
pub const ENVELOPE_BYTES_MAX: usize = 4_096;

/// Most sections in one envelope. A flush makes one section a document; more documents make more envelopes.
pub const SECTIONS_MAX: usize = 16;

/// Longest wire form of an envelope of which sections were erased, in bytes: the longest whole one, what says so, and a hash
/// in the place of the content of each section.
pub const ERASED_BYTES_MAX: usize = ENVELOPE_BYTES_MAX + 32 + 2 + SECTIONS_MAX * 32;

/// Bytes of a wire envelope that are not sections: flags, signature, device, epoch, encapsulated key, section count.
pub const ENVELOPE_OVERHEAD_BYTES: usize = 1 + 64 + 32 + 8 + 32 + 1;

/// Bytes that each section adds to the wire: kind, length, and the authentication tag of a sealed one.
pub const SECTION_OVERHEAD_BYTES: usize = 1 + 2 + 16;

/// Longest content of one section before sealing, in bytes, after compression.
pub const SECTION_BYTES_MAX: usize = ENVELOPE_BYTES_MAX - ENVELOPE_OVERHEAD_BYTES - SECTION_OVERHEAD_BYTES;

/// Longest change after inflating, in bytes. A section of some hundred bytes can otherwise inflate to gigabytes.
pub const CHANGE_BYTES_MAX: usize = 32 * 1_024;

/// Longest payload of one frame: the frontier of a space, a receipt, a head, or an envelope.
pub const FRAME_BYTES_MAX: usize = 40 * 1_024;

/// Longest push in one request. A phone that was away for weeks needs several contacts.
pub const REQUEST_BYTES_MAX: usize = 1_024 * 1_024;

/// Longest answer in bytes; then `more` is set and the device asks again.
pub const ANSWER_BYTES_MAX: usize = 256 * 1_024;

/// Received bytes after which both sides commit what they have.
pub const COMMIT_BYTES: usize = 64 * 1_024;

/// Most spaces one device asks for in one head: two rolls, and each kind of space for some seasons.
pub const SPACES_MAX: usize = 256;

/// Most journals in one frontier, receipt or ack: devices of a squad and its offices, times their restarts in a season.
pub const FRONTIER_JOURNALS_MAX: usize = 1_024;

/// Most journals of one signer that are kept in one space. An honest device opens one with each restart after which it
/// cannot know what it had sent; without a bound one member could make everybody's work on the space as slow as he likes.
pub const SIGNER_JOURNALS_MAX: u64 = 1_024;

/// Most entries of one ack; a longer one is split over the next contacts.
pub const ACK_JOURNALS_MAX: usize = 96;

/// Most offices one space serves, and most parents one rotation names.
pub const OFFICES_MAX: usize = 16;

/// Most journals that one operation lists: as many as surely fit into one envelope. A device has one journal in each of its
/// spaces and one more after each start at which it could not know what it had sent; for more there are parts.
pub const CUT_HEADS_MAX: usize = 40;

/// Most parts that one cut names, of as many journals each: together more than a relay keeps of one signer.
pub const CUT_PARTS_MAX: usize = 32;

/// Most operations that one operation replaces. Of one device few things are ever said.
pub const REPLACES_MAX: usize = 32;

/// Most wraps and rotations that one `lack` names: one of each who may hand on the space's key is enough.
pub const LACK_OPERATIONS_MAX: usize = 32;

/// How often one device gives another the key of one epoch: once more than once, in case its own was what did not open. Of who
/// calls every key bad nobody does more work than this; then it is for people to look at.
pub const WRAPS_OF_ONE_MAX: usize = 2;

/// Most `lack` in one roll that the relay keeps of who only reads it: all epochs of its spaces in a season.
pub const READERS_LACKS_MAX: usize = 256;

/// Most `erased` in one roll that the relay keeps of who only reads it. They are counted apart: however much somebody erases,
/// whoever answers it can still say which keys do not open.
pub const READERS_ERASED_MAX: usize = 256;

/// Most `erased` that a device signs in one roll, as far as it knows: one that was restored from a backup, or has a clone, has
/// said more, and must not be refused for it, since what it says next in that journal would be refused with it.
pub const ERASED_SIGNED_MAX: usize = 128;

const _: () = assert!(ERASED_SIGNED_MAX * 2 <= READERS_ERASED_MAX);

/// Most statements of one envelope that one decision names. For more there are more decisions, or none named: all.
pub const ADMITTED_KEYS_MAX: usize = 32;

/// Longest key of a statement, in bytes.
pub const KEY_BYTES_MAX: usize = 32;

/// Most sections, and most attachments, that one operation erases: as many as surely fit into one envelope. A longer
/// document takes several operations.
pub const ERASED_SECTIONS_MAX: usize = 38;

/// Deepest nesting of an operation's CBOR: kind and fields, a list of them, and room for a newer program's.
pub const CBOR_DEPTH_MAX: usize = 8;

/// Most envelopes that the relay keeps of one invite key: the first join and one repetition of it.
pub const JOIN_ENVELOPES_MAX: u64 = 2;

/// Most envelopes beside the line of one journal that are kept: what a clone writes before it hears of the other.
pub const BRANCH_ENVELOPES_MAX: usize = 1_024;

/// Most envelopes of signers that no operation explains yet which a device takes out of satchels: more would let anybody
/// fill it. What a relay sends it has checked, and one envelope of an invite's key explains a device.
pub const UNEXPLAINED_ENVELOPES_MAX: u64 = 4_096;

/// Most journals of one invite's key that a device takes out of satchels once there is no room for strangers.
pub const JOINS_KEPT_MAX: u64 = 8;

/// Longest satchel that is read, in bytes: a season of a squad with its tracks.
pub const SATCHEL_BYTES_MAX: u64 = 256 * 1_024 * 1_024;

/// Shortest part of a satchel, in bytes: several of the longest envelopes, so that a part is worth sending.
pub const SATCHEL_PART_BYTES_MIN: u64 = 64 * 1_024;

/// Bytes that the channel of a meeting seals at once: what a cut can cost of what was on its way, at 18 bytes each.
pub const MEETING_PIECE_BYTES: usize = 1_024;

/// Longest turn in a meeting, in bytes before sealing: the other side commits it before it answers.
pub const MEETING_TURN_BYTES_MAX: usize = COMMIT_BYTES;

/// The first turn of a meeting that carries envelopes; each one that is answered makes the next longer by a quarter. Of what
/// is in the air when a link breaks nothing arrives, and who does not know the link yet should not bet a whole turn on it.
pub const MEETING_FIRST_TURN_BYTES: usize = 6 * 1_024;

/// What of a turn may be said about who holds what, in bytes, so that envelopes pass also a link that breaks every 8 kB.
pub const MEETING_TELLING_BYTES: usize = 2 * 1_024;

/// Most journals of one range that are told one by one; of more the range is divided.
pub const MEETING_RANGE_JOURNALS: usize = 64;

/// Into how many parts a range is divided.
pub const MEETING_RANGE_PARTS: usize = 16;

/// Most ranges and journals that the other side may tell of in one meeting: more than a territory's consoles hold.
pub const MEETING_TOLD_MAX: usize = 65_536;

/// Most last places of one journal that are told: its line's, and those of a clone's branches.
pub const MEETING_TIPS_MAX: usize = 8;

/// Most rounds of one meeting: what is new, the acks for it, and what other processes wrote meanwhile.
pub const MEETING_ROUNDS_MAX: usize = 16;

/// Most turns in a row in which a device says that it has more and brings nothing.
pub const MEETING_IDLE_TURNS_MAX: usize = 2;

/// Most envelopes of one meeting that cannot be kept: what a newer program or a member whom nothing explains yet may
/// bring, and no more, since bringing them again would cost the other's battery for nothing.
pub const MEETING_WASTE_MAX: usize = 1_024;

/// Most attachments that one frame of a meeting tells of: with their steps they stay below what a turn tells at once.
pub const MEETING_NAMES_MAX: usize = 32;

/// Most addresses in a meeting's code: a phone's networks, by both versions of IP.
pub const MEETING_ADDRESSES_MAX: usize = 6;

/// Longest code of a meeting, in characters, spaces and line breaks included.
pub const MEETING_CODE_CHARACTERS_MAX: usize = 300;

/// Bytes of one step of an attachment: what is checked alone and sent again after a cut. A link that breaks every 8,000
/// bytes lets one pass, with the proof before it.
pub const STEP_BYTES: usize = 4_096;

/// Steps of one part of an attachment: what is sealed and stored together.
pub const PART_STEPS: u64 = 16;

/// Bytes of one sealed part; only the last of an attachment has fewer.
pub const PART_BYTES: usize = 64 * 1_024;

/// Bytes by which sealing makes a part longer.
pub const PART_TAG_BYTES: usize = 16;

/// Bytes of content in one part.
pub const PART_CONTENT_BYTES: usize = PART_BYTES - PART_TAG_BYTES;

/// Most bytes of one attachment, sealed: a minute of a phone's video, or a hundred scanned pages.
pub const ATTACHMENT_BYTES_MAX: u64 = 64 * 1_024 * 1_024;

/// Most bytes of one attachment before it is sealed.
pub const ATTACHMENT_CONTENT_BYTES_MAX: u64 =
    ATTACHMENT_BYTES_MAX / PART_BYTES as u64 * PART_CONTENT_BYTES as u64;

/// Most bytes of a thumbnail before it is sealed: it goes with every contact, also over the worst link.
pub const THUMBNAIL_BYTES_MAX: usize = 24 * 1_024;

/// Longest body of one request that brings parts, and longest answer that gives some.
pub const PARTS_BYTES_MAX: usize = 1_024 * 1_024;

/// Most steps of an attachment in one frame of a satchel.
pub const FRAME_STEPS: u64 = 8;

/// Bytes of the longest proof of a part: ten subtrees beside its way up, and its steps.
pub const PROOF_BYTES_MAX: usize = (10 + 16) * 32;

/// Bytes of a frame of steps beside these, at most: its head, name, first step, and the proof.
pub const STEPS_FRAME_BYTES: usize = 3 + 32 + 8 + 8 + PROOF_BYTES_MAX;

/// Longest invite code, in characters.
pub const INVITE_CHARACTERS_MAX: usize = 600;

/// Most invites of one key that a relay tells of. One, unless somebody copied it.
pub const INVITE_TERMS_MAX: usize = 8;

/// Longest relay address in an invite, in bytes.
pub const ADDRESS_BYTES_MAX: usize = 200;

/// How long an invite may be used, in milliseconds, by the inviter's clock: two days, so that it outlives a patrol.
pub const INVITE_LIFETIME_MS: i64 = 48 * 60 * 60 * 1_000;

const _: () = assert!(ERASED_BYTES_MAX < FRAME_BYTES_MAX, "an envelope must fit into a frame");
const _: () = assert!(FRAME_BYTES_MAX < 65_536, "the length of a frame is written in two bytes");
const _: () = assert!(FRAME_BYTES_MAX < COMMIT_BYTES, "a step must be able to hold a frame");
const _: () = assert!(COMMIT_BYTES < ANSWER_BYTES_MAX, "an answer must be worth several steps");
const _: () =
    assert!(2 * ENVELOPE_BYTES_MAX <= 8_192, "two envelopes must pass a link that breaks every 8 kB");
const _: () = assert!(SECTION_BYTES_MAX > 3_500, "a statement of the longest text must fit into one section");
const _: () = assert!(CHANGE_BYTES_MAX > SECTION_BYTES_MAX, "what was stored uncompressed must be readable");
const _: () = assert!(PART_BYTES as u64 == PART_STEPS * STEP_BYTES as u64, "a part is whole steps");
const _: () = assert!(ATTACHMENT_BYTES_MAX == 1_024 * PART_BYTES as u64, "a proof has ten levels at most");
const _: () = assert!(PROOF_BYTES_MAX + STEP_BYTES <= 8_000, "a step passes a link that breaks every 8 kB");
const _: () = assert!(
    FRAME_STEPS * STEP_BYTES as u64 + (PROOF_BYTES_MAX + 32 + 8 + 8) as u64 <= FRAME_BYTES_MAX as u64,
    "steps fit into a frame with their proof"
);
const _: () = assert!(THUMBNAIL_BYTES_MAX < PART_CONTENT_BYTES, "a thumbnail is one part");
const _: () =
    assert!(PARTS_BYTES_MAX > 2 * (PART_BYTES + PROOF_BYTES_MAX), "a request is worth several parts");
const _: () = assert!(
    ACK_JOURNALS_MAX * (16 + 8 + 8) + 2 + 16 + 32 <= SECTION_BYTES_MAX,
    "the longest ack must fit into one section"
);
const _: () = assert!(
    CUT_HEADS_MAX * (1 + 17 + 9 + 34) + 17 * (CUT_PARTS_MAX + REPLACES_MAX) + 64 <= SECTION_BYTES_MAX,
    "the longest list of heads must fit into one section, beside parts and what it replaces"
);
const _: () = assert!(
    CUT_HEADS_MAX as u64 * CUT_PARTS_MAX as u64 >= SIGNER_JOURNALS_MAX,
    "a cut must be able to name every journal that is kept of a device in a space"
);
const _: () = assert!(
    ERASED_SECTIONS_MAX * (1 + 17 + 9 + 34 + 2 + 34) + 64 <= SECTION_BYTES_MAX,
    "the longest lists of sections and attachments must fit into one section"
);
const _: () = assert!(
    SPACES_MAX * (16 + 8 + 8) + 32 + 8 + 2 + 64 <= FRAME_BYTES_MAX,
    "the longest head must fit into one frame"
);
const _: () = assert!(
    FRONTIER_JOURNALS_MAX * (16 + 8 + 8) + 2 + 4 + 32 + 8 + 64 <= FRAME_BYTES_MAX,
    "the longest frontier, also in a receipt, must fit into one frame"
);
const _: () = assert!(
    MEETING_TELLING_BYTES + FRAME_BYTES_MAX + ENVELOPE_BYTES_MAX < MEETING_TURN_BYTES_MAX,
    "a turn must be able to hold what is told and an envelope"
);
const _: () = assert!(
    (16 + 16 + 1 + MEETING_TIPS_MAX * 16) * MEETING_RANGE_JOURNALS + 80 <= FRAME_BYTES_MAX,
    "a range that is told must fit into one frame"
);
const _: () = assert!(
    MEETING_FIRST_TURN_BYTES > ENVELOPE_BYTES_MAX + 128 && MEETING_FIRST_TURN_BYTES < MEETING_TURN_BYTES_MAX,
    "the shortest turn must be able to hold an envelope"
);
const _: () = assert!(
    MEETING_FIRST_TURN_BYTES >= STEPS_FRAME_BYTES + STEP_BYTES,
    "the shortest turn must be able to hold a step of an attachment"
);
const _: () = assert!(
    3 + 1 + MEETING_NAMES_MAX * (32 + 8 + 8) <= MEETING_TELLING_BYTES,
    "what a turn tells must be able to hold the names of a frame"
);
