//! `print extract`: what the structural subdivision enters into the border service book of one page (001-§23).
//!
//! Promises counts of what was done and none of who did how much: nobody is ranked.

use jasaq_fieldbook::Fieldbook;
use jasaq_fieldbook::model::case::CaseStage;
use jasaq_fieldbook::model::entry::{ActivityType, ReceiverKind};
use jasaq_fieldbook::model::page::{Page, PageChain};
use jasaq_printing::documents::{BookExtract, Document, Item};

use super::in_words::{InWords, in_groups};
use super::page::{field_items, item};
use super::{language_of, rows, signer};
use crate::arguments::paper::ExtractArguments;
use crate::commands::page::{find_page, number_of};
use crate::failure::Failure;
use crate::program::Program;
use crate::words::Words;

/// The extract of a page that is sealed.
pub(super) fn extract(
    program: &Program,
    fieldbook: &mut Fieldbook,
    arguments: &ExtractArguments,
) -> Result<Document, Failure> {
    let words = Words::of(language_of(program, &arguments.sheet));
    let view = find_page(fieldbook, &arguments.page)?;
    let openings = if arguments.without_personal { Vec::new() } else { fieldbook.page_openings(&view)? };
    let squads = fieldbook.squads()?.unwrap_or_default();
    let squad = squads.into_iter().find(|squad| squad.squad.to_string() == view.page.squad);
    let it = InWords::new(&view.page, &openings, &words);
    let chain = PageChain::of(&view.log);
    let entered = chain.page(view.hash).and_then(|page| page.entered.first());
    let persons = rows::members(&it).into_iter();
    let persons = persons.map(|[number, name, certificate, attended, _, minutes]| {
        [number, name, certificate, attended, minutes]
    });
    Ok(Document::BookExtract(Box::new(BookExtract {
        structural_subdivision: arguments.from.clone(),
        squad: squad.and_then(|squad| squad.name),
        number: number_of(&view),
        hash: in_groups(&view.hash.to_string()),
        patrol: field_items(&it),
        persons: persons.collect(),
        results: results(&it),
        section: entered.map(|(_, word)| word.section.to_string()),
        entered_on: entered.map(|(_, word)| word.day),
        signer: signer(&arguments.sheet, None),
    })))
}

/// What was done, by the five types of 001-§10, and what became of it.
fn results(it: &InWords<'_>) -> Vec<Item> {
    let (page, language) = (it.page, it.words.language());
    let of_types = ActivityType::ALL.iter().map(|kind| {
        let count = types(page).filter(|code| *code == kind.code()).count();
        item(kind.word(language).to_owned(), count.to_string())
    });
    let handed = ReceiverKind::ALL.iter().map(|kind| {
        let is_his = |receiver: &Option<String>| receiver.as_deref() == Some(kind.code());
        let count = page.cases.iter().filter(|case| is_his(&case.receiver)).count();
        let caption = format!("{}: {}", CaseStage::HandedOver.word(language), kind.word(language));
        item(caption, count.to_string())
    });
    let released = page
        .cases
        .iter()
        .filter(|case| case.stage == CaseStage::Released.code())
        .count();
    let released = item(CaseStage::Released.word(language).to_owned(), released.to_string());
    let notices = item(it.say("paper-notices"), page.notices.len().to_string());
    of_types.chain(handed).chain([released, notices]).collect()
}

/// The activity type of each event; of one whose type could not be decided there is none.
fn types(page: &Page) -> impl Iterator<Item = &str> {
    let lines = page.events.iter().flat_map(|event| &event.fields);
    let values = lines
        .filter(|line| line.field == "activity")
        .filter_map(|line| line.value.as_deref());
    values.map(|value| value.split('/').next().unwrap_or_default())
}
