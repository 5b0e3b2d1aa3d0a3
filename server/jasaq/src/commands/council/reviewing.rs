//! `review`: what changed since the council looked last, vacancies, and its remarks (001-§7).

use jasaq_fieldbook::model::ids::StatementRef;
use jasaq_fieldbook::model::records::HeadState;
use jasaq_fieldbook::model::register::{CouncilDecision, Decided, Record};
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::statement::{Body, Kind};
use jasaq_fieldbook::{Fieldbook, Kept};
use serde_json::json;

use super::{office_name, person_name};
use crate::arguments::council::ReviewCommand;
use crate::commands::meant;
use crate::failure::Failure;
use crate::limits::NAMES_SHOWN_EACH;
use crate::output::Reply;
use crate::program::Program;
use crate::table::Columns;
use crate::words::{Message, Words};

/// What the council has not looked at, that it has, or a remark.
pub(in crate::commands) fn review(program: &Program, command: &ReviewCommand) -> Result<Reply, Failure> {
    let words = &program.words;
    match command {
        ReviewCommand::Show => show_changes(program),
        ReviewCommand::Done => {
            let key = program.with_fieldbook(|fieldbook| Ok(fieldbook.review()?))?;
            let reply = Reply::new(json!({ "key": key.as_str() })).text(words.say("review-done"));
            Ok(reply.note(words.say("register-next-sync")))
        }
        ReviewCommand::Remark { squad, text } => {
            let (squad, key) = program.with_fieldbook(|fieldbook| {
                let squad = meant::squad(program, fieldbook, Some(squad))?.squad;
                Ok((squad, fieldbook.remark(squad, text.clone())?))
            })?;
            let json = json!({ "squad": squad, "key": key.as_str() });
            Ok(Reply::new(json)
                .text(words.say("review-remarked"))
                .note(words.say("register-next-sync")))
        }
    }
}

fn show_changes(program: &Program) -> Result<Reply, Failure> {
    let words = &program.words;
    let (mut rows, mut all) = (Rows::new(words), Vec::new());
    let found = program.with_fieldbook(|fieldbook| {
        let Some(since) = fieldbook.council_changes()? else { return Ok(None) };
        for stated in &since.changes {
            let ended = taken_back(fieldbook, &since.taken_back, stated)?;
            let said = what_is_said(fieldbook, stated)?;
            let (kind, day) = (stated.statement.kind(), stated.statement.happened_at().day());
            all.push(json!({
                "day": day, "role": stated.role, "kind": kind, "said": said, "key": stated.key.as_str(),
                "taken_back": ended.as_ref().map(|(kind, what, key)| {
                    json!({ "kind": kind, "said": what, "key": key.as_str() })
                }),
            }));
            let ended = ended.map(|(kind, what, _)| format!("{} · {what} · ", kind.word(words.language())));
            rows.add(stated, ended.unwrap_or_default() + &said);
        }
        let squads = meant::read(fieldbook.register_squads()?, Kept::Squads)?;
        let vacant = squads.iter().filter(|squad| squad.record.head() == HeadState::Vacant);
        Ok(Some((since.reviewed, vacant.map(meant::squad_name).collect::<Vec<_>>())))
    })?;
    let Some((reviewed, vacancies)) = found else {
        let json = json!({ "reviewed": null, "changes": null, "vacancies": null });
        return Ok(meant::not_read(words, Kept::Squads, json));
    };
    let head = match reviewed {
        Some(day) => words.say(Message::new("review-since").with("day", day.to_string())),
        None => words.say("review-never"),
    };
    let table = if all.is_empty() { words.say("review-nothing-new") } else { rows.shown() };
    let mut lines = vec![head, table];
    if !vacancies.is_empty() {
        lines.push(words.say(Message::new("review-vacancies").with("squads", vacancies.join(", "))));
    }
    let json = json!({ "reviewed": reviewed, "changes": all, "vacancies": vacancies });
    Ok(Reply::new(json).text(lines.join("\n")))
}

/// The table of changes. Of names that one console put on a squad's roster one after the other, as a list of hundreds does, one row
/// tells; each stands in `--json`, and in the squad's roster.
struct Rows<'a> {
    words: &'a Words,
    columns: Columns,
    /// Names that go into one row, if there are many of them.
    run: Vec<(Stated, String)>,
}

