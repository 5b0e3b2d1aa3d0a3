//! The relay over real sockets, asked by a client that knows nothing but bytes.
//!
//! Times are either the defaults, which no test waits for, or so short that the server's giving up is all a test waits for.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use jasaq_protocol::limits::REQUEST_BYTES_MAX;
use jasaq_protocol::sync::{Frame, FrameWriter, Refusal};
use tokio::sync::oneshot;

use super::*;
use crate::limits::Quotas;
use crate::relay::Relay;
use crate::world::{Device, District, Envelope, PATROLS, Reply, chance, statements, sync};

/// Shorter than any patience, longer than any step.
pub(super) const SHORT: Duration = Duration::from_millis(50);

/// A free port of this machine.
pub(super) fn listen() -> (std::net::TcpListener, SocketAddr) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

pub(super) struct Server {
    pub(super) address: SocketAddr,
    pub(super) relay: RelayId,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<Result<(), RunError>>,
}

impl Server {
    fn start(relay: Relay, config: HttpConfig) -> Self {
        Self::start_traced(relay, config, tracing::Dispatch::none())
    }

    fn start_traced(relay: Relay, config: HttpConfig, dispatch: tracing::Dispatch) -> Self {
        Self::start_with(relay, config, (dispatch, Listeners::from))
    }

    /// With TLS or metrics beside the listener for devices.
    pub(super) fn start_with(
        relay: Relay,
        config: HttpConfig,
        (dispatch, listeners): (
            tracing::Dispatch,
            impl FnOnce(tokio::net::TcpListener) -> Listeners + Send + 'static,
        ),
    ) -> Self {
        let (listener, address) = listen();
        let relay_id = relay.id();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let _traced = tracing::dispatcher::set_default(&dispatch);
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                run(relay, config, listeners(listener), async { stopped.await.unwrap() }).await
            })
        });
        Self { address, relay: relay_id, stop, thread }
    }

    pub(super) fn stop(self) {
        self.stop.send(()).unwrap();
        self.thread.join().unwrap().unwrap();
    }

    /// What it says when it ends by itself.
    pub(super) fn end(self) -> Result<(), RunError> {
        let ended = self.thread.join().unwrap();
        drop(self.stop);
        ended
    }

    pub(super) fn connect(&self) -> Connection {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        Connection(stream)
    }

    pub(super) fn get(&self, path: &str) -> Response {
        let mut connection = self.connect();
        connection.send(format!("GET {path} HTTP/1.1\r\nhost: relay\r\n\r\n").as_bytes());
        connection.response()
    }

    /// The status of an answer, if the connection is not closed instead.
    pub(super) fn try_get(&self, path: &str) -> Option<u16> {
        let mut connection = self.connect();
        // It may be closed while it is written to.
        let _ = write!(connection.0, "GET {path} HTTP/1.1\r\nhost: relay\r\n\r\n");
        let mut start = [0; 12];
        connection.0.read_exact(&mut start).ok()?;
        std::str::from_utf8(&start[9..]).ok()?.parse().ok()
    }

    pub(super) fn post(&self, body: &[u8]) -> Response {
        let mut connection = self.connect();
        connection.send_post(body.len(), body);
        connection.response()
    }

    fn post_in_chunks(&self, body: &[u8]) -> Response {
        let mut connection = self.connect();
        connection.send(b"POST /v1/sync HTTP/1.1\r\nhost: relay\r\ntransfer-encoding: chunked\r\n\r\n");
        for chunk in body.chunks(30_000) {
            connection.send(format!("{:x}\r\n", chunk.len()).as_bytes());
            connection.send(chunk);
            connection.send(b"\r\n");
        }
        connection.send(b"0\r\n\r\n");
        connection.response()
    }

    pub(super) fn sync(&self, device: &mut Device, pushes: &[Envelope]) -> Reply {
        let (head, request) = device.request(&self.relay, pushes);
        let response = self.post(&request);
        assert_eq!(response.status, 200);
        device.read(self.relay, &head, &response.body)
    }

    pub(super) fn begin_wait(&self, device: &mut Device) -> Connection {
        let head = device.head(&self.relay).encode();
        let hex = head.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let mut connection = self.connect();
        connection
            .send(format!("GET /v1/wait HTTP/1.1\r\nhost: relay\r\njasaq-head: {hex}\r\n\r\n").as_bytes());
        connection
    }
}

