//! What must be refused, and why: one flaw each, in bytes that are otherwise good.
//!
//! A name begins with the door at which it is refused: `wire` at reading an envelope, `place` at putting it into its
//! journal, `open` at opening it, `change`, `statement`, `operation`, `join`, `ack`, `frames`, `head`, `receipt`, `code`, `sheet`,
//! `satchel`.

use automerge::ExpandedChange;
use jasaq_fieldbook::protocol::ids::Place;
use jasaq_fieldbook::protocol::membership::{SheetDay, split_into_sheets};

use super::book::Page;
use super::by_hand;
use super::changes::{actor, altered, deflated, entry, hash_of, with_a_run_of_one, write};
use super::erased;
use super::pages;
use super::patrols::{PATROL, Patrols, key_of};
use super::refused_field;
use super::refused_statements;
use super::refused_words;
use super::season::Season;
use super::world::{Journal, World, chance};

/// The journal that the refused changes stand in.
pub fn journal(world: &World) -> Journal {
    Journal::new(world.patrols, world.head.signing(), 0xa9)
}

/// The change of that journal to which nothing was done.
pub fn honest(world: &World) -> Vec<u8> {
    let journal = journal(world);
    write(&[], &actor(&journal.id, 1), &[(key_of(&journal.id, 1), entry("тұман", 2))])
}

/// Everything that must be refused.
pub fn page(world: &World, patrols: &Patrols, season: &Season) -> Page {
    let mut page = Page::new(
        "refused.txt",
        "What a reader must refuse. The part of a name before the dot is the door at which it is refused.\n\
         `place` stands where `first` of envelopes.txt does, `open` at sequence 1 of open.journal, `change` in change.journal,\n\
         `frames` behind a receipt. `statement` is a good change in register.journal, whose statement is set aside. With place, open and operation the comment begins with what the page calls the outcome.",
    );
    envelopes(&mut page, world, patrols);
    sealed(&mut page, world, patrols);
    changes(&mut page, world);
    refused_statements::note(&mut page, world);
    refused_field::note(&mut page, world);
    operations(&mut page, world, season);
    exchange(&mut page, world, patrols);
    texts(&mut page, world);
    page
}

/// The bytes with one of them changed.
fn with(bytes: &[u8], at: usize, byte: u8) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    changed[at] = byte;
    changed
}

fn longer(bytes: &[u8]) -> Vec<u8> {
    [bytes, &[0]].concat()
}

fn envelopes(page: &mut Page, world: &World, patrols: &Patrols) {
    let wire = patrols.head.envelopes[0].to_wire(true).encode();
    // Flags 1, signature 64, link 32, epoch 8, encapsulation 32: the count stands at 137.
    page.note("wire.version", with(&wire, 0, wire[0] + 0x10), "newer: version 2");
    page.note("wire.empty", [], "no byte at all");
    page.note("wire.flag", with(&wire, 0, wire[0] | 8), "bit 3, which is no flag yet");
    let unflagged = [&[wire[0] & !1], &wire[1..97], &wire[137..]].concat();
    page.note(
        "wire.not_sealed",
        unflagged,
        "first without flag, epoch and encapsulation: holds a sealed section",
    );
    let readable = world.rolls[0].envelopes[0].to_wire(true).encode();
    let flagged = [&[readable[0] | 1], &readable[1..97], &wire[97..137], &readable[97..]].concat();
    page.note("wire.sealed", flagged, "root.1 with flag, epoch and encapsulation: holds no sealed section");
    page.note("wire.no_sections", with(&wire, 137, 0), "no section");
    page.note("wire.many_sections", with(&wire, 137, 17), "17 sections");
    page.note("wire.cut", &wire[..wire.len() - 1], "the last byte is missing");
    page.note("wire.longer", longer(&wire), "a byte behind the last section");
    page.note(
        "wire.too_long",
        [[0x12].as_slice(), &[0; 96], &[1, 2, 0x0f, 0x9c], &[0; 3_996]].concat(),
        "4,097 bytes, the link among them",
    );
    page.note(
        "wire.no_room_for_link",
        [[0x10].as_slice(), &[0; 64], &[1, 2, 0x0f, 0x9c], &[0; 3_996]].concat(),
        "4,065 bytes without the link: too long with it",
    );
    erased::refused(page, patrols);
    let last = wire.len() - 1;
    page.note("place.signature", with(&wire, 1, wire[1] ^ 1), "bad signature: first, with another one");
    page.note(
        "place.content",
        with(&wire, last, wire[last] ^ 1),
        "bad signature: first, with another byte in its last section",
    );
    page.note(
        "place.section_kind",
        with(&wire, 138, 0x03),
        "bad signature: first, its ack named as a section of an unknown kind",
    );
    let without_link = [&[wire[0] & !2], &wire[1..65], &wire[97..]].concat();
    page.note("place.no_link", without_link, "not an envelope: first, without its link");
    page.note(
        "place.stranger",
        with(&wire, 65, wire[65] ^ 1),
        "another device's journal: first, naming another device",
    );
}

