//! The text that zstd's dictionary 1 is trained on, and the training: what patrols write, by our own sentences, through the
//! real writer of changes.
//!
//! Nothing here runs in the product: the dictionary is shipped with `jasaq-protocol`, and once shipped it stays. A better
//! one will be dictionary 2, beside it. The training draws from one seed and one thread, so it gives the same bytes
//! wherever zstd is the same; the test below compares them.

use jasaq_model::entry::{Activity, BorderServiceKind, EntryDraft, InspectionKind};
use jasaq_model::ids::{LegId, MemberId, PersonId, RecordingId, SquadId, StatementRef};
use jasaq_model::moment::{Clocks, Day, Moment, UtcTime};
use jasaq_model::patrol::{
    ActivityMode, AreaComponent, LegEnd, LegStart, Members, PatrolEnd, PatrolStart, Transport,
};
use jasaq_model::person::Person;
use jasaq_model::position::{Accuracy, Coordinates, Elevation, Origin, Position};
use jasaq_model::source::Source;
use jasaq_model::squad::{NameOff, NameOn, Squad, SquadCard};
use jasaq_model::statement::{Body, Fields, Statement};
use jasaq_model::track::{Track, TrackPoint, TrackSegment, Waypoint};
use jasaq_model::words::{Name, Text};
use jasaq_protocol::ids::{DocumentId, JournalId};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};

use super::{Actor, write_change};

/// Bytes of the dictionary.
const DICTIONARY_BYTES: usize = 16 * 1_024;

/// How many changes it is trained on.
const SAMPLES: usize = 300;

const SENTENCES: &str = include_str!("dictionary/sentences.txt");

/// 14 May 2026, 06:00 in Kazakhstan.
const MORNING_MS: i64 = 1_778_720_400_000;

/// A squad's season, drawn from a seed.
struct Season {
    chance: ChaCha20Rng,
    sentences: Vec<&'static str>,
    boot_ms: i64,
    now_ms: i64,
    at: (i32, i32),
}

impl Season {
    fn new() -> Self {
        let sentences = SENTENCES.lines().collect();
        let chance = ChaCha20Rng::from_seed([1; 32]);
        Self { chance, sentences, boot_ms: MORNING_MS, now_ms: MORNING_MS, at: (441_000_000, 799_000_000) }
    }

