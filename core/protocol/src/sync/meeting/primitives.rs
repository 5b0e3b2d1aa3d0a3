//! The primitives of the handshake, for `snow`: those that the rest of the protocol is made of, in the versions that it
//! is made of. No algorithm stands here, and there is no choice among several.
//!
//! X25519 (RFC 7748), ChaCha20-Poly1305 (RFC 8439), SHA-256. Chance is drawn before: 32 bytes for the one ephemeral key.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use sha2::{Digest as _, Sha256};
use snow::Error;
use snow::params::{CipherChoice, DHChoice, HashChoice};
use snow::resolvers::CryptoResolver;
use snow::types::{Cipher, Dh, Hash, Random};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

/// Hands them out; holds the chance for the ephemeral key.
pub(super) struct Primitives(pub(super) Zeroizing<[u8; 32]>);

impl CryptoResolver for Primitives {
    fn resolve_rng(&self) -> Option<Box<dyn Random>> {
        Some(Box::new(Drawn(Some(self.0.clone()))))
    }

    fn resolve_dh(&self, choice: &DHChoice) -> Option<Box<dyn Dh>> {
        matches!(choice, DHChoice::Curve25519).then(|| Box::new(Exchange::default()) as Box<dyn Dh>)
    }

    fn resolve_hash(&self, choice: &HashChoice) -> Option<Box<dyn Hash>> {
        matches!(choice, HashChoice::SHA256).then(|| Box::new(Hashing::default()) as Box<dyn Hash>)
    }

    fn resolve_cipher(&self, choice: &CipherChoice) -> Option<Box<dyn Cipher>> {
        matches!(choice, CipherChoice::ChaChaPoly).then(|| Box::new(Sealing::default()) as Box<dyn Cipher>)
    }
}

/// 32 random bytes that were drawn before, given out once: a handshake of this pattern makes one ephemeral key.
struct Drawn(Option<Zeroizing<[u8; 32]>>);

impl Random for Drawn {
    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), Error> {
        let drawn = self.0.take().filter(|drawn| drawn.len() == into.len()).ok_or(Error::Rng)?;
        into.copy_from_slice(drawn.as_ref());
        Ok(())
    }
}

#[derive(Default)]
struct Exchange {
    secret: Zeroizing<[u8; 32]>,
    public: [u8; 32],
}

impl Dh for Exchange {
    fn name(&self) -> &'static str {
        "25519"
    }

    fn pub_len(&self) -> usize {
        32
    }

    fn priv_len(&self) -> usize {
        32
    }

    fn set(&mut self, secret: &[u8]) {
        if let Ok(secret) = secret.try_into() {
            self.secret = Zeroizing::new(secret);
            self.public = PublicKey::from(&StaticSecret::from(*self.secret)).to_bytes();
        }
    }

    fn generate(&mut self, chance: &mut dyn Random) -> Result<(), Error> {
        let mut secret = Zeroizing::new([0; 32]);
        chance.try_fill_bytes(secret.as_mut())?;
        self.set(secret.as_ref());
        Ok(())
    }

    fn pubkey(&self) -> &[u8] {
        &self.public
    }

    fn privkey(&self) -> &[u8] {
        self.secret.as_ref()
    }

    fn dh(&self, public: &[u8], out: &mut [u8]) -> Result<(), Error> {
        let public: [u8; 32] = public.get(..32).and_then(|key| key.try_into().ok()).ok_or(Error::Dh)?;
        let shared = StaticSecret::from(*self.secret).diffie_hellman(&PublicKey::from(public));
        if !shared.was_contributory() {
            return Err(Error::Dh);
        }
        out.get_mut(..32).ok_or(Error::Dh)?.copy_from_slice(shared.as_bytes());
        Ok(())
    }
}

#[derive(Default)]
struct Sealing(Zeroizing<[u8; 32]>);

impl Sealing {
    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&Key::from(*self.0))
    }

    /// Noise §12.3: four zero bytes, then the counter, little-endian.
    fn nonce(counter: u64) -> Nonce {
        let mut nonce = [0; 12];
        nonce[4..].copy_from_slice(&counter.to_le_bytes());
        Nonce::from(nonce)
    }
}

