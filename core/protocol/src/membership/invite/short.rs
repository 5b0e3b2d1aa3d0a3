//! An invite by voice: ten words, and the relay says the rest.
//!
//! ```text
//! seed 10 ‖ pin 6     two lines of four words and a check word
//! invite key's secret = H("jasaq 1 invite secret", seed)
//! pin                 = H("jasaq 1 invite pin", seed ‖ terms ‖ relay)[..6]
//! ```
//!
//! A relay knows the terms of each invite, since they stand in the roll, and not the seed: it cannot even try whether other
//! terms would fit the pin, so it can pin the joiner to no other root, inviter or relay. Who overhears the words can ask to
//! join, as who photographs a code can, and is told apart by the four words.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::{InviteCode, InviteRefused};
use crate::bytes::{Malformed, Reader, VERSION, Writer, first_bytes};
use crate::ids::{DeviceId, InviteKey, RelayId, SpaceId};
use crate::limits::INVITE_TERMS_MAX;
use crate::membership::role::Role;
use crate::membership::spoken::Lines;
use crate::seal::SigningKey;

const LINES: Lines = Lines { tag: "jasaq 1 invite line", count: 2 };
const SEED_BYTES: usize = 10;
const PIN_BYTES: usize = 6;

/// What everybody who reads the roll, and the relay, knows of an invite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InviteTerms {
    /// The territory's root.
    pub root: DeviceId,
    /// The roll that the device will be added to.
    pub roll: SpaceId,
    /// Who invites.
    pub inviter: DeviceId,
    /// What the device will be.
    pub role: Role,
}

impl InviteTerms {
    fn to_bytes(self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer
            .raw(self.root.as_bytes())
            .raw(self.roll.as_bytes())
            .raw(self.inviter.as_bytes());
        writer.u8(self.role.number());
        writer.finish()
    }

    /// What a relay answers to who asks for an invite by its key: the terms of each that it knows, several if somebody
    /// copied the key.
    #[must_use]
    pub fn write_all(all: &[Self]) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.u8(VERSION).count(all.len().min(INVITE_TERMS_MAX));
        for terms in all.iter().take(INVITE_TERMS_MAX) {
            writer.raw(&terms.to_bytes());
        }
        writer.finish()
    }

    /// Reads such an answer.
    pub fn read_all(bytes: &[u8]) -> Result<Vec<Self>, Malformed> {
        let mut reader = Reader::new(bytes);
        reader.version()?;
        let count = reader.count(INVITE_TERMS_MAX)?;
        let read = (0..count).map(|_| {
            let root = DeviceId::from_bytes(reader.array()?);
            let (roll, inviter) =
                (SpaceId::from_bytes(reader.array()?), DeviceId::from_bytes(reader.array()?));
            let role = Role::from_number(reader.u8()?).ok_or(Malformed::Newer)?;
            Ok(Self { root, roll, inviter, role })
        });
        let all = read.collect::<Result<Vec<_>, Malformed>>()?;
        reader.finish()?;
        Ok(all)
    }
}

/// What an invite's one-time key is made of.
pub struct InviteSeed(Zeroizing<[u8; SEED_BYTES]>);

impl InviteSeed {
    /// A new random one.
    #[must_use]
    pub fn make(chance: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; SEED_BYTES]);
        chance.fill_bytes(seed.as_mut());
        Self(seed)
    }

    /// The one-time key.
    #[must_use]
    pub fn signing_key(&self) -> SigningKey {
        let secret = Zeroizing::new(blake3::derive_key("jasaq 1 invite secret", self.0.as_ref()));
        SigningKey::from_secret_bytes(&secret)
    }

    /// The ten words of an invite on these terms at this relay, in two lines.
    #[must_use]
    pub fn to_words(&self, terms: &InviteTerms, relay: &RelayId) -> Zeroizing<String> {
        let pin = self.pin(terms, relay);
        let bytes = Zeroizing::new([self.0.as_slice(), &pin].concat());
        let lines = LINES.speak(&bytes);
        Zeroizing::new(lines.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n"))
    }

    fn pin(&self, terms: &InviteTerms, relay: &RelayId) -> [u8; PIN_BYTES] {
        let bound = [self.0.as_slice(), &terms.to_bytes(), relay.as_bytes()].concat();
        first_bytes(blake3::derive_key("jasaq 1 invite pin", &Zeroizing::new(bound)))
    }
}

/// An invite as it was heard: enough to ask a relay for the rest, and to know whether what it says is right.
pub struct ShortInvite {
    seed: InviteSeed,
    pin: [u8; PIN_BYTES],
}

impl ShortInvite {
    /// Reads ten words.
    pub fn from_words(words: &str) -> Result<Self, InviteRefused> {
        let bytes = LINES.hear(words)?;
        let mut reader = Reader::new(&bytes);
        let mut read = || Ok::<_, Malformed>((Zeroizing::new(reader.array()?), reader.array()?));
        let (seed, pin) = read().map_err(|_| InviteRefused::Damaged)?;
        Ok(Self { seed: InviteSeed(seed), pin })
    }

