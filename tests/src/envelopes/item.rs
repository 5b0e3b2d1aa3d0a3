//! CBOR items (RFC 8949) that can be written in ways in which nobody may.

use minicbor::Decoder;
use minicbor::data::Type;
use serde_json::Value;

use crate::hex::to_hex;

/// One item.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Number(u64),
    /// −1 − the number.
    Negative(u64),
    Bytes(Vec<u8>),
    /// A text, of whatever bytes.
    Text(Vec<u8>),
    Array(Vec<Item>),
    Flag(bool),
    Null,
    /// What is written as it stands, an item or not.
    Raw(Vec<u8>),
}

impl Item {
    /// The one item that an operation of our own writing is.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self::read(&mut Decoder::new(bytes))
    }

    fn read(decoder: &mut Decoder<'_>) -> Self {
        match decoder.datatype().unwrap() {
            Type::Array => {
                let count = decoder.array().unwrap().expect("our arrays have definite lengths");
                Self::Array((0..count).map(|_| Self::read(decoder)).collect())
            }
            Type::String => Self::Text(decoder.str().unwrap().into()),
            Type::Bool => Self::Flag(decoder.bool().unwrap()),
            Type::Bytes => Self::Bytes(decoder.bytes().unwrap().to_vec()),
            Type::Null => {
                decoder.null().unwrap();
                Self::Null
            }
            Type::I8 | Type::I16 | Type::I32 | Type::I64 => {
                Self::Negative((-1 - decoder.i64().unwrap()).cast_unsigned())
            }
            _ => Self::Number(decoder.u64().unwrap()),
        }
    }

    /// So many empty arrays, one within another.
    pub(super) fn nested(items: usize) -> Self {
        (1..items).fold(Self::Array(Vec::new()), |inner, _| Self::Array(vec![inner]))
    }

    /// The bytes, with the shortest heads.
    pub(super) fn encode(&self) -> Vec<u8> {
        match self {
            Self::Number(number) => shortest(0, *number),
            Self::Negative(number) => shortest(1, *number),
            Self::Bytes(bytes) => [shortest(2, bytes.len() as u64), bytes.clone()].concat(),
            Self::Text(bytes) => [shortest(3, bytes.len() as u64), bytes.clone()].concat(),
            Self::Array(items) => {
                let items = items.iter().flat_map(Self::encode);
                shortest(4, self.count()).into_iter().chain(items).collect()
            }
            Self::Flag(flag) => vec![if *flag { 0xf5 } else { 0xf4 }],
            Self::Null => vec![0xf6],
            Self::Raw(bytes) => bytes.clone(),
        }
    }

    fn count(&self) -> u64 {
        if let Self::Array(items) = self { items.len() as u64 } else { 0 }
    }

    /// As JSON: bytes in hex.
    pub(super) fn to_json(&self) -> Value {
        match self {
            Self::Number(number) => (*number).into(),
            Self::Negative(number) => (-1 - number.cast_signed()).into(),
            Self::Array(items) => items.iter().map(Self::to_json).collect(),
            Self::Null => Value::Null,
            Self::Flag(flag) => (*flag).into(),
            Self::Text(bytes) => String::from_utf8_lossy(bytes).into(),
            Self::Bytes(bytes) | Self::Raw(bytes) => to_hex(bytes).into(),
        }
    }
}

fn shortest(major: u8, argument: u64) -> Vec<u8> {
    let bytes = match argument {
        0..24 => 0,
        24..0x100 => 1,
        0x100..0x1_0000 => 2,
        0x1_0000..0x1_0000_0000 => 4,
        _ => 8,
    };
    head(major, argument, bytes)
}

/// A head whose argument takes 0, 1, 2, 4 or 8 bytes more.
pub(super) fn head(major: u8, argument: u64, bytes: usize) -> Vec<u8> {
    let argument = argument.to_be_bytes();
    let short = match bytes {
        0 => argument[7],
        1 => 24,
        2 => 25,
        4 => 26,
        _ => 27,
    };
    [&[major << 5 | short], &argument[8 - bytes..]].concat()
}
