//! `print page`: the page of a patrol, sealed or as it would be (L-8, L-9 of the screens).
//!
//! Promises that it says what the page says and by how many; that personal fields stand there only as this device opens them; and
//! that a draft claims no hash.

use jasaq_fieldbook::model::case::{CaseGap, CaseStage};
use jasaq_fieldbook::model::detention::StepKind;
use jasaq_fieldbook::model::entry::ReceiverKind;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::page::{CaseLine, EventLine, FieldLine, Opening, Page, PageChain, PageState};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent};
use jasaq_fieldbook::model::sentences::{Message as Sentence, sentence, written_day};
use jasaq_fieldbook::model::source::Source;
use jasaq_fieldbook::model::words::Language;
use jasaq_fieldbook::{Fieldbook, PageView};
use jasaq_printing::documents::{
    Document, Item, PageStanding, PatrolPage, PrintedCase, PrintedEntry, Signer,
};

use super::in_words::{InWords, in_groups};
use super::{earlier, language_of, pdf_of, rows, signer};
use crate::arguments::paper::PageArguments;
use crate::commands::page::{find_page, number_of, printed_code, remarks_on};
use crate::failure::Failure;
use crate::program::{Program, find_patrol};
use crate::table::short;
use crate::words::{Message, Words};

/// The page that is named, or the one that would be sealed now.
pub(super) fn page(
    program: &Program,
    fieldbook: &mut Fieldbook,
    arguments: &PageArguments,
) -> Result<Document, Failure> {
    let words = Words::of(language_of(program, &arguments.sheet));
    let signer = signer(&arguments.sheet, None);
    let shows_persons = !arguments.without_personal;
    let openings = |openings: Vec<Opening>| if shows_persons { openings } else { Vec::new() };
    let page = if arguments.preview {
        let patrol = find_patrol(program, fieldbook, arguments.page.as_deref())?;
        let preview = fieldbook.preview_page(patrol, None)?;
        let openings = openings(preview.openings.openings);
        of_page(&InWords::new(&preview.page, &openings, &words), (shows_persons, signer))
    } else {
        let view = find_page(fieldbook, arguments.page.as_deref().unwrap_or_default())?;
        let openings = openings(fieldbook.page_openings(&view)?);
        let page = of_page(&InWords::new(&view.page, &openings, &words), (shows_persons, signer));
        sealed(page, &view, &words)
    };
    Ok(Document::PatrolPage(Box::new(page)))
}

/// A page that is not sealed, as a terminal shows it.
pub(in crate::commands) fn draft_in_words(
    (page, openings): (&Page, &[Opening]),
    words: &Words,
) -> PatrolPage {
    of_page(&InWords::new(page, openings, words), (true, Signer::default()))
}

/// The same of a sealed one.
pub(in crate::commands) fn sealed_in_words(
    (view, openings): (&PageView, &[Opening]),
    words: &Words,
) -> PatrolPage {
    sealed(draft_in_words((&view.page, openings), words), view, words)
}

/// A sealed page as a file, with what this device opens.
pub(crate) fn pdf_of_page(
    fieldbook: &mut Fieldbook,
    view: &PageView,
    (language, day): (Language, Day),
) -> Result<Vec<u8>, Failure> {
    let openings = fieldbook.page_openings(view)?;
    let page = sealed_in_words((view, &openings), &Words::of(language));
    pdf_of(&Document::PatrolPage(Box::new(page)), language, day)
}

/// As a draft.
fn of_page(it: &InWords<'_>, (shows_persons, signer): (bool, Signer)) -> PatrolPage {
    let page = it.page;
    PatrolPage {
        standing: PageStanding::Draft,
        number: None,
        hash: None,
        before: page.before.as_deref().map(in_groups),
        about: reason(it).into_iter().collect(),
        plan: plan(it),
        patrol: field_items(it),
        members: rows::members(it),
        phones: rows::phones(it),
        legs: rows::legs(it),
        tracks: rows::tracks(it),
        entries: page.events.iter().enumerate().map(|event| entry(it, event)).collect(),
        withdrawn: earlier::withdrawn(it),
        marks: rows::marks(it),
        notices: rows::notices(it),
        cases: page
            .cases
            .iter()
            .enumerate()
            .map(|(place, case)| case_of(it, (place, case)))
            .collect(),
        flags: rows::flags(it),
        statements: statements(page),
        shows_persons,
        code: None,
        signer,
    }
}

