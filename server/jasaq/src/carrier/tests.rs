//! What a carrier makes of whoever answers, over real sockets, and what it takes for an address.

use std::io::Write as _;
use std::net::TcpListener;

use super::*;

#[test]
fn clear_text_stays_on_this_machine_unless_somebody_says_otherwise() {
    for address in ["http://127.0.0.1:7340", "http://localhost:7340", "http://[::1]:7340/"] {
        assert!(Cleartext::Loopback.check(address).is_ok(), "{address}");
    }
    for address in ["https://10.0.0.5:7340", "https://relay.example/jasaq"] {
        assert!(Cleartext::Loopback.check(address).is_ok(), "{address}");
    }
    for address in ["http://10.0.0.5:7340", "http://relay.example", "http://127.0.0.1.example"] {
        assert!(Cleartext::Loopback.check(address).is_err(), "{address}");
        assert!(Cleartext::Anywhere.check(address).is_ok(), "{address}");
    }
}

#[test]
fn what_is_no_address_of_a_relay_is_refused() {
    for address in [
        "",
        "127.0.0.1:7340",
        "https://",
        "https://relay.example/?a",
        "ftp://127.0.0.1",
        "http://127.0.0.1/?a",
        "https://relay.example/#a",
        "https://name:word@relay.example",
        "https://relay.example:0",
        "https://relay.example:",
        "https://relay.example:65536",
        "https://[::1]:77777",
    ] {
        assert!(Cleartext::Anywhere.check(address).is_err(), "{address}");
    }
}

#[test]
fn an_identity_is_read_from_health_and_from_nothing_else() {
    let identity = "ab".repeat(32);
    let health = format!(r#"{{"status":"ok","relay":"{identity}"}}"#);
    assert_eq!(read_identity(&health).map(|relay| relay.to_string()), Some(identity));
    for other in ["", "<html>", "{}", r#"{"relay":"ab"}"#, r#"{"relay":7}"#] {
        assert_eq!(read_identity(other), None, "{other}");
    }
}

/// Whoever takes a connection, begins an answer, and then says nothing more for as long as he is held on to.
fn staller(begins_with: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut held = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            stream.write_all(begins_with).unwrap();
            held.push(stream);
        }
    });
    address
}

#[test]
fn who_stalls_is_left_and_what_came_before_is_handed_on() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: 9\r\n\r\nbeg";
    for (begins_with, handed_on) in [(&b""[..], &b""[..]), (b"HTTP/1.1 200", b""), (head, b"beg")] {
        let address = staller(begins_with);
        let mut carrier = HttpCarrier::new(Way::LOOPBACK);
        carrier.pause_time_max = Duration::from_millis(50);
        let mut came = Vec::new();
        let carried = carrier.carry(&address, b"request", &mut |bytes| came.extend_from_slice(bytes));
        assert_eq!((carried, came.as_slice()), (Err(CarrierFailed::Broken), handed_on));
    }
}

#[test]
fn who_drips_without_an_end_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream
            .write_all(
                b"HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: 99999\r\n\r\n",
            )
            .unwrap();
        // A byte whenever nobody has said anything for a while; until the other end has had enough.
        let (_says, heard) = std::sync::mpsc::channel::<()>();
        while stream.write_all(b"x").is_ok() {
            let _ = heard.recv_timeout(Duration::from_millis(10));
        }
    });
    let mut carrier = HttpCarrier::new(Way::LOOPBACK);
    carrier.pause_time_max = Duration::from_millis(100);
    assert_eq!(carrier.carry(&address, b"request", &mut |_| {}), Err(CarrierFailed::Broken));
}
