//! Invariants of statements:
//!
//! 1. What is written is read back the same, for every kind.
//! 2. Fields of a newer minor shape change nothing.
//! 3. Any fields whatever give a statement or a refusal.
//! 4. The largest statement of each kind stays within the limit.

use proptest::prelude::*;

use super::*;
use crate::attachment::{Attachment, AttachmentHeld, AttachmentSecret, MediaType, SealedContent};
use crate::entry::{Activity, ActivityRefused, Count, EntryDraft};
use crate::ids::{AttachmentRoot, CaseId, LegId, MemberId, PersonId, RecordingId, SquadId, StatementRef};
use crate::limits::{
    COUNTED_MAX, LABEL_BYTES_MAX, MEMBERS_MAX, NAME_BYTES_MAX, TEXT_BYTES_MAX, TRACK_CHUNK_BYTES_MAX,
};
use crate::moment::Day;
use crate::patrol::{ActivityMode, AreaComponent, Members, Transport};
use crate::person::Person;
use crate::position::{Accuracy, Coordinates, Elevation, Origin, Place, PlaceMarks, Position};
use crate::source::Source;
use crate::strategies;
use crate::track::{Track, TrackPoint, TrackSegment};
use crate::words::{Label, Name, Text};

fn scalar() -> impl Strategy<Value = Scalar> {
    prop_oneof![
        "[a-z_]{0,12}".prop_map(Scalar::Text),
        any::<i64>().prop_map(Scalar::Int),
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(Scalar::Bytes),
        any::<bool>().prop_map(Scalar::Flag),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(statement in strategies::statement()) {
        prop_assert_eq!(Statement::from_fields(&statement.to_fields()), Ok(statement));
    }

    #[test]
    fn a_newer_minor_shape_is_read_and_a_newer_major_refused(
        statement in strategies::statement(),
        minor in 0..1_000_i64,
    ) {
        let mut fields = statement.to_fields();
        fields.insert("a_later_field", Scalar::Flag(true));
        fields.insert("v", Scalar::Int(minor));
        prop_assert_eq!(Statement::from_fields(&fields), Ok(statement));
        fields.insert("v", Scalar::Int(1_000 + minor));
        prop_assert_eq!(Statement::from_fields(&fields), Err(StatementRefused::NewerMajor { major: 1 }));
    }

    #[test]
    fn a_field_taken_away_or_replaced_never_breaks_the_reader(
        statement in strategies::statement(),
        which in any::<prop::sample::Index>(),
        value in proptest::option::of(scalar()),
    ) {
        let fields = statement.to_fields();
        let keys: Vec<_> = fields.iter().map(|(key, _)| key.to_owned()).collect();
        let mut changed = Fields::new();
        for (key, old) in fields.iter().filter(|(key, _)| value.is_some() || *key != which.get(&keys)) {
            let new = if key == which.get(&keys) { value.clone() } else { None };
            changed.insert(key, new.unwrap_or_else(|| old.clone()));
        }
        let _ = Statement::from_fields(&changed);
    }
}

fn clocks() -> Clocks {
    let moment = "2026-05-01T08:10:00+05:00".parse().unwrap();
    Clocks::new(moment, Some(moment.time()), Some(60_000))
}

fn long_name() -> Name {
    Name::new("n".repeat(NAME_BYTES_MAX)).unwrap()
}

fn long_text() -> Text {
    Text::new("t".repeat(TEXT_BYTES_MAX)).unwrap()
}

fn long_reference() -> StatementRef {
    StatementRef::new("k".repeat(32)).unwrap()
}

fn somewhere() -> Coordinates {
    Coordinates::from_degrees(44.9, 80.0).unwrap()
}

/// Points that pack so badly that one chunk is full.
fn full_chunk() -> TrackChunk {
    let points = (0..2_000_i32)
        .map(|step| TrackPoint {
            coordinates: Coordinates::from_e7(899_999_999 - step % 2 * 1_700_000_001, 1 + step).ok(),
            time: None,
            elevation: None,
        })
        .collect();
    let track = Track::new(vec![TrackSegment::new(points).unwrap()]).unwrap();
    track.split(RecordingId::from_bytes([1; 16])).remove(0)
}

fn content() -> SealedContent {
    let (root, secret) = (AttachmentRoot::from_bytes([1; 32]), AttachmentSecret::from_bytes([2; 32]));
    SealedContent { root, bytes: 1 << 40, secret }
}

fn largest_attached() -> [Body; 2] {
    [
        Body::Attachment(Attachment {
            entry: Some(long_reference()),
            media: MediaType::Other,
            content: content(),
            thumbnail: Some(content()),
            caption: Some(long_text()),
            keeps_metadata: true,
        }),
        Body::AttachmentHeld(AttachmentHeld { root: content().root }),
    ]
}

/// Of the kinds of squads and rosters the largest.
fn largest_of_squads() -> Vec<Body> {
    let (squad, person) = (SquadId::from_bytes([3; 16]), PersonId::from_bytes([4; 16]));
    vec![
        Body::SquadCard(SquadCard {
            member: MemberId::from_bytes([1; 16]),
            full_name: long_name(),
            certificate_number: Some(long_name()),
            eligible: false,
            as_of: Day::new(2026, 5, 1).unwrap(),
            ended: Day::new(2026, 5, 1).ok(),
            former: None,
            turn: u32::MAX,
        }),
        Body::Squad(Squad { id: squad, name: long_name(), district: long_name() }),
        Body::NameOn(NameOn { squad, person: Person { id: person, full_name: long_name() } }),
        Body::NameOff(NameOff { squad, person, ends: long_reference() }),
    ]
}

fn far() -> Position {
    Position {
        coordinates: somewhere(),
        accuracy: Some(Accuracy::from_decimetres(60)),
        elevation: Some(Elevation::from_centimetres(1)),
        origin: Origin::ByHand { measured: Some(somewhere()) },
    }
}

fn marks() -> PlaceMarks {
    let label = Label::new("l".repeat(LABEL_BYTES_MAX)).ok();
    PlaceMarks { marker: label.clone(), landmark: label }
}

/// Of every kind the largest statement that can be made.
fn largest() -> Vec<Body> {
    let occurred_at = Some("2026-05-01T08:00:00+06:00".parse().unwrap());
    let leg = LegId::from_bytes([2; 16]);
    let member = |number: usize| MemberId::from_bytes([u8::try_from(number).unwrap(); 16]);
    let activity = Activity::Prevention {
        protected_object: Some(crate::entry::ProtectedObject::ContinentalShelfRegime),
    };
    let draft = EntryDraft {
        activity,
        text: "t".repeat(TEXT_BYTES_MAX),
        position: Some(far()),
        source: Source::Paper,
        occurred_at,
        marks: marks(),
        counted: Count::new(COUNTED_MAX),
        told_by: Some(member(1)),
        case: Some(CaseId::from_bytes([7; 16])),
    };
    vec![
        Body::PatrolStarted(PatrolStart {
            mode: ActivityMode::Independent,
            controlling_representative: Some(long_name()),
            area_component: Some(AreaComponent::OtherCrossingPlace),
            leader: Some(member(1)),
            task: Some(long_text()),
            plan: Some(long_reference()),
            occurred_at,
        }),
        Body::LegStarted(LegStart {
            leg,
            transport: Transport::OnFoot,
            members: Members::new((0..MEMBERS_MAX).map(member)).unwrap(),
            occurred_at,
        }),
        Body::LegEnded(LegEnd { leg, occurred_at }),
        Body::PatrolEnded(PatrolEnd { occurred_at }),
        Body::Entry(draft.check().unwrap()),
        Body::Track(TrackChunk {
            leg: Some(leg),
            name: Some(long_name()),
            source: Source::Paper,
            ..full_chunk()
        }),
        Body::Waypoint(Waypoint {
            recording: RecordingId::from_bytes([1; 16]),
            name: Some(long_name()),
            comment: Some(long_text()),
            point: TrackPoint {
                coordinates: Some(somewhere()),
                time: Some(clocks().recorded_at().time()),
                elevation: Some(Elevation::from_centimetres(1)),
            },
            source: Source::Paper,
        }),
    ]
}

#[test]
fn the_largest_statement_of_each_kind_stays_within_the_limit() {
    assert!(
        full_chunk().packed.bytes().len() > TRACK_CHUNK_BYTES_MAX - 25,
        "otherwise the rule is proved of nothing"
    );
    let records = strategies::register::largest().into_iter().map(Body::Register).collect();
    let planning = strategies::planning::largest_planning()
        .into_iter()
        .map(Body::Planning)
        .collect();
    let (mut bodies, place) = (largest(), Place { position: Some(far()), marks: marks() });
    let Some(Body::Entry(entry)) = bodies.iter().find(|body| matches!(body, Body::Entry(_))).cloned() else {
        panic!("there is an entry among them");
    };
    let of_field = strategies::field::largest_of_field(&entry, &place);
    bodies = [bodies, largest_of_squads(), largest_attached().into(), planning, of_field, records].concat();
    assert_eq!(bodies.iter().map(Body::kind).collect::<Vec<_>>(), Kind::ALL);
    for body in bodies {
        let statement = Statement::new(clocks(), body);
        let fields = statement.to_fields();
        let (bytes, bytes_max) = (fields.bytes_all(), statement.kind().bytes_max());
        assert!(bytes <= bytes_max, "{}: {bytes}", statement.kind());
        assert_eq!(Statement::from_fields(&fields), Ok(statement));
    }
}

#[test]
fn an_entry_travels_as_readable_fields() {
    let draft = EntryDraft::new(Activity::Force, "Тұман");
    let fields = Statement::new(clocks(), Body::Entry(draft.check().unwrap())).to_fields();
    let keys: Vec<_> = fields.iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["act", "at", "boot", "gps", "kind", "text", "tz"]);
    assert_eq!(fields.get("boot"), Some(&Scalar::Int(clocks().recorded_at().time().unix_ms() - 60_000)));
}

