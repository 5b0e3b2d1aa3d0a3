//! Statements as Automerge changes, written with Automerge alone, as the page about the wire format says.
//!
//! Nothing of the fieldbook's own writer is used, so that the page is enough to write what the fieldbook reads.

use std::collections::BTreeSet;

use automerge::transaction::{CommitOptions, Transactable as _};
use automerge::{ActorId, Automerge, Change, ObjType, PatchLog, ROOT, ReadDoc as _, ScalarValue};
use jasaq_fieldbook::model::attachment::{
    Attachment, AttachmentHeld, AttachmentSecret, MediaType, SealedContent,
};
use jasaq_fieldbook::model::entry::{Activity, BorderServiceKind, EntryDraft};
use jasaq_fieldbook::model::ids::{
    AttachmentRoot, LegId, MemberId, PersonId, RecordingId, SquadId, StatementRef,
};
use jasaq_fieldbook::model::moment::{Clocks, Day, Moment, UtcTime};
use jasaq_fieldbook::model::patrol::{
    ActivityMode, AreaComponent, LegEnd, LegStart, Members, PatrolEnd, PatrolStart, Transport,
};
use jasaq_fieldbook::model::person::Person;
use jasaq_fieldbook::model::position::{Accuracy, Coordinates, Elevation, Origin, Position};
use jasaq_fieldbook::model::source::Source;
use jasaq_fieldbook::model::squad::{NameOff, NameOn, Squad, SquadCard};
use jasaq_fieldbook::model::statement::{Body, Fields, Scalar, Statement};
use jasaq_fieldbook::model::track::{Track, TrackPoint, TrackSegment, Waypoint};
use jasaq_fieldbook::model::words::{Name, Text};
use jasaq_fieldbook::protocol::ids::JournalId;

/// 1 May 2026, 08:00 in Kazakhstan.
pub const MORNING_MS: i64 = 1_777_604_400_000;

/// A key and the fields under it.
pub type Said = (String, Fields);

/// Who writes a change: the journal's sixteen bytes and four of one start of the process.
pub fn actor(journal: &JournalId, start: u8) -> Vec<u8> {
    [journal.as_bytes().as_slice(), &[start; 4]].concat()
}

/// One change after `own`, the changes that the journal made in the document before: all maps first, then the fields, `at`
/// of all statements before `kind` of all statements.
pub fn write(own: &[Vec<u8>], actor: &[u8], said: &[Said]) -> Vec<u8> {
    let mut automerge = Automerge::new().with_actor(ActorId::from(actor));
    let own: Vec<Change> = own.iter().map(|bytes| Change::try_from(bytes.as_slice()).unwrap()).collect();
    automerge.apply_changes(own).unwrap();
    let heads = automerge.get_heads();
    let mut transaction = automerge.transaction_at(PatchLog::inactive(), &heads).unwrap();
    let maps: Vec<_> = said
        .iter()
        .map(|(key, _)| transaction.put_object(ROOT, key.as_str(), ObjType::Map).unwrap())
        .collect();
    let keys: BTreeSet<&str> =
        said.iter().flat_map(|(_, fields)| fields.iter()).map(|(key, _)| key).collect();
    for key in keys {
        for (map, (_, fields)) in maps.iter().zip(said) {
            if let Some(scalar) = fields.get(key) {
                transaction.put(map, key, value_of(scalar)).unwrap();
            }
        }
    }
    let (hash, _) = transaction.commit_with(CommitOptions::default().with_time(0));
    automerge.get_change_by_hash(&hash.unwrap()).unwrap().raw_bytes().to_vec()
}

fn value_of(scalar: &Scalar) -> ScalarValue {
    match scalar {
        Scalar::Text(text) => ScalarValue::Str(text.as_str().into()),
        Scalar::Int(int) => ScalarValue::Int(*int),
        Scalar::Bytes(bytes) => ScalarValue::Bytes(bytes.clone()),
        Scalar::Flag(flag) => ScalarValue::Boolean(*flag),
    }
}

/// Two changes of one journal, the second of which uses the key of the first again.
pub fn with_one_key_twice(journal: &JournalId) -> [Vec<u8>; 2] {
    let [key, other] = [1, 2].map(|number| super::patrols::key_of(journal, number));
    let first = write(&[], &actor(journal, 1), &[(key.clone(), entry("тұман", 2))]);
    // Automerge itself would overwrite, so the key is put in afterwards.
    let second = write(std::slice::from_ref(&first), &actor(journal, 1), &[(other, entry("күн", 3))]);
    let again = |change: &mut automerge::ExpandedChange| {
        change.operations[0].key = automerge::legacy::Key::Map(key.as_str().into());
    };
    let second = altered(&second, again);
    [first, second]
}