    fn below(&mut self, bound: u32) -> u32 {
        self.chance.next_u32() % bound
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(u32::try_from(of.len()).unwrap()) as usize]
    }

    fn id(&mut self) -> [u8; 16] {
        let mut id = [0; 16];
        self.chance.fill_bytes(&mut id);
        id
    }

    /// Another day of another squad.
    fn another_day(&mut self) {
        self.boot_ms =
            MORNING_MS + i64::from(self.below(200)) * 86_400_000 + i64::from(self.below(3_600_000));
        self.now_ms = self.boot_ms + i64::from(self.below(7_200_000));
        self.at = (
            420_000_000 + i32::try_from(self.below(70_000_000)).unwrap(),
            793_000_000 + i32::try_from(self.below(60_000_000)).unwrap(),
        );
    }

    fn clocks(&mut self) -> Clocks {
        self.now_ms += i64::from(self.below(1_500_000));
        let at = UtcTime::from_unix_ms(self.now_ms).unwrap();
        let gps = UtcTime::from_unix_ms(self.now_ms - i64::from(self.below(2_000))).unwrap();
        let gps = (self.below(3) == 0).then_some(gps);
        let elapsed_ms = u64::try_from(self.now_ms - self.boot_ms).unwrap();
        Clocks::new(Moment::new(at, 300).unwrap(), gps, Some(elapsed_ms))
    }

    fn coordinates(&mut self) -> Coordinates {
        let step = |chance: u32| i32::try_from(chance).unwrap() - 10_000;
        let steps = (step(self.below(20_000)), step(self.below(20_000)));
        self.at = (self.at.0 + steps.0, self.at.1 + steps.1);
        Coordinates::from_e7(self.at.0, self.at.1).unwrap()
    }

    fn position(&mut self) -> Position {
        let accuracy = (self.below(2) == 0).then(|| Accuracy::from_decimetres(20 + self.below(200)));
        let elevation = (self.below(2) == 0)
            .then(|| Elevation::from_centimetres(60_000 + i32::try_from(self.below(90_000)).unwrap()));
        Position { coordinates: self.coordinates(), accuracy, elevation, origin: Origin::Measured }
    }

    fn words(&mut self) -> String {
        let mut words = self.one_of(&self.sentences.clone()).to_owned();
        if self.below(3) == 0 {
            words = format!("{words}. {}", self.one_of(&self.sentences.clone()));
        }
        words
    }

    fn activity(&mut self) -> Activity {
        const SERVICES: [BorderServiceKind; 7] = [
            BorderServiceKind::Round,
            BorderServiceKind::Round,
            BorderServiceKind::Search,
            BorderServiceKind::Tracking,
            BorderServiceKind::Service,
            BorderServiceKind::Detention,
            BorderServiceKind::CoverCrossingPlace,
        ];
        const INSPECTIONS: [InspectionKind; 6] = [
            InspectionKind::Route,
            InspectionKind::HidingPlace,
            InspectionKind::Vehicle,
            InspectionKind::Place,
            InspectionKind::TalkWithResidents,
            InspectionKind::DocumentCheck,
        ];
        let mode = self.one_of(&[ActivityMode::Independent, ActivityMode::Independent, ActivityMode::Joint]);
        let services = SERVICES.map(|kind| Activity::BorderService { kind, mode });
        let inspections = INSPECTIONS.map(|kind| Activity::Inspection { kind, mode });
        let others = [
            Activity::Prevention { protected_object: None },
            Activity::DetainDeliver { receiver_kind: None },
            Activity::Force,
        ];
        let activities: Vec<Activity> = services.into_iter().chain(inspections).chain(others).collect();
        self.one_of(&activities)
    }

    fn entry(&mut self) -> Fields {
        let mut draft = EntryDraft::new(self.activity(), self.words());
        draft.position = (self.below(12) > 0).then(|| self.position());
        let clocks = self.clocks();
        Statement::new(clocks, Body::Entry(draft.check().unwrap())).to_fields()
    }

    fn track(&mut self) -> Vec<Fields> {
        let (recording, length) = (RecordingId::from_bytes(self.id()), 20 + self.below(200));
        let mut time = self.now_ms;
        let points = (0..length).map(|_| {
            time += 20_000 + i64::from(self.below(60_000));
            let elevation = Some(Elevation::from_centimetres(64_000));
            let time = Some(UtcTime::from_unix_ms(time).unwrap());
            TrackPoint { coordinates: Some(self.coordinates()), time, elevation }
        });
        let segment = TrackSegment::new(points.collect()).unwrap();
        let chunks = Track::new(vec![segment]).unwrap().split(recording);
        let chunks = chunks.into_iter().map(|mut chunk| {
            chunk.source = Source::File;
            Statement::new(self.clocks(), Body::Track(chunk)).to_fields()
        });
        chunks.collect()
    }

    /// How a patrol begins and ends, and what else stands in a squad's documents.
    fn rest(&mut self) -> Vec<Fields> {
        let (leg, member, squad) = (LegId::from_bytes(self.id()), self.id(), SquadId::from_bytes(self.id()));
        let members = Members::new((0..3).map(|_| MemberId::from_bytes(self.id()))).unwrap();
        let start = PatrolStart {
            area_component: Some(self.one_of(&[AreaComponent::BorderZone, AreaComponent::StateBorder])),
            leader: Some(MemberId::from_bytes(member)),
            task: Some(Text::new(self.words()).unwrap()),
            ..PatrolStart::new(ActivityMode::Independent)
        };
        let transport = self.one_of(&[Transport::OnFoot, Transport::Horse, Transport::Vehicle]);
        let leg_start = LegStart { leg, transport, members, occurred_at: None };
        let name = |text: &str| Name::new(text).unwrap();
        let person = Person {
            id: PersonId::from_bytes(self.id()), full_name: name("Омаров Арман Тілекұлы")
        };
        let card = SquadCard {
            member: MemberId::from_bytes(member),
            full_name: person.full_name.clone(),
            certificate_number: Some(name("ЖК-000417")),
            eligible: true,
            as_of: Day::new(2026, 5, 14).unwrap(),
            ended: None,
            former: None,
            turn: 0,
        };
        let time = UtcTime::from_unix_ms(self.now_ms).unwrap();
        let point = TrackPoint { coordinates: Some(self.coordinates()), time: Some(time), elevation: None };
        let (recording, source) = (RecordingId::from_bytes(self.id()), Source::File);
        let waypoint = Waypoint { recording, name: Some(name("өткел")), comment: None, point, source };
        let district = name("Кербұлақ ауданы");
        let off = NameOff { squad, person: person.id, ends: StatementRef::new("q7Xb2-Lk.12").unwrap() };
        let bodies = [
            Body::PatrolStarted(start),
            Body::LegStarted(leg_start),
            Body::LegEnded(LegEnd { leg, occurred_at: None }),
            Body::PatrolEnded(PatrolEnd { occurred_at: None }),
            Body::Waypoint(waypoint),
            Body::SquadCard(card),
            Body::Squad(Squad { id: squad, name: name("«Сарқан» жасағы"), district }),
            Body::NameOn(NameOn { squad, person }),
            Body::NameOff(off),
        ];
        bodies
            .into_iter()
            .map(|body| Statement::new(self.clocks(), body).to_fields())
            .collect()
    }

    /// What one flush writes into one document: mostly entries, few or many of them.
    fn change(&mut self) -> Vec<u8> {
        self.another_day();
        let mut fields = match self.below(10) {
            0 => self.rest(),
            1 => self.track(),
            _ => Vec::new(),
        };
        if fields.is_empty() || self.below(2) == 0 {
            let entries = self.one_of(&[1, 1, 2, 3, 5, 8, 12, 16, 20, 24]);
            fields.extend((0..entries).map(|_| self.entry()).collect::<Vec<_>>());
        }
        let (journal, first) = (self.id(), 1 + self.below(300));
        let letters: String = (0..8)
            .map(|_| char::from(b'A' + u8::try_from(self.below(26)).unwrap()))
            .collect();
        let keys = (first..).map(|number| StatementRef::new(format!("{letters}.{number}")).unwrap());
        let statements: Vec<_> = keys.zip(fields).collect();
        let actor = Actor::new(JournalId::from_bytes(journal), [7; 4]);
        let written = write_change(&[] as &[&[u8]], &actor, &statements).unwrap();
        [DocumentId::from_bytes(self.id()).as_bytes().as_slice(), &written.bytes].concat()
    }
}

fn train() -> Vec<u8> {
    let mut season = Season::new();
    let samples: Vec<Vec<u8>> = (0..SAMPLES).map(|_| season.change()).collect();
    zstd::dict::from_samples(&samples, DICTIONARY_BYTES).unwrap()
}

/// Where the dictionary is shipped from.
const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../protocol/src/seal/dictionary_1.bin");

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test that may write its file is asked to by its environment"
)]
fn the_shipped_dictionary_is_what_the_training_gives() {
    let trained = train();
    if std::env::var_os("JASAQ_WRITE_DICTIONARY").is_some_and(|write| write == "1") {
        std::fs::write(SHIPPED, &trained).unwrap();
    }
    assert!(std::fs::read(SHIPPED).unwrap() == trained, "the dictionary once shipped stays: make another");
}
