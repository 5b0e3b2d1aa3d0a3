//! Clones and restored backups: two installs with one device's keys write on. Nothing of either is lost, nothing of others
//! waits for them, and all who meet at the relay show the same.

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_tests::{Field, Phone};

const SEED: u64 = 23;

struct Twins {
    field: Field,
    aray: Phone,
    patrol: PatrolId,
}

impl Twins {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let aray = field.phone("aray");
        let patrol = field.start_patrol(aray);
        field.write(aray, patrol, "0 бірге");
        field.run_until_quiet();
        Self { field, aray, patrol }
    }

    fn write(&mut self, phone: Phone, texts: &[&str]) {
        for text in texts {
            self.field.write(phone, self.patrol, text);
            self.field.book(phone).flush().unwrap();
        }
    }

    /// Every reader shows these texts, each once, and every vault is whole.
    fn check(&mut self, texts: &[&str]) {
        self.field.run_until_quiet();
        let readers = self.field.readers();
        for reader in &readers {
            assert_eq!(self.field.texts(*reader, self.patrol), texts, "{reader:?}");
            let report = self.field.book(*reader).doctor().unwrap();
            assert_eq!((report.defects, report.rows_rebuilt), (0, 0), "{report:?}");
            assert_eq!(self.field.book(*reader).status().unwrap().pending, 0);
        }
        assert!(self.field.show_alike(&readers, self.patrol));
    }
}

#[test]
fn a_clone_and_its_original_write_on_and_both_are_read_by_all() {
    let mut twins = Twins::new();
    let clone = twins.field.copy(twins.aray, "clone");
    twins.write(twins.aray, &["1 original", "2 original"]);
    twins.write(clone, &["1 clone", "2 clone", "3 clone"]);
    twins.check(&["0 бірге", "1 clone", "1 original", "2 clone", "2 original", "3 clone"]);
    let branches = [twins.aray, clone].map(|twin| twins.field.book(twin).doctor().unwrap().branches);
    assert!(branches.iter().sum::<usize>() > 0, "otherwise nothing was forked");
    // The two have parted: what they write from here on meets no other.
    twins.write(twins.aray, &["4 original"]);
    twins.write(clone, &["4 clone"]);
    twins.check(&[
        "0 бірге",
        "1 clone",
        "1 original",
        "2 clone",
        "2 original",
        "3 clone",
        "4 clone",
        "4 original",
    ]);
}

/// Whether each of these is told that a device has a twin, and whether it is its own.
fn told(field: &mut Field, of: Phone, phones: &[Phone]) -> Vec<Option<bool>> {
    let own = |devices: Vec<jasaq_fieldbook::DeviceView>| devices.into_iter().find(|view| view.is_this);
    let device = own(field.book(of).devices().unwrap()).unwrap().device;
    let mut told = Vec::new();
    for phone in phones {
        let twins = field.book(*phone).status().unwrap().twins;
        assert!(twins.iter().all(|twin| twin.device.device == device), "of nobody else: {twins:?}");
        told.push(twins.first().map(|twin| twin.device.is_this));
    }
    told
}

