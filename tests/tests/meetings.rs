//! Two devices meet, with no relay in reach: protocol §7, and the stages of a hand-over.

use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::protocol::sync::meeting::Stage;
use jasaq_fieldbook::{Custody, ExchangeRefused, FieldbookRefused, MeetingFailed, MeetingReport, Membering};
use jasaq_tests::{Field, Met, Phone, Pipe};

fn squad(seed: u64) -> (Field, [Phone; 4]) {
    let mut field = Field::new(seed);
    let (ss, head) = (field.device("ss"), field.device("head"));
    let [aray, bekzat] = ["aray", "bekzat"].map(|name| field.phone(name));
    field.run_until_quiet();
    (field, [ss, head, aray, bekzat])
}

fn failed(outcome: &Result<(), FieldbookRefused>) -> Option<MeetingFailed> {
    match outcome {
        Err(FieldbookRefused::Exchange(ExchangeRefused::Meeting(failed))) => Some(*failed),
        _ => None,
    }
}

#[test]
fn two_phones_hand_over_to_each_other_and_to_the_head() {
    let (mut field, [_, head, aray, bekzat]) = squad(1);
    let patrol = field.start_patrol(aray);
    let fog = field.write(aray, patrol, "fog, visibility 50 m");
    assert!(!field.can_read(bekzat, patrol, &fog), "otherwise nothing is proved");
    field.meet(aray, bekzat);
    let footprints = field.write(bekzat, patrol, "footprints by the ford");
    field.meet(head, bekzat);
    assert!(field.can_read(head, patrol, &fog), "bekzat brought what aray wrote");
    assert!(field.can_read(head, patrol, &footprints));
    field.meet(bekzat, head);
    assert_eq!(field.custody(bekzat, patrol, &footprints), Custody::WithHead);
    assert_eq!(field.custody(aray, patrol, &fog), Custody::OnThisPhone);
    field.meet(bekzat, aray);
    assert_eq!(field.custody(aray, patrol, &fog), Custody::WithHead, "his ack came back with bekzat");
}

#[test]
fn the_head_says_at_once_that_he_has_it() {
    let (mut field, [_, head, aray, _]) = squad(2);
    let patrol = field.start_patrol(aray);
    let entry = field.write(aray, patrol, "round");
    field.meet(aray, head);
    assert_eq!(field.custody(aray, patrol, &entry), Custody::WithHead);
}

#[test]
fn phones_that_have_everything_part_after_a_few_hundred_bytes() {
    let (mut field, [_, head, aray, _]) = squad(3);
    field.meet(aray, head);
    let met = field.meet(aray, head);
    assert!(met.bytes < 600, "{}", met.bytes);
    assert!(matches!(met.stages.last(), Some(Stage::Even(_))));
}

#[test]
fn all_who_meet_in_a_chain_show_the_same() {
    let (mut field, all @ [ss, head, aray, bekzat]) = squad(4);
    let patrol = field.start_patrol(aray);
    field.meet(aray, bekzat);
    field.meet(bekzat, head);
    for (phone, text) in [(aray, "a"), (bekzat, "b"), (head, "c"), (aray, "d")] {
        field.write(phone, patrol, text);
    }
    for pair in [(aray, bekzat), (bekzat, head), (head, ss), (head, bekzat), (bekzat, aray)] {
        field.meet(pair.0, pair.1);
    }
    assert!(field.show_alike(&all, patrol));
    assert_eq!(field.texts(ss, patrol), ["a", "b", "c", "d"]);
}

#[test]
fn a_pipe_that_breaks_at_any_byte_loses_nothing_and_goes_on() {
    let (mut field, [_, head, aray, _]) = squad(5);
    let patrol = field.start_patrol(aray);
    for number in 0..40 {
        field.write(
            aray,
            patrol,
            &format!("round {number}: quiet along the river, no footprints in the sand"),
        );
        field.book(aray).flush().unwrap();
    }
    let mut tries = 0;
    let has_all = |field: &mut Field| {
        let view = field.book(head).patrol(patrol);
        view.is_ok_and(|view| view.log.entries().count() == 40)
    };
    while !has_all(&mut field) {
        let before = field.book(head).status().unwrap().outbox_envelopes;
        let breaks_after = 5_000 + 37 * tries;
        let met = field.try_meet((aray, head), Pipe { breaks_after, ..Pipe::default() }, |_, _| false);
        let is_further = field.book(head).status().unwrap().outbox_envelopes > before;
        assert!(is_further || met.is_even(), "every meeting brings something: {met:?}");
        tries += 1;
        assert!(tries < 60, "it comes to an end");
    }
    for breaks_after in (0..4_000).step_by(61) {
        field.write(aray, patrol, "one more");
        field.try_meet((head, aray), Pipe { breaks_after, piece: 7, ..Pipe::default() }, |_, _| false);
    }
    field.meet(aray, head);
    assert!(field.show_alike(&[aray, head], patrol));
}

