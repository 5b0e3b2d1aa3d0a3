//! The ids of the model: random bytes that name a thing and tell nothing about it.
//!
//! Promises one written form: lower-case hexadecimal, both ways; a trace shows the first eight digits only.
//! Refuses every other length or letter.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use crate::limits::STATEMENT_REF_BYTES_MAX;

/// Why a written id was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdRefused {
    /// Not as long as an id of this sort is.
    #[error("{length} given where {length_due} make an id")]
    Length {
        /// Bytes, or hexadecimal digits, due.
        length_due: usize,
        /// Those given.
        length: usize,
    },
    /// A letter other than 0-9 and a-f.
    #[error("an id is written with 0-9 and a-f only")]
    NotHexadecimal,
    /// A statement's key with letters it cannot have, or none, or too many.
    #[error(
        "a statement's key is 1 to {STATEMENT_REF_BYTES_MAX} letters, digits, dots, dashes and underscores"
    )]
    NotAKey,
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident, $bytes:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// How many bytes it has.
            pub const BYTES: usize = $bytes;

            /// Names it by these bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; $bytes]) -> Self {
                Self(bytes)
            }

            /// Names it by these bytes, if they are as many as it takes.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, IdRefused> {
                match bytes.try_into() {
                    Ok(bytes) => Ok(Self(bytes)),
                    Err(_) => Err(IdRefused::Length { length_due: $bytes, length: bytes.len() }),
                }
            }

            /// Its bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $bytes] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "("))?;
                self.0.iter().take(4).try_for_each(|byte| write!(f, "{byte:02x}"))?;
                f.write_str(")")
            }
        }

        impl FromStr for $name {
            type Err = IdRefused;

            fn from_str(written: &str) -> Result<Self, IdRefused> {
                Ok(Self(read_hexadecimal(written)?))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    };
}

id!(
    /// One outing of a squad.
    PatrolId,
    16
);
id!(
    /// A part of a patrol with constant members and transport.
    LegId,
    16
);
id!(
    /// A person as the roster knows him.
    PersonId,
    16
);
id!(
    /// A member as the devices know him: random, never derived from a person.
    MemberId,
    16
);
id!(
    /// A volunteer squad.
    SquadId,
    16
);
id!(
    /// A list of squad members, as an akimat sent it.
    ListId,
    16
);
id!(
    /// One session of legal training.
    SessionId,
    16
);
id!(
    /// The roll of a squad's phones; opaque here.
    RollId,
    16
);
id!(
    /// One recording or one imported track: what its chunks have in common.
    RecordingId,
    16
);
id!(
    /// What happened with one person, or one use of force: the record of it stands apart and can be erased.
    CaseId,
    16
);
id!(
    /// A page, by the hash of its bytes.
    PageHash,
    32
);
id!(
    /// An attachment: the hash over its sealed parts, from which it is fetched.
    AttachmentRoot,
    32
);
id!(
    /// The device whose journal holds a statement, as its public key; opaque here.
    Author,
    32
);

/// Bytes in the one form in which they are written: lower-case hexadecimal.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    use fmt::Write as _;
    let mut written = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(written, "{byte:02x}");
    }
    written
}

/// So many bytes out of that form; large letters are another.
pub fn read_hexadecimal<const N: usize>(written: &str) -> Result<[u8; N], IdRefused> {
    if written.len() != N * 2 {
        return Err(IdRefused::Length { length_due: N * 2, length: written.len() });
    }
    let mut bytes = [0; N];
    for (byte, digits) in bytes.iter_mut().zip(written.as_bytes().chunks_exact(2)) {
        *byte = digits
            .iter()
            .try_fold(0, |value, digit| Some(value << 4 | digit_value(*digit)?))
            .ok_or(IdRefused::NotHexadecimal)?;
    }
    Ok(bytes)
}

fn digit_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// A reference to a statement: its key, a journal's short name and a counter, `k3f0a91c.17`.
///
/// Keys sort by journal and then as numbers do: `.9` before `.10`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct StatementRef(String);

impl StatementRef {
    /// Checks a key.
    pub fn new(key: impl Into<String>) -> Result<Self, IdRefused> {
        let key = key.into();
        let is_key_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
        if (1..=STATEMENT_REF_BYTES_MAX).contains(&key.len()) && key.bytes().all(is_key_letter) {
            Ok(Self(key))
        } else {
            Err(IdRefused::NotAKey)
        }
    }

    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The short name of the journal it is recorded under.
    #[must_use]
    pub fn journal(&self) -> &str {
        self.0.rsplit_once('.').map_or(&self.0, |(journal, _)| journal)
    }

    /// How many letters its counter has: those behind its last dot.
    pub(crate) fn counter_digits(&self) -> usize {
        self.sort_key().1
    }

    fn sort_key(&self) -> (&str, usize, &str) {
        let (journal, counter) = self.0.rsplit_once('.').unwrap_or((&self.0, ""));
        (journal, counter.len(), &self.0)
    }
}

impl Ord for StatementRef {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sort_key().cmp(&other.sort_key())
    }
}

impl PartialOrd for StatementRef {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for StatementRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for StatementRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StatementRef({})", self.0)
    }
}

impl FromStr for StatementRef {
    type Err = IdRefused;

    fn from_str(key: &str) -> Result<Self, IdRefused> {
        Self::new(key)
    }
}

impl serde::Serialize for StatementRef {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_written_in_lower_hexadecimal_and_read_back() {
        let id = PatrolId::from_bytes(*b"\x00\x01\xfe\xff0123456789ab");
        assert_eq!(id.to_string(), "0001feff303132333435363738396162");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(PatrolId::from_slice(id.as_bytes()), Ok(id));
    }

    #[test]
    fn an_id_of_another_length_or_alphabet_is_refused() {
        assert_eq!("00".parse::<LegId>(), Err(IdRefused::Length { length_due: 32, length: 2 }));
        assert_eq!("0001FEFF303132333435363738396162".parse::<LegId>(), Err(IdRefused::NotHexadecimal));
        assert_eq!("ә".repeat(16).parse::<LegId>(), Err(IdRefused::NotHexadecimal));
        assert_eq!(LegId::from_slice(&[1; 15]), Err(IdRefused::Length { length_due: 16, length: 15 }));
    }

    #[test]
    fn a_trace_shows_eight_digits_of_an_id() {
        assert_eq!(format!("{:?}", SquadId::from_bytes([0xab; 16])), "SquadId(abababab)");
    }

    #[test]
    fn a_key_has_plain_letters_and_a_bounded_length() {
        assert!(StatementRef::new("k3f0a91c.17").is_ok());
        for refused in ["", "k 1", "кілт.1", "a/b", &"a".repeat(33)] {
            assert_eq!(StatementRef::new(refused), Err(IdRefused::NotAKey));
        }
    }

    #[test]
    fn keys_of_one_journal_sort_by_their_counter() {
        let mut keys: Vec<_> = ["b.1", "a.10", "a.9"].map(|key| StatementRef::new(key).unwrap()).into();
        keys.sort();
        assert_eq!(keys.iter().map(StatementRef::as_str).collect::<Vec<_>>(), ["a.9", "a.10", "b.1"]);
    }
}
