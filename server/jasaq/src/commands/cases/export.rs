//! `force export`: a use of force for whoever complains of it, and for whoever decides about the complaint (001-§10(4), 12(3)).
//!
//! Holds who used which force, when and where, to what end and why nothing else would do, what was done on the way, and the page that
//! sealed it with what its signatures are worth. What is withheld is said, and so is what nobody said: the product judges nothing.

use std::path::Path;

use jasaq_fieldbook::model::detention::ForceUsed;
use jasaq_fieldbook::model::ids::{CaseId, PatrolId};
use jasaq_fieldbook::model::patrol_log::{LogRefused, PatrolLog, Version};
use jasaq_fieldbook::model::position::Place;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::{CaseView, Fieldbook, FieldbookRefused, PageView};
use serde_json::{Value, json};

use super::{find, shown};
use crate::commands::said::{self, Names};
use crate::failure::{Class, Failure};
use crate::log;
use crate::output::Reply;
use crate::program::{Program, only_one};
use crate::table::{day_and_time, short};
use crate::words::{Message, Words};

/// What the form is called in the file.
const FORM: &str = "force/1";

/// A use of force with all that belongs to it.
struct Exported {
    patrol: PatrolId,
    view: CaseView,
    log: PatrolLog,
    pages: Vec<PageView>,
    names: Names,
    with_persons: bool,
}

/// Writes the record of a use of force as JSON or as text, by the name of the file.
pub(super) fn export(
    program: &Program,
    (given, file): (&str, &Path),
    without_personal: bool,
) -> Result<Reply, Failure> {
    let words = &program.words;
    let ending = file.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    let is_text = match ending.as_deref() {
        Some("txt") => true,
        Some("json") => false,
        _ => return Err(Failure::usage("force-ending")),
    };
    let exported = program.with_fieldbook(|fieldbook| {
        let (patrol, case) = meant(program, fieldbook, given)?;
        let cases = fieldbook.cases(patrol)?.into_iter();
        let view = cases.into_iter().find(|view| view.case == case);
        let view = view.ok_or(FieldbookRefused::from(LogRefused::NoCase))?;
        let log = fieldbook.patrol(patrol)?.log;
        let pages = pages_of(fieldbook, case)?;
        let names = Names::of(fieldbook)?;
        Ok(Exported { patrol, view, log, pages, names, with_persons: !without_personal })
    })?;
    if exported.view.record().force.is_empty() {
        let why = if exported.view.said.is_empty() { "force-not-read" } else { "force-none-in-case" };
        return Err(Failure::new(Class::Rule, why, &"no use of force is read here in this case"));
    }
    let written = if is_text { exported.text(words) } else { format!("{}\n", exported.json(words)) };
    program.write_file(file, written.as_bytes())?;
    let name = file.display().to_string();
    let case = exported.view.case;
    let told = Message::new("force-exported")
        .with("case", short(&case.to_string()))
        .with("file", name.clone());
    let json = json!({
        "case": case,
        "patrol": exported.patrol,
        "file": name,
        "pages": exported.pages.iter().map(|page| page.hash).collect::<Vec<_>>(),
        "withheld": exported.withheld(),
    });
    Ok(Reply::new(json).text(words.say(told)))
}

/// The case of this id; else that of the entry with this key.
fn meant(program: &Program, fieldbook: &mut Fieldbook, given: &str) -> Result<(PatrolId, CaseId), Failure> {
    if !given.contains('.') {
        return find(program, fieldbook, given);
    }
    let mut found: Vec<(PatrolId, CaseId)> = Vec::new();
    for patrol in said::patrols(program, fieldbook, None)? {
        let cases = fieldbook.cases(patrol)?.into_iter();
        let named = cases.filter(|view| view.entries.iter().any(|cause| cause.key.as_str() == given));
        found.extend(named.map(|view| (patrol, view.case)));
    }
    found.sort_by_key(|(_, case)| *case);
    found.dedup_by_key(|(_, case)| *case);
    only_one(found, given, || FieldbookRefused::from(LogRefused::NoCase).into())
}

/// The pages that tell of a case, in the order in which they were sealed.
fn pages_of(fieldbook: &mut Fieldbook, case: CaseId) -> Result<Vec<PageView>, Failure> {
    let case = case.to_string();
    let mut pages = fieldbook.pages()?;
    pages.retain(|view| view.page.cases.iter().any(|line| line.case == case));
    pages.sort_by(|one, other| one.page.sealed_at.cmp(&other.page.sealed_at));
    Ok(pages)
}