    /// What to ask a relay for.
    #[must_use]
    pub fn invite_key(&self) -> InviteKey {
        self.seed.signing_key().invite_key()
    }

    /// The whole code, from what the relay at `address` answered.
    pub fn complete(
        &self,
        answer: &[u8],
        (address, relay): (&str, RelayId),
    ) -> Result<InviteCode, InviteRefused> {
        let all = InviteTerms::read_all(answer).map_err(|malformed| match malformed {
            Malformed::Newer => InviteRefused::Newer,
            _ => InviteRefused::Contradicted,
        })?;
        let fits = |terms: &&InviteTerms| self.seed.pin(terms, &relay) == self.pin;
        let terms = all.iter().find(fits);
        let otherwise = if all.is_empty() { InviteRefused::Unknown } else { InviteRefused::Contradicted };
        let InviteTerms { root, roll, inviter, role } = *terms.ok_or(otherwise)?;
        let relay = Some((address.to_owned(), relay));
        Ok(InviteCode { root, roll, inviter, role, secret: self.seed.signing_key(), relay })
    }
}

impl std::fmt::Debug for ShortInvite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ShortInvite(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;
    use crate::membership::Misheard;

    const RELAY: RelayId = RelayId::from_bytes([9; 32]);
    const AT: (&str, RelayId) = ("https://relay.example", RELAY);

    fn terms() -> InviteTerms {
        InviteTerms {
            root: DeviceId::from_bytes([1; 32]),
            roll: SpaceId::from_bytes([2; 16]),
            inviter: DeviceId::from_bytes([3; 32]),
            role: Role::Vol,
        }
    }

    fn seed() -> InviteSeed {
        InviteSeed::make(&mut ChaCha20Rng::seed_from_u64(3))
    }

    #[test]
    fn ten_words_and_what_the_relay_says_are_the_whole_code() {
        let words = seed().to_words(&terms(), &RELAY);
        assert_eq!(words.split_whitespace().count(), 10);
        let heard = ShortInvite::from_words(&words.replace(['\n', ' '], "-").to_uppercase()).unwrap();
        let copied = InviteTerms { inviter: DeviceId::from_bytes([4; 32]), ..terms() };
        let code = heard.complete(&InviteTerms::write_all(&[copied, terms()]), AT).unwrap();
        assert_eq!((code.root, code.roll, code.inviter, code.role), {
            let InviteTerms { root, roll, inviter, role } = terms();
            (root, roll, inviter, role)
        });
        assert_eq!(code.secret.invite_key(), heard.invite_key());
        assert_eq!(code.relay, Some((AT.0.to_owned(), RELAY)));
    }

    #[test]
    fn a_relay_that_says_anything_else_is_not_believed() {
        let heard = ShortInvite::from_words(&seed().to_words(&terms(), &RELAY)).unwrap();
        let refused = |answer: &[u8], relay| heard.complete(answer, (AT.0, relay)).unwrap_err();
        let other = RelayId::from_bytes([8; 32]);
        for wrong in [
            InviteTerms { root: DeviceId::from_bytes([5; 32]), ..terms() },
            InviteTerms { roll: SpaceId::from_bytes([5; 16]), ..terms() },
            InviteTerms { inviter: DeviceId::from_bytes([5; 32]), ..terms() },
            InviteTerms { role: Role::Head, ..terms() },
        ] {
            assert_eq!(refused(&InviteTerms::write_all(&[wrong]), RELAY), InviteRefused::Contradicted);
        }
        assert_eq!(refused(&InviteTerms::write_all(&[terms()]), other), InviteRefused::Contradicted);
        assert_eq!(refused(&InviteTerms::write_all(&[]), RELAY), InviteRefused::Unknown);
        assert_eq!(refused(b"<html>", RELAY), InviteRefused::Newer);
        assert_eq!(refused(&[], RELAY), InviteRefused::Contradicted);
    }

    #[test]
    fn of_a_misheard_word_the_line_is_told() {
        let words = seed().to_words(&terms(), &RELAY);
        let (first, second) = words.split_once('\n').unwrap();
        let turned: String = second.chars().rev().collect();
        for wrong in [format!("{first}\n{turned}"), format!("{first}\n{first}")] {
            let refused = ShortInvite::from_words(&wrong).unwrap_err();
            assert!(matches!(refused, InviteRefused::Words(Misheard::Line { line: 2, .. })), "{refused:?}");
        }
    }

    proptest! {
        #[test]
        fn any_answer_is_read_or_refused(answer in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(all) = InviteTerms::read_all(&answer) {
                prop_assert_eq!(InviteTerms::write_all(&all), answer);
            }
        }
    }
}
