//! `roster`: a page of 100 of 100,000 persons, against a bare indexed SELECT of the same rows in the same SQLCipher.
//!
//! The persons are made as an akimat makes them, by lists of five thousand, each in one step, one of which is taken back; the
//! last thousands come as squads of a hundred. What
//! a page costs does not hang on how much more is said of a person: it is read from the index alone.

use std::path::Path;
use std::time::{Duration, Instant};

use jasaq_benches::device::Device;
use jasaq_benches::relay::RelayProcess;
use jasaq_benches::spread::quantile;
use jasaq_benches::territory::Territory;
use jasaq_fieldbook::model::ids::{PersonId, SquadId};
use jasaq_fieldbook::model::records::PersonState;
use jasaq_fieldbook::model::register::Identity;
use jasaq_fieldbook::model::spelling::SortKey;
use jasaq_fieldbook::model::words::{Name, Text};
use jasaq_fieldbook::{NewList, RosterCursor, RosterEntry, RosterQuery};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use rusqlite::{Connection, params, params_from_iter};

use super::folder_on_disk;

const PERSONS: usize = 100_000;
const OF_A_LIST: usize = 5_000;
const OF_A_SQUAD: usize = 100;
const ROUNDS: usize = 200;

/// Stems of surnames as they are common and rare here; with their endings and the names below they give every page and none.
const STEMS: [&str; 40] = [
    "Ахмет",
    "Омар",
    "Қасым",
    "Сейіт",
    "Әбдірахман",
    "Жүніс",
    "Нұрлан",
    "Бек",
    "Ғабдулл",
    "Мұрат",
    "Өтеген",
    "Серік",
    "Ыбырай",
    "Ұзақ",
    "Үсен",
    "Іңкәр",
    "Есен",
    "Тілеу",
    "Дәулет",
    "Болат",
    "Ержан",
    "Қайрат",
    "Мәмбет",
    "Сұлтан",
    "Шәріп",
    "Төлеген",
    "Рахым",
    "Хамит",
    "Һамит",
    "Смагұл",
    "Иса",
    "Жақып",
    "Әлі",
    "Асқар",
    "Байтұрсын",
    "Дулат",
    "Кенже",
    "Лашын",
    "Пірәлі",
    "Фазыл",
];
const ENDINGS: [&str; 3] = ["ов", "ова", "ұлы"];
const GIVEN: [&str; 48] = [
    "Асан",
    "Әсел",
    "Арай",
    "Айгүл",
    "Асқар",
    "Бақыт",
    "Болат",
    "Дана",
    "Дәурен",
    "Ерлан",
    "Жанар",
    "Жандос",
    "Зере",
    "Ибрагим",
    "Кәмшат",
    "Қанат",
    "Қарлығаш",
    "Ләззат",
    "Мадина",
    "Марат",
    "Нұрсұлтан",
    "Нұргүл",
    "Олжас",
    "Өмірбек",
    "Пернегүл",
    "Раушан",
    "Сәуле",
    "Самат",
    "Талғат",
    "Тимур",
    "Ұлықбек",
    "Үміт",
    "Фариза",
    "Хадиша",
    "Шолпан",
    "Шыңғыс",
    "Ырыс",
    "Іздібай",
    "Эльмира",
    "Юлия",
    "Ярослав",
    "Сергей",
    "Виктор",
    "Ольга",
    "Назым",
    "Ғалым",
    "Бекзат",
    "Вилен",
];

struct Names(ChaCha20Rng);

impl Names {
    /// Earlier ones are commoner than later ones.
    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        let mut draw = || usize::try_from(self.0.next_u32()).expect("a small number") % from.len();
        from[draw().min(draw())]
    }

    fn next(&mut self) -> Name {
        let (stem, ending) = (self.pick(&STEMS), self.pick(&ENDINGS));
        let (given, father) = (self.pick(&GIVEN), self.pick(&GIVEN));
        let number = self.0.next_u32() % 97;
        // Every hundredth has a word that hardly anybody has, behind his name.
        let rare =
            if number == 0 { format!("-Қ{}", letters(self.0.next_u32() % 5_000)) } else { String::new() };
        Name::new(format!("{stem}{ending} {given}{rare} {father}ұлы")).expect("a name")
    }
}

