//! Inviting a device: a one-time key that travels as a code or QR, and the answer it is used for once.
//!
//! ```text
//! inviter                         joiner
//! invite {key, role} ──roll──►    reads the code: root, roll, secret half of the key, relay
//!                                 makes its own keys, signs them with the invite key: join
//!          ◄──roll, satchel──     writes the join as the only envelope of the invite key's journal
//! compares four words, by voice   shows the same four words
//! add, wrap ──────────────►       is in
//! ```
//!
//! A stranger who photographed the code can join too, but gets other words: the inviter sees two joins and adds the one
//! whose words are right. A join names the inviter of the code, and only he adds with it: another who copies the key or
//! saw the code cannot make the joiner his. A device that asked several times is where it asked last. Expiry is judged by the inviter's clock at the moment he adds; no other clock is asked.

mod short;

use minicbor::{Decode, Encode};

pub use short::{InviteSeed, InviteTerms, ShortInvite};

use super::base32::{from_base32, to_base32};
use super::role::Role;
use super::spoken::{Misheard, word_of};
use crate::bytes::{Malformed, Reader, Writer, first_bytes};
use crate::ids::{DeviceId, InviteKey, RelayId, SpaceId};
use crate::limits::{ADDRESS_BYTES_MAX, INVITE_CHARACTERS_MAX};
use crate::seal::{BadSignature, DeviceKeys, DevicePublic, Signature, SigningKey, verify};

/// A device's request to be added. The envelope around it is signed by the invite key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Join {
    /// The device that asks.
    #[n(0)]
    pub device: DevicePublic,
    /// Who invited it, by the code that it read.
    #[n(1)]
    pub inviter: DeviceId,
    /// How many times the device asked before, with whatever invite: its last word counts.
    #[n(2)]
    pub attempt: u32,
    /// The device's own signature over all of this and the invite: it holds what it names.
    #[n(3)]
    proof: Proof,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Proof(Signature);

impl<C> Encode<C> for Proof {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(self.0.as_bytes())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Proof {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let bytes: [u8; 64] = d
            .bytes()?
            .try_into()
            .map_err(|_| minicbor::decode::Error::message("signature of another length"))?;
        Ok(Self(Signature::from_bytes(bytes)))
    }
}

/// A join that does not prove what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the joining device does not prove that it holds its keys")]
pub struct JoinRefused;

impl From<BadSignature> for JoinRefused {
    fn from(_: BadSignature) -> Self {
        Self
    }
}

impl Join {
    /// The request of the device that holds `keys`, which asked `attempt` times before.
    #[must_use]
    pub fn make(invite: InviteKey, inviter: DeviceId, attempt: u32, keys: &DeviceKeys) -> Self {
        let unsigned = Proof(Signature::from_bytes([0; 64]));
        let join = Self { device: keys.public(), inviter, attempt, proof: unsigned };
        Self { proof: Proof(keys.signing().sign(&join.proof_bytes(&invite))), ..join }
    }

    /// Checks the device's own signature.
    pub fn check(&self, invite: &InviteKey) -> Result<(), JoinRefused> {
        verify(self.device.id.as_bytes(), &self.proof_bytes(invite), &self.proof.0)?;
        Ok(())
    }

    /// The four words that both sides show: over invite and keys, so that they stay when the device repeats itself.
    #[must_use]
    pub fn words(&self, invite: &InviteKey) -> FourWords {
        let (device, exchange) = (self.device.id.as_bytes(), self.device.exchange.as_bytes());
        FourWords::of(&[invite.as_bytes(), device, exchange].map(<[u8; 32]>::as_slice).concat())
    }

    fn proof_bytes(&self, invite: &InviteKey) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.raw(b"jasaq 1 join").raw(invite.as_bytes()).raw(self.inviter.as_bytes());
        writer.raw(self.device.id.as_bytes()).raw(self.device.exchange.as_bytes());
        writer.u64(u64::from(self.attempt));
        writer.finish()
    }
}

/// Four pronounceable words over 64 bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FourWords(String);

