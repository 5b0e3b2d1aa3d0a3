//! Hostile clients against the real relay, in a process of its own: slow, huge, many, garbage, replayed, without end.
//!
//! Numbered invariants, looked at after every attack and while its connections are still held:
//!
//! 1. an honest device, from another address, is served: what it records is stored;
//! 2. the relay's memory stays below [`MEMORY_BYTES_MAX`];
//! 3. its files stay below [`DISK_BYTES_MAX`];
//! 4. what strangers push is never stored.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use jasaq_fieldbook::protocol::ids::{
    DeviceId, EnvelopeHash, JournalId, OfficeId, Place, RelayId, Sequence, SpaceId,
};
use jasaq_fieldbook::protocol::membership::{Join, Operation, Role, Season, SpaceKind};
use jasaq_fieldbook::protocol::seal::{DeviceKeys, EnvelopeDraft, Link, NextPlace, Section, seal};
use jasaq_fieldbook::protocol::sync::{Frame, FrameWriter, Head};
use jasaq_relay::keeping::check;
use jasaq_tests::District;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};

/// Twice what a relay takes that nobody attacks. The unit allows 512 MiB: all bounds together, were they reached at once.
const MEMORY_BYTES_MAX: u64 = 64 * 1_024 * 1_024;
/// What the relay below is given for its database, and as much again for the log and index beside it.
const DISK_BYTES_MAX: u64 = 2 * 8 * 1_024 * 1_024;
const OPTIONS: [&str; 12] = [
    "--listen",
    "[::]:0",
    "--allow-cleartext",
    "--address-connections",
    "64",
    "--space-bytes",
    "1MiB",
    "--device-bytes",
    "256KiB",
    "--database-bytes",
    "8MiB",
    "--json",
];

/// Longer than any answer takes, so that a test which waits in vain ends.
const PATIENCE: Duration = Duration::from_secs(30);

/// A district whose relay also trusts somebody hostile.
struct Besieged {
    district: District,
    relay: RelayId,
    address: SocketAddr,
    root: Attacker,
    written: usize,
}

impl Besieged {
    /// None where there is no IPv6: attackers need an address of their own.
    fn new() -> Option<Self> {
        if std::net::TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_err() {
            println!("skipped: there is no IPv6 here");
            return None;
        }
        let mut district = District::found();
        assert!(district.end_relay());
        let root = Attacker::new(1);
        let command = district.relay_command();
        // An option is given once, so those that a kind relay gets are left out.
        let mut besieged = std::process::Command::new(command.get_program());
        besieged
            .args(["relay", "--until-stdin-ends", "--data"])
            .arg(district.relay_file())
            .args(OPTIONS);
        let trusted = command.get_args().last().unwrap().to_owned();
        besieged.arg("--trust").arg(trusted).arg("--trust").arg(root.id().to_string());
        district.start_relay_by(&mut besieged);
        let port = district.relay().address().port();
        district.gate.lead_to((Ipv4Addr::LOCALHOST, port).into());
        let address = (Ipv6Addr::LOCALHOST, port).into();
        let mut asked = connect(address);
        asked
            .write_all(b"GET /v1/health HTTP/1.1\r\nhost: relay\r\nconnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        asked.read_to_string(&mut answer).unwrap();
        let health: serde_json::Value = serde_json::from_str(&answer[answer.find('{').unwrap()..]).unwrap();
        let relay = health["relay"].as_str().unwrap().parse().unwrap();
        Some(Self { district, relay, address, root, written: 0 })
    }

    fn connect(&self) -> TcpStream {
        connect(self.address)
    }

    /// The status of a whole request's answer.
    fn post(&self, body: &[u8]) -> u16 {
        let mut stream = self.connect();
        let head = format!("POST /v1/sync HTTP/1.1\r\nhost: relay\r\ncontent-length: {}\r\n\r\n", body.len());
        // It may be refused while it is sent.
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        status(&mut stream).expect("a request is answered")
    }

    /// Invariants 1 to 3.
    fn holds(&mut self) {
        self.written += 1;
        let phone = self.district.home("phone");
        let text = format!("entry {}", self.written);
        phone.run(&["entry", "add", "--activity", "force", "--text", &text]);
        phone.run(&["sync"]);
        let status = phone.run(&["status"]);
        assert_eq!(status["own_entries"]["at_relay"].as_u64(), Some(self.written as u64), "{status}");
        assert!(self.memory() < MEMORY_BYTES_MAX, "{} bytes of memory", self.memory());
        assert!(self.disk() < DISK_BYTES_MAX, "{} bytes on the disk", self.disk());
    }

    /// The most memory that the relay ever had. Only Linux says so.
    fn memory(&self) -> u64 {
        let status = format!("/proc/{}/status", self.district.relay().running().id());
        let Ok(status) = std::fs::read_to_string(status) else { return 0 };
        let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        most.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1_024
    }

    fn disk(&self) -> u64 {
        let file = self.district.relay_file();
        let files = std::fs::read_dir(file.parent().unwrap()).unwrap().flatten();
        let own = files.filter(|other| other.file_name().to_string_lossy().starts_with("relay.db"));
        own.map(|file| file.metadata().unwrap().len()).sum()
    }

    fn stored(&self) -> u64 {
        let report = check(&self.district.relay_file(), &mut |_| ()).unwrap();
        assert!(report.is_sound(), "{:?}", report.defects);
        report.sound
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// A connection from another address of this machine, where it has more than one: Linux has.
fn connect_from(from: Ipv4Addr, port: u16) -> Option<TcpStream> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
    let stream = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind((from, 0).into()).ok()?;
        Some(
            socket
                .connect((Ipv4Addr::LOCALHOST, port).into())
                .await
                .unwrap()
                .into_std()
                .unwrap(),
        )
    })?;
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    Some(stream)
}

