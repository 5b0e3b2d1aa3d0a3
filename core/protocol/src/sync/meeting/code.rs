//! The code that a listening device shows: where it waits, and the secret of this meeting.
//!
//! ```text
//! "jasaq-meet:" then Crockford's base 32 of
//! version                        1
//! secret                        16    made for this meeting alone
//! mark of the listener           8    a hash of its id, so that nobody else can answer
//! port                           2
//! address count                  1    each: 4 or 6, then 4 or 16 bytes
//! checksum                       4
//! ```

use core::net::{IpAddr, SocketAddr};

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::bytes::{Malformed, Reader, VERSION, Writer, first_bytes};
use crate::ids::DeviceId;
use crate::limits::{MEETING_ADDRESSES_MAX, MEETING_CODE_CHARACTERS_MAX};
use crate::membership::{from_base32, to_base32};

const PREFIX: &str = "jasaq-meet:";

/// What both devices of one meeting know and nobody else does.
#[derive(Clone, PartialEq, Eq)]
pub struct MeetingSecret(Zeroizing<[u8; 16]>);

impl MeetingSecret {
    /// A new random secret.
    #[must_use]
    pub fn make(chance: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 16]);
        chance.fill_bytes(bytes.as_mut());
        Self(bytes)
    }

    pub(super) fn channel_key(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key("jasaq 1 meeting", self.0.as_ref()))
    }
}

impl std::fmt::Debug for MeetingSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MeetingSecret(…)")
    }
}

/// Why a text is not the code of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MeetingCodeRefused {
    /// Not the form of one.
    #[error("not the code of a meeting")]
    Form,
    /// The form of one, but mistyped or cut.
    #[error("the code of a meeting with a mistake in it")]
    Damaged,
    /// Of a newer program.
    #[error("the code of a meeting of a newer version")]
    Newer,
}

/// What a meeting's code carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingCode {
    /// The meeting's secret.
    pub secret: MeetingSecret,
    /// Which device waits.
    pub listener: DeviceMark,
    /// Where it waits: each of its addresses, one port. None for a way without addresses, a cable or a radio.
    pub addresses: Vec<SocketAddr>,
}

/// Enough of a device's id to tell it from every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceMark([u8; 8]);

impl DeviceMark {
    /// The mark of a device.
    #[must_use]
    pub fn of(device: &DeviceId) -> Self {
        Self(first_bytes(blake3::derive_key("jasaq 1 meeting device", device.as_bytes())))
    }
}

