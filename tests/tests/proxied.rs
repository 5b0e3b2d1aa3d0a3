//! A proxy before the relay that buffers: it passes on no request before all of it has come, and no answer either. Some
//! repeat requests, too.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};

use jasaq_tests::District;

/// A proxy that leads here, asks so many times and gives back the last answer. It ends with the process.
fn buffer(to: SocketAddr, times: usize) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            // Who goes away in the middle is let go.
            std::thread::spawn(move || pass(client, to, times).ok());
        }
    });
    address
}

/// One request and its answer, each as a whole; then the connection is over.
fn pass(mut client: TcpStream, to: SocketAddr, times: usize) -> std::io::Result<()> {
    let mut request = Vec::new();
    while !is_whole(&request) {
        let mut piece = [0; 4_096];
        match client.read(&mut piece)? {
            0 => return Ok(()),
            length => request.extend_from_slice(&piece[..length]),
        }
    }
    let line_end = request.windows(2).position(|pair| pair == b"\r\n").unwrap() + 2;
    let mut answer = Vec::new();
    for _ in 0..times {
        let mut relay = TcpStream::connect(to)?;
        relay.write_all(&[&request[..line_end], b"connection: close\r\n", &request[line_end..]].concat())?;
        answer.clear();
        relay.read_to_end(&mut answer)?;
    }
    client.write_all(&answer)
}

fn is_whole(request: &[u8]) -> bool {
    let Some(head_end) = request.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return false };
    let (head, body) =
        (String::from_utf8_lossy(&request[..head_end]).to_lowercase(), &request[head_end + 4..]);
    match head.lines().find_map(|line| line.strip_prefix("content-length: ")) {
        Some(length) => body.len() >= length.parse().unwrap(),
        None => !head.contains("transfer-encoding: chunked") || body.ends_with(b"0\r\n\r\n"),
    }
}

#[test]
fn everything_arrives_through_a_proxy_that_buffers() {
    everything_arrives(1);
}

#[test]
fn everything_arrives_though_each_request_is_sent_twice_and_the_second_answer_is_the_one_that_comes() {
    everything_arrives(2);
}

fn everything_arrives(times: usize) {
    let district = District::found();
    district.gate.lead_to(buffer(district.relay().address(), times));
    let (phone, head) = (district.home("phone"), district.home("head"));
    for number in 0..20 {
        let text = format!("entry {number}");
        phone.run(&["entry", "add", "--activity", "force", "--text", &text]);
    }
    phone.run(&["sync"]);
    assert_eq!(phone.run(&["status"])["own_entries"]["at_relay"], 20);
    head.run(&["sync"]);
    let log = head.run(&["patrol", "show"]).to_string();
    assert!((0..20).all(|number| log.contains(&format!("entry {number}"))), "{log}");
    // His ack travels with his next contact.
    head.run(&["sync"]);
    phone.run(&["sync"]);
    assert_eq!(phone.run(&["status"])["own_entries"]["with_head"], 20);
}
