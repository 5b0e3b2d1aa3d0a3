//! Figures come from what is in the book, once, whatever order pages come in.
//!
//! 1. The same pages give the same figures, in whatever order and however often they are given.
//! 2. The figures of days add up to those of the whole, and those of two halves of a month to those of the month.
//! 3. Of each patrol one page counts at most.
//! 4. Every page that was given counts or is apart.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::case::CaseStage;
use crate::entry::{ActivityType, InspectionKind};
use crate::ids::MemberId;
use crate::page::tests::bare_page;
use crate::page::{CaseLine, Commitment, EventLine, FieldLine, MemberLine, NoticeLine};

const MEMBERS: [u8; 3] = [1, 2, 3];

fn member(number: u8) -> MemberId {
    MemberId::from_bytes([number; 16])
}

fn patrol(number: u8) -> PatrolId {
    PatrolId::from_bytes([number; 16])
}

fn hash(patrol: u8, page: u8) -> PageHash {
    PageHash::from_bytes([[patrol; 16], [page; 16]].concat().try_into().unwrap())
}

fn field(name: &str, value: Option<&str>) -> FieldLine {
    FieldLine {
        field: name.to_owned(),
        value: value.map(str::to_owned),
        class: "agreed".to_owned(),
        said: 1,
        of: 1,
        decided: None,
        others: vec![],
    }
}

fn was_there(number: u8, minutes: Option<u32>) -> MemberLine {
    MemberLine {
        member: member(number).to_string(),
        name: Some(Commitment { commitment: "00".repeat(32) }),
        certificate: None,
        attended: "attended".to_owned(),
        eligible: Some(true),
        card_of: None,
        minutes,
    }
}

fn event(activity: Option<&str>) -> EventLine {
    EventLine {
        number: 1,
        at: "2026-05-01T10:00:00+05:00".to_owned(),
        evidence: "device".to_owned(),
        fields: vec![field("activity", activity), field("text", Some("тұман"))],
        told_by: vec![],
        tellers: vec![],
        sources: vec![],
        positions: vec![],
        amended: 0,
        earlier: vec![],
        late: false,
        case: None,
    }
}

/// A page of a patrol that went out on this day of May, without anything else.
fn bare(day: u8) -> Page {
    Page { header: vec![field("start", Some(&format!("2026-05-{day:02}T23:30:00+05:00")))], ..bare_page() }
}

/// The nth page of a patrol, in the book, last, nothing before it.
fn entered(number: u8, nth: u8, page: Page) -> PageToCount {
    PageToCount {
        patrol: patrol(number),
        hash: hash(number, nth),
        before: None,
        state: PageState::Entered,
        number: None,
        is_reopened: false,
        is_last: true,
        page: Some(page),
    }
}

fn reckoned(pages: &[PageToCount]) -> Reckoning {
    Reckoning::of(pages.iter().cloned(), [])
}

fn reasons(pages: &[PageToCount]) -> Vec<Apart> {
    reckoned(pages).apart().iter().map(|apart| apart.why).collect()
}

#[test]
fn hours_are_what_pages_say_and_what_they_do_not_say_is_counted_as_not_said() {
    let mut page = bare(1);
    page.members = vec![was_there(1, Some(540)), was_there(2, None)];
    page.members
        .push(MemberLine { attended: "absent".to_owned(), ..was_there(3, Some(60)) });
    page.members
        .push(MemberLine { attended: "unconfirmed".to_owned(), ..was_there(4, None) });
    page.members
        .push(MemberLine { attended: "of_a_newer_program".to_owned(), ..was_there(5, None) });
    let mut other = bare(2);
    other.members = vec![was_there(1, Some(30)), was_there(2, Some(15))];
    let figures = reckoned(&[entered(1, 1, page), entered(2, 1, other)]).figures();
    let due = |pages, minutes, pages_without_minutes| Attended { pages, minutes, pages_without_minutes };
    let attended = [(member(1), due(2, 570, 0)), (member(2), due(2, 15, 1))];
    assert_eq!(figures.attended, BTreeMap::from(attended));
    assert_eq!(figures.attended_in_all(), due(4, 585, 1));
    assert_eq!((figures.pages, figures.unconfirmed, figures.not_understood), (2, 1, 1));
}