fn refused(change: impl FnOnce(&mut Fields)) -> StatementRefused {
    let draft = EntryDraft {
        position: Some(Position::new(somewhere(), Origin::Measured)),
        ..EntryDraft::new(Activity::Force, "Тұман")
    };
    let mut fields = Statement::new(clocks(), Body::Entry(draft.check().unwrap())).to_fields();
    change(&mut fields);
    Statement::from_fields(&fields).unwrap_err()
}

#[test]
fn a_statement_of_an_unknown_kind_is_refused() {
    assert_eq!(Statement::from_fields(&Fields::new()), Err(StatementRefused::UnknownKind));
    assert_eq!(
        refused(|fields| fields.insert("kind", Scalar::Text("poll".into()))),
        StatementRefused::UnknownKind
    );
    assert_eq!(refused(|fields| fields.insert("kind", Scalar::Int(3))), StatementRefused::UnknownKind);
    assert_eq!(
        refused(|fields| fields.insert("v", Scalar::Int(-1))),
        StatementRefused::Malformed { field: "v" }
    );
}

#[test]
fn a_code_that_the_activity_does_not_have_is_passed_over_whatever_it_holds() {
    let draft = EntryDraft::new(Activity::Prevention { protected_object: None }, "Тұман");
    let mut fields = Statement::new(clocks(), Body::Entry(draft.check().unwrap())).to_fields();
    fields.insert("mode", Scalar::Int(3));
    assert!(Statement::from_fields(&fields).is_ok());
    fields.insert("object", Scalar::Int(3));
    let refused = StatementRefused::Activity(ActivityRefused::NoSuchProtectedObject);
    assert_eq!(Statement::from_fields(&fields), Err(refused));
}