#[test]
fn scenario_02_who_holds_a_cloned_phone_is_told_and_who_may_remove_it_and_nobody_else() {
    let mut twins = Twins::new();
    let (dana, head, ss) = (twins.field.phone("dana"), twins.field.device("head"), twins.field.device("ss"));
    let clone = twins.field.copy(twins.aray, "clone");
    let everybody = [twins.aray, clone, head, ss, dana];
    assert_eq!(told(&mut twins.field, twins.aray, &everybody), [None; 5]);
    twins.write(twins.aray, &["1 original"]);
    twins.write(clone, &["1 clone"]);
    twins.check(&["0 бірге", "1 clone", "1 original"]);
    let due = [Some(true), Some(true), Some(false), Some(false), None];
    assert_eq!(told(&mut twins.field, twins.aray, &everybody), due);
    let seen = twins.field.book(head).status().unwrap().twins.remove(0);
    assert!(seen.said_twice > 0 && seen.since_ms.is_some(), "{seen:?}");
    for reader in everybody {
        let view = twins.field.shows(reader, twins.patrol);
        let twice = view.provenance.values().filter(|logged| logged.is_said_twice);
        let twice: Vec<String> = twice.map(|logged| logged.key.to_string()).collect();
        assert!(twice.len() == 2 && twice[1] == format!("{}-2", twice[0]), "the log shows which: {twice:?}");
    }
    // Once it is removed, or nothing more was seen of two for a month, nobody need be told.
    twins.field.minutes_pass(31 * 24 * 60);
    assert_eq!(told(&mut twins.field, twins.aray, &everybody), [None; 5]);
    twins.write(twins.aray, &["2 original"]);
    twins.check(&["0 бірге", "1 clone", "1 original", "2 original"]);
    assert_eq!(
        told(&mut twins.field, twins.aray, &[clone, head])[0],
        Some(true),
        "the other one still writes"
    );
    let device = seen.device.device;
    twins.field.book(ss).remove_device(&device, false).unwrap();
    assert_eq!(twins.field.book(ss).status().unwrap().twins, []);
}

#[test]
fn scenario_02_a_phone_that_got_back_what_it_had_sent_says_so_and_one_that_lost_nothing_does_not() {
    let mut twins = Twins::new();
    let head = twins.field.device("head");
    let backup = twins.field.copy(twins.aray, "backup");
    twins.write(twins.aray, &["1 lost phone"]);
    twins.field.contact(twins.aray);
    assert_eq!(twins.field.book(backup).status().unwrap().twins, [], "it cannot know yet");
    twins.field.contact(backup);
    twins.field.contact(head);
    let own = twins.field.book(backup).status().unwrap().twins;
    assert!(own.len() == 1 && own[0].device.is_this && own[0].said_twice == 0, "{own:?}");
    assert_eq!(twins.field.book(head).status().unwrap().twins, [], "nothing was said twice");
    twins.field.power_cut(head);
    twins.field.contact(head);
    assert_eq!(twins.field.book(head).status().unwrap().twins, []);
}

#[test]
fn a_copied_home_is_noticed_and_nothing_is_forked() {
    let mut twins = Twins::new();
    twins.field.copies_are_noticed = true;
    twins.field.crash(twins.aray);
    let clone = twins.field.copy(twins.aray, "clone");
    twins.write(twins.aray, &["1 original"]);
    twins.write(clone, &["1 clone"]);
    twins.check(&["0 бірге", "1 clone", "1 original"]);
    for phone in twins.field.everybody() {
        let report = twins.field.book(phone).doctor().unwrap();
        assert_eq!((report.branches, report.conflicts), (0, 0), "{report:?}");
    }
}

#[test]
fn what_a_clone_had_not_sealed_is_not_overwritten_by_its_twin() {
    let mut twins = Twins::new();
    let clone = twins.field.copy(twins.aray, "clone");
    // Both record under one key; neither has sealed it when the other's comes.
    twins.field.write(clone, twins.patrol, "1 clone");
    twins.write(twins.aray, &["1 original"]);
    twins.field.carry_satchel(twins.aray, clone);
    assert_eq!(twins.field.texts(clone, twins.patrol), ["0 бірге", "1 clone", "1 original"]);
    twins.check(&["0 бірге", "1 clone", "1 original"]);
}

#[test]
fn a_restored_backup_gets_back_what_it_had_sent_and_goes_on_elsewhere() {
    let mut twins = Twins::new();
    let backup = twins.field.copy(twins.aray, "backup");
    twins.write(twins.aray, &["1 lost phone", "2 lost phone"]);
    twins.field.contact(twins.aray);
    // The phone is gone; the backup is put onto another one, and records before its first contact.
    twins.write(backup, &["1 backup"]);
    twins.check(&["0 бірге", "1 backup", "1 lost phone", "2 lost phone"]);
}