impl FourWords {
    fn of(bytes: &[u8]) -> Self {
        let hash = blake3::derive_key("jasaq 1 four words", bytes);
        let words = hash.chunks(2).take(4).map(|pair| match pair {
            [high, low] => word_of(u16::from_be_bytes([*high, *low])),
            _ => String::new(),
        });
        Self(words.collect::<Vec<_>>().join("-"))
    }

    /// Whether somebody typed these words, whatever stands between them and however large the letters are.
    #[must_use]
    pub fn are(&self, typed: &str) -> bool {
        let letters = |text: &str| -> String {
            text.chars()
                .filter(|letter| letter.is_alphabetic())
                .flat_map(char::to_lowercase)
                .collect()
        };
        letters(&self.0) == letters(typed)
    }
}

impl std::fmt::Display for FourWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an invite's code carries.
#[derive(Debug)]
pub struct InviteCode {
    /// The territory's root: everything else is checked against it.
    pub root: DeviceId,
    /// The roll that the device will be added to.
    pub roll: SpaceId,
    /// Who invites: nobody else can add the device with this code.
    pub inviter: DeviceId,
    /// What the device will be, to show before joining.
    pub role: Role,
    /// The secret half of the one-time key.
    pub secret: SigningKey,
    /// Where the relay is, and who it is. If left unset, the device joins by satchel.
    pub relay: Option<(String, RelayId)>,
}

/// Why a code is not an invite.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InviteRefused {
    /// Not the form of an invite.
    #[error("not an invite code")]
    Form,
    /// The form of one, but mistyped or cut.
    #[error("an invite code with a mistake in it")]
    Damaged,
    /// Of a newer program.
    #[error("an invite code of a newer version")]
    Newer,
    /// The words of an invite, with a mistake in them.
    #[error(transparent)]
    Words(#[from] Misheard),
    /// The relay does not know the invite of these words yet.
    #[error("the relay does not know this invite")]
    Unknown,
    /// The relay says other things of the invite than its words do.
    #[error("the relay contradicts the invite")]
    Contradicted,
}

const PREFIX: &str = "jasaq:";

impl InviteCode {
    /// The code as text: Crockford's base 32 with a checksum, without spaces, so that a camera and a finger copy it whole.
    #[must_use]
    pub fn to_text(&self) -> zeroize::Zeroizing<String> {
        let mut writer = Writer::new();
        writer
            .u8(crate::bytes::VERSION)
            .raw(self.root.as_bytes())
            .raw(self.roll.as_bytes());
        writer.raw(self.inviter.as_bytes());
        writer.raw(self.secret.to_secret_bytes().as_ref());
        writer.u8(self.role.number());
        if let Some((address, relay)) = &self.relay {
            writer.raw(relay.as_bytes()).sized(address.as_bytes());
        }
        let body = zeroize::Zeroizing::new(writer.finish());
        let bytes = zeroize::Zeroizing::new([body.as_slice(), &checksum(&body)].concat());
        zeroize::Zeroizing::new(format!("{PREFIX}{}", *to_base32(&bytes)))
    }

    /// Reads a code; spaces, hyphens, line breaks and the size of letters do not matter.
    pub fn from_text(text: &str) -> Result<Self, InviteRefused> {
        let text = text.trim();
        let digits = text.strip_prefix(PREFIX).ok_or(InviteRefused::Form)?;
        if text.len() > INVITE_CHARACTERS_MAX {
            return Err(InviteRefused::Form);
        }
        let bytes = from_base32(digits).ok_or(InviteRefused::Damaged)?;
        let (body, sum) = bytes.split_last_chunk::<4>().ok_or(InviteRefused::Damaged)?;
        if checksum(body) != *sum {
            return Err(InviteRefused::Damaged);
        }
        Self::read(body).map_err(|malformed| match malformed {
            Malformed::Newer => InviteRefused::Newer,
            _ => InviteRefused::Damaged,
        })
    }