fn statements(page: &Page) -> u32 {
    let count: usize = page.statements.iter().map(|said| said.keys.len()).sum();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What is said of a page once it is sealed.
fn sealed(page: PatrolPage, view: &PageView, words: &Words) -> PatrolPage {
    let chain = PageChain::of(&view.log);
    let told = chain.page(view.hash);
    let entered = told.iter().flat_map(|told| &told.entered).map(|(_, word)| {
        let day = written_day(word.day);
        let told = Message::new("paper-entered-in").with("section", word.section.to_string());
        item(words.say("paper-entered"), words.say(told.with("day", day)))
    });
    let by = Message::new("paper-sealed-by").with("member", short(&view.page.sealed_by_member));
    let by = words.say(by.with("device", short(&view.page.sealed_by)));
    let sealed_at = item(words.say("paper-sealed"), format!("{}, {by}", InWords::time(&view.page.sealed_at)));
    let remarks = remarks_on(view).into_iter();
    let remarks = remarks.map(|id| item(words.say("paper-beware"), words.say(id)));
    PatrolPage {
        standing: match view.state {
            PageState::Sealed => PageStanding::Sealed,
            PageState::Countersigned => PageStanding::Countersigned,
            PageState::Entered => PageStanding::Entered,
        },
        number: number_of(view),
        hash: Some(in_groups(&view.hash.to_string())),
        about: [sealed_at]
            .into_iter()
            .chain(entered)
            .chain(page.about)
            .chain(remarks)
            .collect(),
        code: Some(printed_code(view)),
        ..page
    }
}

pub(super) fn item(caption: String, value: String) -> Item {
    Item { caption, value: Some(value), notes: Vec::new() }
}

fn reason(it: &InWords<'_>) -> Option<Item> {
    let reason = it.shown("/reason", it.page.reason.as_ref()?);
    Some(item(it.say("paper-amended-why"), reason))
}

/// What is said of the patrol itself.
pub(super) fn field_items(it: &InWords<'_>) -> Vec<Item> {
    let numbered = it.page.header.iter().enumerate();
    numbered
        .map(|(index, line)| field_item(it, line, &format!("/header/{index}")))
        .collect()
}

fn field_item(it: &InWords<'_>, line: &FieldLine, path: &str) -> Item {
    let notes = it.notes(line, path);
    let notes = if notes.is_empty() { notes } else { vec![notes.join(" · ")] };
    Item { caption: it.field_name(&line.field), value: Some(it.standing(line)), notes }
}

fn plan(it: &InWords<'_>) -> Vec<Item> {
    let Some(plan) = &it.page.plan else { return Vec::new() };
    let language = it.words.language();
    let area = AreaComponent::from_code(&plan.area).map_or(plan.area.as_str(), |area| area.word(language));
    let mode = ActivityMode::from_code(&plan.mode).map_or(plan.mode.as_str(), |mode| mode.word(language));
    let said = [
        ("paper-plan-when", Some(format!("{} – {}", InWords::time(&plan.from), InWords::time(&plan.until)))),
        ("paper-plan-sector", Some(plan.sector.clone())),
        ("paper-plan-area", Some(area.to_owned())),
        ("paper-plan-mode", Some(mode.to_owned())),
        ("paper-plan-route", plan.route.clone()),
        ("paper-plan-task", plan.task.clone()),
    ];
    let said = said.into_iter().filter_map(|(id, value)| Some((id, value?)));
    said.map(|(id, value)| item(it.say(id), value)).collect()
}

/// An event in the columns of the sheet.
fn entry(it: &InWords<'_>, (index, event): (usize, &EventLine)) -> PrintedEntry {
    let of = |field: &str| {
        let line = event.fields.iter().find(|line| line.field == field);
        line.map(|line| it.standing(line)).unwrap_or_default()
    };
    let marker = Some(of("marker")).filter(|marker| !marker.is_empty());
    let marker = marker.map(|marker| it.say(Message::new("log-marker").with("marker", marker)));
    let place = [Some(of("place")), marker, Some(of("landmark"))].into_iter().flatten();
    let worth = worth(it.words, event, |devices| it.phones(devices.iter().copied()));
    let place = place.chain(worth).filter(|part| !part.is_empty());
    PrintedEntry {
        number: event.number,
        time: InWords::time(&event.at),
        told_by: it.phones(event.told_by.iter().map(|[device, _]| device)),
        activity: of("activity"),
        count: of("count"),
        place: place.collect::<Vec<_>>().join("\n"),
        text: of("text"),
        notes: event_notes(it, (index, event)),
    }
}

/// What the positions of an event are worth, each once; of several, by whose phone.
pub(in crate::commands) fn worth(
    words: &Words,
    event: &EventLine,
    phones: impl Fn(&[&String]) -> String,
) -> Vec<String> {
    let mut badges: Vec<(String, Vec<&String>)> = Vec::new();
    for [device, _, origin, decimetres] in &event.positions {
        let metres = decimetres.parse::<u32>().map(|decimetres| decimetres.div_ceil(10));
        let badge = match (origin.as_str(), metres) {
            ("by_hand", _) => Sentence::new("position-by-hand"),
            ("mock", _) => Sentence::new("position-mock"),
            (_, Ok(metres)) => Sentence::new("position-measured").with("metres", metres),
            (_, Err(_)) => Sentence::new("position-accuracy-unknown"),
        };
        let badge = sentence(badge, words.language());
        match badges.iter_mut().find(|(known, _)| *known == badge) {
            Some((_, devices)) => devices.push(device),
            None => badges.push((badge, vec![device])),
        }
    }
    let is_one = badges.len() == 1;
    let named = badges.into_iter().map(|(badge, devices)| {
        let told = Message::new("paper-worth-of").with("phones", phones(&devices));
        if is_one { badge } else { words.say(told.with("worth", badge)) }
    });
    named.collect()
}

/// Fields that all say alike are named together.
fn event_notes(it: &InWords<'_>, (index, event): (usize, &EventLine)) -> Vec<String> {
    let is_plain = |line: &&FieldLine| line.others.is_empty() && line.decided.is_none();
    let mut alike: Vec<((u32, u32), Vec<String>)> = Vec::new();
    for line in event.fields.iter().filter(is_plain).filter(|line| line.of > 1) {
        let counted = (line.said, line.of);
        let name = it.field_name(&line.field);
        match alike.iter_mut().find(|(known, _)| *known == counted) {
            Some((_, names)) => names.push(name),
            None => alike.push((counted, vec![name])),
        }
    }
    let alike = alike.into_iter().map(|((said, of), names)| {
        let counted = it.say(Message::new("reconcile-agreed").with("said", said).with("of", of));
        format!("{}: {counted}", names.join(", "))
    });
    let told = event.fields.iter().enumerate().filter(|(_, line)| !is_plain(line));
    let told = told.map(|(field, line)| {
        let notes = it.notes(line, &format!("/events/{index}/fields/{field}"));
        format!("{}: {}", it.field_name(&line.field), notes.join(" · "))
    });
    alike.chain(told).chain(circumstances(it, (index, event))).collect()
}

/// How an event came onto the page, beside its fields.
fn circumstances(it: &InWords<'_>, (index, event): (usize, &EventLine)) -> Vec<String> {
    let language = it.words.language();
    let mut notes = Vec::new();
    for [device, _, source] in &event.sources {
        let word = Source::from_code(source).map_or(source.as_str(), |source| source.word(language));
        let told = Message::new("paper-source").with("phone", it.phone(device));
        notes.push(it.say(told.with("source", word.to_owned())));
    }
    for [device, _, teller] in &event.tellers {
        let told = Message::new("paper-teller").with("phone", it.phone(device));
        notes.push(it.say(told.with("name", it.member(teller))));
    }
    notes.extend((event.evidence == "corrected").then(|| it.say("reconcile-clock-corrected")));
    if event.amended > 0 {
        notes.push(it.say(Message::new("paper-amended").with("count", event.amended)));
    }
    notes.extend(earlier::notes(it, (index, event)));
    notes.extend(event.late.then(|| it.say("reconcile-late")));
    let case = event
        .case
        .as_ref()
        .map(|case| Message::new("log-case").with("case", short(case)));
    notes.extend(case.map(|case| it.say(case)));
    notes
}

fn case_of(it: &InWords<'_>, (place, case): (usize, &CaseLine)) -> PrintedCase {
    let language = it.words.language();
    let stage = CaseStage::from_code(&case.stage).map_or(case.stage.as_str(), |stage| stage.word(language));
    let receiver = case.receiver.as_deref();
    let receiver =
        receiver.map(|code| ReceiverKind::from_code(code).map_or(code, |kind| kind.word(language)));
    let gaps = case.gaps.iter().map(|gap| {
        let word = CaseGap::from_code(gap).map_or(gap.as_str(), |gap| gap.word(language));
        format!("! {word}")
    });
    let steps = case.steps.iter().map(|[step, at]| {
        let word = StepKind::from_code(step).map_or(step.as_str(), |step| step.word(language));
        format!("{}  {word}", InWords::time(at))
    });
    let fields = case.fields.iter().enumerate().map(|(number, (name, commitment))| {
        let value = it.shown(&format!("/cases/{place}/fields/{number}/1"), commitment);
        item(case_field(it, name), value)
    });
    PrintedCase {
        case: short(&case.case),
        facts: [Some(stage), receiver]
            .into_iter()
            .flatten()
            .map(str::to_owned)
            .chain(gaps)
            .collect(),
        steps: steps.collect(),
        fields: fields.collect(),
    }
}

/// What a personal field of a case is called.
fn case_field(it: &InWords<'_>, name: &str) -> String {
    const CAPTIONS: [(&str, &str); 20] = [
        ("name", "paper-case-name"),
        ("born", "paper-case-born"),
        ("paper", "paper-case-paper"),
        ("offence", "paper-case-offence"),
        ("language", "paper-case-language"),
        ("told", "paper-case-told"),
        ("body", "paper-case-body"),
        ("officer", "paper-case-officer"),
        ("at_place", "paper-case-at-place"),
        ("items", "paper-case-items"),
        ("citizenship", "paper-case-citizenship"),
        ("ordered_by", "paper-case-ordered-by"),
        ("reason", "paper-case-reason"),
        ("means", "paper-case-means"),
        ("aim", "paper-case-aim"),
        ("necessity", "paper-case-necessity"),
        ("injuries", "paper-case-injuries"),
        ("witnesses", "paper-case-witnesses"),
        ("put_right", "paper-case-put-right"),
        ("taken_back", "paper-case-taken-back"),
    ];
    let known = CAPTIONS.iter().find(|(field, _)| *field == name);
    known.map_or_else(|| name.to_owned(), |(_, id)| it.say(*id))
}
