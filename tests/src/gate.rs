//! A gate on the way to the relay: lets bytes through, and on the byte that a test names does what the test wants.
//!
//! It stands for a link whose other end dies at any byte. The act is done before the next byte passes, on the thread that
//! would have passed it, so that nothing here depends on time.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

const PIECE_BYTES: usize = 16 * 1_024;

/// Which way bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the relay.
    Up,
    /// From the relay.
    Down,
}

type Act = Box<dyn FnOnce() + Send>;

/// What is done once so many bytes more went this way.
struct Trap {
    way: Way,
    bytes_left: usize,
    act: Act,
}

/// Where the gate leads, and what waits at it.
#[derive(Default)]
struct Standing {
    is_closed: bool,
    /// Where to. If left unset, nowhere yet.
    to: Option<SocketAddr>,
    trap: Option<Trap>,
}

/// The gate. It closes when it is dropped.
pub struct Gate {
    address: SocketAddr,
    standing: Arc<Mutex<Standing>>,
    keeper: Option<JoinHandle<()>>,
}

impl Gate {
    /// A gate of this machine that leads nowhere yet.
    pub fn open() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let standing = Arc::new(Mutex::new(Standing::default()));
        let kept = Arc::clone(&standing);
        let keeper = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let Standing { is_closed, to, .. } = *kept.lock().unwrap();
                if is_closed {
                    return;
                }
                // Nobody there: the connection is closed at once, as by a link that is down.
                if let Some(Ok(relay)) = to.map(TcpStream::connect) {
                    join(&stream, &relay, &kept);
                }
            }
        });
        Ok(Self { address, standing, keeper: Some(keeper) })
    }

    /// Where it stands.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Leads new connections there.
    pub fn lead_to(&self, relay: SocketAddr) {
        self.standing.lock().unwrap().to = Some(relay);
    }

    /// Lets so many bytes more go this way, then acts, and closes the connection.
    pub fn act_after(&self, bytes: usize, way: Way, act: impl FnOnce() + Send + 'static) {
        self.standing.lock().unwrap().trap = Some(Trap { way, bytes_left: bytes, act: Box::new(act) });
    }

    /// Takes back what was to be done. Says whether it still was.
    pub fn call_off(&self) -> bool {
        self.standing.lock().unwrap().trap.take().is_some()
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.standing.lock().unwrap().is_closed = true;
        drop(TcpStream::connect(self.address));
        drop(self.keeper.take().map(JoinHandle::join));
    }
}

impl std::fmt::Debug for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gate({})", self.address)
    }
}

/// Passes bytes both ways until either end closes.
fn join(device: &TcpStream, relay: &TcpStream, standing: &Arc<Mutex<Standing>>) {
    for (from, to, way) in [(device, relay, Way::Up), (relay, device, Way::Down)] {
        let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
        let standing = Arc::clone(standing);
        std::thread::spawn(move || {
            pass(&from, &to, (way, &standing));
            // Either may be gone already.
            let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
        });
    }
}

fn pass(mut from: &TcpStream, mut to: &TcpStream, (way, standing): (Way, &Mutex<Standing>)) {
    let mut piece = [0; PIECE_BYTES];
    while let Ok(length @ 1..) = from.read(&mut piece) {
        let (passing, act) = standing.lock().unwrap().admit(way, length);
        let passed = to.write_all(&piece[..passing]);
        match act {
            Some(act) => return act(),
            None if passed.is_err() => return,
            None => {}
        }
    }
}

impl Standing {
    /// How many of these bytes pass, and what is to be done then.
    fn admit(&mut self, way: Way, length: usize) -> (usize, Option<Act>) {
        if let Some(trap) = self.trap.take_if(|trap| trap.way == way && trap.bytes_left < length) {
            return (trap.bytes_left, Some(trap.act));
        }
        if let Some(trap) = self.trap.as_mut().filter(|trap| trap.way == way) {
            trap.bytes_left -= length;
        }
        (length, None)
    }
}
