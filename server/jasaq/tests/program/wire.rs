//! Whatever may stand between a device and its relay, on real sockets.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A request as it came, head and body.
pub(crate) struct Asked(Vec<u8>);

impl Asked {
    /// Reads one whole request, so that closing does not cut the answer. Nothing if nobody asked after all.
    fn read(stream: impl Read) -> Option<Self> {
        let mut reader = BufReader::new(stream);
        let (mut bytes, mut length) = (Vec::new(), 0);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            bytes.extend_from_slice(line.as_bytes());
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        bytes.extend_from_slice(&body);
        Some(Self(bytes))
    }

    /// Whether somebody asks who the relay is.
    pub(crate) fn is_for_health(&self) -> bool {
        self.0.starts_with(b"GET /v1/health ")
    }

    /// The head's bytes with the empty line.
    pub(crate) fn head_bytes(&self) -> usize {
        self.0.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4
    }

    pub(crate) fn bytes(&self) -> usize {
        self.0.len()
    }

    /// What the relay at this address answers, to its last byte.
    pub(crate) fn forward(&self, address: &str) -> Vec<u8> {
        let mut relay = TcpStream::connect(address.trim_start_matches("http://")).unwrap();
        let (head, body) = self.0.split_at(self.head_bytes() - 2);
        relay.write_all(&[head, b"connection: close\r\n", body].concat()).unwrap();
        let mut answer = Vec::new();
        relay.read_to_end(&mut answer).unwrap();
        answer
    }
}

/// Answers every request with what it is told to, for as long as the tests run.
pub(crate) struct Impostor {
    pub(crate) address: String,
}

impl Impostor {
    pub(crate) fn start(answer: impl Fn(&Asked) -> Vec<u8> + Send + 'static) -> Self {
        Self::listen("http", move |stream| answer_on(stream, &answer))
    }

    /// The same behind TLS.
    pub(crate) fn start_with_tls(
        config: ServerConfig,
        answer: impl Fn(&Asked) -> Vec<u8> + Send + 'static,
    ) -> Self {
        let config = Arc::new(config);
        Self::listen("https", move |stream| {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream);
            answer_on(&mut stream, &answer);
            stream.conn.send_close_notify();
            let _ = stream.flush();
        })
    }

    fn listen(scheme: &str, serve: impl Fn(TcpStream) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("{scheme}://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || listener.incoming().for_each(|stream| serve(stream.unwrap())));
        Self { address }
    }
}

fn answer_on(mut stream: impl Read + Write, answer: &impl Fn(&Asked) -> Vec<u8>) {
    if let Some(asked) = Asked::read(&mut stream) {
        // Whoever hangs up early has seen enough.
        let _ = stream.write_all(&answer(&asked));
    }
}

/// An answer of HTTP.
pub(crate) fn http(status: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// What a relay of this identity says of itself.
pub(crate) fn health(identity: &str) -> Vec<u8> {
    http("200 OK", "application/json", format!(r#"{{"relay":"{identity}"}}"#).as_bytes())
}

/// The kind of a relay's answers.
pub(crate) const BYTES: &str = "application/octet-stream";