    fn read(body: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(body);
        reader.version()?;
        let (root, roll) = (DeviceId::from_bytes(reader.array()?), SpaceId::from_bytes(reader.array()?));
        let inviter = DeviceId::from_bytes(reader.array()?);
        let secret = SigningKey::from_secret_bytes(&zeroize::Zeroizing::new(reader.array()?));
        let role = reader.u8()?;
        let relay = if reader.is_empty() {
            None
        } else {
            let relay = RelayId::from_bytes(reader.array()?);
            Some((reader.sized(usize::from(u16::MAX))?, relay))
        };
        // A code that is cut is a mistake, whatever its role: only a whole one may be of a newer program.
        let role = Role::from_number(role).ok_or(Malformed::Newer)?;
        let relay = relay.map(|(address, relay)| Ok((read_address(address)?, relay))).transpose()?;
        reader.finish()?;
        Ok(Self { root, roll, inviter, role, secret, relay })
    }
}

fn read_address(bytes: &[u8]) -> Result<String, Malformed> {
    if bytes.len() > ADDRESS_BYTES_MAX {
        return Err(Malformed::Limit);
    }
    Ok(std::str::from_utf8(bytes).map_err(|_| Malformed::Value)?.to_owned())
}

fn checksum(body: &[u8]) -> [u8; 4] {
    first_bytes(blake3::derive_key("jasaq 1 invite checksum", body))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    fn code(relay: Option<(String, RelayId)>) -> InviteCode {
        let secret = SigningKey::make(&mut ChaCha20Rng::seed_from_u64(3));
        InviteCode {
            root: DeviceId::from_bytes([1; 32]),
            roll: SpaceId::from_bytes([2; 16]),
            inviter: DeviceId::from_bytes([5; 32]),
            role: Role::Vol,
            secret,
            relay,
        }
    }

    #[test]
    fn a_code_reads_back_also_when_typed_by_hand() {
        for relay in [None, Some(("http://127.0.0.1:7340".to_owned(), RelayId::from_bytes([4; 32])))] {
            let written = code(relay);
            let typed = written
                .to_text()
                .replace("jasaq:", "jasaq:\u{a0} ")
                .to_uppercase()
                .replacen("JASAQ", "jasaq", 1);
            let read = InviteCode::from_text(&typed).unwrap();
            assert_eq!((read.root, read.roll, read.role), (written.root, written.roll, written.role));
            assert_eq!(read.inviter, written.inviter);
            assert_eq!(read.secret.invite_key(), written.secret.invite_key());
            assert_eq!(read.relay, written.relay);
        }
    }

    #[test]
    fn a_mistyped_or_cut_code_says_so() {
        let text = code(None).to_text();
        let cut = &text[..text.len() - 3];
        assert_eq!(InviteCode::from_text(cut).err(), Some(InviteRefused::Damaged));
        let mistyped = text.replacen('7', "8", 1).replacen('3', "4", 1);
        assert_ne!(mistyped, *text);
        assert_eq!(InviteCode::from_text(&mistyped).err(), Some(InviteRefused::Damaged));
        assert_eq!(InviteCode::from_text("https://example.org").err(), Some(InviteRefused::Form));
    }

    #[test]
    fn a_strangers_join_has_other_words() {
        let invite = code(None).secret.invite_key();
        let device = |seed| DeviceKeys::make(&mut ChaCha20Rng::seed_from_u64(seed));
        let inviter = code(None).inviter;
        let [ours, theirs] = [5, 6].map(|seed| Join::make(invite, inviter, 0, &device(seed)));
        assert_eq!(ours.check(&invite), Ok(()));
        assert_eq!(ours.check(&InviteKey::from_bytes([0; 32])), Err(JoinRefused));
        for (inviter, attempt) in [(DeviceId::from_bytes([6; 32]), 0), (inviter, 1)] {
            assert_eq!(Join { inviter, attempt, ..ours }.check(&invite), Err(JoinRefused));
            assert_eq!(Join::make(invite, inviter, attempt, &device(5)).words(&invite), ours.words(&invite));
        }
        assert_ne!(ours.words(&invite), theirs.words(&invite));
        let spoken = ours.words(&invite).to_string().replace('-', " ").to_uppercase();
        assert!(ours.words(&invite).are(&spoken) && !theirs.words(&invite).are(&spoken));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,200}") {
            let _ = InviteCode::from_text(&text);
            let _ = InviteCode::from_text(&format!("{PREFIX}{text}"));
        }
    }
}