#[test]
fn every_limit_is_checked_again_on_reading() {
    let long = |length| move |fields: &mut Fields| fields.insert("text", Scalar::Text("t".repeat(length)));
    let refused_words = WordsRefused::TooLong { bytes_max: 2_000, bytes: 2_001 };
    assert_eq!(refused(long(2_001)), StatementRefused::Words { field: "text", refused: refused_words });
    assert!(matches!(refused(long(3_000)), StatementRefused::TooLarge { .. }));
    // What somebody types is brought into order; what was recorded is read as it is, or not at all.
    let refused_words = WordsRefused::ControlCharacter { at_byte: 1 };
    assert_eq!(
        refused(|fields| fields.insert("text", Scalar::Text("a\rb".into()))),
        StatementRefused::Words { field: "text", refused: refused_words }
    );
    assert_eq!(
        refused(|fields| fields.insert("lat", Scalar::Int(950_000_000))),
        StatementRefused::Position(PositionRefused::OffTheGlobe)
    );
    assert_eq!(
        refused(|fields| fields.insert("act", Scalar::Text("weather".into()))),
        StatementRefused::Activity(ActivityRefused::NoSuchType)
    );
    assert_eq!(
        refused(|fields| fields.insert("acc", Scalar::Int(-1))),
        StatementRefused::Malformed { field: "acc" }
    );
    assert_eq!(
        refused(|fields| fields.insert("tz", Scalar::Int(99_999))),
        StatementRefused::Malformed { field: "tz" }
    );
    assert_eq!(
        refused(|fields| fields.insert("at", Scalar::Int(i64::MAX))),
        StatementRefused::Moment(MomentRefused::OutOfRange)
    );
    assert_eq!(
        refused(|fields| fields.insert("boot", Scalar::Int(i64::MAX))),
        StatementRefused::Malformed { field: "boot" }
    );
}

#[test]
fn half_a_position_is_refused_and_none_is_no_fix() {
    let without = |gone: &'static [&'static str]| {
        let mut fields = Fields::new();
        let draft = EntryDraft {
            position: Some(Position::new(somewhere(), Origin::Measured)),
            ..EntryDraft::new(Activity::Force, "Тұман")
        };
        let whole = Statement::new(clocks(), Body::Entry(draft.check().unwrap())).to_fields();
        for (key, value) in whole.iter().filter(|(key, _)| !gone.contains(key)) {
            fields.insert(key, value.clone());
        }
        Statement::from_fields(&fields)
    };
    assert_eq!(without(&["lon"]), Err(StatementRefused::Missing { field: "lon" }));
    assert!(
        matches!(without(&["lat", "lon"]).unwrap().body, Body::Entry(entry) if entry.position().is_none())
    );
}

#[test]
fn a_refusal_and_a_trace_hold_no_words_of_people() {
    let error = refused(|fields| fields.insert("text", Scalar::Text("Асқар\u{7}".into())));
    assert_eq!(error.to_string(), "field text: a control character stands at byte 10");
    assert_eq!(format!("{:?}", Scalar::Text("Асқар".into())), "Text(10 bytes)");
}
