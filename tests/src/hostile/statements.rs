//! Statements: fields become one, or are refused; and a patrol is shown whatever its statements say.

use jasaq_fieldbook::model::ids::{Author, PersonId, SquadId, StatementRef};
use jasaq_fieldbook::model::patrol_log::PatrolLog;
use jasaq_fieldbook::model::records::{Lists, PersonRecord, SquadRecord};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::statement::{Fields, Scalar, Statement};

use super::draw::{Draw, Plan};

/// The keys that statements have, so that a byte names one.
const KEYS: [&str; 136] = [
    "kind",
    "v",
    "at",
    "tz",
    "gps",
    "boot",
    "when",
    "when_tz",
    "mode",
    "rep",
    "area",
    "leader",
    "task",
    "plan",
    "leg",
    "transport",
    "members",
    "act",
    "sub",
    "object",
    "receiver",
    "text",
    "source",
    "lat",
    "lon",
    "acc",
    "alt",
    "fix",
    "lat0",
    "lon0",
    "rec",
    "n",
    "of",
    "points",
    "name",
    "time",
    "member",
    "cert",
    "eligible",
    "day",
    "squad",
    "district",
    "person",
    "ends",
    "act",
    "sub",
    "text",
    "lat",
    "lon",
    "kind",
    // The register's came later, so what was kept means what it did.
    "ended",
    "turn",
    "what",
    "number",
    "seen",
    "list",
    "lines",
    "iin",
    "born",
    "doc",
    "doc_no",
    "home",
    "before",
    "insured",
    "outcome",
    "finding",
    "form",
    "section",
    "ts",
    "position",
    "rank",
    "signer",
    "print",
    "cause",
    "session",
    "unit",
    "ground",
    "death",
    "about",
    "way",
    "roll",
    "author",
    // And then those of plans, and of what is said on a patrol beside entries.
    "from",
    "from_tz",
    "until",
    "until_tz",
    "sector",
    "route",
    "answer",
    "can",
    "reason",
    "said",
    "why",
    "note",
    "marker",
    "landmark",
    "count",
    "by",
    "case",
    "patrol",
    "told",
    "told_tz",
    "channel",
    "whom",
    "reply",
    "paper",
    "offence",
    "step",
    "lang",
    "body",
    "officer",
    "site",
    "items",
    "trigger",
    "citizenship",
    "company",
    "ordered",
    "means",
    "aim",
    "necessity",
    "injuries",
    "witnesses",
    "entries",
    "is",
    "field",
    "choice",
    "value",
    "device",
    "was",
    "to",
    "page",
    "bytes",
    "prev",
    "sig",
    "year",
    "amend",
];

/// Several statements one after another, each closed by the byte 255; they are read, and shown as one patrol.
pub(super) fn feed_statement(input: &[u8]) {
    let mut draw = Draw::new(input);
    let mut stated = Vec::new();
    while !draw.is_empty() && stated.len() < 16 {
        let fields = read_fields(&mut draw);
        let Ok(statement) = Statement::from_fields(&fields) else { continue };
        check(&fields, &statement);
        let key = StatementRef::new(format!("k.{}", stated.len())).expect("it is a key");
        stated.push(Stated { key, author: Author::from_bytes([1; 32]), member: None, role: None, statement });
    }
    if !stated.is_empty() {
        let log = PatrolLog::from_statements(stated.iter().cloned());
        let turned = PatrolLog::from_statements(stated.iter().rev().chain(&stated).cloned());
        assert_eq!(log, turned, "the same statements in any order and number are the same log");
        check_records(&stated);
    }
}

/// What the register makes of statements, each said in another office, whichever comes first.
fn check_records(stated: &[Stated]) {
    let in_office = |(stated, role): (&Stated, &Role)| Stated { role: Some(*role), ..stated.clone() };
    let said: Vec<Stated> = stated.iter().zip(Role::ALL.iter().cycle()).map(in_office).collect();
    let turned = || said.iter().rev().chain(&said).cloned();
    let lists = Lists::from_statements(said.iter().cloned());
    assert_eq!(lists, Lists::from_statements(turned()), "the same statements are the same lists");
    for stated in &said {
        let fields = stated.statement.to_fields();
        let id = |key| match fields.get(key) {
            Some(Scalar::Bytes(bytes)) => <[u8; 16]>::try_from(bytes.as_slice()).ok(),
            _ => None,
        };
        if let Some(person) = id("person").map(PersonId::from_bytes) {
            let of = |statements| PersonRecord::from_statements(person, statements, &lists);
            assert_eq!(of(said.clone()), of(turned().collect()), "the same statements are the same person");
        }
        if let Some(squad) = id("squad").map(SquadId::from_bytes) {
            let of = |statements: Vec<Stated>| SquadRecord::from_statements(squad, statements);
            assert_eq!(of(said.clone()), of(turned().collect()), "the same statements are the same squad");
        }
    }
}

fn check(fields: &Fields, statement: &Statement) {
    assert!(fields.bytes_all() <= statement.kind().bytes_max(), "no larger than a statement may be");
    let written = statement.to_fields();
    assert_eq!(Statement::from_fields(&written).as_ref(), Ok(statement), "what is written is read alike");
    for (key, scalar) in written.iter() {
        // A counter since boot of more than a hundred years counts as a hundred, members are a set, and a later program's
        // minor shape is not ours.
        let is_as_given =
            fields.get(key).is_none_or(|given| given == scalar) || matches!(key, "boot" | "members" | "v");
        assert!(is_as_given, "{key} is as it was given");
    }
}

fn read_fields(draw: &mut Draw<'_>) -> Fields {
    let mut fields = Fields::new();
    while !draw.is_empty() {
        let key = match draw.byte() {
            255 => break,
            254 => String::from_utf8_lossy(draw.piece()).into_owned(),
            number => KEYS[usize::from(number) % KEYS.len()].to_owned(),
        };
        let scalar = match draw.byte() % 5 {
            0 => Scalar::Text(String::from_utf8_lossy(draw.piece()).into_owned()),
            1 => Scalar::Int(draw.number().cast_signed()),
            2 => Scalar::Bytes(draw.piece().to_vec()),
            3 => Scalar::Flag(draw.flag()),
            _ => Scalar::Int(i64::from(draw.byte().cast_signed())),
        };
        fields.insert(key, scalar);
    }
    fields
}

/// The plan of a statement's fields.
pub(super) fn plan(fields: &Fields) -> Vec<u8> {
    let mut plan = Plan::default();
    for (key, scalar) in fields.iter() {
        let number = KEYS.iter().position(|known| *known == key);
        plan = match number.and_then(|number| u8::try_from(number).ok()) {
            Some(number) => plan.raw(&[number]),
            None => plan.raw(&[254]).piece(key.as_bytes()),
        };
        plan = match scalar {
            Scalar::Text(text) => plan.raw(&[0]).piece(text.as_bytes()),
            Scalar::Int(int) => plan.raw(&[1]).raw(&int.to_be_bytes()),
            Scalar::Bytes(bytes) => plan.raw(&[2]).piece(bytes),
            Scalar::Flag(flag) => plan.raw(&[3, u8::from(*flag)]),
        };
    }
    plan.raw(&[255]).finish()
}