/// The journal that a section is moved to.
pub fn elsewhere(world: &World) -> Place {
    let journal = Journal::new(world.patrols, world.head.signing(), 0xac);
    journal.next().place
}

/// The first envelope's wire form with a signature that is good in another journal: whoever copies sections can sign them.
fn moved(world: &World, patrols: &Patrols) -> Vec<u8> {
    let wire = patrols.head.envelopes[0].to_wire(true).encode();
    by_hand::sign(&elsewhere(world), world.head.signing(), &wire)
}

/// Envelopes that verify and do not open.
fn sealed(page: &mut Page, world: &World, patrols: &Patrols) {
    page.note(
        "open.moved",
        moved(world, patrols),
        "refused: the sections of first, signed again in another journal",
    );
    let (at, epoch, signer) = (elsewhere(world), world.epoch.public(), world.head.signing());
    let content = [PATROL.as_bytes().as_slice(), &honest(world)].concat();
    let mut note =
        |name, content: &[u8], comment| page.note(name, by_hand::seal(&at, &epoch, signer, content), comment);
    note("open.method", &[&[9], content.as_slice()].concat(), "newer: compressed by method 9");
    note("open.nothing", &[], "refused: a content without its method");
    note(
        "open.no_document",
        &[&[0], &content[..15]].concat(),
        "refused: 15 bytes, where a document's id has 16",
    );
    let frame = |content: &[u8]| zstd::bulk::compress(content, 19).unwrap().split_off(4);
    note(
        "open.bomb",
        &[&[1], frame(&vec![0; 32_769]).as_slice()].concat(),
        "refused: inflates to 32,769 bytes",
    );
    let one = frame(&content);
    let two = [&[1], one.as_slice(), &[0x28, 0xb5, 0x2f, 0xfd], &one].concat();
    note("open.two_frames", &two, "refused: two zstd frames, one behind the other");
    note(
        "open.behind_frame",
        &[&[1], one.as_slice(), &[0]].concat(),
        "refused: a byte behind the zstd frame",
    );
    note(
        "open.cut_frame",
        &[&[1], &one[..one.len() - 1]].concat(),
        "refused: the zstd frame lacks its last byte",
    );
    note(
        "open.with_magic",
        &[&[1, 0x28, 0xb5, 0x2f, 0xfd], one.as_slice()].concat(),
        "refused: a zstd frame with its magic number",
    );
    let length = u16::try_from(content.len() << 3 | 1).unwrap().to_le_bytes();
    let wide = [&[1, 0, 0x69], length.as_slice(), &[0], &content].concat();
    note("open.window", &wide, "refused: a zstd frame of one raw block whose window is 9 MiB");
    let long: Vec<u8> = content.iter().copied().cycle().take(1_025).collect();
    let length = u16::try_from(long.len() << 3 | 1).unwrap().to_le_bytes();
    let block = [&[1, 0, 0], length.as_slice(), &[0], &long].concat();
    note(
        "open.block",
        &block,
        "refused: a zstd frame of one raw block that is a byte longer than its window of 1 KiB",
    );
    let broken = by_hand::seal_with_broken_tag(&at, &epoch, signer, &[&[0], content.as_slice()].concat());
    page.note(
        "open.tag",
        broken,
        "refused: the tag of the sealed section is another; all else is signed and good",
    );
}

