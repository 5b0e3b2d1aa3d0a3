//! What the property tests draw: every statement there can be, and tracks as people walk them.

pub(crate) mod field;
pub(crate) mod planning;
pub(crate) mod register;

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::attachment::{Attachment, AttachmentHeld, AttachmentSecret, MediaType, SealedContent};
use crate::entry::{
    Activity, BorderServiceKind, Count, Entry, EntryDraft, InspectionKind, ProtectedObject, ReceiverKind,
};
use crate::ids::{AttachmentRoot, CaseId, LegId, MemberId, PersonId, RecordingId, SquadId, StatementRef};
use crate::limits::ELAPSED_MS_MAX;
use crate::moment::{Clocks, Day, Moment, UtcTime};
use crate::patrol::{
    ActivityMode, AreaComponent, LegEnd, LegStart, Members, PatrolEnd, PatrolStart, Transport,
};
use crate::person::Person;
use crate::position::{Accuracy, Coordinates, Elevation, Origin, Position};
use crate::source::Source;
use crate::squad::{FormerHolder, NameOff, NameOn, Squad, SquadCard};
use crate::statement::{Body, Statement};
use crate::track::{Track, TrackPoint, TrackSegment, Waypoint};
use crate::words::{Name, Text};

pub(crate) fn name() -> impl Strategy<Value = Name> {
    "[А-ЯӘҒҚҢӨҰҮҺІ][а-яәғқңөұүһі]{1,12}( [А-Я]\\.)?".prop_map(|written| Name::new(written).unwrap())
}

pub(crate) fn text() -> impl Strategy<Value = Text> {
    "[ -~А-яӘәҒғҚқҢңӨөҰұҮүҺһІі\n]{0,60}\\.".prop_map(|written| Text::new(written).unwrap())
}

pub(crate) fn time() -> impl Strategy<Value = UtcTime> {
    prop_oneof![
        4 => 1_700_000_000_000..1_900_000_000_000_i64,
        1 => -2_200_000_000_000..0_i64,
        1 => any::<i64>(),
    ]
    .prop_map(UtcTime::saturating_from_unix_ms)
}

pub(crate) fn moment() -> impl Strategy<Value = Moment> {
    (time(), prop_oneof![Just(300), -1_080..=1_080_i16])
        .prop_map(|(time, offset_minutes)| Moment::new(time, offset_minutes).unwrap())
}

pub(crate) fn clocks() -> impl Strategy<Value = Clocks> {
    (moment(), option::of(time()), option::of(0..=ELAPSED_MS_MAX))
        .prop_map(|(recorded_at, gps_time, elapsed_ms)| Clocks::new(recorded_at, gps_time, elapsed_ms))
}

pub(crate) fn coordinates() -> impl Strategy<Value = Coordinates> {
    (-900_000_000..=900_000_000, -1_800_000_000..=1_800_000_000_i32)
        .prop_filter_map("0,0", |(latitude, longitude)| Coordinates::from_e7(latitude, longitude).ok())
}

fn elevation() -> impl Strategy<Value = Elevation> {
    any::<i32>().prop_map(Elevation::from_centimetres)
}

fn origin() -> impl Strategy<Value = Origin> {
    prop_oneof![
        Just(Origin::Measured),
        Just(Origin::Mock),
        option::of(coordinates()).prop_map(|measured| Origin::ByHand { measured }),
    ]
}

pub(crate) fn position() -> impl Strategy<Value = Position> {
    (coordinates(), option::of(any::<u32>()), option::of(elevation()), origin()).prop_map(
        |(coordinates, decimetres, elevation, origin)| Position {
            coordinates,
            accuracy: decimetres.map(Accuracy::from_decimetres),
            elevation,
            origin,
        },
    )
}

pub(crate) fn track_point() -> impl Strategy<Value = TrackPoint> {
    (option::weighted(0.9, coordinates()), option::of(time()), option::of(elevation()))
        .prop_map(|(coordinates, time, elevation)| TrackPoint { coordinates, time, elevation })
}

