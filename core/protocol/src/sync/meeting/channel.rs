//! The channel of a meeting: sealed by the code's secret before either side says who it is.
//!
//! ```text
//! caller                                        listener
//! "JQM" version | length 2 | e          ──►
//!                                       ◄──     "JQM" version | length 2 | e, ee
//! length 2 | sealed, up to 1,024 bytes  ──►     and so on, both ways
//! ```
//!
//! `Noise_NNpsk0_25519_ChaChaPoly_SHA256`: the secret of the code is mixed in before the first byte, so who has not seen
//! the code cannot open a channel, and learns nothing from one; the keys are of this meeting alone. Who is at the other end is
//! proven inside, by signatures over the handshake's hash ([`Channel::binding`]).

use rand_core::CryptoRng;
use snow::{Builder, HandshakeState, TransportState};
use zeroize::Zeroizing;

use super::code::MeetingSecret;
use super::primitives::Primitives;
use crate::bytes::{Reader, VERSION, Writer};
use crate::limits::MEETING_PIECE_BYTES;

const PATTERN: &str = "Noise_NNpsk0_25519_ChaChaPoly_SHA256";
const TAG: &[u8; 3] = b"JQM";
const GREETING: usize = TAG.len() + 1;
const SEAL_BYTES: usize = 16;

/// Why there is no channel, or none any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChannelRefused {
    /// What answers is no device that meets.
    #[error("what answers is no device that meets")]
    NotOne,
    /// The other device has a newer program.
    #[error("the other device has a newer program")]
    Newer,
    /// The other side does not have the code's secret, or somebody changed bytes on the way.
    #[error("the other side does not have the code, or bytes were changed on the way")]
    NotSealed,
}

enum State {
    /// Waiting for the other's half of the handshake.
    Shaking(Box<HandshakeState>),
    Open(Box<TransportState>),
    /// Between two states, and after a refusal.
    Gone,
}

/// One end of a channel.
pub(super) struct Channel {
    state: State,
    is_caller: bool,
    /// What came and is not whole yet.
    held: Vec<u8>,
    greeted: bool,
    binding: [u8; 32],
}

impl Channel {
    /// The calling end, and what it says first.
    pub(super) fn call(
        secret: &MeetingSecret,
        chance: &mut impl CryptoRng,
    ) -> Result<(Self, Vec<u8>), ChannelRefused> {
        let mut channel = Self::new(secret, chance, true)?;
        let hail = channel.hail()?;
        Ok((channel, hail))
    }

    /// The end that waits to be called.
    pub(super) fn listen(
        secret: &MeetingSecret,
        chance: &mut impl CryptoRng,
    ) -> Result<Self, ChannelRefused> {
        Self::new(secret, chance, false)
    }

    fn new(
        secret: &MeetingSecret,
        chance: &mut impl CryptoRng,
        is_caller: bool,
    ) -> Result<Self, ChannelRefused> {
        let mut drawn = Zeroizing::new([0; 32]);
        chance.fill_bytes(drawn.as_mut());
        let key = secret.channel_key();
        let build = || {
            let pattern = PATTERN.parse()?;
            let builder = Builder::with_resolver(pattern, Box::new(Primitives(drawn)));
            let builder = builder.prologue(TAG)?.psk(0, &key)?;
            if is_caller { builder.build_initiator() } else { builder.build_responder() }
        };
        let handshake = build().map_err(|_: snow::Error| ChannelRefused::NotSealed)?;
        let state = State::Shaking(Box::new(handshake));
        Ok(Self { state, is_caller, held: Vec::new(), greeted: false, binding: [0; 32] })
    }

    /// Whether both halves of the handshake have come.
    pub(super) const fn is_open(&self) -> bool {
        matches!(self.state, State::Open(_))
    }

    /// The hash of the whole handshake: what is signed with it was said in this channel and in no other.
    pub(super) const fn binding(&self) -> &[u8; 32] {
        &self.binding
    }

    fn hail(&mut self) -> Result<Vec<u8>, ChannelRefused> {
        let State::Shaking(handshake) = &mut self.state else { return Err(ChannelRefused::NotSealed) };
        let mut message = [0; 64];
        let length = handshake
            .write_message(&[], &mut message)
            .map_err(|_| ChannelRefused::NotSealed)?;
        let mut writer = Writer::new();
        writer.tag(TAG).sized(message.get(..length).unwrap_or_default());
        Ok(writer.finish())
    }