fn changes(page: &mut Page, world: &World) {
    let (good, journal) = (honest(world), journal(world));
    let mut note =
        |name: &str, bytes: Vec<u8>, comment: &str| page.note(&format!("change.{name}"), bytes, comment);
    note("deflated", deflated_long(&journal), "a chunk of type 2");
    note("longer", longer(&good), "a byte behind the chunk");
    note("checksum", with(&good, 4, good[4] ^ 1), "the checksum is another");
    note("empty", Vec::new(), "no chunk at all");
    let alter = |alter: fn(&mut ExpandedChange)| altered(&good, alter);
    note("message", alter(|change| change.message = Some("fog".into())), "a message");
    note("time", alter(|change| change.time = 1), "a time that is not 0");
    note("extra", alter(|change| change.extra_bytes = vec![1]), "bytes behind the columns");
    note("sequence", alter(|change| change.seq = 2), "numbered second where it is the first");
    note("nothing", alter(|change| change.operations.clear()), "no operation");
    note("insert", alter(|change| change.operations[0].insert = true), "an insertion");
    note("repeated", alter(|change| change.operations[2] = change.operations[1].clone()), "a field twice");
    note("run_of_one", with_a_run_of_one(&good), "a run of one value, which Automerge writes with n = -1");
    note("stated_twice", alter(|change| change.operations[1] = change.operations[0].clone()), "a key twice");
    let dependent = |change: &mut ExpandedChange| change.deps = vec![automerge::ChangeHash([7; 32])];
    note("gap", altered(&good, dependent), "depends on a change that was not before it");
    let two = |change: &mut ExpandedChange| {
        change.deps = [7, 8].map(|byte| automerge::ChangeHash([byte; 32])).to_vec();
    };
    note("dependencies", altered(&good, two), "depends on two changes");
    let other = actor(&Journal::new(world.patrols, world.ss.signing(), 0xa9).id, 1);
    note(
        "actor",
        write(&[], &other, &[(key_of(&journal.id, 1), entry("тұман", 2))]),
        "another journal's actor",
    );
    note(
        "key",
        write(&[], &actor(&journal.id, 1), &[("a b".to_owned(), entry("тұман", 2))]),
        "a key with a space",
    );
    let name = |change: &mut ExpandedChange| {
        change.operations[1].key = automerge::legacy::Key::Map("k".repeat(65).into());
    };
    note("field_key", altered(&good, name), "a field's key of 65 bytes");
    assert_eq!(hash_of(&good)[..4], good[4..8], "the checksum is the beginning of the hash");
}

fn deflated_long(journal: &Journal) -> Vec<u8> {
    let long = "жел күшейді; ".repeat(60);
    deflated(&write(&[], &actor(&journal.id, 1), &[(key_of(&journal.id, 1), entry(&long, 2))]))
}

fn operations(page: &mut Page, world: &World, season: &Season) {
    let encoded = |wanted: &str| {
        let found = world
            .operations
            .iter()
            .chain(&season.operations)
            .find(|(name, _)| *name == wanted);
        found.map(|(_, operation)| operation.encode()).unwrap()
    };
    let found = encoded("found");
    let mut note =
        |name: &str, bytes: Vec<u8>, comment| page.note(&format!("operation.{name}"), bytes, comment);
    note("empty", Vec::new(), "refused: no item");
    note("longer", longer(&found), "refused: a byte behind the operation");
    note("cut", found[..found.len() - 1].to_vec(), "refused: the last byte is missing");
    note("long_integer", [&[0x82, 0x18, 0x00], &found[2..]].concat(), "refused: kind 0 in two bytes");
    let close = encoded("close");
    let long = [&close[..3], &[0x58, 16], &close[4..]].concat();
    note("long_length", long, "refused: the length 16 in a byte of its own");
    let indefinite = [&[0x9f], &found[1..], &[0xff]].concat();
    note("indefinite", indefinite, "refused: an array of indefinite length");
    let null = [&[0x82, 0x0b, 0x82], &close[3..], &[0xf6]].concat();
    note("null_at_end", null, "refused: a last field that is null is left off");
    note("map", vec![0x82, 0x17, 0xa0], "refused: a map, also in a kind that is not known");
    note("kind_longer", longer(&with(&found, 1, 0x17)), "refused: a byte behind a kind that is not known");
    note(
        "deep",
        [[0x82, 0x17].as_slice(), &[0x81; 7], &[0x00]].concat(),
        "refused: nine items one within another",
    );
    note("kind", with(&found, 1, 0x17), "unknown: kind 23, of a newer program");
    note("no_kind", with(&found, 1, 0x20), "unknown: kind -1");
    note("three", [&[0x83], &found[1..], &[0x00]].concat(), "unknown: an item of three elements");
    note("no_field", vec![0x82, 0x0b, 0x80], "unknown: without its only field");
    note("short", [&[0x82, 0x0b, 0x81, 0x4f], &close[5..]].concat(), "unknown: a space of 15 bytes");
    let invite = encoded("invite_squad");
    let role = invite.len() - 9 - 1 - 1;
    note("seat", with(&invite, role, 0x02), "refused: an SS console without an office");
    note("role", with(&invite, role, 0x08), "unknown: role 8, of a newer program");
    let add = encoded("add_office");
    let head = [&[0x82, 0x04, 0x86], &add[3..], &[0x50], &[7; 16]].concat();
    note("head_of_office", head, "refused: a head who brings an SS console");
    let wrap = encoded("wrap");
    let length = wrap.len() - 80 - 1;
    let short = [&wrap[..length], &[79], &wrap[length + 1..wrap.len() - 1]].concat();
    note("wrap", short, "unknown: a sealed key of 79 bytes");
    let space =
        |kind, season: &[u8]| [&[0x82, 1, 0x84, 0x50], [7; 16].as_slice(), &[kind], season, &[0x80]].concat();
    note("territory", space(0, &[0]), "refused: a second roll of a territory");
    note("no_epoch", space(2, &[0]), "refused: a register without an epoch");
    note("season", space(1, &[0x1a, 0, 1, 0, 0]), "unknown: season 65,536");
    note("unknown_first", space(2, &[0x1a, 0, 1, 0, 0]), "unknown: the same in a register without an epoch");
    for (name, bytes, comment) in refused_words::all(season) {
        note(name, bytes, comment);
    }
    let join = encoded("join");
    page.note(
        "join.proof",
        with(&join, join.len() - 1, join[join.len() - 1] ^ 1),
        "another proof: reads, and does not count",
    );
}