/// Segments of arbitrary points: the worst there can be.
pub(crate) fn track(points_max: usize) -> impl Strategy<Value = Track> {
    let segment = vec(track_point(), 1..=points_max).prop_map(|points| TrackSegment::new(points).unwrap());
    vec(segment, 1..=3).prop_map(|segments| Track::new(segments).unwrap())
}

fn reference() -> impl Strategy<Value = StatementRef> {
    "[a-z0-9]{8}\\.[1-9][0-9]{0,3}".prop_map(|key| StatementRef::new(key).unwrap())
}

fn leg() -> impl Strategy<Value = LegId> {
    any::<[u8; 16]>().prop_map(LegId::from_bytes)
}

fn member() -> impl Strategy<Value = MemberId> {
    any::<[u8; 16]>().prop_map(MemberId::from_bytes)
}

fn squad() -> impl Strategy<Value = SquadId> {
    any::<[u8; 16]>().prop_map(SquadId::from_bytes)
}

fn person() -> impl Strategy<Value = PersonId> {
    any::<[u8; 16]>().prop_map(PersonId::from_bytes)
}

fn recording() -> impl Strategy<Value = RecordingId> {
    any::<[u8; 16]>().prop_map(RecordingId::from_bytes)
}

fn activity() -> impl Strategy<Value = Activity> {
    let mode = || select(ActivityMode::ALL);
    prop_oneof![
        (select(BorderServiceKind::ALL), mode())
            .prop_map(|(kind, mode)| Activity::BorderService { kind, mode }),
        (select(InspectionKind::ALL), mode()).prop_map(|(kind, mode)| Activity::Inspection { kind, mode }),
        option::of(select(ProtectedObject::ALL))
            .prop_map(|protected_object| Activity::Prevention { protected_object }),
        Just(Activity::Force),
        option::of(select(ReceiverKind::ALL))
            .prop_map(|receiver_kind| Activity::DetainDeliver { receiver_kind }),
    ]
}

fn patrol_start() -> impl Strategy<Value = PatrolStart> {
    (
        (select(ActivityMode::ALL), option::of(name()), option::of(select(AreaComponent::ALL))),
        (option::of(member()), option::of(text()), option::of(reference()), option::of(moment())),
    )
        .prop_map(
            |((mode, controlling_representative, area_component), (leader, task, plan, occurred_at))| {
                PatrolStart {
                    mode,
                    controlling_representative,
                    area_component,
                    leader,
                    task,
                    plan,
                    occurred_at,
                }
            },
        )
}

fn leg_start() -> impl Strategy<Value = LegStart> {
    (leg(), select(Transport::ALL), btree_set(member(), 0..=32), option::of(moment())).prop_map(
        |(leg, transport, members, occurred_at)| LegStart {
            leg,
            transport,
            members: Members::new(members).unwrap(),
            occurred_at,
        },
    )
}

pub(crate) fn any_entry() -> impl Strategy<Value = Entry> {
    let count = (0..=crate::limits::COUNTED_MAX).prop_map(|count| Count::new(count).unwrap());
    let case = any::<[u8; 16]>().prop_map(CaseId::from_bytes);
    let beside = (field::marks(), option::of(count), option::of(member()), option::of(case));
    let said = (activity(), text(), option::of(position()), select(Source::ALL), option::of(moment()));
    (said, beside).prop_map(
        |((activity, text, position, source, occurred_at), (marks, counted, told_by, case))| {
            let text = text.as_str().to_owned();
            let draft =
                EntryDraft { activity, text, position, source, occurred_at, marks, counted, told_by, case };
            draft.check().unwrap()
        },
    )
}

fn entry() -> impl Strategy<Value = Body> {
    any_entry().prop_map(Body::Entry)
}