/// A number in letters, so that it is a word.
fn letters(number: u32) -> String {
    let digits: Vec<char> = "аеиоукмнрт".chars().collect();
    let place = |digit: u8| digits[usize::from(digit - b'0')];
    number.to_string().bytes().map(place).collect()
}

fn identity(full_name: Name) -> Identity {
    let id = PersonId::from_bytes([0; 16]);
    Identity { id, full_name, iin: None, born: None, id_document: None, residence: None, before: None }
}

/// The district's consoles: the akimat's, which has everybody, and the subdivision's, to which a list comes.
struct Office {
    _relay: RelayProcess,
    akimat: Device,
    ss: Device,
    squads: Vec<SquadId>,
    names: Names,
}

impl Office {
    fn establish(folder: &Path, squads: usize) -> Self {
        let relay = RelayProcess::start(folder);
        let territory = Territory::establish(folder, &relay.address, 1);
        let Territory { mut akimat, ss, .. } = territory;
        let mut council = Device::open(&folder.join("council-0"), &relay.address);
        council.sync();
        let today = council.book.today();
        let decide = |number| {
            let called = |name: &str| Name::new(name).expect("a name");
            let decided = (called(&format!("Жасақ {number}")), called("Зайсан"));
            council
                .book
                .decide_squad(decided, (called("12"), today))
                .expect("the council may")
        };
        let squads = (0..squads).map(decide).collect();
        council.sync();
        council.close();
        akimat.sync();
        let names = Names(ChaCha20Rng::seed_from_u64(7));
        Self { _relay: relay, akimat, ss, squads, names }
    }

    fn submit(&mut self, squad: usize, lines: usize) -> jasaq_fieldbook::model::ids::ListId {
        let members = (0..lines).map(|_| identity(self.names.next())).collect();
        let day = self.akimat.book.today();
        let new = NewList { squad: self.squads[squad], number: None, day, same_letter: false, members };
        self.akimat.book.submit_list(new).expect("the akimat may")
    }
}

/// The rows by themselves: the columns that a page shows, in their order, and by the person.
struct Bare(Connection);

impl Bare {
    fn of(folder: &Path, entries: &[RosterEntry]) -> Self {
        let mut connection = Connection::open(folder.join("bare.db")).expect("a folder of ours");
        let key = "5a".repeat(32);
        connection
            .execute_batch(&format!(
                "PRAGMA key = \"x'{key}'\"; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                 CREATE TABLE people (row INTEGER PRIMARY KEY, person BLOB NOT NULL UNIQUE, place BLOB NOT NULL, name TEXT,
                     state TEXT NOT NULL, certificate TEXT, ended TEXT, outlook BLOB NOT NULL, squads BLOB NOT NULL) STRICT;
                 CREATE INDEX people_by_place ON people (place);"
            ))
            .expect("the same build of SQLCipher");
        let transaction = connection.transaction().expect("a database");
        let mut by_person: Vec<&RosterEntry> = entries.iter().collect();
        // As they came, which is in no order.
        by_person.sort_by_key(|entry| entry.person);
        for entry in by_person {
            let name = entry.full_name.as_ref().map_or("", |name| name.as_str());
            let squads: Vec<u8> = entry.squads.iter().flat_map(|squad| *squad.as_bytes()).collect();
            let place = SortKey::new(name);
            transaction
                .prepare_cached("INSERT INTO people (person, place, name, state, outlook, squads) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
                .and_then(|mut insert| {
                    let state = entry.state.code();
                    insert.execute(params![
                        entry.person.as_bytes(), place.as_bytes(), name, state, [0_u8; 10], squads
                    ])
                })
                .expect("our table");
        }
        transaction.commit().expect("a disk with room");
        connection
            .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
            .expect("our database");
        Self(connection)
    }