/// The status that comes, unless the connection is closed instead.
fn status(stream: &mut TcpStream) -> Option<u16> {
    let mut start = [0; 12];
    stream.read_exact(&mut start).ok()?;
    std::str::from_utf8(&start[9..]).ok()?.parse().ok()
}

/// A root's founding, with a successor that nobody has.
fn founding(root: &DeviceKeys) -> Operation {
    Operation::Found { successor: Attacker::new(2).keys.public(), recovery: root.public().exchange }
}

/// Somebody who writes envelopes by hand, each as valid as can be.
struct Attacker {
    keys: DeviceKeys,
    chance: ChaCha20Rng,
    counter: u64,
}

impl Attacker {
    fn new(seed: u64) -> Self {
        let mut chance = ChaCha20Rng::seed_from_u64(seed);
        Self { keys: DeviceKeys::make(&mut chance), chance, counter: 0 }
    }

    fn id(&self) -> DeviceId {
        self.keys.id()
    }

    fn envelope(&mut self, place: Place, (link, section): (Link, Section)) -> (Place, Vec<u8>, EnvelopeHash) {
        let draft = EnvelopeDraft { next: NextPlace { place, link }, epoch: None, sections: &[section] };
        let sealed = seal(&draft, &self.keys, &mut self.chance).unwrap();
        (sealed.place(), sealed.to_wire(false).encode(), sealed.hash())
    }

    /// The first envelope of a new journal.
    fn begin(&mut self, space: SpaceId, operation: &Operation) -> (Place, Vec<u8>) {
        let journal = JournalId::of_device(&self.id(), self.chance.next_u64().to_be_bytes());
        let place = Place { space, journal, sequence: Sequence::FIRST };
        let first = (Link::First(self.id()), Section::Operation(operation.encode()));
        let (place, wire, _) = self.envelope(place, first);
        (place, wire)
    }

    fn request(&mut self, relay: &RelayId, pushes: &[(Place, Vec<u8>)]) -> Vec<u8> {
        self.counter += 1;
        let mut writer = FrameWriter::new();
        writer.frame(&Frame::Head(Head::sign(self.keys.signing(), relay, self.counter, &[])));
        for (place, wire) in pushes {
            writer.envelope(*place, wire);
        }
        writer.frame(&Frame::End { more: false });
        writer.take()
    }

    fn some_space(&mut self) -> Operation {
        let mut nonce = [0; 16];
        self.chance.fill_bytes(&mut nonce);
        let (kind, offices) = (SpaceKind::Register, vec![OfficeId::from_bytes([7; 16])]);
        Operation::Space {
            nonce,
            kind,
            season: Season(2026),
            offices,
            epoch: Some(self.keys.public().exchange),
        }
    }
}

