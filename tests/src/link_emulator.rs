//! A bad link over real TCP: it delays, has little room, and breaks after so many bytes.
//!
//! ```text
//! device ──read, counted──► queue of a few packets ──at the link's pace──► delivered ──► relay        and back likewise
//!                                                                          cut once so many are delivered, both ways together
//! ```
//!
//! What was read and not delivered when the link breaks is lost and was paid for all the same, as on a radio. Nothing is
//! asserted about time: a test counts bytes and connections, and may let the link hurry, because delay and rate scale
//! alike: what is in the air at once stays the same.

#![expect(
    clippy::disallowed_methods,
    reason = "a link with a delay is made of time; nothing is asserted about it"
)]

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A packet of a link that is not in a hurry.
const PACKET_BYTES: usize = 1_400;

/// Packets that wait in the link's own queue: a sender then feels that it is full.
const QUEUE_PACKETS: usize = 12;

/// What a link is like.
#[derive(Debug, Clone, Copy)]
pub struct LinkQuality {
    /// How long a byte is under way, one way.
    pub delay: Duration,
    /// Bytes a second, each way.
    pub bytes_per_second: f64,
    /// A connection breaks once so many bytes were delivered on it, both ways together. If left unset, never.
    pub cut_after: Option<u64>,
}

impl LinkQuality {
    /// 64 kbit/s and 600 ms there and back, so many times as fast.
    #[must_use]
    pub fn valley(haste: f64, cut_after: Option<u64>) -> Self {
        let delay = Duration::from_secs_f64(0.3 / haste);
        Self { delay, bytes_per_second: 8_000.0 * haste, cut_after }
    }
}

/// What a link has carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Carried {
    /// Connections.
    pub connections: u64,
    /// Bytes that devices sent into it, delivered or not.
    pub bytes_up: u64,
    /// Bytes that the relay sent into it, delivered or not.
    pub bytes_down: u64,
    /// Connections that it broke.
    pub cuts: u64,
}

impl Carried {
    /// Bytes both ways.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes_up + self.bytes_down
    }

    /// What came since an earlier count.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        Self {
            connections: self.connections - earlier.connections,
            bytes_up: self.bytes_up - earlier.bytes_up,
            bytes_down: self.bytes_down - earlier.bytes_down,
            cuts: self.cuts - earlier.cuts,
        }
    }
}

#[derive(Default)]
struct Counters {
    connections: AtomicU64,
    up: AtomicU64,
    down: AtomicU64,
    cuts: AtomicU64,
}

/// The link. It goes down when it is dropped.
pub struct LinkEmulator {
    address: SocketAddr,
    quality: Arc<Mutex<LinkQuality>>,
    counters: Arc<Counters>,
    is_down: Arc<AtomicBool>,
    keeper: Option<JoinHandle<()>>,
}

impl LinkEmulator {
    /// A link of this machine to the relay.
    pub fn open(relay: SocketAddr, quality: LinkQuality) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let (counters, is_down) = (Arc::<Counters>::default(), Arc::<AtomicBool>::default());
        let quality = Arc::new(Mutex::new(quality));
        let (counted, down, of_now) = (Arc::clone(&counters), Arc::clone(&is_down), Arc::clone(&quality));
        let keeper = std::thread::spawn(move || {
            for device in listener.incoming().flatten() {
                if down.load(Ordering::Relaxed) {
                    return;
                }
                counted.connections.fetch_add(1, Ordering::Relaxed);
                let quality = *of_now.lock().unwrap();
                if let Ok(relay) = TcpStream::connect(relay) {
                    Connection::new(device, relay, quality, Arc::clone(&counted)).carry();
                }
            }
        });
        Ok(Self { address, quality, counters, is_down, keeper: Some(keeper) })
    }

    /// Where it stands.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// New connections find another link.
    pub fn becomes(&self, quality: LinkQuality) {
        *self.quality.lock().unwrap() = quality;
    }

    /// What it has carried so far.
    #[must_use]
    pub fn carried(&self) -> Carried {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let Counters { connections, up, down, cuts } = &*self.counters;
        Carried {
            connections: count(connections),
            bytes_up: count(up),
            bytes_down: count(down),
            cuts: count(cuts),
        }
    }
}