    fn rows(&self, sql: &str, values: impl IntoIterator<Item = Vec<u8>>) -> usize {
        let mut statement = self.0.prepare_cached(sql).expect("our table");
        let rows = statement
            .query_map(params_from_iter(values), |row| {
                let read: (Vec<u8>, Option<String>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let rest: (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
                let blobs: (Vec<u8>, Vec<u8>) = (row.get(5)?, row.get(6)?);
                Ok((read, rest, blobs))
            })
            .expect("our table");
        rows.fold(0, |count, row| row.map(|_| count + 1).expect("a row"))
    }

    /// The same rows as a page without a search shows: a walk along the index.
    fn walk(&self, page: &[RosterEntry]) -> usize {
        let first = page.first().and_then(|entry| entry.full_name.clone());
        let place = SortKey::new(first.as_ref().map_or("", |name| name.as_str()))
            .as_bytes()
            .to_vec();
        let columns = "person, name, state, certificate, ended, outlook, squads";
        let sql =
            format!("SELECT {columns} FROM people WHERE place >= ?1 ORDER BY place LIMIT {}", page.len());
        self.rows(&sql, [place])
    }

    /// The same rows as a page with a search shows, which it takes somebody else to know: each by its key.
    fn look_up(&self, page: &[RosterEntry]) -> usize {
        let columns = "person, name, state, certificate, ended, outlook, squads";
        let sql = format!("SELECT {columns} FROM people WHERE person = ?1");
        page.iter()
            .map(|entry| self.rows(&sql, [entry.person.as_bytes().to_vec()]))
            .sum()
    }
}

/// Makes the persons, then reads pages and rows by turns.
pub(crate) fn measure() {
    measure_of(PERSONS, folder_on_disk().path());
}

/// The same of fewer.
pub(crate) fn measure_of(persons: usize, folder: &Path) {
    let large = (persons / OF_A_LIST).saturating_sub(1);
    let small = (persons - large * OF_A_LIST) / OF_A_SQUAD;
    let mut office = Office::establish(folder, large + small);
    let began = Instant::now();
    for squad in 0..large + small {
        let list = office.submit(squad, if squad < large { OF_A_LIST } else { OF_A_SQUAD });
        if squad == 2 {
            let reason = Text::new("қате").expect("a text");
            office.akimat.book.withdraw_list(list, reason).expect("the akimat may");
        }
    }
    office.squads.drain(..large);
    let (made, began) = (began.elapsed(), Instant::now());
    office.akimat.book.bring_roster_up_to_date().expect("a disk with room");
    let (indexed, began) = (began.elapsed(), Instant::now());
    let (all, cursors) = all_pages(&mut office.akimat);
    eprintln!(
        "{} persons made in {made:.1?}, indexed in {indexed:.1?}, all pages in {:.1?}",
        all.len(),
        began.elapsed()
    );
    let bare = Bare::of(folder, &all);
    let mut chance = ChaCha20Rng::seed_from_u64(9);
    for asked in ASKED {
        let times: Vec<(Duration, Duration)> = (0..ROUNDS)
            .map(|_| one_page(&mut office, &bare, asked, &cursors, &mut chance))
            .collect();
        print(asked.0, &times);
    }
    lists(&mut office, folder);
}

/// What is asked for, by what it is called here.
type Asked = (&'static str, &'static [&'static str], Option<PersonState>, bool);

const ASKED: [Asked; 9] = [
    ("no search", &[], None, false),
    ("a state", &[], Some(PersonState::OffRoster), false),
    ("a squad", &[], None, true),
    ("one letter", &["а", "қ", "с", "е"], None, false),
    ("a common beginning", &["ахм", "аса", "Омар", "дан", "seit"], None, false),
    ("a whole name", &["Асел", "ибрагим", "Yarosl", "хадиша"], None, false),
    ("a rare inner word", &["қааа", "кмн", "каер", "куок"], None, false),
    ("two common words", &["ах ас", "аса бол", "асел ар", "к дан"], None, false),
    ("common words, nobody's together", &["асан асел арай", "аса асе асқ"], None, false),
];

fn all_pages(akimat: &mut Device) -> (Vec<RosterEntry>, Vec<Option<RosterCursor>>) {
    let (mut all, mut cursors) = (Vec::new(), vec![None]);
    loop {
        let after = cursors.last().copied().flatten();
        let page = akimat
            .book
            .roster_page(&RosterQuery { after, ..RosterQuery::default() })
            .expect("a page")
            .expect("a register that is read");
        all.extend(page.entries);
        match page.next {
            None => return (all, cursors),
            next => cursors.push(next),
        }
    }
}

/// One page, and the bare rows of it: what each took.
fn one_page(
    office: &mut Office,
    bare: &Bare,
    (_, searches, state, by_squad): Asked,
    cursors: &[Option<RosterCursor>],
    chance: &mut ChaCha20Rng,
) -> (Duration, Duration) {
    let mut draw = |end: usize| usize::try_from(chance.next_u32()).expect("a small number") % end.max(1);
    let is_walk = searches.is_empty() && state.is_none() && !by_squad;
    let after = if is_walk || draw(2) == 0 { cursors[draw(cursors.len())] } else { None };
    let search = searches.get(draw(searches.len())).copied();
    let squad = by_squad.then(|| office.squads[draw(office.squads.len())]);
    let query = RosterQuery { search, squad, state, after, limit: None };
    let began = Instant::now();
    let page = office
        .akimat
        .book
        .roster_page(&query)
        .expect("a page")
        .expect("a register that is read");
    let took = began.elapsed();
    let began = Instant::now();
    let rows = if is_walk { bare.walk(&page.entries) } else { bare.look_up(&page.entries) };
    let bare = began.elapsed();
    assert_eq!(rows, page.entries.len(), "the same rows");
    (took, bare)
}

fn print(asked: &str, times: &[(Duration, Duration)]) {
    let of = |which: fn(&(Duration, Duration)) -> Duration, share| {
        quantile(&times.iter().map(which).collect::<Vec<_>>(), share)
    };
    let (page, bare) = (of(|time| time.0, 0.95), of(|time| time.1, 0.95));
    println!(
        "| roster: {asked} | p95 {page:.1?} against {bare:.1?}, {:.1} ×; p50 {:.1?} against {:.1?} | `roster_page` of 100 \
         against the same rows by an index of their own, {ROUNDS} by turns |",
        page.div_duration_f64(bare),
        of(|time| time.0, 0.5),
        of(|time| time.1, 0.5),
    );
}

/// What a list of five thousand lines costs: sent here into a roster of all, and come to a console that held nobody.
fn lists(office: &mut Office, folder: &Path) {
    let timed = |work: &mut dyn FnMut()| {
        let began = Instant::now();
        work();
        began.elapsed()
    };
    let take_in = |device: &mut Device| {
        timed(&mut || {
            device.book.bring_roster_up_to_date().expect("a disk with room");
        })
    };
    let sent = timed(&mut || {
        office.submit(0, OF_A_LIST);
    });
    let taken_in = take_in(&mut office.akimat);
    let folder = folder.join("another");
    std::fs::create_dir(&folder).expect("a folder of ours");
    let mut another = Office::establish(&folder, 1);
    another.submit(0, OF_A_LIST);
    another.akimat.sync();
    let came = timed(&mut || another.ss.sync());
    let taken_in_there = take_in(&mut another.ss);
    println!(
        "| roster: a list of {OF_A_LIST} | sent in {sent:.1?}, taken into the index in {taken_in:.1?}; came in {came:.1?}, \
         taken in there in {taken_in_there:.1?} | a list sent in a roster of all, and one that came to an empty one |"
    );
}
