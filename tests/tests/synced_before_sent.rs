//! Synced before sent: watched at the system calls of the real program, with strace.
//!
//! A commit is on the disk once the write-ahead log was synced after its last write, and the log itself is in a folder
//! that was synced. Only then may anybody learn of it:
//!
//! 1. `entry add` prints a key only when nothing of a log is unsynced.
//! 2. `sync` sends only when nothing of the vault's log is unsynced.
//! 3. The relay answers only when nothing of its file's log is unsynced.
//!
//! The reader of traces is shown what it must not let pass before it is trusted.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use jasaq_tests::{District, Running, Writer};
use tempfile::NamedTempFile;

const LOG: &str = "-wal";

/// How a program tells something to the outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outlet {
    Stdout,
    Tcp,
}

/// A system call on a file or socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Call<'a> {
    name: &'a str,
    descriptor: u32,
    file: &'a str,
}

/// A line of a trace: calls of several threads may be under way at once.
#[derive(Debug, PartialEq, Eq)]
enum Line<'a> {
    Begun(Call<'a>),
    Ended { well: bool },
    Whole(Call<'a>, bool),
}

/// Reads a line: which thread, and what it did. What strace says about threads and signals is passed over.
fn read_line(line: &str) -> Option<(&str, Line<'_>)> {
    let (thread, rest) = line.split_once(' ')?;
    let rest = rest.trim_start();
    let well = || !rest.rsplit_once(" = ").is_some_and(|(_, result)| result.starts_with('-'));
    if rest.starts_with("<... ") {
        return Some((thread, Line::Ended { well: well() }));
    }
    let (name, arguments) = rest.split_once('(')?;
    let (descriptor, rest) = arguments.split_once('<')?;
    let end = [">,", ">)", "> "].into_iter().filter_map(|end| rest.find(end)).min()?;
    let call = Call { name, descriptor: descriptor.parse().ok()?, file: &rest[..end] };
    let is_begun = line.ends_with("<unfinished ...>");
    Some((thread, if is_begun { Line::Begun(call) } else { Line::Whole(call, well()) }))
}

impl Call<'_> {
    fn syncs(&self) -> bool {
        ["fsync", "fdatasync"].contains(&self.name)
    }

    fn tells(&self, outlet: Outlet) -> bool {
        !self.syncs()
            && match outlet {
                Outlet::Stdout => self.descriptor == 1,
                Outlet::Tcp => self.file.starts_with("TCP"),
            }
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
    /// Something was committed that nobody has been told of.
    has_news: bool,
    /// How often the outside was told after something was committed.
    told: usize,
}

impl<'a> Watched<'a> {
    /// Reads a trace. The error is the line on which something was told too early.
    fn read(trace: &'a str, outlet: Outlet) -> Result<Self, &'a str> {
        let mut watched = Self::default();
        for (number, line) in (1..).zip(trace.lines()) {
            let Some((thread, read)) = read_line(line) else { continue };
            match read {
                Line::Begun(call) => {
                    watched.begin(call, number, outlet).ok_or(line)?;
                    watched.under_way.insert(thread, (number, call));
                }
                Line::Ended { well } => {
                    if let Some((begun, call)) = watched.under_way.remove(thread) {
                        watched.end(call, (begun, number), well);
                    }
                }
                Line::Whole(call, well) => {
                    watched.begin(call, number, outlet).ok_or(line)?;
                    watched.end(call, (number, number), well);
                }
            }
        }
        Ok(watched)
    }

    /// None if this tells of something that is not on the disk.
    fn begin(&mut self, call: Call<'a>, number: usize, outlet: Outlet) -> Option<()> {
        if call.tells(outlet) {
            let is_safe = |log: &Log| log.synced > log.written && log.folder_synced;
            self.told += usize::from(std::mem::take(&mut self.has_news));
            return self.logs.values().all(is_safe).then_some(());
        }
        if call.file.ends_with(LOG) && !call.syncs() {
            self.logs.entry(call.file).or_default().written = number;
            self.has_news = true;
        }
        Some(())
    }

    /// A sync counts for what was written before it began, a write as long as it was under way.
    fn end(&mut self, call: Call<'a>, (begun, ended): (usize, usize), well: bool) {
        for (file, log) in &mut self.logs {
            match (call.syncs(), call.file == *file) {
                (true, true) if well => log.synced = log.synced.max(begun),
                (false, true) => log.written = log.written.max(ended),
                _ if well && call.syncs() => {
                    log.folder_synced |= Path::new(file).parent() == Some(Path::new(call.file));
                }
                _ => {}
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "nobody but the environment says that this is CI")]
fn is_ci() -> bool {
    std::env::var_os("CI").is_some()
}

/// Where the tool is missing nothing can be watched: on CI that is a failure, elsewhere it is said.
fn is_watchable() -> bool {
    let found = Command::new("strace").arg("-V").stdout(Stdio::null()).status();
    let is_there = found.is_ok_and(|status| status.success());
    assert!(is_there || !is_ci(), "strace is missing, try `apt-get install strace`");
    if !is_there {
        println!("skipped: strace is missing, try `apt-get install strace`");
    }
    is_there
}

/// The same command, watched.
fn watched(command: &Command, trace: &NamedTempFile) -> Command {
    let calls = "trace=write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,sendmmsg,fsync,fdatasync";
    let mut strace = Command::new("strace");
    strace.args(["-f", "-yy", "-s", "0", "-e", calls, "-o"]).arg(trace.path());
    strace.arg(command.get_program()).args(command.get_args()).stdin(Stdio::null());
    strace
}

/// How often the outside was told something new, each time after it was on the disk.
fn check(trace: &NamedTempFile, outlet: Outlet) -> usize {
    let trace = std::fs::read_to_string(trace.path()).unwrap();
    match Watched::read(&trace, outlet) {
        Ok(watched) => watched.told,
        Err(line) => panic!("told before it was on the disk: {line}"),
    }
}

fn lines(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("жазба {number}")).collect()
}

#[test]
fn a_key_is_printed_after_its_entry_is_on_the_disk() {
    if !is_watchable() {
        return;
    }
    let district = District::found();
    let trace = NamedTempFile::new().unwrap();
    let command = district.home("phone").command(&Writer::ARGUMENTS);
    let mut writer = Writer::of(&mut watched(&command, &trace));
    writer.feed(&lines(5));
    let keys = (0..5).map_while(|_| writer.key()).count();
    assert!(writer.end());
    assert_eq!(keys, 5);
    assert!(check(&trace, Outlet::Stdout) >= keys, "every entry is a commit of its own");
}

#[test]
fn nothing_is_sent_before_it_is_on_the_disk() {
    if !is_watchable() {
        return;
    }
    let district = District::found();
    let phone = district.home("phone");
    let mut writer = Writer::start(&phone);
    writer.feed(&lines(3));
    assert!(writer.end());
    let trace = NamedTempFile::new().unwrap();
    let (running, said) = Running::start(&mut watched(&phone.command(&["sync"]), &trace));
    assert!(running.wait(said));
    assert!(check(&trace, Outlet::Tcp) > 0, "the entries were sealed, and sent");
    assert!(check(&trace, Outlet::Stdout) > 0, "the receipt was kept, and told");
    assert_eq!(phone.run(&["status"])["own_entries"]["at_relay"], 3);
}

#[test]
fn the_relay_answers_after_what_it_took_is_on_the_disk() {
    if !is_watchable() {
        return;
    }
    let mut district = District::found();
    let phone = district.home("phone");
    assert!(district.end_relay());
    let trace = NamedTempFile::new().unwrap();
    district.start_relay_by(&mut watched(&district.relay_command(), &trace));
    for _ in 0..3 {
        let mut writer = Writer::start(&phone);
        writer.feed(&lines(2));
        assert!(writer.end());
        phone.run(&["sync"]);
    }
    assert!(district.end_relay());
    assert!(check(&trace, Outlet::Tcp) >= 3, "each contact brought something to be stored");
}

/// A trace as strace prints one, of a log in a folder.
fn told(trace: &str) -> Result<usize, &str> {
    Watched::read(trace, Outlet::Tcp).map(|watched| watched.told)
}

const FOLDER: &str = "7 fsync(6</a>) = 0\n";
const WRITE: &str = "7 pwrite64(4</a/v.db-wal>, \"\"..., 4096, 56) = 4096\n";
const SYNC: &str = "7 fdatasync(4</a/v.db-wal>)           = 0\n";
const SEND: &str = "7 sendto(9<TCP:[127.0.0.1:1->127.0.0.1:2]>, \"\"..., 5, MSG_NOSIGNAL, NULL, 0) = 5\n";
const OTHERS: &str = "7 write(1<pipe:[1]>, \"\"..., 5) = 5\n8 +++ exited with 0 +++\n";

#[test]
fn a_send_after_the_sync_passes() {
    let good =
        [OTHERS, WRITE, SYNC, FOLDER, WRITE, WRITE, SYNC, SEND, SEND, WRITE, SYNC, OTHERS, SEND].concat();
    assert_eq!(told(&good), Ok(2));
    assert_eq!(told(&[OTHERS, SEND].concat()), Ok(0), "nothing was committed, so nothing is shown");
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
    let [begun, ended] = [
        "8 pwrite64(4</a/v.db-wal>, \"\"..., 4096, 56 <unfinished ...>\n",
        "8 <... pwrite64 resumed>) = 4096\n",
    ];
    let [syncing, synced] =
        ["7 fdatasync(4</a/v.db-wal> <unfinished ...>\n", "7 <... fdatasync resumed>) = 0\n"];
    let under_way = [WRITE, FOLDER, begun, syncing, ended, synced, SEND].concat();
    assert_eq!(told(&under_way), Err(SEND.trim_end()));
    let unended =
        [WRITE, FOLDER, syncing, "8 sendto(9<TCP:[1->2]>, \"\"..., 5 <unfinished ...>\n", synced].concat();
    assert!(told(&unended).is_err());
    assert_eq!(told(&[WRITE, FOLDER, begun, ended, syncing, synced, SEND].concat()), Ok(1));
}
