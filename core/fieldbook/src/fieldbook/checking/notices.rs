//! Whether a page tells of notices what was said of them.

use std::collections::BTreeSet;

use jasaq_model::moment::Moment;
use jasaq_model::notice::{NoticeLogged, Telling};
use jasaq_model::page::{NoticeLine, Page};
use jasaq_model::patrol_log::PatrolLog;
use jasaq_model::register::Cause;
use jasaq_model::stated::Stated;
use jasaq_model::statement::Body;

use crate::views::NoticeView;

/// Whether a page tells of each notice that its statements name, once, and of each no time and no answer that nobody said.
pub(super) fn are_told(
    (page, covered): (&Page, &BTreeSet<Cause>),
    as_sealed: &PatrolLog,
    notices: &[NoticeView],
) -> bool {
    let logged: Vec<(&Stated, &NoticeLogged)> = as_sealed.stated().iter().filter_map(logged).collect();
    let own = notices.iter().map(|notice| &notice.name).filter(|name| covered.contains(*name));
    let due = logged.iter().map(|(_, said)| &said.notice).chain(own);
    let due: BTreeSet<[String; 2]> = due.map(written).collect();
    let told: BTreeSet<[String; 2]> = page.notices.iter().map(|line| line.by.clone()).collect();
    due == told
        && told.len() == page.notices.len()
        && page.notices.iter().all(|line| {
            let known = notices.iter().find(|notice| written(&notice.name) == line.by);
            let logged = logged.iter().filter(|(_, said)| written(&said.notice) == line.by);
            is_said(line, known, &logged.copied().collect::<Vec<_>>())
        })
}

fn logged(stated: &Stated) -> Option<(&Stated, &NoticeLogged)> {
    match &stated.statement.body {
        Body::Telling(Telling::Logged(said)) => Some((stated, said)),
        _ => None,
    }
}

fn written(Cause { author, key }: &Cause) -> [String; 2] {
    [author.to_string(), key.to_string()]
}

/// By the notice itself, or by what the log holds of it: whoever sealed may have read the one or the other, and what was recorded in two
/// statements was not recorded in one millisecond.
fn is_said(line: &NoticeLine, known: Option<&NoticeView>, logged: &[(&Stated, &NoticeLogged)]) -> bool {
    let mut learned = known.map(NoticeView::learned_at).into_iter();
    let mut logged_at = logged.iter().map(|(stated, _)| stated.statement.happened_at());
    let told = known.iter().flat_map(|notice| notice.told.iter().map(|told| told.at));
    let mut told = told.chain(logged.iter().filter_map(|(_, said)| said.told.map(|(at, _)| at)));
    let answers = known.iter().flat_map(|notice| &notice.answers);
    let mut answers = answers.map(|(stated, _)| stated.statement.clocks.recorded_at());
    let is = |moment: Moment, written: &String| moment.to_string() == *written;
    (learned.any(|at| is(at, &line.learned)) || logged_at.any(|at| is(at, &line.learned)))
        && line.told.as_ref().is_none_or(|written| told.any(|at| is(at, written)))
        && line.answered.as_ref().is_none_or(|written| answers.any(|at| is(at, written)))
        && (!line.confirmed || known.is_some_and(NoticeView::is_voice_confirmed))
        && line.minutes == line.minutes_until_told()
}