/// The same change whose first action stands in a run of one: Automerge reads it, and writes it otherwise.
pub fn with_a_run_of_one(change: &[u8]) -> Vec<u8> {
    use sha2::Digest as _;
    // Of 14 operations the first makes the map: one literal 0, then 13 times 1.
    let actions = [0x7f, 0x00, 0x0d, 0x01];
    let at = change.windows(4).position(|bytes| bytes == actions).unwrap();
    let mut other = change.to_vec();
    other[at] = 1;
    let checksum = sha2::Sha256::digest(&other[8..]);
    other[4..8].copy_from_slice(&checksum[..4]);
    assert_eq!(Change::try_from(other.as_slice()).unwrap().len(), 14, "Automerge reads it");
    other
}

/// The name that Automerge gives a change.
pub fn hash_of(change: &[u8]) -> [u8; 32] {
    Change::try_from(change).unwrap().hash().0
}

/// The same change with one thing about it altered, encoded again by Automerge.
pub fn altered(change: &[u8], alter: impl FnOnce(&mut automerge::ExpandedChange)) -> Vec<u8> {
    let mut expanded = Change::try_from(change).unwrap().decode();
    alter(&mut expanded);
    Change::from(expanded).raw_bytes().to_vec()
}

/// The same change with its columns deflated, as Automerge may write long ones: not accepted here.
pub fn deflated(change: &[u8]) -> Vec<u8> {
    Change::try_from(change).unwrap().bytes().to_vec()
}

/// The clocks of a statement that was made so many minutes into the morning.
pub fn clocks(minutes: i64) -> Clocks {
    let at = UtcTime::from_unix_ms(MORNING_MS + minutes * 60_000).unwrap();
    let gps = UtcTime::from_unix_ms(at.unix_ms() - 1_250).unwrap();
    let elapsed_ms = u64::try_from(minutes).unwrap() * 60_000;
    Clocks::new(Moment::new(at, 300).unwrap(), Some(gps), Some(elapsed_ms))
}

/// A name.
pub fn name(written: &str) -> Name {
    Name::new(written).unwrap()
}

/// Words.
pub fn text(written: &str) -> Text {
    Text::new(written).unwrap()
}

fn position() -> Position {
    let coordinates = Coordinates::from_e7(441_657_000, 800_001_000).unwrap();
    let accuracy = Some(Accuracy::from_decimetres(60));
    Position {
        coordinates,
        accuracy,
        elevation: Some(Elevation::from_centimetres(64_210)),
        origin: Origin::Measured,
    }
}

/// An entry with these words.
pub fn entry(words: &str, minutes: i64) -> Fields {
    let activity =
        Activity::BorderService { kind: BorderServiceKind::Round, mode: ActivityMode::Independent };
    let mut draft = EntryDraft::new(activity, words);
    draft.position = Some(position());
    Statement::new(clocks(minutes), Body::Entry(draft.check().unwrap())).to_fields()
}

/// The start of a patrol.
pub fn patrol_start() -> Fields {
    let start = PatrolStart {
        controlling_representative: Some(name("майор С.")),
        area_component: Some(AreaComponent::BorderZone),
        leader: Some(MemberId::from_bytes([0x75; 16])),
        task: Some(text("шекара маңын аралау")),
        plan: Some(StatementRef::new("AAAAAAAA.1").unwrap()),
        ..PatrolStart::new(ActivityMode::Independent)
    };
    Statement::new(clocks(1), Body::PatrolStarted(start)).to_fields()
}

/// A squad card.
pub fn squad_card() -> Fields {
    let card = SquadCard {
        member: MemberId::from_bytes([0x75; 16]),
        full_name: name("Серік Әлиев"),
        certificate_number: Some(name("KZ-0001")),
        eligible: true,
        as_of: Day::new(2026, 5, 1).unwrap(),
        ended: None,
        former: None,
        turn: 0,
    };
    Statement::new(clocks(0), Body::SquadCard(card)).to_fields()
}