impl<'a> Rows<'a> {
    fn new(words: &'a Words) -> Self {
        let headings = ["column-day", "column-role", "column-what", "column-said", "column-key"];
        Self { words, columns: Columns::new(words, &headings).sparing(&["column-role"]), run: Vec::new() }
    }

    fn add(&mut self, stated: &Stated, said: String) {
        let goes_on = self.run.last().is_none_or(|(before, _)| of_one_list(before, stated));
        if !goes_on || !matches!(stated.statement.body, Body::NameOn(_)) {
            self.end_run();
        }
        self.run.push((stated.clone(), said));
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if let (Some((first, name)), true) = (run.first(), run.len() > NAMES_SHOWN_EACH) {
            let many = Message::new("review-many-names").with("name", name.clone());
            let many = self.words.say(many.with("more", run.len() - 1));
            self.row(first, (many, String::new()));
        } else {
            for (stated, said) in run {
                let key = stated.key.as_str().to_owned();
                self.row(&stated, (said, key));
            }
        }
    }

    fn row(&mut self, stated: &Stated, (said, key): (String, String)) {
        let language = self.words.language();
        let role = stated.role.map(|role| role.word(language).to_owned());
        let (kind, day) = (stated.statement.kind(), stated.statement.happened_at().day());
        self.columns.row([
            day.to_string(),
            role.unwrap_or_default(),
            kind.word(language).to_owned(),
            said,
            key,
        ]);
    }

    fn shown(mut self) -> String {
        self.end_run();
        self.columns.to_string()
    }
}

/// Whether both put a name on the same squad's roster, on one day, by one console.
fn of_one_list(one: &Stated, other: &Stated) -> bool {
    let day = |stated: &Stated| stated.statement.happened_at().day();
    match (&one.statement.body, &other.statement.body) {
        (Body::NameOn(before), Body::NameOn(on)) => {
            before.squad == on.squad && one.author == other.author && day(one) == day(other)
        }
        _ => false,
    }
}

/// What a withdrawal took back: its kind, whom and what it was about, and its key.
fn taken_back(
    fieldbook: &mut Fieldbook,
    ended: &[Stated],
    stated: &Stated,
) -> Result<Option<(Kind, String, StatementRef)>, Failure> {
    let Body::Register(Record::Withdrawn(withdrawn)) = &stated.statement.body else { return Ok(None) };
    let mut ended = ended.iter();
    let ended = ended.find(|one| one.author == withdrawn.author && one.key == withdrawn.key);
    let Some(ended) = ended else { return Ok(None) };
    Ok(Some((ended.statement.kind(), what_is_said(fieldbook, ended)?, ended.key.clone())))
}

/// Whom and what a council's statement is about, in names.
fn what_is_said(fieldbook: &mut Fieldbook, stated: &Stated) -> Result<String, Failure> {
    Ok(match &stated.statement.body {
        Body::Squad(squad) => squad.name.to_string(),
        Body::NameOn(on) => on.person.full_name.to_string(),
        Body::NameOff(off) => person_name(fieldbook, off.person)?,
        Body::Register(Record::Decision(CouncilDecision { decided, .. })) => match decided {
            Decided::CreateSquad(squad) => squad.name.to_string(),
            Decided::AppointHead { person, .. } => person_name(fieldbook, *person)?,
        },
        Body::Register(Record::Supervision(supervision)) => {
            let squads = meant::read(fieldbook.register_squads()?, Kept::Squads)?;
            let squad = squads.iter().find(|squad| squad.squad == supervision.squad);
            squad.map(meant::squad_name).unwrap_or_default()
        }
        Body::Register(Record::HeadEnded(ended)) => {
            let office = office_name(fieldbook, &stated.author)?;
            format!("{} ({office})", person_name(fieldbook, ended.person)?)
        }
        Body::Register(Record::Remark(remark)) => remark.text.to_string(),
        Body::Register(Record::Withdrawn(withdrawn)) => withdrawn.reason.to_string(),
        _ => String::new(),
    })
}