impl Drop for LinkEmulator {
    fn drop(&mut self) {
        self.is_down.store(true, Ordering::Relaxed);
        drop(TcpStream::connect(self.address));
        drop(self.keeper.take().map(JoinHandle::join));
    }
}

impl std::fmt::Debug for LinkEmulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LinkEmulator({})", self.address)
    }
}

/// One connection over the link.
#[derive(Clone)]
struct Connection {
    device: Arc<TcpStream>,
    relay: Arc<TcpStream>,
    quality: LinkQuality,
    counters: Arc<Counters>,
    delivered: Arc<AtomicU64>,
}

type Packet = (Instant, Vec<u8>);

impl Connection {
    fn new(device: TcpStream, relay: TcpStream, quality: LinkQuality, counters: Arc<Counters>) -> Self {
        for end in [&device, &relay] {
            end.set_nodelay(true).unwrap();
        }
        let (device, relay, delivered) = (Arc::new(device), Arc::new(relay), Arc::default());
        Self { device, relay, quality, counters, delivered }
    }

    fn carry(self) {
        for is_up in [true, false] {
            let (queue, packets) = sync_channel(QUEUE_PACKETS);
            let (sending, delivering) = (self.clone(), self.clone());
            std::thread::spawn(move || sending.send(is_up, &queue));
            std::thread::spawn(move || delivering.deliver(is_up, &packets));
        }
    }

    fn ends(&self, is_up: bool) -> (&TcpStream, &TcpStream) {
        if is_up { (&self.device, &self.relay) } else { (&self.relay, &self.device) }
    }

    /// Takes what one end sends, as fast as the link takes it.
    fn send(&self, is_up: bool, queue: &SyncSender<Packet>) {
        let (mut from, counter) =
            (self.ends(is_up).0, if is_up { &self.counters.up } else { &self.counters.down });
        let (mut packet, mut idle_from) = ([0; PACKET_BYTES], Instant::now());
        // A connection costs one way there and back before its first byte.
        idle_from += self.quality.delay * 2;
        while let Ok(length @ 1..) = from.read(&mut packet) {
            counter.fetch_add(length as u64, Ordering::Relaxed);
            #[expect(clippy::cast_precision_loss, reason = "a packet is short")]
            let takes = Duration::from_secs_f64(length as f64 / self.quality.bytes_per_second);
            idle_from = idle_from.max(Instant::now()) + takes;
            if queue.send((idle_from + self.quality.delay, packet[..length].to_vec())).is_err() {
                return;
            }
        }
    }

    /// Hands on what has crossed the link, and breaks it when its time has come.
    fn deliver(&self, is_up: bool, packets: &Receiver<Packet>) {
        let mut to = self.ends(is_up).1;
        while let Ok((due, packet)) = packets.recv() {
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let before = self.delivered.fetch_add(packet.len() as u64, Ordering::Relaxed);
            let after = before + packet.len() as u64;
            let room = self.quality.cut_after.map_or(u64::MAX, |cut| cut.saturating_sub(before));
            let passing = packet.len().min(usize::try_from(room).unwrap_or(usize::MAX));
            if to.write_all(&packet[..passing]).is_err() {
                return;
            }
            if self.quality.cut_after.is_some_and(|cut| after > cut) {
                if before <= self.quality.cut_after.unwrap_or_default() {
                    self.counters.cuts.fetch_add(1, Ordering::Relaxed);
                }
                // Either end may be gone already.
                let _ = (self.device.shutdown(Shutdown::Both), self.relay.shutdown(Shutdown::Both));
                return;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    }
}