impl Exported {
    /// What is not in the file although something of it may be held: always said.
    fn withheld(&self) -> Vec<&'static str> {
        let withheld = [
            ("force-withheld-persons", !self.with_persons),
            ("force-withheld-unread", !self.view.is_read_whole),
            ("force-withheld-attachments", true),
        ];
        withheld.into_iter().filter(|(_, is_so)| *is_so).map(|(id, _)| id).collect()
    }

    /// Where it was, by the entries of the log that name the case.
    fn places(&self) -> Vec<Place> {
        let versions = self.log.versions();
        let standing = versions.iter().flat_map(|logged| &logged.standing);
        let named = standing.filter(|version| version.entry.case() == Some(self.view.case));
        let place = |version: &Version<'_>| Place {
            position: version.entry.position().copied(),
            marks: version.entry.marks().clone(),
        };
        named.map(place).collect()
    }

    fn json(&self, words: &Words) -> Value {
        let record = self.view.record();
        let persons = |said: Vec<Value>| if self.with_persons { json!(said) } else { Value::Null };
        json!({
            "jasaq": FORM,
            "case": self.view.case,
            "patrol": self.patrol,
            "stage": record.stage(),
            "gaps": record.gaps(),
            "force": record.force.iter().map(|one| self.force_json(one)).collect::<Vec<_>>(),
            "put_right": record.force_put_right().iter().map(|one| self.force_json(one)).collect::<Vec<_>>(),
            "places": self.places().iter().map(log::place_json).collect::<Vec<_>>(),
            "detained": persons(shown::all_detained(&record)),
            "steps": if self.with_persons {
                shown::all_steps(&record)
            } else {
                shown::steps_without_persons(&record)
            },
            "handed_over": persons(shown::all_handed(&record)),
            "released": persons(shown::all_released(&record)),
            "earlier": persons(shown::all_earlier(&record)),
            "pages": self.pages.iter().map(page_json).collect::<Vec<_>>(),
            "withheld": self.withheld().iter().map(|id| words.say(*id)).collect::<Vec<_>>(),
            "remark": words.say("force-remark"),
        })
    }

    fn force_json(&self, one: &(&Stated, &ForceUsed)) -> Value {
        let mut json = shown::force_json(one);
        let (stated, said) = one;
        if let Some(fields) = json.as_object_mut() {
            fields.insert("name".to_owned(), json!(self.names.name(said.by.or(stated.member))));
            if !self.with_persons {
                fields.insert("witnesses".to_owned(), Value::Null);
                fields.insert("injuries".to_owned(), Value::Null);
            }
        }
        json
    }

    fn text(&self, words: &Words) -> String {
        let record = self.view.record();
        let head = Message::new("force-record-of")
            .with("case", self.view.case.to_string())
            .with("patrol", self.patrol.to_string());
        let mut lines = vec![words.say(head), words.say("force-remark"), String::new()];
        for (stated, said) in &record.force {
            lines.extend(self.force_lines(words, (stated, said)));
        }
        for place in self.places() {
            lines.push(log::place(words, (place.position.as_ref(), &place.marks)));
        }
        for (stated, said) in record.force_put_right() {
            lines.push(String::new());
            lines.push(words.say("force-put-right"));
            lines.extend(self.force_lines(words, (stated, said)));
        }
        lines.push(String::new());
        let whole = super::page::Page { words, names: &self.names };
        lines.extend(whole.on_the_way(&record, self.with_persons));
        lines.push(String::new());
        lines.extend(self.page_lines(words));
        lines.push(String::new());
        lines.extend(self.withheld().iter().map(|id| words.say(*id)));
        lines.join("\n") + "\n"
    }

    fn force_lines(&self, words: &Words, (stated, said): (&Stated, &ForceUsed)) -> Vec<String> {
        let name = self.names.name(said.by.or(stated.member));
        let time = day_and_time(stated.statement.happened_at());
        let told = |id: &'static str, said: Option<String>| {
            words.say(Message::new(id).with("said", said.unwrap_or_else(|| words.say("force-not-said"))))
        };
        let of_persons = |said: Option<String>| {
            if self.with_persons { said } else { Some(words.say("export-withheld")) }
        };
        let witnesses = of_persons(said.witnesses.as_ref().map(ToString::to_string));
        let injuries = of_persons(said.injuries.as_ref().map(ToString::to_string));
        [
            format!("{time} · {name} · {}", stated.statement.kind().word(words.language())),
            told("case-means", Some(said.means.to_string())),
            told("case-aim", Some(said.aim.to_string())),
            told("case-necessity", Some(said.necessity.to_string())),
            told("case-injuries", injuries),
            told("case-witnesses", witnesses),
        ]
        .into_iter()
        .chain(
            said.because
                .as_ref()
                .map(|because| told("case-because", Some(because.to_string()))),
        )
        .collect()
    }

    fn page_lines(&self, words: &Words) -> Vec<String> {
        if self.pages.is_empty() {
            return vec![words.say("force-no-page")];
        }
        let line = |view: &PageView| {
            let number = crate::commands::page::number_of(view);
            let page = Message::new("force-page")
                .with("number", number.unwrap_or_else(|| words.say("page-unnumbered")))
                .with("hash", view.hash.to_string())
                .with("sealed", view.page.sealed_at.clone());
            let verdict = |is_good: bool| {
                words.say(if is_good { "force-signature-good" } else { "force-signature-bad" })
            };
            let signatures = view.signatures();
            let seal = verdict(signatures.as_ref().is_some_and(|signatures| signatures.is_seal_good));
            let head = words.say(Message::new("force-sealed").with("verdict", seal));
            let counter = signatures.iter().flat_map(|signatures| &signatures.countersigned);
            let counter = counter.map(|(_, number, is_good)| {
                let told = Message::new("force-countersigned").with("number", number.to_string());
                words.say(told.with("verdict", verdict(*is_good)))
            });
            [words.say(page), head]
                .into_iter()
                .chain(counter)
                .collect::<Vec<_>>()
                .join("\n")
        };
        self.pages.iter().map(line).collect()
    }
}

fn page_json(view: &PageView) -> Value {
    let signatures = view.signatures();
    let countersigned = signatures.iter().flat_map(|signatures| &signatures.countersigned);
    let countersigned = countersigned
        .map(|(by, number, is_good)| json!({ "by": by, "number": number.to_string(), "is_good": is_good }));
    json!({
        "page": view.hash,
        "number": crate::commands::page::number_of(view),
        "state": view.state,
        "is_last": view.is_last(),
        "sealed_at": view.page.sealed_at,
        "sealed_by": signatures.as_ref().map(|signatures| signatures.sealed_by),
        "is_seal_good": signatures.as_ref().map(|signatures| signatures.is_seal_good),
        "countersigned": countersigned.collect::<Vec<_>>(),
    })
}