#[test]
fn activities_are_told_by_the_five_types_their_parts_and_modes() {
    let mut page = bare(1);
    let said = ["inspection/route/joint", "inspection/route/independent", "force", "weather/fog"];
    page.events = said.map(|said| event(Some(said))).to_vec();
    page.events.push(event(None));
    let case = CaseLine {
        case: "55".repeat(16),
        stage: "handed_over".to_owned(),
        gaps: vec![],
        receiver: None,
        steps: vec![],
        fields: vec![],
    };
    page.cases = vec![case.clone(), CaseLine { stage: "of_a_newer_program".to_owned(), ..case }];
    let notice = NoticeLine {
        by: [String::new(), String::new()],
        learned: "2026-05-01T10:00:00+05:00".to_owned(),
        told: None,
        confirmed: false,
        answered: None,
        minutes: None,
    };
    page.notices = vec![NoticeLine { told: Some(notice.learned.clone()), ..notice.clone() }, notice];
    let figures = Figures::of(&page);
    let route = (ActivityType::Inspection, Some(ActivityPart::Inspection(InspectionKind::Route)));
    assert_eq!(figures.activities[&route], Done { events: 2, independent: 1, joint: 1, both: 0 });
    assert_eq!(figures.activities[&(ActivityType::Force, None)], Done { events: 1, ..Done::default() });
    assert_eq!((figures.events(), figures.activities_not_said), (5, 2));
    assert_eq!((&figures.cases, figures.not_understood), (&BTreeMap::from([(CaseStage::HandedOver, 1)]), 1));
    assert_eq!((figures.notices, figures.notices_not_told), (2, 1));
}

#[test]
fn a_night_counts_on_the_day_on_which_its_patrol_went_out_there() {
    let reckoning = reckoned(&[entered(1, 1, bare(31))]);
    assert_eq!(reckoning.counted()[0].day.to_string(), "2026-05-31", "18:30 in the evening, by Greenwich");
    let mut undecided = bare(1);
    undecided.header = vec![field("start", None)];
    assert_eq!(reasons(&[entered(1, 1, undecided)]), [Apart::Undated]);
}

#[test]
fn what_is_in_the_book_stands_there_until_its_amendment_is_entered() {
    let first = PageToCount { is_last: false, ..entered(1, 1, bare(1)) };
    let amendment = PageToCount { before: Some(hash(1, 1)), ..entered(1, 2, bare(1)) };
    for (state, why) in
        [(PageState::Sealed, Apart::NotCountersigned), (PageState::Countersigned, Apart::NotEntered)]
    {
        let waiting = PageToCount { state, ..amendment.clone() };
        let reckoning = reckoned(&[first.clone(), waiting]);
        assert_eq!(reckoning.counted()[0].hash, hash(1, 1));
        assert_eq!(reckoning.apart_by_reason(), BTreeMap::from([(why, 1)]));
    }
    let reckoning = reckoned(&[first, amendment]);
    assert_eq!((reckoning.counted().len(), reckoning.counted()[0].hash), (1, hash(1, 2)));
    assert_eq!(reckoning.apart_by_reason(), BTreeMap::from([(Apart::Replaced, 1)]));
}

#[test]
fn a_patrol_that_the_subdivision_opened_again_is_in_no_sum_until_its_next_page_is_entered() {
    let first = PageToCount { is_reopened: true, ..entered(1, 1, bare(1)) };
    assert_eq!(reasons(std::slice::from_ref(&first)), [Apart::Reopened]);
    let before_the_book = PageToCount { state: PageState::Countersigned, ..first.clone() };
    assert_eq!(reasons(&[before_the_book]), [Apart::Reopened]);
    let first = PageToCount { is_last: false, ..first };
    let next = PageToCount { before: Some(hash(1, 1)), ..entered(1, 2, bare(1)) };
    let sealed = PageToCount { state: PageState::Sealed, ..next.clone() };
    assert_eq!(reasons(&[first.clone(), sealed]), [Apart::Reopened, Apart::NotCountersigned]);
    assert_eq!(reckoned(&[first, next]).counted()[0].hash, hash(1, 2));
    // It names the last page there was, which may be an amendment that is not in the book.
    let first = PageToCount { is_last: false, ..entered(1, 1, bare(1)) };
    let amendment = PageToCount {
        before: Some(hash(1, 1)),
        state: PageState::Sealed,
        is_reopened: true,
        ..entered(1, 2, bare(1))
    };
    assert_eq!(reasons(&[first, amendment]), [Apart::Reopened, Apart::Reopened]);
}