#[test]
fn a_branch_that_came_by_satchel_holds_up_nothing_that_the_relay_sends() {
    let mut twins = Twins::new();
    let dana = twins.field.phone("dana");
    let clone = twins.field.copy(twins.aray, "clone");
    twins.write(clone, &["1 clone", "2 clone"]);
    twins.write(twins.aray, &["1 original", "2 original", "3 original"]);
    twins.field.carry_satchel(clone, dana);
    twins.field.contact(twins.aray);
    let head = twins.field.device("head");
    twins.write(head, &["5 head"]);
    twins.field.contact(head);
    twins.field.contact(dana);
    let shown = twins.field.texts(dana, twins.patrol);
    let all = ["0 бірге", "1 clone", "1 original", "2 clone", "2 original", "3 original", "5 head"];
    assert_eq!(shown, all, "both branches are shown, and what stands behind the fork came");
    let branches = twins.field.book(dana).doctor().unwrap().branches;
    assert_eq!(branches, 3, "the other branch is kept beside the line");
    let again = twins.field.contact(dana);
    assert_eq!((again.not_kept, again.more), (0, false), "it is not sent again");
    twins.check(&all);
}

#[test]
fn what_a_cloned_console_signed_is_signed_again() {
    let mut field = Field::new(SEED);
    let (ss, head) = (field.device("ss"), field.device("head"));
    // The head has signed something, so that the clone goes on in the same journal.
    field.phone("bekzat");
    let clone = field.copy(head, "head's clone");
    let code = |field: &mut Field, inviter: Phone| {
        use jasaq_fieldbook::{Membering, model::roles::Role};
        let membering = Membering::Squad { role: Role::Volunteer, squad: None };
        let invite = field.book(inviter).invite(membering).unwrap();
        field.book(inviter).flush().unwrap();
        invite.code
    };
    let (of_head, of_clone) = (code(&mut field, head), code(&mut field, clone));
    field.contact(head);
    field.run_until_quiet();
    for (name, inviter, code) in [("aray", head, of_head), ("dana", clone, of_clone)] {
        let phone = field.ask_to_join(name, &code, 0);
        field.run_until_quiet();
        let words = field.book(phone).status().unwrap().join_words.expect("it waits");
        field.book(inviter).confirm(&words).unwrap();
        field.run_until_quiet();
        assert!(field.book(phone).status().unwrap().role.is_some(), "{name} is in");
    }
    field.run_until_quiet();
    let branches = [head, clone].map(|twin| field.book(twin).doctor().unwrap().branches);
    assert!(branches.iter().sum::<usize>() > 0, "otherwise nothing was forked");
    assert_eq!(field.book(ss).status().unwrap().refused, 0);
}

#[test]
fn twins_whose_branches_change_places_at_a_wiped_relay_go_on() {
    let mut twins = Twins::new();
    let head = twins.field.device("head");
    let clone = twins.field.copy(twins.aray, "clone");
    twins.write(twins.aray, &["1 original"]);
    twins.write(clone, &["1 clone"]);
    // The head has the original's branch by satchel, the relay the clone's; then the relay has the original's.
    twins.field.carry_satchel(twins.aray, head);
    twins.field.contact(clone);
    twins.field.contact(twins.aray);
    twins.field.contact(twins.aray);
    twins.field.wipe_relay();
    for phone in [head, head, head, twins.aray, clone] {
        twins.field.contact(phone);
    }
    twins.check(&["0 бірге", "1 clone", "1 original"]);
    twins.write(twins.aray, &["2 original"]);
    twins.write(clone, &["2 clone"]);
    twins.check(&["0 бірге", "1 clone", "1 original", "2 clone", "2 original"]);
}

#[test]
fn a_clones_branch_in_a_satchel_is_no_damage_to_the_file() {
    let mut twins = Twins::new();
    let head = twins.field.device("head");
    let clone = twins.field.copy(twins.aray, "clone");
    twins.write(twins.aray, &["1 original"]);
    twins.write(clone, &["1 clone"]);
    twins.field.carry_satchel(twins.aray, head);
    let report = twins.field.carry_satchel(clone, head);
    assert_eq!((report.forks, report.refused), (1, 0), "{report:?}");
    let again = twins.field.carry_satchel(clone, head);
    assert_eq!((again.refused, again.new), (0, 0), "{again:?}");
}
