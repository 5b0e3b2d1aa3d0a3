//! `book`: sealed pages in a file that anybody checks who has the keys.

use std::path::{Path, PathBuf};

use jasaq_fieldbook::WrittenBook;
use jasaq_fieldbook::formats::book::{BOOK_BYTES_MAX, BookKeys, BookProblem, BookVerdict, verify_book};
use serde_json::json;

use crate::arguments::book::BookCommand;
use crate::failure::{Class, Failure};
use crate::files;
use crate::output::Reply;
use crate::program::Program;
use crate::words::{Message, Words};

/// One of them.
pub(super) fn run(program: &Program, command: &BookCommand) -> Result<Reply, Failure> {
    match command {
        BookCommand::Export { output, without_persons } => export(program, output, !without_persons),
        BookCommand::Keys { output } => keys(program, output),
        BookCommand::Verify { book, keys } => verify(program, (book, keys)),
    }
}

fn export(program: &Program, output: &Path, with_persons: bool) -> Result<Reply, Failure> {
    let books = program.with_fieldbook(|fieldbook| Ok(fieldbook.books(with_persons)?))?;
    let words = &program.words;
    if books.is_empty() {
        return Ok(Reply::new(json!({ "books": [] })).text(words.say("book-empty")));
    }
    let (mut lines, mut all, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for book in &books {
        let file = file_of(output, book, books.len());
        program.write_file(&file, &book.bytes)?;
        let shown = file.display().to_string();
        let told = Message::new("book-written")
            .with("pages", book.pages)
            .with("file", shown.clone());
        lines.push(words.say(told));
        if book.opened > 0 {
            notes.push(words.say(Message::new("book-opens").with("count", book.opened)));
        }
        if !book.is_signed {
            notes.push(words.say(Message::new("book-unsigned").with("file", shown.clone())));
        }
        all.push(json!({
            "file": shown, "squad": book.squad, "pages": book.pages, "opened": book.opened, "is_signed": book.is_signed,
        }));
    }
    let reply = Reply::new(json!({ "books": all })).text(lines.join("\n"));
    Ok(notes.into_iter().fold(reply, Reply::note))
}

/// Of one squad the file that was named; of several each its own beside it.
fn file_of(output: &Path, book: &WrittenBook, count: usize) -> PathBuf {
    if count == 1 {
        return output.to_owned();
    }
    let stem = output.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = output.extension().unwrap_or_default().to_string_lossy().into_owned();
    let squad: String = book.squad.chars().take(8).collect();
    output.with_file_name(format!("{stem}-{squad}.{ending}"))
}

fn keys(program: &Program, output: &Path) -> Result<Reply, Failure> {
    let keys = program.with_fieldbook(|fieldbook| Ok(fieldbook.book_keys()?))?;
    program.write_file(output, &keys.write())?;
    let shown = output.display().to_string();
    let told = Message::new("book-keys-written")
        .with("keys", keys.keys.len())
        .with("file", shown.clone());
    let json = json!({ "file": shown, "keys": keys.keys.len() });
    Ok(Reply::new(json).text(program.words.say(told)))
}

/// Checks a book. Works without a fieldbook.
fn verify(program: &Program, (book, keys): (&Path, &Path)) -> Result<Reply, Failure> {
    let keys = BookKeys::read(&files::read_given(keys, BOOK_BYTES_MAX)?)
        .map_err(|refused| Failure::new(Class::Input, "book-keys-not", &refused))?;
    let verdict = verify_book(&files::read_given(book, BOOK_BYTES_MAX)?, &keys);
    let is_good = verdict.is_good();
    let reply =
        Reply::new(json!({ "is_good": is_good, "verdict": verdict })).text(text_of(&verdict, &program.words));
    let is_none = verdict.problems.contains(&BookProblem::NotABook);
    let class = if is_none { Class::Input } else { Class::Rule };
    Ok(if is_good { reply } else { reply.falling_short(class) })
}

fn text_of(verdict: &BookVerdict, words: &Words) -> String {
    let mut lines = Vec::new();
    if verdict.is_good() {
        let there = verdict.pages.iter().filter(|page| !page.is_erased).count();
        lines.push(words.say(Message::new("book-good").with("pages", there)));
    } else {
        lines.push(words.say("book-bad"));
    }
    lines.extend(
        verdict
            .problems
            .iter()
            .map(|problem| format!("! {}", words.say(message_of(*problem)))),
    );
    for page in verdict.pages.iter().filter(|page| !page.problems.is_empty()) {
        let number = page.number.clone().unwrap_or_else(|| words.say("page-unnumbered"));
        let problems: Vec<String> =
            page.problems.iter().map(|problem| words.say(message_of(*problem))).collect();
        lines.push(format!("! {number}: {}", problems.join(" · ")));
    }
    let gone = verdict.pages.iter().filter(|page| page.is_erased);
    let gone: Vec<String> = gone.filter_map(|page| page.number.clone()).collect();
    if !gone.is_empty() {
        lines.push(words.say(Message::new("book-pages-erased").with("numbers", gone.join(", "))));
    }
    // A book tells whether a field opens, and never why one does not: it was erased, or the book was written without it.
    let not_opened: usize = verdict.pages.iter().map(|page| page.erased).sum();
    if not_opened > 0 {
        lines.push(words.say(Message::new("book-not-opened").with("count", not_opened)));
    }
    let when = verdict.indexed_at.clone();
    lines.extend(when.map(|when| words.say(Message::new("book-indexed-at").with("when", when))));
    lines.join("\n")
}

const fn message_of(problem: BookProblem) -> Message {
    Message::new(match problem {
        BookProblem::NotABook => "book-problem-not-a-book",
        BookProblem::LineDamaged => "book-problem-line-damaged",
        BookProblem::NotAPage => "book-problem-not-a-page",
        BookProblem::Altered => "book-problem-altered",
        BookProblem::Swapped => "book-problem-swapped",
        BookProblem::SealedByStranger => "book-problem-sealed-by-stranger",
        BookProblem::SealedByRemoved => "book-problem-sealed-by-removed",
        BookProblem::NotCountersigned => "book-problem-not-countersigned",
        BookProblem::CountersignatureBad => "book-problem-countersignature-bad",
        BookProblem::SeveralNumbers => "book-problem-several-numbers",
        BookProblem::NumberTaken => "book-problem-number-taken",
        BookProblem::Misnumbered => "book-problem-misnumbered",
        BookProblem::EnteredAltered => "book-problem-entered-altered",
        BookProblem::PageBeforeMissing => "book-problem-page-before-missing",
        BookProblem::Forked => "book-problem-forked",
        BookProblem::OfAnotherBook => "book-problem-of-another-book",
        BookProblem::Removed => "book-problem-removed",
        BookProblem::NotInIndex => "book-problem-not-in-index",
        BookProblem::NoIndex => "book-problem-no-index",
        BookProblem::IndexBad => "book-problem-index-bad",
        BookProblem::OpeningWrong => "book-problem-opening-wrong",
    })
}