impl Cipher for Sealing {
    fn name(&self) -> &'static str {
        "ChaChaPoly"
    }

    fn set(&mut self, key: &[u8; 32]) {
        self.0 = Zeroizing::new(*key);
    }

    #[expect(
        clippy::expect_used,
        reason = "the cipher fails only beyond 256 GiB, and snow sizes what it writes into"
    )]
    fn encrypt(&self, nonce: u64, aad: &[u8], plain: &[u8], out: &mut [u8]) -> usize {
        let sealed = self.cipher().encrypt(&Self::nonce(nonce), Payload { msg: plain, aad });
        let sealed = sealed.expect("the cipher fails only beyond 256 GiB");
        out.get_mut(..sealed.len())
            .expect("snow sizes what it writes into")
            .copy_from_slice(&sealed);
        sealed.len()
    }

    fn decrypt(&self, nonce: u64, aad: &[u8], sealed: &[u8], out: &mut [u8]) -> Result<usize, Error> {
        let plain = self.cipher().decrypt(&Self::nonce(nonce), Payload { msg: sealed, aad });
        let plain = plain.map_err(|_| Error::Decrypt)?;
        out.get_mut(..plain.len()).ok_or(Error::Decrypt)?.copy_from_slice(&plain);
        Ok(plain.len())
    }
}

#[derive(Default)]
struct Hashing(Sha256);

impl Hash for Hashing {
    fn name(&self) -> &'static str {
        "SHA256"
    }

    fn block_len(&self) -> usize {
        64
    }

    fn hash_len(&self) -> usize {
        32
    }

    fn reset(&mut self) {
        self.0 = Sha256::new();
    }

    fn input(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn result(&mut self, out: &mut [u8]) {
        let hash = std::mem::take(&mut self.0).finalize();
        if let Some(out) = out.get_mut(..32) {
            out.copy_from_slice(&hash);
        }
    }
}

#[cfg(test)]
mod tests {
    use snow::Builder;

    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        hex.as_bytes()
            .chunks(2)
            .map(|digits| u8::from_str_radix(std::str::from_utf8(digits).unwrap(), 16).unwrap())
            .collect()
    }

    /// From the vectors of cacophony, another implementation: with these primitives the handshake is Noise's.
    #[test]
    fn the_handshake_is_that_of_another_implementation() {
        let key = *b"This is my Austrian perspective!";
        let pattern = || "Noise_NNpsk0_25519_ChaChaPoly_SHA256".parse().unwrap();
        let builder = |ephemeral: &str| {
            let drawn = Zeroizing::new(bytes(ephemeral).try_into().unwrap());
            let builder = Builder::with_resolver(pattern(), Box::new(Primitives(drawn)));
            builder.prologue(b"John Galt").unwrap()
        };
        let caller = builder("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a");
        let listener = builder("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b");
        let mut caller = caller.psk(0, &key).unwrap().build_initiator().unwrap();
        let mut listener = listener.psk(0, &key).unwrap().build_responder().unwrap();
        let (mut said, mut heard) = ([0; 200], [0; 200]);
        let length = caller.write_message(b"Ludwig von Mises", &mut said).unwrap();
        assert_eq!(
            said[..length],
            bytes(
                "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c794479b962b8aff8485742ac32f905ba4536\
                 9e2465fb59e138a93d67a0d1266b6a54"
            )
        );
        listener.read_message(&said[..length], &mut heard).unwrap();
        let length = listener.write_message(b"Murray Rothbard", &mut said).unwrap();
        assert_eq!(
            said[..length],
            bytes(
                "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843d6062704d5a9c422a8e834423f8c1fea\
                 da7e8d0d910a1a2cd030fb584221e3"
            )
        );
        caller.read_message(&said[..length], &mut heard).unwrap();
        let hash = bytes("f4d03dc34495c95729ea6de9e1b59004b59733102488b3e24bc441e0be208eaf");
        assert_eq!(caller.get_handshake_hash(), hash);
        let mut caller = caller.into_transport_mode().unwrap();
        let length = caller.write_message(b"F. A. Hayek", &mut said).unwrap();
        assert_eq!(said[..length], bytes("e632c3763d7669067383433197a3baddf146e9e70ad4b4e9e59e0f"));
    }
}