#[test]
fn who_holds_connections_is_given_few_and_the_others_are_served() {
    let Some(mut besieged) = Besieged::new() else { return };
    let half = besieged.root.request(&besieged.relay, &[]);
    let head = format!("POST /v1/sync HTTP/1.1\r\nhost: relay\r\ncontent-length: {}\r\n\r\n", half.len());
    let beginnings: [&[u8]; 4] =
        [b"", b"POST /v1/sync HT", head.as_bytes(), b"GET /v1/health HTTP/1.1\r\nhost: r\r\n\r\n"];
    let mut held = Vec::new();
    for round in 0..1_500 {
        let mut stream = besieged.connect();
        let _ = stream.write_all(beginnings[round % beginnings.len()]);
        held.push(stream);
    }
    besieged.holds();
    let is_closed = |stream: &mut TcpStream| {
        stream.set_nonblocking(true).unwrap();
        !matches!(stream.read(&mut [0; 1]), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)
    };
    let closed = held
        .iter_mut()
        .rev()
        .take(400)
        .filter_map(|stream| is_closed(stream).then_some(()));
    assert_eq!(closed.count(), 400, "who came after the 64th was sent away");
    drop(held);
    besieged.holds();
}

#[test]
fn bodies_without_a_head_from_many_addresses_take_no_place_from_devices() {
    let Some(mut besieged) = Besieged::new() else { return };
    let begun =
        b"POST /v1/sync HTTP/1.1\r\nhost: r\r\ncontent-length: 1000000\r\nexpect: 100-continue\r\n\r\n";
    let mut held = Vec::new();
    for address in 2..8 {
        for _ in 0..60 {
            let Some(mut stream) = connect_from(Ipv4Addr::new(127, 0, 0, address), besieged.address.port())
            else {
                println!("skipped: there is one address here");
                return;
            };
            stream.write_all(begun).unwrap();
            // Its body is awaited, unless there is no place for it; then the first byte drips.
            let _ = status(&mut stream);
            let _ = stream.write_all(b"\x01");
            held.push(stream);
        }
    }
    besieged.holds();
    drop(held);
}

#[test]
fn who_sends_too_much_or_reads_nothing_is_bounded() {
    let Some(mut besieged) = Besieged::new() else { return };
    let mut held = Vec::new();
    for _ in 0..30 {
        // A body of ten gigabytes, announced.
        let mut announced = besieged.connect();
        announced
            .write_all(b"POST /v1/sync HTTP/1.1\r\nhost: r\r\ncontent-length: 10737418240\r\n\r\n")
            .unwrap();
        assert_eq!(status(&mut announced), Some(413));
        held.push(announced);
    }
    // A body without end, and headers without end.
    let (piece, sync) = ([0xa5_u8; 16 * 1_024], &b"POST /v1/sync HTTP/1.1\r\nhost: r\r\n"[..]);
    let mut chunked = besieged.connect();
    chunked
        .write_all(&[sync, b"transfer-encoding: chunked\r\n\r\n"].concat())
        .unwrap();
    let endless = |stream: &mut TcpStream, before: &[u8]| {
        (0..4_000).all(|_| stream.write_all(before).and_then(|()| stream.write_all(&piece)).is_ok())
    };
    assert!(!endless(&mut chunked, b"4000\r\n"), "64 MB were taken");
    let mut headers = besieged.connect();
    headers.write_all(&[sync, b"x: "].concat()).unwrap();
    assert!(!endless(&mut headers, b""), "64 MB of headers were taken");
    // Questions without end, and nobody reads an answer.
    for _ in 0..20 {
        let mut deaf = besieged.connect();
        deaf.set_nonblocking(true).unwrap();
        let questions = b"GET /v1/health HTTP/1.1\r\nhost: r\r\n\r\n".repeat(400);
        while deaf.write(&questions).is_ok() {}
        held.push(deaf);
    }
    besieged.holds();
    drop(held);
}

/// Behind the frame's kind and length, and the head's tag.
const VERSION_OF_THE_HEAD: usize = 3 + 3;