#[test]
fn of_pages_that_were_sealed_apart_none_counts_unless_one_alone_is_in_the_book() {
    let both = [entered(1, 1, bare(1)), entered(1, 2, bare(1))];
    assert_eq!(reasons(&both), [Apart::Forked, Apart::Forked]);
    let sealed = both.clone().map(|page| PageToCount { state: PageState::Sealed, ..page });
    assert_eq!(reasons(&sealed), [Apart::Forked, Apart::Forked]);
    let [chosen, other] = both;
    let other = PageToCount { state: PageState::Sealed, is_last: false, ..other };
    assert_eq!(reasons(&[chosen.clone(), other.clone()]), [Apart::Replaced]);
    assert_eq!(reckoned(&[chosen, other]).counted()[0].hash, hash(1, 1));
}

#[test]
fn amendments_that_were_sealed_apart_leave_what_is_in_the_book_where_it_is() {
    let first = PageToCount { is_last: false, ..entered(1, 1, bare(1)) };
    let apart = [2, 3].map(|nth| {
        let (before, state) = (Some(hash(1, 1)), PageState::Sealed);
        PageToCount { before, state, ..entered(1, nth, bare(1)) }
    });
    let reckoning = Reckoning::of(std::iter::once(first).chain(apart), []);
    assert_eq!(reckoning.counted()[0].hash, hash(1, 1));
    assert_eq!(reckoning.apart_by_reason(), BTreeMap::from([(Apart::Forked, 2)]));
}

#[test]
fn a_page_that_has_not_come_whole_and_a_patrol_without_one_are_told_and_not_guessed() {
    let amendment = PageToCount { before: Some(hash(1, 1)), page: None, ..entered(1, 2, bare(1)) };
    let first = PageToCount { is_last: false, ..entered(1, 1, bare(1)) };
    assert_eq!(reasons(&[first.clone(), amendment]), [Apart::Replaced, Apart::Incomplete]);
    let unsealed = [1, 7, 7].map(|number| Unsealed { patrol: patrol(number), day: None });
    let reckoning = Reckoning::of([first], unsealed);
    assert_eq!(reckoning.apart_by_reason(), BTreeMap::from([(Apart::Unsealed, 1)]), "one has a page");
}

#[test]
fn a_part_that_had_a_page_of_its_own_is_counted_with_the_whole_alone() {
    let mut whole = bare(1);
    whole.parts = vec![patrol(2).to_string(), patrol(3).to_string()];
    let pages = [entered(1, 1, whole), entered(2, 1, bare(1))];
    let part = Unsealed { patrol: patrol(3), day: None };
    let reckoning = Reckoning::of(pages, [part]);
    assert_eq!((reckoning.counted().len(), reckoning.counted()[0].patrol), (1, patrol(1)));
    assert_eq!(reckoning.apart_by_reason(), BTreeMap::from([(Apart::PartOfAnother, 1)]));
}

#[test]
fn a_period_and_a_squad_leave_out_what_lies_outside_and_nothing_of_which_that_is_not_known() {
    let of_squad = |squad: &str, day| Page { squad: squad.repeat(16), ..bare(day) };
    let missing = PageToCount { page: None, ..entered(9, 1, bare(1)) };
    let pages = [entered(1, 1, of_squad("aa", 1)), entered(2, 1, of_squad("bb", 2)), missing];
    let within = |from: &str, to: &str, squad: Option<&str>| {
        let (from, to) = (from.parse().ok(), to.parse().ok());
        reckoned(&pages).within(&Period { from, to, squad: squad.map(str::to_owned) })
    };
    let counted = |reckoning: &Reckoning| reckoning.counted().len();
    assert_eq!(counted(&within("", "", None)), 2);
    assert_eq!(counted(&within("2026-05-02", "", None)), 1);
    assert_eq!(counted(&within("2026-05-01", "2026-05-01", None)), 1, "both days are inside");
    assert_eq!(counted(&within("", "", Some("bb"))), 1);
    let none = within("2026-07-01", "2026-07-31", Some("cc"));
    assert_eq!((counted(&none), none.apart().len()), (0, 1), "what has not come may be of any day");
}