pub(super) struct Connection(pub(super) TcpStream);

pub(super) struct Response {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Connection {
    pub(super) fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).unwrap();
    }

    fn send_post(&mut self, length: usize, body: &[u8]) {
        let head = format!("POST /v1/sync HTTP/1.1\r\nhost: relay\r\ncontent-length: {length}\r\n\r\n");
        self.send(&[head.as_bytes(), body].concat());
    }

    pub(super) fn response(&mut self) -> Response {
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            self.0.read_exact(&mut byte).unwrap();
            bytes.push(byte[0]);
        }
        let head = String::from_utf8(bytes).unwrap();
        let value = |name: &str| head.split("\r\n").find_map(|line| line.strip_prefix(name));
        let length = value("content-length: ").map_or(0, |length| length.parse().unwrap());
        let status = value("HTTP/1.1 ").unwrap()[..3].parse().unwrap();
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).unwrap();
        Response { status, head, body }
    }
}

pub(super) fn server(district: &mut District, config: HttpConfig) -> Server {
    Server::start(district.founded(), config)
}

#[test]
fn what_one_device_pushes_another_pulls() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig::for_testing());
    let entries = statements(&mut district.vol, PATROLS, 3);
    assert_eq!(server.sync(&mut district.vol, &entries).stored_to(&entries[2]), Some(3));
    server.sync(&mut district.head, &[]);
    assert_eq!(district.head.holds(PATROLS), 3);
    server.stop();
}

#[test]
fn an_idle_answer_stays_within_its_budget() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig::for_testing());
    server.sync(&mut district.vol, &[]);
    let (_, request) = district.vol.request(&server.relay, &[]);
    let response = server.post(&request);
    let bytes = response.head.len() + response.body.len();
    assert!(bytes <= 400, "{bytes}: {}", response.head);
    server.stop();
}

#[test]
fn a_long_push_comes_in_many_steps() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig::for_testing());
    let entries = statements(&mut district.vol, PATROLS, 1_500);
    let reply = server.sync(&mut district.vol, &entries);
    assert_eq!(reply.stored_to(&entries[0]), Some(1_500));
    while server.sync(&mut district.head, &[]).more {}
    assert_eq!(district.head.holds(PATROLS), 1_500);
    server.stop();
}

#[test]
fn health_says_who_the_relay_is() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig::for_testing());
    let response = server.get("/v1/health");
    let health: serde_json::Value = serde_json::from_slice(&response.body).unwrap();
    assert_eq!(response.status, 200);
    assert_eq!(health["status"], "ok");
    assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(health["relay"], server.relay.to_string());
    server.stop();
}

#[test]
fn what_is_no_request_is_answered_with_the_reason() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig::for_testing());
    let (_, request) = district.vol.request(&server.relay, &[]);
    let (_, later) = district.vol.request(&server.relay, &[]);
    let (_, for_another) = district.vol.request(&RelayId::from_bytes([7; 32]), &[]);
    assert_eq!(server.post(&later).status, 200);
    let (_, cut) = district.vol.request(&server.relay, &[]);
    let (head, _) = district.vol.request(&server.relay, &[]);
    let mut too_long = FrameWriter::new();
    too_long.frame(&Frame::Head(head));
    while too_long.len() <= REQUEST_BYTES_MAX {
        too_long.frame(&Frame::Unknown(200));
    }
    let too_long = too_long.take();
    let mut announced = server.connect();
    announced.send_post(too_long.len(), b"");
    let statuses = [
        server.post(b"").status,
        server.post(b"{\"hello\": \"world\"}").status,
        server.post(&for_another).status,
        server.post(&cut[..cut.len() - 2]).status,
        server.post(&request).status,
        announced.response().status,
        server.post_in_chunks(&too_long).status,
        server.get("/v1/sync").status,
        server.get("/v1/wait").status,
        server.get("/etc/passwd").status,
        server.begin_wait(&mut Device::new(90)).response().status,
    ];
    assert_eq!(statuses, [400, 400, 400, 400, 409, 413, 413, 405, 400, 404, 403]);
    let text = String::from_utf8(server.post(b"").body).unwrap();
    assert_eq!(text, "the request broke off before its end\n");
    server.stop();
}

