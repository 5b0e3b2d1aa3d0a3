//! Synced before sent: watched at the system calls of the real program, with strace.
//!
//! A commit is on the disk once the write-ahead log was synced after its last write, and the log itself is in a folder
//! that was synced. Only then may anybody learn of it:
//!
//! 1. `entry add` prints a key after it wrote to the log since it read the entry, and nothing of that is unsynced.
//! 2. `sync` sends when nothing of the vault's log is unsynced, and only what was sealed and kept before.
//! 3. The relay answers after it wrote what came since its last answer, and nothing of that is unsynced.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use jasaq_tests::{District, Home, Running, Way, Writer};
use tempfile::NamedTempFile;

/// Where a program hears of something, and tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outlet {
    Terminal,
    Tcp,
}

/// A system call on a file or socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Call<'a> {
    name: &'a str,
    descriptor: u32,
    file: &'a str,
}

/// A line of a trace, with what came of the call: calls of several threads may be under way at once.
#[derive(Debug, PartialEq, Eq)]
enum Line<'a> {
    Begun(Call<'a>),
    Ended(i64),
    Whole(Call<'a>, i64),
}

/// Reads a line: which thread, and what it did. What strace says about threads and signals is passed over.
fn read_line(line: &str) -> Option<(&str, Line<'_>)> {
    let (thread, rest) = line.split_once(' ')?;
    let rest = rest.trim_start();
    let result = || {
        rest.rsplit_once(" = ")
            .and_then(|(_, result)| result.split(' ').next()?.parse().ok())
    };
    if rest.starts_with("<... ") {
        return Some((thread, Line::Ended(result()?)));
    }
    let (name, arguments) = rest.split_once('(')?;
    let (descriptor, file) = arguments.split_once('<')?;
    let end = [">,", ">)", "> "].into_iter().filter_map(|end| file.find(end)).min()?;
    let call = Call { name, descriptor: descriptor.parse().ok()?, file: &file[..end] };
    let is_begun = line.ends_with("<unfinished ...>");
    Some((thread, if is_begun { Line::Begun(call) } else { Line::Whole(call, result()?) }))
}

impl Call<'_> {
    fn syncs(&self) -> bool {
        self.name.contains("sync")
    }

    fn hears(&self, outlet: Outlet) -> bool {
        let is_there =
            if outlet == Outlet::Tcp { self.file.starts_with("TCP") } else { self.descriptor == 0 };
        is_there && (self.name.starts_with("read") || self.name.starts_with("recv"))
    }

    fn tells(&self, outlet: Outlet) -> bool {
        let is_there =
            if outlet == Outlet::Tcp { self.file.starts_with("TCP") } else { self.descriptor == 1 };
        is_there && (self.name.starts_with("write") || self.name.starts_with("send"))
    }

    fn writes_log(&self) -> bool {
        self.file.ends_with("-wal") && self.name.contains("write")
    }
}

/// A log, in lines of the trace.
#[derive(Debug, Default)]
struct Log {
    written: usize,
    synced: usize,
    folder_synced: bool,
}

/// What a trace shows so far.
#[derive(Debug, Default)]
struct Watched<'a> {
    logs: BTreeMap<&'a str, Log>,
    under_way: BTreeMap<&'a str, (usize, Call<'a>)>,
    has_told: bool,
    /// Whether a log was written since something was heard that was not answered.
    has_news: bool,
    /// How often something was told for which a log was written since it was heard.
    told: usize,
}