#[test]
fn a_byte_that_is_changed_on_the_way_ends_a_meeting_and_nothing_false_is_kept() {
    let (mut field, [_, head, aray, _]) = squad(6);
    let patrol = field.start_patrol(aray);
    for at in (0..3_000).step_by(97) {
        field.write(aray, patrol, "round");
        let met = field.try_meet((aray, head), Pipe { spoils: Some(at), ..Pipe::default() }, |_, _| false);
        assert!(met.is_even() || met.outcomes.iter().any(Result::is_err), "{met:?}");
    }
    field.meet(aray, head);
    assert!(field.show_alike(&[aray, head], patrol));
}

#[test]
fn a_phone_that_joined_since_shows_itself_by_its_roll() {
    let (mut field, [_, head, aray, _]) = squad(7);
    let dana = field.phone("dana");
    let patrol = field.start_patrol(dana);
    let entry = field.write(dana, patrol, "round");
    let knows = |field: &mut Field| field.book(aray).devices().unwrap().len() == field.everybody().len();
    assert!(!knows(&mut field), "otherwise nothing is proved");
    field.meet(dana, aray);
    assert!(knows(&mut field) && field.can_read(aray, patrol, &entry));
    let erlan = field.join_squad("erlan", head, Role::Volunteer);
    let met = field.try_meet((aray, erlan), Pipe::default(), |_, _| false);
    assert!(met.is_even() && knows(&mut field), "also if the newer one is called: {met:?}");
}

#[test]
fn a_device_joins_in_a_meeting_with_who_invited_it() {
    let (mut field, [_, head, _, bekzat]) = squad(8);
    let patrol = field.start_patrol(bekzat);
    field.write(bekzat, patrol, "round");
    for (name, joiner_calls) in [("dana", true), ("erlan", false)] {
        let invite = field
            .book(head)
            .invite(Membering::Squad { role: Role::Volunteer, squad: None })
            .unwrap();
        let joiner = field.ask_to_join(name, &invite.code, 0);
        let pair = if joiner_calls { (joiner, head) } else { (head, joiner) };
        let mut asked = Vec::new();
        let met = field.try_meet(pair, Pipe::default(), |_, words| {
            asked.push(words.to_owned());
            true
        });
        assert_eq!(asked.len(), 1);
        assert!(met.is_even(), "{met:?}");
        assert!(
            met.stages
                .iter()
                .any(|stage| matches!(stage, Stage::Waiting { for_a_person: true, .. }))
        );
        assert!(field.book(joiner).status().unwrap().role.is_some());
        let mine = field.start_patrol(joiner);
        let entry = field.write(joiner, mine, "first round");
        field.meet(joiner, bekzat);
        assert!(field.can_read(bekzat, mine, &entry));
    }
}

#[test]
fn who_is_not_let_in_is_told_nothing_and_his_request_travels_on() {
    let (mut field, [_, head, aray, _]) = squad(9);
    let invite = field
        .book(head)
        .invite(Membering::Squad { role: Role::Volunteer, squad: None })
        .unwrap();
    let dana = field.ask_to_join("dana", &invite.code, 0);
    field.meet(aray, head);
    let met = field.try_meet((dana, aray), Pipe::default(), |_, _| unreachable!("aray invited nobody"));
    assert!(met.reports.iter().all(|report| report.waits && !report.even), "{met:?}");
    assert_eq!(met.reports[0].new, 0, "who waits is told nothing");
    field.meet(aray, head);
    let waiting = field.book(head).waiting_joins().unwrap();
    assert_eq!(waiting.len(), 1, "aray brought it");
    field.book(head).confirm(&waiting[0].words.to_string()).unwrap();
    field.meet(head, aray);
    field.meet(dana, aray);
    assert!(field.book(dana).status().unwrap().role.is_some(), "aray brought the answer");
}