impl MeetingCode {
    /// The code as text. Addresses beyond [`MEETING_ADDRESSES_MAX`], and those with another port than the first, are left out.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let port = self.addresses.first().map_or(0, SocketAddr::port);
        let same_port = self.addresses.iter().filter(|address| address.port() == port);
        let hosts: Vec<IpAddr> = same_port.map(SocketAddr::ip).take(MEETING_ADDRESSES_MAX).collect();
        let mut writer = Writer::new();
        writer.u8(VERSION).raw(self.secret.0.as_ref()).raw(&self.listener.0).u16(port);
        writer.u8(u8::try_from(hosts.len()).unwrap_or_default());
        for host in hosts {
            match host {
                IpAddr::V4(host) => writer.u8(4).raw(&host.octets()),
                IpAddr::V6(host) => writer.u8(6).raw(&host.octets()),
            };
        }
        let body = Zeroizing::new(writer.finish());
        let bytes = Zeroizing::new([body.as_slice(), &checksum(&body)].concat());
        Zeroizing::new(format!("{PREFIX}{}", *to_base32(&bytes)))
    }

    /// Whether a text begins as the code of a meeting does.
    #[must_use]
    pub fn is_one(text: &str) -> bool {
        let start = text.trim().get(..PREFIX.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(PREFIX))
    }

    /// Reads a code; spaces, hyphens, line breaks and the size of letters do not matter.
    pub fn from_text(text: &str) -> Result<Self, MeetingCodeRefused> {
        let digits = text.trim().get(PREFIX.len()..).filter(|_| Self::is_one(text));
        let digits = digits.ok_or(MeetingCodeRefused::Form)?;
        if text.len() > MEETING_CODE_CHARACTERS_MAX {
            return Err(MeetingCodeRefused::Form);
        }
        let bytes = from_base32(digits).ok_or(MeetingCodeRefused::Damaged)?;
        let (body, sum) = bytes.split_last_chunk::<4>().ok_or(MeetingCodeRefused::Damaged)?;
        if checksum(body) != *sum {
            return Err(MeetingCodeRefused::Damaged);
        }
        Self::read(body).map_err(|malformed| match malformed {
            Malformed::Newer => MeetingCodeRefused::Newer,
            _ => MeetingCodeRefused::Damaged,
        })
    }

    fn read(body: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(body);
        reader.version()?;
        let secret = MeetingSecret(Zeroizing::new(reader.array()?));
        let listener = DeviceMark(reader.array()?);
        let port = reader.u16()?;
        let count = usize::from(reader.u8()?);
        if count > MEETING_ADDRESSES_MAX {
            return Err(Malformed::Limit);
        }
        let mut addresses = Vec::new();
        for _ in 0..count {
            let host = match reader.u8()? {
                4 => IpAddr::from(reader.array::<4>()?),
                6 => IpAddr::from(reader.array::<16>()?),
                _ => return Err(Malformed::Newer),
            };
            addresses.push(SocketAddr::new(host, port));
        }
        reader.finish()?;
        Ok(Self { secret, listener, addresses })
    }
}

fn checksum(body: &[u8]) -> [u8; 4] {
    first_bytes(blake3::derive_key("jasaq 1 meeting checksum", body))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    fn code(addresses: &[&str]) -> MeetingCode {
        MeetingCode {
            secret: MeetingSecret::make(&mut ChaCha20Rng::seed_from_u64(1)),
            listener: DeviceMark::of(&DeviceId::from_bytes([2; 32])),
            addresses: addresses.iter().map(|address| address.parse().unwrap()).collect(),
        }
    }

    #[test]
    fn a_code_reads_back_also_when_typed_by_hand() {
        for addresses in [&[][..], &["192.168.43.1:7341", "[fe80::1]:7341"]] {
            let written = code(addresses);
            let typed = written.to_text().to_uppercase();
            let typed = format!("  {} {}\n{}", &typed[..11], &typed[11..17], &typed[17..]);
            assert_eq!(MeetingCode::from_text(&typed), Ok(written));
        }
    }

    #[test]
    fn a_code_fits_into_a_small_qr_code() {
        assert!(code(&["192.168.43.1:7341"]).to_text().len() <= 80);
    }

    #[test]
    fn a_mistyped_cut_or_other_code_says_so() {
        let text = code(&["192.168.43.1:7341"]).to_text();
        let cut = &text[..text.len() - 2];
        assert_eq!(MeetingCode::from_text(cut), Err(MeetingCodeRefused::Damaged));
        let last = text.chars().last().unwrap();
        let mistyped = format!("{}{}", &text[..text.len() - 1], if last == '0' { '8' } else { '0' });
        assert_eq!(MeetingCode::from_text(&mistyped), Err(MeetingCodeRefused::Damaged));
        assert_eq!(MeetingCode::from_text("jasaq:00000"), Err(MeetingCodeRefused::Form));
        let long = format!("{PREFIX}{}", "0".repeat(MEETING_CODE_CHARACTERS_MAX));
        assert_eq!(MeetingCode::from_text(&long), Err(MeetingCodeRefused::Form));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,200}", digits in "[0-9a-z]{0,200}") {
            let _ = MeetingCode::from_text(&text);
            let _ = MeetingCode::from_text(&format!("{PREFIX}{digits}"));
        }
    }
}