#[test]
fn garbage_breaks_nothing() {
    let Some(mut besieged) = Besieged::new() else { return };
    let mut chance = ChaCha20Rng::seed_from_u64(3);
    let request = besieged.root.request(&besieged.relay, &[]);
    for _ in 0..200 {
        let mut bytes = vec![0; 1 + usize::try_from(chance.next_u32() % 3_000).unwrap()];
        chance.fill_bytes(&mut bytes);
        let _ = besieged.connect().write_all(&bytes);
        assert_eq!(besieged.post(&bytes), 400);
        // All but the frame that ends it, which says nothing.
        let mut bent = request.clone();
        let at = usize::try_from(chance.next_u32()).unwrap() % (bent.len() - 4);
        bent[at] ^= 1 << (chance.next_u32() % 8);
        let expected = if at == VERSION_OF_THE_HEAD { 501 } else { 400 };
        assert_eq!(besieged.post(&bent), expected, "a head is signed to its last bit");
    }
    for chunks in ["zz\r\n", "ffffffffffffffffffff\r\n", "5\r\nab", "-1\r\n", "5\r\nhelloXX", "0\r\nx: y"] {
        let mut stream = besieged.connect();
        let head = "POST /v1/sync HTTP/1.1\r\nhost: r\r\ntransfer-encoding: chunked\r\n\r\n";
        stream.write_all(format!("{head}{chunks}").as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        assert!(status(&mut stream).is_none_or(|status| status == 400), "{chunks:?}");
    }
    besieged.holds();
}

#[test]
fn a_replayed_request_is_told_as_one() {
    let Some(mut besieged) = Besieged::new() else { return };
    let request = besieged.root.request(&besieged.relay, &[]);
    // Nothing is kept of strangers' counters: only after its `found` the root is a device here.
    let territory = SpaceId::of_territory(&besieged.root.id());
    let found = besieged.root.begin(territory, &founding(&besieged.root.keys));
    let founding = besieged.root.request(&besieged.relay, &[found]);
    assert_eq!([besieged.post(&founding), besieged.post(&request)], [200, 409]);
    let stored = besieged.stored();
    for _ in 0..200 {
        // The last one is answered again: links repeat requests.
        assert_eq!([besieged.post(&founding), besieged.post(&request)], [200, 409]);
    }
    assert_eq!(besieged.stored(), stored);
    besieged.holds();
}

#[test]
fn what_strangers_push_is_never_stored_however_much_it_is() {
    let Some(mut besieged) = Besieged::new() else { return };
    besieged.holds();
    let (before, relay) = (besieged.stored(), besieged.relay);
    let spaces = [SpaceId::of_territory(&besieged.root.id()), SpaceId::from_bytes([9; 16])];
    for seed in 0..12 {
        let mut stranger = Attacker::new(1_000 + seed);
        let joins = Join::make(stranger.keys.signing().invite_key(), besieged.root.id(), 0, &stranger.keys);
        let operations = [stranger.some_space(), Operation::Join(joins)];
        // More journals than one answer tells of, each with a valid envelope that nothing explains.
        let pushes: Vec<_> = (0..1_200_usize)
            .map(|number| stranger.begin(spaces[number % 2], &operations[number / 2 % 2]))
            .collect();
        assert_eq!(besieged.post(&stranger.request(&relay, &pushes)), 200);
    }
    assert_eq!(besieged.stored(), before);
    besieged.holds();
}

#[test]
fn an_insider_fills_his_own_quota_and_nobody_elses() {
    let Some(mut besieged) = Besieged::new() else { return };
    let (relay, territory) = (besieged.relay, SpaceId::of_territory(&besieged.root.id()));
    let mut insider = Attacker::new(77);
    let add = Operation::Add {
        device: insider.keys.public(),
        nonce: [7; 16],
        role: Role::Ts,
        office: Some(OfficeId::from_bytes([7; 16])),
        invite: None,
        head: None,
    };
    let founding = founding(&besieged.root.keys);
    let rolls = [besieged.root.begin(territory, &founding), besieged.root.begin(territory, &add)];
    let founded = besieged.root.request(&relay, &rolls);
    assert_eq!(besieged.post(&founded), 200);
    let before = besieged.stored();
    for _ in 0..6 {
        let operation = insider.some_space();
        let pushes: Vec<_> = (0..500).map(|_| insider.begin(territory, &operation)).collect();
        assert_eq!(besieged.post(&insider.request(&relay, &pushes)), 200);
    }
    let stored = besieged.stored() - before;
    assert!((100..3_000).contains(&stored), "his quota was reached: {stored}");
    besieged.holds();
}