fn exchange(page: &mut Page, world: &World, patrols: &Patrols) {
    let ack = patrols.ack.encode();
    page.note("ack.version", with(&ack, 0, 2), "newer: version 2");
    page.note("ack.longer", longer(&ack), "a byte behind the last head");
    let twice = &ack[35..];
    page.note("ack.order", [&ack[..33], &[0, 2], twice, twice].concat(), "the same journal twice");
    let (head, receipt) = (pages::head(world).encode(), pages::receipt(world, patrols).encode());
    page.note("head.version", with(&head, 3, 2), "newer: version 2");
    page.note("head.twice", twice_listed(&head), "its first space twice");
    page.note("head.unsorted", unsorted(&head), "its first two spaces the other way round");
    page.note("head.counter", with(&head, 43, head[43] ^ 1), "another counter than was signed");
    // Any message has this signature of the neutral point, if a reader takes keys of small order.
    let of_nobody = |key: &[u8; 32]| {
        let mut nobody = head.clone();
        nobody[4..36].copy_from_slice(key);
        let signature = nobody.len() - 64;
        nobody[signature..].fill(0);
        nobody[signature] = 1;
        nobody
    };
    let (mut neutral, mut unreduced) = ([0; 32], [0xff; 32]);
    (neutral[0], unreduced[0], unreduced[31]) = (1, 0xee, 0x7f);
    page.note(
        "head.small_order",
        of_nobody(&neutral),
        "the device is the neutral point, a key of small order",
    );
    page.note("head.unreduced", of_nobody(&unreduced), "the same point, its y written as p + 1");
    page.note("head.long_s", by_hand::with_long_s(&head), "S and the group order: not below it");
    page.note("receipt.version", with(&receipt, 3, 2), "newer: version 2");
    page.note("receipt.counter", with(&receipt, 43, receipt[43] ^ 1), "another counter than was asked with");
    page.note("frames.end", [8, 0, 1, 2], "an end that says neither yes nor no");
    page.note("frames.too_long", [200, 0xa0, 0x01], "40,961 bytes announced");
    page.note("frames.sequence", [&[2, 0, 40], [0; 40].as_slice()].concat(), "a run from sequence 0 on");
    page.note("frames.after_end", [8, 0, 1, 0, 8, 0, 1, 0], "a second end");
    page.note("frames.no_run", [3, 0, 1, 0], "an envelope before any run");
    page.note(
        "frames.room",
        [9, 0, 8, 0, 0, 0, 0, 0, 0, 0x10, 0x40],
        "a room, which stands in requests only",
    );
    let run = |sequence: u64| [&[2, 0, 40], [5; 32].as_slice(), &sequence.to_be_bytes()].concat();
    page.note(
        "frames.envelope",
        [run(1).as_slice(), &[3, 0x12, 0x23], &[0; 4_643]].concat(),
        "an envelope of 4,643 bytes",
    );
    let envelope = [3, 0, 1, 0];
    page.note(
        "frames.past_last",
        [run(i64::MAX as u64), [envelope, envelope].concat()].concat(),
        "two envelopes from sequence 2⁶³−1 on: the second has no place",
    );
    let space = [[4, 0, 24].as_slice(), &[6; 16], &[0; 8]].concat();
    page.note(
        "frames.other_space",
        [space, run(1), envelope.to_vec()].concat(),
        "an envelope of another space than the numbers are of",
    );
    let satchel = pages::satchel(world, patrols);
    page.note("satchel.after_end", longer(&satchel), "a byte behind the end");
    page.note("satchel.newer", with(&satchel[..20], 3, 2), "newer: version 2");
    page.note("satchel.foreign", with(&satchel[..20], 4, satchel[4] ^ 1), "another territory's");
    page.note("satchel.none", b"PK\x03\x04 a zip file, perhaps", "another file");
}

