//! Protocol §8, what breaks on a device, by the rows' numbers: power, clocks, processes, disks.

use jasaq_fieldbook::ContactReport;
use jasaq_fieldbook::model::roles::Role;
#[cfg(unix)]
use jasaq_tests::where_files_end;
use jasaq_tests::{District, Field, Writer, inside};
use serde_json::Value;

const SEED: u64 = 81;
const YEARS_MS: i64 = 365 * 24 * 3_600_000;

#[test]
fn scenario_01_power_cut_between_sealing_committing_and_sending() {
    let mut field = Field::new(SEED);
    let (head, aray) = (field.device("head"), field.phone("aray"));
    let patrol = field.start_patrol(aray);
    field.run_until_quiet();
    let mut said = Vec::new();
    for number in 0..40 {
        said.push(field.write(aray, patrol, &format!("{number:02} тұман")));
        // It dies at any commit on the way, and the next start is another start of the machine.
        drop(field.die_within(aray, |book, link| book.contact(link, &mut ContactReport::default())));
        field.power_cut(aray);
    }
    for died in ["died before it sent", "died after it sent"] {
        assert!(field.tally.count(died) > 3, "otherwise {died:?} proves nothing");
    }
    field.run_until_quiet();
    assert!(said.iter().all(|entry| field.can_read(head, patrol, entry)), "nothing acknowledged is lost");
    assert_eq!(field.texts(head, patrol).len(), said.len(), "and nothing is there twice");
    let report = field.book(head).doctor().unwrap();
    assert_eq!(
        (report.branches, report.conflicts),
        (0, 0),
        "what was sent is never said otherwise: {report:?}"
    );
    assert!(
        [aray, head]
            .into_iter()
            .all(|phone| field.book(phone).status().unwrap().twins.is_empty())
    );
    let signed = "SELECT count(DISTINCT journal) FROM statements WHERE kind = 'entry'";
    let journals = inside::number(&inside::vault_of(field.home(head)), signed);
    assert!(journals > 10, "a start after an unclean end begins a new journal");
}

#[test]
fn scenario_13_clocks_at_1970_ten_years_ahead_and_jumping_decide_nothing() {
    let mut field = Field::new(SEED);
    let (ss, head) = (field.device("ss"), field.device("head"));
    let to_1970 = field.clock(head).skew_to_1970();
    let phones = [to_1970, 10 * YEARS_MS, -10 * YEARS_MS].map(|skew_ms| {
        field.join_squad_with_clock(&format!("phone {skew_ms}"), head, (Role::Volunteer, skew_ms))
    });
    let patrol = field.start_patrol(phones[1]);
    field.run_until_quiet();
    let mut said = Vec::new();
    for round in 0..4 {
        for (number, phone) in phones.into_iter().enumerate() {
            said.push(field.write(phone, patrol, &format!("{round}{number} із")));
            let jump = [to_1970, 10 * YEARS_MS, -10 * YEARS_MS, 0][(round + number) % 4];
            field.clock(phone).jump_to_skew(jump);
            field.contact(phone);
        }
    }
    field.run_until_quiet();
    let readers = [vec![ss, head], phones.to_vec()].concat();
    assert!(field.show_alike(&readers, patrol));
    let shown = field.shows(ss, patrol);
    assert_eq!(shown.log.entries().count(), said.len());
    let is_flagged = |stated: &_| shown.provenance_of(stated).unwrap().received_at.is_some();
    assert!(shown.log.entries().all(|(stated, _)| is_flagged(stated)), "when it came is shown beside");
}

#[test]
fn scenario_21_two_processes_on_one_home_both_work_and_fork_nothing() {
    let mut field = Field::new(SEED);
    let (head, aray) = (field.device("head"), field.phone("aray"));
    let patrol = field.start_patrol(aray);
    field.run_until_quiet();
    field.write(aray, patrol, "консольге дейін");
    field.book(aray).flush().unwrap();
    let mut console = field.second_process(aray);
    for number in 0..12 {
        let text = format!("{number:02} консоль");
        console.write_entry(patrol, Field::draft(&text), None).unwrap();
        field.write(aray, patrol, &format!("{number:02} қатар"));
        // By turns they seal what both recorded, into one journal.
        if number % 2 == 0 {
            console.flush().unwrap()
        } else {
            field.book(aray).flush().unwrap()
        };
        if number % 3 == 0 {
            field
                .over_link(aray, |_, link| console.contact(link, &mut ContactReport::default()))
                .unwrap();
        }
    }
    drop(console);
    field.run_until_quiet();
    assert_eq!(field.texts(head, patrol).len(), 25);
    let vault = inside::vault_of(field.home(head));
    let journals = "SELECT count(DISTINCT journal) FROM statements WHERE kind = 'entry'";
    assert_eq!(inside::number(&vault, journals), 1, "one install writes one journal");
    assert_eq!(field.book(head).doctor().unwrap().branches, 0);
}

#[cfg(unix)]
#[test]
fn scenario_22_a_disk_that_takes_no_more_is_told_at_the_tap_and_what_was_acknowledged_stays() {
    let district = District::found();
    let (phone, head) = (district.home("phone"), district.home("head"));
    let (before, now, satchel) = (district.home("before"), district.home("now"), district.home("satchel"));
    let mut writer = Writer::start(&phone);
    writer.feed(&["0 бұрын".to_owned()]);
    let sealed_before = writer.key().unwrap();
    assert!(writer.end());
    phone.run(&["satchel", "export", before.path().to_str().unwrap()]);
    let mut writer = Writer::of(&mut where_files_end(96, &phone.command(&Writer::ARGUMENTS)));
    let lines: Vec<String> = (0..400).map(|number| format!("{number:03} {}", "тұман ".repeat(60))).collect();
    let fed = writer.feed_until_refused(&lines);
    writer.kill();
    assert!(!fed.is_empty() && fed.len() < lines.len(), "{} of {} were acknowledged", fed.len(), lines.len());
    let show = ["patrol", "show", &district.patrol];
    let keys = |shown: &Value| -> Vec<String> {
        let log = shown["log"].as_array().unwrap().iter();
        log.map(|stated| stated["key"].as_str().unwrap().to_owned()).collect()
    };
    let shown = keys(&phone.run(&show));
    assert!(fed.iter().all(|key| shown.contains(key)), "nothing acknowledged is lost");
    // Nothing can be sealed, and what was sealed before goes out all the same; how much does not is told.
    let export = phone.command(&["satchel", "export", now.path().to_str().unwrap()]);
    let exported = where_files_end(32, &export).output().unwrap();
    assert_eq!(exported.status.code(), Some(4), "{}", String::from_utf8_lossy(&exported.stderr));
    let report: Value = serde_json::from_slice(&exported.stdout).unwrap();
    assert!(report["left_behind"].as_u64() >= Some(fed.len() as u64), "{report}");
    head.run(&["satchel", "import", now.path().to_str().unwrap()]);
    let shown = head.run(&show);
    assert_eq!(shown["entries"], 1);
    assert!(keys(&shown).contains(&sealed_before));
    // With room again, all of it.
    let report = phone.run(&["satchel", "export", satchel.path().to_str().unwrap()]);
    assert_eq!(report["left_behind"], 0);
    head.run(&["satchel", "import", satchel.path().to_str().unwrap()]);
    let shown = keys(&head.run(&show));
    assert!(fed.iter().all(|key| shown.contains(key)), "nothing acknowledged is lost");
}