impl<'a> Watched<'a> {
    /// Reads a trace. The error is the line on which something was told too early.
    fn read(trace: &'a str, outlet: Outlet) -> Result<Self, &'a str> {
        let mut watched = Self::default();
        for (number, line) in (1..).zip(trace.lines()) {
            let Some((thread, read)) = read_line(line) else { continue };
            if let Line::Begun(call) | Line::Whole(call, _) = read {
                watched.begin(call, number, outlet).ok_or(line)?;
                watched.under_way.insert(thread, (number, call));
            }
            if let Line::Ended(result) | Line::Whole(_, result) = read
                && let Some((begun, call)) = watched.under_way.remove(thread)
            {
                if call.hears(outlet) && result > 0 && std::mem::take(&mut watched.has_told) {
                    watched.has_news = false;
                }
                watched.end(call, (begun, number), result);
            }
        }
        Ok(watched)
    }

    /// None if this tells of something that is not on the disk.
    fn begin(&mut self, call: Call<'a>, number: usize, outlet: Outlet) -> Option<()> {
        if call.writes_log() {
            self.logs.entry(call.file).or_default().written = number;
            self.has_news = true;
        }
        if call.tells(outlet) {
            self.has_told = true;
            self.told += usize::from(std::mem::take(&mut self.has_news));
            let is_safe = |log: &Log| log.synced > log.written && log.folder_synced;
            return self.logs.values().all(is_safe).then_some(());
        }
        Some(())
    }

    /// A sync counts for what was written before it began, a write as long as it was under way.
    fn end(&mut self, call: Call<'a>, (begun, ended): (usize, usize), result: i64) {
        for (file, log) in &mut self.logs {
            let is_folder = Path::new(file).parent() == Some(Path::new(call.file));
            log.folder_synced |= call.syncs() && is_folder && result == 0;
            if call.syncs() && call.file == *file && result == 0 {
                log.synced = log.synced.max(begun);
            } else if call.writes_log() && call.file == *file {
                log.written = log.written.max(ended);
            }
        }
    }
}

/// Where the tool is missing nothing can be watched: on CI that is a failure, elsewhere it is said.
#[expect(clippy::disallowed_methods, reason = "nobody but the environment says that this is CI")]
fn is_watchable() -> bool {
    let found = Command::new("strace").arg("-V").stdout(Stdio::null()).status();
    if found.is_ok_and(|status| status.success()) {
        return true;
    }
    let missing = "strace is missing, try `apt-get install strace`";
    assert!(std::env::var_os("CI").is_none(), "{missing}");
    println!("skipped: {missing}");
    false
}

/// The same command, watched.
fn watched(command: &Command, trace: &NamedTempFile) -> Command {
    let calls = "/^(read|readv|recv.*|write|writev|pwrite.*|send.*|fsync|fdatasync)$";
    let mut strace = Command::new("strace");
    strace.args(["-f", "-yy", "-s", "0", "-e", calls, "-o"]).arg(trace.path());
    strace.arg(command.get_program()).args(command.get_args()).stdin(Stdio::null());
    strace
}

/// How often something was told for which a log was written since it was heard, each time after it was on the disk.
fn check(trace: &NamedTempFile, outlet: Outlet) -> usize {
    let trace = std::fs::read_to_string(trace.path()).unwrap();
    let watched = Watched::read(&trace, outlet);
    watched
        .unwrap_or_else(|line| panic!("told before it was on the disk: {line}"))
        .told
}

/// A district whose phone has recorded so many entries and sent none.
fn district_with_entries(count: usize) -> (District, Home) {
    let district = District::found();
    let phone = district.home("phone");
    write(&phone, count);
    (district, phone)
}

fn write(phone: &Home, count: usize) {
    let mut writer = Writer::start(phone);
    writer.feed(&vec!["жазба".to_owned(); count]);
    assert!(writer.end());
}

#[test]
fn a_key_is_printed_after_its_entry_is_on_the_disk() {
    if !is_watchable() {
        return;
    }
    let (_district, phone) = district_with_entries(0);
    let trace = NamedTempFile::new().unwrap();
    let mut writer = Writer::of(&mut watched(&phone.command(&Writer::ARGUMENTS), &trace));
    for _ in 0..5 {
        writer.feed(&["жазба".to_owned()]);
        writer.key().unwrap();
    }
    assert!(writer.end());
    assert!(check(&trace, Outlet::Terminal) >= 5, "each key tells of a commit since its line was read");
}

#[test]
fn nothing_is_sent_before_it_is_on_the_disk() {
    if !is_watchable() {
        return;
    }
    let (_district, phone) = district_with_entries(3);
    let trace = NamedTempFile::new().unwrap();
    let (running, said) = Running::start(&mut watched(&phone.command(&["sync"]), &trace));
    assert!(running.wait(said));
    assert!(check(&trace, Outlet::Tcp) > 0, "the entries were sealed, and sent");
    assert!(check(&trace, Outlet::Terminal) > 0, "the receipt was kept, and told");
    assert_eq!(phone.run(&["status"])["own_entries"]["at_relay"], 3);
}

#[test]
fn what_is_sent_was_sealed_and_kept_before_the_first_byte_left() {
    let (district, phone) = district_with_entries(3);
    assert_eq!(phone.run(&["status"])["pending"], 4, "three entries and the patrol's start");
    let (running, said) = Running::start(&mut phone.command(&["sync"]));
    let device = running.clone();
    district.gate.act_after(0, Way::Up, move || device.kill());
    assert!(!running.wait(said));
    let status = phone.run(&["status"]);
    assert_eq!((&status["pending"], &status["outbox"]["envelopes"]), (&0.into(), &1.into()), "{status}");
}

#[test]
fn the_relay_answers_after_what_it_took_is_on_the_disk() {
    if !is_watchable() {
        return;
    }
    let (mut district, phone) = district_with_entries(0);
    assert!(district.end_relay());
    let trace = NamedTempFile::new().unwrap();
    district.start_relay_by(&mut watched(&district.relay_command(), &trace));
    for _ in 0..3 {
        write(&phone, 2);
        phone.run(&["sync"]);
    }
    assert!(district.end_relay());
    assert!(check(&trace, Outlet::Tcp) >= 3, "each answer tells of a commit since its request was read");
}

fn told(trace: &str) -> Result<usize, &str> {
    Watched::read(trace, Outlet::Tcp).map(|watched| watched.told)
}

const FOLDER: &str = "7 fsync(6</a>) = 0\n";
const WRITE: &str = "7 pwrite64(4</a/v.db-wal>, \"\"..., 4096, 56) = 4096\n";
const SYNC: &str = "7 fdatasync(4</a/v.db-wal>)           = 0\n";
const SEND: &str = "7 sendto(9<TCP:[127.0.0.1:1->127.0.0.1:2]>, \"\"..., 5, MSG_NOSIGNAL, NULL, 0) = 5\n";
const HEAR: &str = "7 recvfrom(9<TCP:[127.0.0.1:1->127.0.0.1:2]>, \"\"..., 5, 0, NULL, NULL) = 5\n";
const OTHERS: &str = "7 write(1<pipe:[1]>, \"\"..., 5) = 5\n8 +++ exited with 0 +++\n";

#[test]
fn a_send_after_the_sync_passes_and_counts_once_for_what_was_heard() {
    let good = [OTHERS, HEAR, WRITE, SYNC, FOLDER, WRITE, HEAR, SYNC, SEND, SEND, WRITE, SYNC, OTHERS, SEND];
    assert_eq!(told(&good.concat()), Ok(2));
    let late = [HEAR, WRITE, SYNC, FOLDER, SEND, WRITE, SYNC, HEAR, SEND, WRITE, SYNC, HEAR, SEND];
    assert_eq!(told(&late.concat()), Ok(1), "the second and the third were answered before they were kept");
}

#[test]
fn a_send_before_the_sync_does_not_pass() {
    let failed = SYNC.replace("= 0", "= -1 EIO (Input/output error)");
    let of_another = SYNC.replace("v.db-wal", "v.db");
    let of_nowhere = FOLDER.replace("/a", "/b");
    for (folder, sync) in
        [(FOLDER, ""), (FOLDER, &failed), (FOLDER, &of_another), ("", SYNC), (&of_nowhere, SYNC)]
    {
        let bad = [WRITE, folder, sync, SEND].concat();
        assert_eq!(told(&bad), Err(SEND.trim_end()), "{bad}");
    }
    let later = [WRITE, SYNC, FOLDER, SEND, WRITE, SEND, SYNC].concat();
    assert_eq!(told(&later), Err(SEND.trim_end()));
}

#[test]
fn a_sync_that_began_before_the_write_ended_does_not_count() {
    let writing = "8 pwrite64(4</a/v.db-wal>, \"\"..., 24, 32 <unfinished ...>\n";
    let written = "8 <... pwrite64 resumed>) = 24\n";
    let syncing = "7 fdatasync(4</a/v.db-wal> <unfinished ...>\n";
    let synced = "7 <... fdatasync resumed>) = 0\n";
    let told_after = |order: [&str; 4]| told(&[WRITE, FOLDER, &order.concat(), SEND].concat()).is_ok();
    assert!(!told_after([writing, syncing, written, synced]));
    assert!(!told_after([syncing, writing, written, synced]));
    assert!(told_after([writing, written, syncing, synced]));
}