    /// Takes bytes in pieces of any size. Returns what they say once opened, and what has to be answered at once.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<(Vec<u8>, Vec<u8>), ChannelRefused> {
        self.held.extend_from_slice(bytes);
        let held = std::mem::take(&mut self.held);
        let mut rest = held.as_slice();
        let (mut plain, mut answer) = (Vec::new(), Vec::new());
        if !self.greeted {
            let start = rest.get(..TAG.len().min(rest.len())).unwrap_or_default();
            if !TAG.starts_with(start) {
                return Err(ChannelRefused::NotOne);
            }
            let Some((greeting, after)) = rest.split_at_checked(GREETING) else {
                self.held = held;
                return Ok((plain, answer));
            };
            if !greeting.ends_with(&[VERSION]) {
                return Err(ChannelRefused::Newer);
            }
            self.greeted = true;
            rest = after;
        }
        while let Some((piece, after)) = split_piece(rest)? {
            self.take_piece(piece, &mut plain, &mut answer)?;
            rest = after;
        }
        self.held = rest.to_vec();
        Ok((plain, answer))
    }

    fn take_piece(
        &mut self,
        piece: &[u8],
        plain: &mut Vec<u8>,
        answer: &mut Vec<u8>,
    ) -> Result<(), ChannelRefused> {
        let mut opened = [0; MEETING_PIECE_BYTES + SEAL_BYTES];
        match &mut self.state {
            State::Shaking(handshake) => {
                handshake
                    .read_message(piece, &mut opened)
                    .map_err(|_| ChannelRefused::NotSealed)?;
                if !self.is_caller {
                    answer.extend(self.hail()?);
                }
                self.open()
            }
            State::Open(transport) => {
                let length = transport
                    .read_message(piece, &mut opened)
                    .map_err(|_| ChannelRefused::NotSealed)?;
                plain.extend_from_slice(opened.get(..length).unwrap_or_default());
                Ok(())
            }
            State::Gone => Err(ChannelRefused::NotSealed),
        }
    }

    fn open(&mut self) -> Result<(), ChannelRefused> {
        let State::Shaking(handshake) = std::mem::replace(&mut self.state, State::Gone) else {
            return Err(ChannelRefused::NotSealed);
        };
        let hash: &[u8] = handshake.get_handshake_hash();
        self.binding = hash.try_into().map_err(|_| ChannelRefused::NotSealed)?;
        let transport = handshake.into_transport_mode().map_err(|_| ChannelRefused::NotSealed)?;
        self.state = State::Open(Box::new(transport));
        Ok(())
    }

    /// Seals what is to be said, in short pieces: a cut costs at most one.
    pub(super) fn seal(&mut self, plain: &[u8]) -> Result<Vec<u8>, ChannelRefused> {
        let State::Open(transport) = &mut self.state else { return Err(ChannelRefused::NotSealed) };
        let mut writer = Writer::new();
        for piece in plain.chunks(MEETING_PIECE_BYTES) {
            let mut sealed = [0; MEETING_PIECE_BYTES + SEAL_BYTES];
            let length = transport
                .write_message(piece, &mut sealed)
                .map_err(|_| ChannelRefused::NotSealed)?;
            writer.sized(sealed.get(..length).unwrap_or_default());
        }
        Ok(writer.finish())
    }
}

/// A sealed piece, and what comes behind it.
type PieceAndRest<'a> = (&'a [u8], &'a [u8]);

/// The next whole piece, if it has come.
fn split_piece(bytes: &[u8]) -> Result<Option<PieceAndRest<'_>>, ChannelRefused> {
    let mut reader = Reader::new(bytes);
    let Ok(length) = reader.u16() else { return Ok(None) };
    let length = usize::from(length);
    if length > MEETING_PIECE_BYTES + SEAL_BYTES {
        return Err(ChannelRefused::NotSealed);
    }
    Ok(bytes.get(2..).and_then(|rest| rest.split_at_checked(length)))
}

impl std::fmt::Debug for Channel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.is_open() { "Channel(open)" } else { "Channel(…)" })
    }
}
