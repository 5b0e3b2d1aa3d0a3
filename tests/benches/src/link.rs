//! A link that counts what passes: the payload of its TCP connections, either way.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// What has passed so far.
#[derive(Debug, Default)]
pub struct Passed {
    /// Connections.
    pub connections: AtomicU64,
    /// Bytes to the relay.
    pub up: AtomicU64,
    /// Bytes from it.
    pub down: AtomicU64,
}

impl Passed {
    /// Connections, bytes up, bytes down.
    pub fn counts(&self) -> [u64; 3] {
        [&self.connections, &self.up, &self.down].map(|count| count.load(Ordering::SeqCst))
    }
}

/// Opens a link to a relay: its own address, and what passes it. It stays until the process ends.
pub fn open(relay: &str) -> (String, Arc<Passed>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("it listens"));
    let to = relay.trim_start_matches("http://").to_owned();
    let passed = Arc::new(Passed::default());
    let counts = Arc::clone(&passed);
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            counts.connections.fetch_add(1, Ordering::SeqCst);
            let relay = TcpStream::connect(&to).expect("the relay is there");
            for (is_up, from, to) in [(true, &client, &relay), (false, &relay, &client)] {
                let (from, to) = (from.try_clone().expect("a socket"), to.try_clone().expect("a socket"));
                let counts = Arc::clone(&counts);
                thread::spawn(move || pass(from, to, if is_up { &counts.up } else { &counts.down }));
            }
        }
    });
    (address, passed)
}

fn pass(mut from: TcpStream, mut to: TcpStream, count: &AtomicU64) {
    let mut piece = vec![0; 64 * 1_024];
    while let Ok(length @ 1..) = from.read(&mut piece) {
        count.fetch_add(length as u64, Ordering::SeqCst);
        if to.write_all(&piece[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}