fn leg_fields() -> [(&'static str, Fields); 2] {
    let leg = LegId::from_bytes([0x91; 16]);
    let members = Members::new([0x75, 0x76].map(|byte| MemberId::from_bytes([byte; 16]))).unwrap();
    let start = LegStart { leg, transport: Transport::OnFoot, members, occurred_at: None };
    let said_later = Moment::new(UtcTime::from_unix_ms(MORNING_MS).unwrap(), 360).unwrap();
    let end = LegEnd { leg, occurred_at: Some(said_later) };
    [
        ("leg_started", Statement::new(clocks(3), Body::LegStarted(start)).to_fields()),
        ("leg_ended", Statement::new(clocks(4), Body::LegEnded(end)).to_fields()),
    ]
}

fn track_fields() -> [(&'static str, Fields); 2] {
    let recording = RecordingId::from_bytes([0x92; 16]);
    let point = |step: i32, timed: bool| TrackPoint {
        coordinates: Some(
            Coordinates::from_e7(441_657_000 + 1_300 * step, 800_001_000 - 700 * step).unwrap(),
        ),
        time: timed.then(|| UtcTime::from_unix_ms(MORNING_MS + 1_000 * i64::from(step)).unwrap()),
        elevation: Some(Elevation::from_centimetres(64_210 + 10 * step)),
    };
    let walked = TrackSegment::new((0..4).map(|step| point(step, true)).collect()).unwrap();
    let lost = TrackPoint { coordinates: None, ..point(9, true) };
    let later = TrackSegment::new(vec![point(8, true), lost, point(10, false)]).unwrap();
    let track = Track::new(vec![walked, later]).unwrap();
    let mut chunk = track.split(recording).remove(0);
    (chunk.leg, chunk.name) = (Some(LegId::from_bytes([0x91; 16])), Some(name("1-бағыт")));
    chunk.source = Source::File;
    let waypoint = Waypoint {
        recording,
        name: Some(name("өткел")),
        comment: Some(text("су терең")),
        point: point(5, true),
        source: Source::File,
    };
    [
        ("track", Statement::new(clocks(5), Body::Track(chunk)).to_fields()),
        ("waypoint", Statement::new(clocks(6), Body::Waypoint(waypoint)).to_fields()),
    ]
}

fn council_fields() -> [(&'static str, Fields); 3] {
    let squad = SquadId::from_bytes([0x93; 16]);
    let person = Person { id: PersonId::from_bytes([0x94; 16]), full_name: name("Серік Әлиев") };
    let created =
        Squad { id: squad, name: name("Жаркент-1"), district: name("Панфилов ауданы") };
    let off = NameOff { squad, person: person.id, ends: StatementRef::new("AAAAAAAA.8").unwrap() };
    [
        ("squad", Statement::new(clocks(7), Body::Squad(created)).to_fields()),
        ("name_on", Statement::new(clocks(8), Body::NameOn(NameOn { squad, person })).to_fields()),
        ("name_off", Statement::new(clocks(9), Body::NameOff(off)).to_fields()),
    ]
}

fn attached_fields() -> [(&'static str, Fields); 2] {
    let content = |byte| SealedContent {
        root: AttachmentRoot::from_bytes([byte; 32]),
        bytes: 5_032,
        secret: AttachmentSecret::from_bytes([byte + 1; 32]),
    };
    let attachment = Attachment {
        entry: Some(StatementRef::new("AAAAAAAA.3").unwrap()),
        media: MediaType::Jpeg,
        content: content(0xe2),
        thumbnail: Some(content(0xe4)),
        caption: Some(text("өткел")),
        keeps_metadata: true,
    };
    let held = AttachmentHeld { root: AttachmentRoot::from_bytes([0xe2; 32]) };
    [
        ("attachment", Statement::new(clocks(11), Body::Attachment(attachment)).to_fields()),
        ("attachment_held", Statement::new(clocks(12), Body::AttachmentHeld(held)).to_fields()),
    ]
}

/// One statement of every kind.
pub fn every_kind() -> Vec<(&'static str, Fields)> {
    let ended = Body::PatrolEnded(PatrolEnd { occurred_at: None });
    let mut kinds = vec![
        ("patrol_started", patrol_start()),
        ("patrol_ended", Statement::new(clocks(10), ended).to_fields()),
        ("entry", entry("тұман, көріну 50 м", 2)),
        ("squad_card", squad_card()),
    ];
    kinds.extend(leg_fields());
    kinds.extend(track_fields());
    kinds.extend(council_fields());
    kinds.extend(attached_fields());
    kinds
}

/// Fields as a line for people.
pub fn shown(fields: &Fields) -> String {
    let one = |(key, scalar): (&str, &Scalar)| match scalar {
        Scalar::Text(text) => format!("{key} {text:?}"),
        Scalar::Int(int) => format!("{key} {int}"),
        Scalar::Flag(flag) => format!("{key} {flag}"),
        Scalar::Bytes(bytes) => format!("{key} [{} bytes]", bytes.len()),
    };
    fields.iter().map(one).collect::<Vec<_>>().join(", ")
}
