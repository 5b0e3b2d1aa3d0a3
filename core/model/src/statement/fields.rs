//! A flat map of scalars, and the doors through which the kinds write and read it.
//!
//! Promises keys in one order and a scalar of the sort asked for, or a refusal that names the field and
//! nothing of what it holds.

use std::collections::BTreeMap;

use super::StatementRefused;
use crate::ids::IdRefused;
use crate::words::{Label, Name, Note, Text};

/// One value of a statement.
#[derive(Clone, PartialEq, Eq)]
pub enum Scalar {
    /// A text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Yes or no.
    Flag(bool),
}

impl Scalar {
    /// What it counts towards a statement's size.
    fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Int(_) => size_of::<i64>(),
            Self::Bytes(bytes) => bytes.len(),
            Self::Flag(_) => 1,
        }
    }
}

/// Says its sort, not its value: values are names, places and texts.
impl std::fmt::Debug for Scalar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sort = match self {
            Self::Text(_) => "Text",
            Self::Int(_) => "Int",
            Self::Bytes(_) => "Bytes",
            Self::Flag(_) => "Flag",
        };
        write!(f, "{sort}({} bytes)", self.bytes())
    }
}

/// A statement as it travels: each key once, in alphabetical order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields(BTreeMap<String, Scalar>);

impl Fields {
    /// No fields.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Puts a field; what the key held before is replaced.
    pub fn insert(&mut self, key: impl Into<String>, value: Scalar) {
        self.0.insert(key.into(), value);
    }

    /// What a key holds.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Scalar> {
        self.0.get(key)
    }

    /// All fields, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Scalar)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// All keys and values together, in bytes.
    #[must_use]
    pub fn bytes_all(&self) -> usize {
        self.0.iter().map(|(key, value)| key.len() + value.bytes()).sum()
    }

    pub(super) fn put_text(&mut self, key: &'static str, text: &str) {
        self.insert(key, Scalar::Text(text.to_owned()));
    }

    pub(super) fn put_text_if(&mut self, key: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.put_text(key, text);
        }
    }

    pub(super) fn put_int(&mut self, key: &'static str, int: i64) {
        self.insert(key, Scalar::Int(int));
    }

    pub(super) fn put_int_if(&mut self, key: &'static str, int: Option<i64>) {
        if let Some(int) = int {
            self.put_int(key, int);
        }
    }

    pub(super) fn put_bytes(&mut self, key: &'static str, bytes: &[u8]) {
        self.insert(key, Scalar::Bytes(bytes.to_vec()));
    }

    pub(super) fn put_bytes_if(&mut self, key: &'static str, bytes: Option<&[u8]>) {
        if let Some(bytes) = bytes {
            self.put_bytes(key, bytes);
        }
    }

    pub(super) fn text(&self, field: &'static str) -> Result<Option<&str>, StatementRefused> {
        match self.get(field) {
            None => Ok(None),
            Some(Scalar::Text(text)) => Ok(Some(text)),
            Some(_) => Err(StatementRefused::Malformed { field }),
        }
    }

    pub(super) fn int(&self, field: &'static str) -> Result<Option<i64>, StatementRefused> {
        match self.get(field) {
            None => Ok(None),
            Some(Scalar::Int(int)) => Ok(Some(*int)),
            Some(_) => Err(StatementRefused::Malformed { field }),
        }
    }

    /// A whole number of a narrower sort.
    pub(super) fn int_as<T: TryFrom<i64>>(&self, field: &'static str) -> Result<Option<T>, StatementRefused> {
        let narrow = |int| T::try_from(int).map_err(|_| StatementRefused::Malformed { field });
        self.int(field)?.map(narrow).transpose()
    }

    pub(super) fn bytes(&self, field: &'static str) -> Result<Option<&[u8]>, StatementRefused> {
        match self.get(field) {
            None => Ok(None),
            Some(Scalar::Bytes(bytes)) => Ok(Some(bytes)),
            Some(_) => Err(StatementRefused::Malformed { field }),
        }
    }

    pub(super) fn flag(&self, field: &'static str) -> Result<Option<bool>, StatementRefused> {
        match self.get(field) {
            None => Ok(None),
            Some(Scalar::Flag(flag)) => Ok(Some(*flag)),
            Some(_) => Err(StatementRefused::Malformed { field }),
        }
    }

    /// What is so where it stands, and otherwise not: there is one way to say that it is not so.
    pub(super) fn is_so(&self, field: &'static str) -> Result<bool, StatementRefused> {
        match self.flag(field)? {
            Some(false) => Err(StatementRefused::Malformed { field }),
            said => Ok(said.is_some()),
        }
    }

    /// A whole number within these bounds.
    pub(super) fn int_in<T: TryFrom<i64>>(
        &self,
        field: &'static str,
        bounds: std::ops::RangeInclusive<i64>,
    ) -> Result<T, StatementRefused> {
        let int = needed(field, self.int(field)?)?;
        let narrow = T::try_from(int).ok().filter(|_| bounds.contains(&int));
        narrow.ok_or(StatementRefused::Malformed { field })
    }

    /// A value of one of the closed lists.
    pub(super) fn code<T>(
        &self,
        field: &'static str,
        from_code: fn(&str) -> Option<T>,
    ) -> Result<Option<T>, StatementRefused> {
        let read = |code| from_code(code).ok_or(StatementRefused::Malformed { field });
        self.text(field)?.map(read).transpose()
    }

    pub(super) fn words(&self, field: &'static str) -> Result<Option<Text>, StatementRefused> {
        let read = |text| Text::read(text).map_err(|refused| StatementRefused::Words { field, refused });
        self.text(field)?.map(read).transpose()
    }

    pub(super) fn name(&self, field: &'static str) -> Result<Option<Name>, StatementRefused> {
        let read = |text| Name::new(text).map_err(|refused| StatementRefused::Words { field, refused });
        self.text(field)?.map(read).transpose()
    }

    pub(super) fn label(&self, field: &'static str) -> Result<Option<Label>, StatementRefused> {
        let read = |text| Label::new(text).map_err(|refused| StatementRefused::Words { field, refused });
        self.text(field)?.map(read).transpose()
    }

    pub(super) fn note(&self, field: &'static str) -> Result<Option<Note>, StatementRefused> {
        let read = |text| Note::new(text).map_err(|refused| StatementRefused::Words { field, refused });
        self.text(field)?.map(read).transpose()
    }

    pub(super) fn id<T>(
        &self,
        field: &'static str,
        from_slice: fn(&[u8]) -> Result<T, IdRefused>,
    ) -> Result<Option<T>, StatementRefused> {
        let read = |bytes| from_slice(bytes).map_err(|refused| StatementRefused::Id { field, refused });
        self.bytes(field)?.map(read).transpose()
    }

    pub(super) fn reference(
        &self,
        field: &'static str,
    ) -> Result<Option<crate::ids::StatementRef>, StatementRefused> {
        let read = |key: &str| key.parse().map_err(|refused| StatementRefused::Id { field, refused });
        self.text(field)?.map(read).transpose()
    }
}

/// What a kind must have.
pub(super) fn needed<T>(field: &'static str, value: Option<T>) -> Result<T, StatementRefused> {
    value.ok_or(StatementRefused::Missing { field })
}