fn any_page() -> impl Strategy<Value = Page> {
    let activities = ["inspection/route/joint", "border_service/round/both", "force", "weather"];
    (
        1_u8..=31,
        vec((select(MEMBERS.to_vec()), option::of(0_u32..2_000)), 0..4),
        vec(option::of(select(activities.to_vec())), 0..5),
    )
        .prop_map(|(day, members, events)| Page {
            members: members
                .into_iter()
                .map(|(number, minutes)| was_there(number, minutes))
                .collect(),
            events: events.into_iter().map(event).collect(),
            ..bare(day)
        })
}

/// A patrol's pages, one behind the other or beside it, each as far as it may have come.
fn any_chain(number: u8) -> impl Strategy<Value = Vec<PageToCount>> {
    let state = select(PageState::ALL.to_vec());
    let page = (any_page(), state, any::<bool>(), any::<bool>(), any::<prop::sample::Index>());
    vec(page, 1..5).prop_map(move |pages| {
        let mut chain: Vec<PageToCount> = Vec::new();
        for ((page, state, is_reopened, is_whole, behind), nth) in pages.into_iter().zip(1..) {
            let before = (!chain.is_empty()).then(|| behind.index(chain.len()));
            let before = before.and_then(|place| chain.get(place)).map(|page| page.hash);
            for page in &mut chain {
                page.is_last &= Some(page.hash) != before;
            }
            let page = is_whole.then_some(page);
            chain.push(PageToCount { before, state, is_reopened, page, ..entered(number, nth, bare(1)) });
        }
        chain
    })
}

fn any_pages() -> impl Strategy<Value = Vec<PageToCount>> {
    (any_chain(1), any_chain(2), any_chain(3)).prop_map(|(one, two, three)| [one, two, three].concat())
}

proptest! {
    #[test]
    fn order_and_repetition_change_nothing(
        pages in any_pages(),
        places in vec(any::<prop::sample::Index>(), 0..6),
        seed in any::<prop::sample::Index>(),
    ) {
        let mut turned = pages.clone();
        turned.rotate_left(seed.index(pages.len()));
        for place in places {
            turned.push(pages[place.index(pages.len())].clone());
        }
        turned.reverse();
        prop_assert_eq!(reckoned(&turned), reckoned(&pages));
    }

    #[test]
    fn days_add_up_to_the_month_and_halves_to_the_whole(pages in any_pages(), cut in 1_u8..31) {
        let whole = reckoned(&pages);
        prop_assert_eq!(Figures::sum(whole.by_day().values()), whole.figures());
        let day = |number: u8| format!("2026-05-{number:02}").parse().ok();
        let first = Period { from: day(1), to: day(cut), squad: None };
        let second = Period { from: day(cut + 1), to: day(31), squad: None };
        let halves = [first, second].map(|half| whole.clone().within(&half).figures());
        prop_assert_eq!(Figures::sum(&halves), whole.figures());
    }

    #[test]
    fn of_each_patrol_one_page_counts_at_most_and_no_page_is_forgotten(pages in any_pages()) {
        let reckoning = reckoned(&pages);
        let patrols: BTreeSet<PatrolId> = reckoning.counted().iter().map(|counted| counted.patrol).collect();
        prop_assert_eq!(patrols.len(), reckoning.counted().len());
        let counted = reckoning.counted().iter().map(|counted| counted.hash);
        let apart = reckoning.apart().iter().filter_map(|apart| apart.hash);
        let told: Vec<PageHash> = counted.chain(apart).collect();
        let given: BTreeSet<PageHash> = pages.iter().map(|page| page.hash).collect();
        prop_assert_eq!(told.len(), given.len());
        prop_assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), given);
        for counted in reckoning.counted() {
            let page = pages.iter().find(|page| page.hash == counted.hash).unwrap();
            prop_assert_eq!((page.state, page.is_reopened), (PageState::Entered, false));
        }
    }

    #[test]
    fn fewer_pages_never_give_more(pages in any_pages(), kept in subsequence((0..3_u8).collect::<Vec<_>>(), 0..3)) {
        let some: Vec<PageToCount> =
            pages.iter().filter(|page| kept.iter().any(|number| page.patrol == patrol(number + 1))).cloned().collect();
        let (some, all) = (reckoned(&some).figures(), reckoned(&pages).figures());
        prop_assert!(some.pages <= all.pages && some.attended_in_all().minutes <= all.attended_in_all().minutes);
    }
}