#[test]
fn a_connection_that_breaks_loses_only_the_envelope_in_the_air() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig::for_testing());
    let entries = statements(&mut district.vol, PATROLS, 6);
    let (_, request) = district.vol.request(&server.relay, &entries);
    let mut connection = server.connect();
    connection.send_post(request.len(), &request[..request.len() / 2]);
    connection.0.shutdown(Shutdown::Write).unwrap();
    let mut rest = Vec::new();
    let _ = connection.0.read_to_end(&mut rest);
    let reply = server.sync(&mut district.vol, &entries[..1]);
    let stored = reply.stored_to(&entries[0]).unwrap();
    assert!((2..6).contains(&stored), "half of it came, and was kept: {stored}");
    assert_eq!(server.sync(&mut district.vol, &entries).stored_to(&entries[0]), Some(6));
    server.stop();
}

#[test]
fn who_sends_too_slowly_is_let_go_and_what_came_is_kept() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig { body_pause_max: SHORT, ..HttpConfig::for_testing() });
    let entries = statements(&mut district.vol, PATROLS, 2);
    let (_, request) = district.vol.request(&server.relay, &entries);
    let mut connection = server.connect();
    connection.send_post(request.len(), &request[..request.len() - 1]);
    let response = connection.response();
    assert_eq!(response.status, 408);
    assert_eq!(server.sync(&mut district.vol, &entries[..1]).stored_to(&entries[0]), Some(2));
    server.stop();
}

#[test]
fn who_sends_no_headers_is_let_go() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig { header_time_max: SHORT, ..HttpConfig::for_testing() });
    for bytes in [&b""[..], b"POST /v1/sy"] {
        let mut connection = server.connect();
        connection.send(bytes);
        let mut rest = Vec::new();
        connection.0.read_to_end(&mut rest).unwrap();
    }
    server.stop();
}

#[test]
fn a_connection_does_not_live_for_ever() {
    let mut district = District::new();
    let server =
        server(&mut district, HttpConfig { connection_time_max: SHORT, ..HttpConfig::for_testing() });
    let mut connection = server.connect();
    let mut rest = Vec::new();
    connection.0.read_to_end(&mut rest).unwrap();
    server.stop();
}

#[test]
fn more_requests_than_there_is_room_for_are_told_to_come_back() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig { requests_max: 1, ..HttpConfig::for_testing() });
    server.sync(&mut district.head, &[]);
    let entries = statements(&mut district.vol, PATROLS, 1);
    let (head, request) = district.vol.request(&server.relay, &entries);
    let (most, rest) = request.split_at(request.len() - 1);
    let mut slow = server.connect();
    slow.send_post(request.len(), most);
    // Its envelope can be seen, so it is being taken.
    assert_eq!(server.begin_wait(&mut district.head).response().status, 200);
    let busy = server.post(&district.head.request(&server.relay, &[]).1);
    assert_eq!(busy.status, 503);
    assert!(busy.head.contains("retry-after: 5\r\n"));
    slow.send(rest);
    let reply = district.vol.read(server.relay, &head, &slow.response().body);
    assert_eq!(reply.stored_to(&entries[0]), Some(1));
    server.stop();
}

#[test]
fn who_finds_no_room_to_wait_is_told_to_come_back() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig { waits_max: 0, ..HttpConfig::for_testing() });
    server.sync(&mut district.head, &[]);
    assert_eq!(server.begin_wait(&mut district.head).response().status, 503);
    server.stop();
}

#[test]
fn who_waits_is_woken_by_what_it_reads_and_by_nothing_else() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig::for_testing());
    assert_eq!(server.begin_wait(&mut district.head).response().status, 200, "there is something already");
    server.sync(&mut district.head, &[]);
    let mut waiting = server.begin_wait(&mut district.head);
    let entries = statements(&mut district.vol, PATROLS, 1);
    server.sync(&mut district.vol, &entries);
    assert_eq!(waiting.response().status, 200);
    server.stop();
}

#[test]
fn who_waits_for_nothing_is_told_so_in_time() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig { wait_time_max: SHORT, ..HttpConfig::for_testing() });
    server.sync(&mut district.ts, &[]);
    let mut waiting = server.begin_wait(&mut district.ts);
    let entries = statements(&mut district.vol, PATROLS, 1);
    server.sync(&mut district.vol, &entries);
    let response = waiting.response();
    assert_eq!((response.status, response.body.len()), (204, 0), "the TS reads no patrols");
    server.stop();
}

