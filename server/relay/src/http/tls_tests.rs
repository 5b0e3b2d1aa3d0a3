//! The relay behind its own certificate.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use tempfile::TempDir;

use super::tests::{SHORT, Server};
use super::*;
use crate::tls::TlsFiles;
use crate::world::District;

/// The middle of 2026.
fn now() -> Duration {
    Duration::from_hours(495_000)
}

struct Encrypted {
    server: Server,
    tls: Tls,
    files: TlsFiles,
    _folder: TempDir,
}

impl Encrypted {
    fn start(config: HttpConfig) -> (Self, CertificateDer<'static>) {
        let folder = tempfile::tempdir().unwrap();
        let files = TlsFiles { chain: folder.path().join("chain.pem"), key: folder.path().join("key.pem") };
        let certificate = write(&files);
        let tls = Tls::load(files.clone(), now).unwrap();
        let shown = tls.clone();
        let listeners = move |devices| Listeners { tls: Some(shown), ..Listeners::from(devices) };
        let relay = District::new().founded();
        let server = Server::start_with(relay, config, (tracing::Dispatch::none(), listeners));
        (Self { server, tls, files, _folder: folder }, certificate)
    }

    /// A client that knows this certificate and no other.
    fn connect(&self, known: &CertificateDer<'static>) -> StreamOwned<ClientConnection, TcpStream> {
        let mut roots = RootCertStore::empty();
        roots.add(known.clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = ClientConnection::new(Arc::new(config), ServerName::try_from("localhost").unwrap());
        StreamOwned::new(client.unwrap(), self.server.connect().0)
    }
}

fn write(files: &TlsFiles) -> CertificateDer<'static> {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&files.chain, cert.pem()).unwrap();
    std::fs::write(&files.key, signing_key.serialize_pem()).unwrap();
    cert.der().clone()
}

const HEALTH: &[u8] = b"GET /v1/health HTTP/1.1\r\nhost: localhost\r\n\r\n";

/// Asks, and returns the whole answer, which ends with its JSON.
fn ask(client: &mut StreamOwned<ClientConnection, TcpStream>) -> std::io::Result<String> {
    client.write_all(HEALTH)?;
    let mut answer = Vec::new();
    while !answer.ends_with(b"}") {
        let mut byte = [0];
        client.read_exact(&mut byte)?;
        answer.extend(byte);
    }
    Ok(String::from_utf8(answer).unwrap())
}

#[test]
fn a_device_that_knows_the_certificate_is_served_and_a_renewal_breaks_no_connection() {
    let (encrypted, first) = Encrypted::start(HttpConfig::for_testing());
    let mut before = encrypted.connect(&first);
    assert!(ask(&mut before).unwrap().starts_with("HTTP/1.1 200"));
    let second = write(&encrypted.files);
    encrypted.tls.reload();
    assert!(ask(&mut encrypted.connect(&second)).unwrap().starts_with("HTTP/1.1 200"));
    assert!(ask(&mut encrypted.connect(&first)).is_err(), "the new certificate is shown");
    assert!(ask(&mut before).unwrap().starts_with("HTTP/1.1 200"), "who was here goes on");
    drop(before);
    encrypted.server.stop();
}

#[test]
fn clear_text_and_silence_at_the_door_are_let_go() {
    let (encrypted, known) =
        Encrypted::start(HttpConfig { header_time_max: SHORT, ..HttpConfig::for_testing() });
    // Clear text is told so by an alert of TLS (15 03 …), a fatal one; to silence nothing is said.
    let alert = b"\x15\x03\x03\0\x02\x02\x32";
    for (bytes, told) in [(HEALTH, &alert[..]), (b"", b""), (b"\x16\x03\x01", b"")] {
        let mut connection = encrypted.server.connect();
        connection.send(bytes);
        let mut rest = Vec::new();
        connection.0.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, told);
    }
    assert!(ask(&mut encrypted.connect(&known)).unwrap().starts_with("HTTP/1.1 200"));
    encrypted.server.stop();
}