fn track_chunk() -> impl Strategy<Value = Body> {
    (track(20), recording(), option::of(leg()), option::of(name()), select(Source::ALL)).prop_map(
        |(track, recording, leg, name, source)| {
            let mut chunk = track.split(recording).remove(0);
            chunk.leg = leg;
            chunk.name = name;
            chunk.source = source;
            Body::Track(chunk)
        },
    )
}

fn waypoint() -> impl Strategy<Value = Waypoint> {
    (recording(), option::of(name()), option::of(text()), track_point(), select(Source::ALL)).prop_map(
        |(recording, name, comment, point, source)| Waypoint { recording, name, comment, point, source },
    )
}

fn squad_body() -> impl Strategy<Value = Body> {
    let day = (1..=9_999_i16, 1..=12_i8, 1..=28_i8);
    let day = day.prop_map(|(year, month, day)| Day::new(year, month, day).unwrap()).boxed();
    let former = option::of(select(FormerHolder::ALL));
    let says = (any::<bool>(), day.clone(), option::of(day), former, any::<u32>());
    let card = (member(), name(), option::of(name()), says).prop_map(
        |(member, full_name, certificate_number, (eligible, as_of, ended, former, turn))| {
            let ended = ended.filter(|ended| !eligible || *ended > as_of);
            let former = former.filter(|_| !eligible);
            let certificate_number = certificate_number.filter(|_| former.is_none());
            Body::SquadCard(SquadCard {
                member,
                full_name,
                certificate_number,
                eligible,
                as_of,
                ended,
                former,
                turn,
            })
        },
    );
    let created =
        (squad(), name(), name()).prop_map(|(id, name, district)| Body::Squad(Squad { id, name, district }));
    let on = (squad(), person(), name())
        .prop_map(|(squad, id, full_name)| Body::NameOn(NameOn { squad, person: Person { id, full_name } }));
    let off = (squad(), person(), reference())
        .prop_map(|(squad, person, ends)| Body::NameOff(NameOff { squad, person, ends }));
    prop_oneof![card, created, on, off]
}

fn attachment_body() -> impl Strategy<Value = Body> {
    let content = (any::<[u8; 32]>(), 17..=1_u64 << 40, any::<[u8; 32]>()).prop_map(|(root, bytes, key)| {
        let (root, secret) = (AttachmentRoot::from_bytes(root), AttachmentSecret::from_bytes(key));
        SealedContent { root, bytes, secret }
    });
    let content = content.boxed();
    let said = (option::of(reference()), select(MediaType::ALL), option::of(text()), any::<bool>());
    let attachment = (said, content.clone(), option::of(content)).prop_map(
        |((entry, media, caption, keeps_metadata), content, thumbnail)| {
            Body::Attachment(Attachment { entry, media, content, thumbnail, caption, keeps_metadata })
        },
    );
    let held = any::<[u8; 32]>().prop_map(|root| {
        let root = AttachmentRoot::from_bytes(root);
        Body::AttachmentHeld(AttachmentHeld { root })
    });
    prop_oneof![attachment, held]
}

/// Every statement there can be.
pub(crate) fn statement() -> impl Strategy<Value = Statement> {
    let body = prop_oneof![
        patrol_start().prop_map(Body::PatrolStarted),
        leg_start().prop_map(Body::LegStarted),
        (leg(), option::of(moment()))
            .prop_map(|(leg, occurred_at)| Body::LegEnded(LegEnd { leg, occurred_at })),
        option::of(moment()).prop_map(|occurred_at| Body::PatrolEnded(PatrolEnd { occurred_at })),
        entry(),
        track_chunk(),
        waypoint().prop_map(Body::Waypoint),
        squad_body().boxed(),
        attachment_body().boxed(),
        planning::planning().prop_map(Body::Planning).boxed(),
        field::body(),
        register::record().prop_map(Body::Register),
    ];
    (clocks(), body.boxed()).prop_map(|(clocks, body)| Statement::new(clocks, body))
}