#[test]
fn strangers_and_other_territories_part_with_one_sentence() {
    let (mut field, [_, head, aray, _]) = squad(10);
    let invite = field
        .book(head)
        .invite(Membering::Squad { role: Role::Volunteer, squad: None })
        .unwrap();
    let dana = field.ask_to_join("dana", &invite.code, 0);
    let met = field.try_meet((dana, aray), Pipe::default(), |_, _| false);
    let unknown = |met: &Met| {
        met.outcomes
            .iter()
            .all(|outcome| failed(outcome) == Some(MeetingFailed::Unknown))
    };
    assert!(unknown(&met), "aray has not heard of the invite: {met:?}");
    assert_eq!(met.reports[1].sent, 0, "who only is called tells a stranger nothing");

    let mut elsewhere = Field::new(11);
    let stranger = elsewhere.device("head");
    let code = field.book(head).make_meeting_code(Vec::new());
    let mut calling = elsewhere.book(stranger).call_to_meeting(&code).unwrap();
    let mut listening = field.book(head).listen_for_meeting(&code).unwrap();
    for _ in 0..4 {
        field.book(head).take_in_meeting(&mut listening, &calling.outgoing()).unwrap();
        elsewhere
            .book(stranger)
            .take_in_meeting(&mut calling, &listening.outgoing())
            .unwrap();
    }
    let mut report = MeetingReport::default();
    let outcomes = [
        elsewhere.book(stranger).finish_meeting(calling, None, &mut report),
        field.book(head).finish_meeting(listening, None, &mut report),
    ];
    assert!(outcomes.iter().all(|outcome| failed(outcome) == Some(MeetingFailed::Foreign)), "{outcomes:?}");
}

#[test]
fn two_clones_that_meet_lose_nothing() {
    let (mut field, [_, head, aray, bekzat]) = squad(12);
    let patrol = field.start_patrol(aray);
    field.write(aray, patrol, "before");
    field.book(aray).flush().unwrap();
    let clone = field.copy(aray, "aray's clone");
    field.write(aray, patrol, "the one");
    field.write(clone, patrol, "the other");
    field.meet(aray, head);
    field.meet(clone, bekzat);
    field.meet(bekzat, head);
    field.meet(clone, aray);
    assert_eq!(field.texts(head, patrol), ["before", "the one", "the other"]);
    assert_eq!(field.texts(bekzat, patrol), ["before", "the one", "the other"]);
    let met = field.meet(bekzat, head);
    assert!(met.bytes < 600, "and come to rest: {}", met.bytes);
}

#[test]
fn a_removed_phone_learns_that_it_was_and_nothing_else_and_what_it_brings_is_taken() {
    let (mut field, [ss, head, aray, bekzat]) = squad(13);
    let patrol = field.start_patrol(aray);
    field.write(aray, patrol, "before");
    field.meet(aray, head);
    field.meet(head, ss);
    let removed = field.id(aray);
    let late = field.write(aray, patrol, "after, and not known to anybody");
    field.book(head).remove_device(&removed, false).unwrap();
    let secret = field.write(head, patrol, "what only members may carry");
    for (caller, listener) in [(aray, head), (head, aray)] {
        let met = field.try_meet((caller, listener), Pipe::default(), |_, _| unreachable!("it asks nothing"));
        assert!(
            met.outcomes
                .iter()
                .all(|outcome| failed(outcome) == Some(MeetingFailed::Unknown)),
            "{met:?}"
        );
    }
    assert!(field.book(aray).status().unwrap().role.is_none(), "it has heard of its removal");
    assert!(!field.can_read(aray, patrol, &secret));
    assert!(!field.can_read(bekzat, patrol, &late), "otherwise nothing is proved");
    field.meet(head, ss);
    let held = field.book(ss).status().unwrap().held;
    assert_eq!(held, 1, "what it brought is there, and held");
}

#[test]
fn a_meeting_carries_what_is_missing_and_no_more_than_a_satchel_would() {
    let (mut field, [_, head, aray, _]) = squad(14);
    field.meet(aray, head);
    let patrol = field.start_patrol(aray);
    for number in 0..30 {
        field.write(aray, patrol, &format!("{number}: қарға ізі, өзен бойы тыныш, көріну жақсы"));
    }
    let mut satchel = Vec::new();
    let packed = field.book(aray).export_satchel(&mut satchel).unwrap();
    let met = field.meet(aray, head);
    let satchel = usize::try_from(packed.bytes).unwrap();
    println!("a day of 30 entries: a meeting {} bytes, a satchel of everything {satchel}", met.bytes);
    assert!(met.bytes < satchel, "{} of {satchel}", met.bytes);
}