/// Where a head's spaces begin, and how long each is.
const CURSORS: (usize, usize) = (4 + 32 + 8 + 2, 16 + 8 + 8);

fn unsorted(head: &[u8]) -> Vec<u8> {
    let (before, rest) = head.split_at(CURSORS.0);
    let (first, rest) = rest.split_at(CURSORS.1);
    let (second, rest) = rest.split_at(CURSORS.1);
    [before, second, first, rest].concat()
}

fn twice_listed(head: &[u8]) -> Vec<u8> {
    let (before, rest) = head.split_at(CURSORS.0);
    let first = &rest[..CURSORS.1];
    [before, first, first, &rest[2 * CURSORS.1..]].concat()
}

fn texts(page: &mut Page, world: &World) {
    let code = world.code(None).to_text();
    let mistyped = code.replacen("jasaq:0", "jasaq:1", 1);
    page.note("code.mistyped", &mistyped, &mistyped);
    let cut = &code[..code.len() - 8];
    page.note("code.cut", cut, cut);
    let body = by_hand::body_of(&code);
    let mut note = |name: &str, code: &str| page.note(name, code, code);
    note("code.behind_role", &by_hand::code_of(&longer(&body)));
    note("code.nothing", &by_hand::code_of(&[]));
    note("code.newer", &by_hand::code_of(&with(&body, 0, 2)));
    note("code.newer_short", &by_hand::code_of(&[2]));
    note("code.prefix", &code.to_uppercase());
    let address = [&body, [4; 32].as_slice(), &[0, 201], &[b'a'; 201]].concat();
    note("code.long_address", &by_hand::code_of(&address));
    note("code.newer_role", &by_hand::code_of(&with(&body, body.len() - 1, 8)));
    let cut = [&with(&body, body.len() - 1, 8), [4; 31].as_slice()].concat();
    note("code.newer_role_cut", &by_hand::code_of(&cut));
    assert_eq!(by_hand::code_of(&body), *code);
    let (rest, last) = code.split_at(code.len() - 1);
    let bits = u8::try_from(last.chars().next().unwrap()).unwrap() + 1;
    note("code.bits", &format!("{rest}{}", char::from(bits)));
    note("code.letter_more", &format!("{}0", *code));
    page.note("code.form", "https://example.org", "https://example.org");
    let key = world.offline_root();
    let [sheet, ..] = split_into_sheets(&key, &world.root.device_id(), SheetDay(20_000), &mut chance(0xe0));
    let code = sheet.to_code();
    let bytes = by_hand::bytes_of_code(&code);
    let lines = sheet.to_lines();
    let words = lines.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n");
    let mut note = |name: &str, text: &str| page.note(name, text, &text.replace('\n', " / "));
    note("sheet.mistyped", &code.replacen('7', "8", 1));
    note("sheet.newer", &by_hand::sheet_code_of(&with(&bytes, 0, 2)));
    note("sheet.purpose", &by_hand::sheet_code_of(&with(&bytes, 1, 9)));
    note("sheet.number", &by_hand::sheet_code_of(&with(&bytes, 2, 4)));
    note("sheet.long", &by_hand::sheet_code_of(&[bytes.as_slice(), &[0]].concat()));
    note("sheet.line", &words.replacen('а', "и", 1));
    note("sheet.lines_turned", &turned(&words));
    note("sheet.word_missing", words.rsplit_once(' ').unwrap().0);
}

/// The last two lines the other way round.
fn turned(words: &str) -> String {
    let mut lines: Vec<&str> = words.lines().collect();
    lines.swap(4, 5);
    lines.join("\n")
}