#[test]
fn closing_lets_a_running_request_finish_and_the_database_is_one_file_then() {
    let mut district = District::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.db");
    let mut relay = Relay::open(&file, &[district.root.id()], &mut chance(50)).unwrap();
    district.bring_rolls(&mut relay);
    let server = Server::start(relay, HttpConfig::for_testing());
    server.sync(&mut district.head, &[]);
    let entries = statements(&mut district.vol, PATROLS, 3);
    let (head, request) = district.vol.request(&server.relay, &entries);
    let (most, rest) = request.split_at(request.len() - 1);
    let mut running = server.connect();
    running.send_post(request.len(), most);
    // Its envelopes can be seen, so it is being taken.
    assert_eq!(server.begin_wait(&mut district.head).response().status, 200);
    server.stop.send(()).unwrap();
    running.send(rest);
    let reply = district.vol.read(server.relay, &head, &running.response().body);
    assert_eq!(reply.stored_to(&entries[2]), Some(3));
    server.thread.join().unwrap().unwrap();
    assert!(TcpStream::connect(server.address).is_err());
    let mut files: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    files.sort();
    assert_eq!(files, ["relay.db", "relay.db-lock"], "no log is left beside the database");
    let mut relay = Relay::open(&file, &[district.root.id()], &mut chance(50)).unwrap();
    sync(&mut relay, &mut district.head, &[]);
    assert_eq!(district.head.holds(PATROLS), 3);
}

#[test]
fn a_request_that_does_not_end_does_not_hold_up_closing() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig { closing_time_max: SHORT, ..HttpConfig::for_testing() });
    let (_, request) = district.vol.request(&server.relay, &[]);
    let mut running = server.connect();
    running.send_post(request.len(), &request[..request.len() - 1]);
    server.get("/v1/health");
    server.stop();
}

#[test]
fn a_full_storage_is_said_and_reading_goes_on() {
    let mut district = District::new();
    let relay = district.founded();
    let relay = relay.with_quotas(Quotas { database_bytes_max: 4_096, ..Quotas::default() });
    let server = Server::start(relay, HttpConfig::for_testing());
    let (_, request) = district
        .vol
        .request(&server.relay, &statements(&mut Device::new(5), PATROLS, 200));
    let response = server.post(&request);
    assert_eq!((response.status, &response.body[..]), (507, &b"the relay's storage is full\n"[..]));
    server.sync(&mut district.vol, &[]);
    assert!(!district.vol.held.is_empty());
    server.stop();
}

#[derive(Debug, Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_request_leaves_one_line_of_numbers_alone() {
    let mut district = District::new();
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .without_time()
        .with_max_level(tracing::Level::INFO)
        .with_writer(move || writer.clone());
    let dispatch = tracing::Dispatch::new(subscriber.finish());
    let server = Server::start_traced(district.founded(), HttpConfig::for_testing(), dispatch);
    let mut entries = statements(&mut district.vol, PATROLS, 3);
    entries.remove(1);
    assert_eq!(server.sync(&mut district.vol, &entries).reasons(), [Refusal::Gap]);
    server.get("/v1/some/Ermek/Asanov");
    let mut rude = FrameWriter::new();
    rude.frame(&Frame::Head(district.vol.head(&RelayId::from_bytes([7; 32]))));
    server.post(&rude.take());
    let names = [
        district.vol.id().to_string(),
        server.relay.to_string(),
        PATROLS.to_string(),
        entries[0].place.journal.to_string(),
        server.address.port().to_string(),
    ];
    server.stop();
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let of_requests: Vec<_> = text.lines().filter(|line| line.contains("answered")).collect();
    assert_eq!(of_requests.len(), 3, "{text}");
    assert!(of_requests[0].contains("status=200") && of_requests[0].contains("stored=1"), "{text}");
    assert!(of_requests[0].contains("refused={Gap: 1}"), "{text}");
    assert!(of_requests[2].contains("status=400"), "{text}");
    for name in names.iter().flat_map(|name| [&name[..], &name[..name.len().min(8)]]) {
        assert!(!text.contains(name), "{name} in {text}");
    }
    assert!(!text.contains("Asanov"), "{text}");
}
