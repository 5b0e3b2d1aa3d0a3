//! Writing and reading the fields of our own formats: fixed order, big-endian, lengths before contents.
//!
//! [`Writer`] cannot fail. [`Reader`] refuses to read past the end and to leave bytes unread, so that every format has
//! exactly one encoding. Neither knows what the fields mean.

/// Why bytes were not what their format says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The bytes end inside a field.
    #[error("the bytes end inside a field")]
    TooShort,
    /// Bytes are left after the last field.
    #[error("bytes are left after the last field")]
    TooLong,
    /// The bytes are something else: their tag is not this form's.
    #[error("the tag is another")]
    Tag,
    /// This form in a version of a newer program. Whoever is renewed reads it.
    #[error("a version of a newer program")]
    Newer,
    /// A value outside what the field may hold.
    #[error("a field holds a value it may not")]
    Value,
    /// More of something than [`crate::limits`] allows.
    #[error("a limit is exceeded")]
    Limit,
}

/// The version of every form on the wire. All of them change together, so that a program is of one version.
pub const VERSION: u8 = 1;

/// The first bytes of a hash, where a whole one is not needed.
pub(crate) fn first_bytes<const N: usize>(hash: [u8; 32]) -> [u8; N] {
    const { assert!(N <= 32, "a hash has 32 bytes") };
    let mut first = [0; N];
    first.iter_mut().zip(hash).for_each(|(first, byte)| *first = byte);
    first
}

/// Collects fields.
#[derive(Debug, Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// An empty writer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What `write` writes, and bytes behind it: a form with its signature, or with what is signed and not sent.
    pub fn form(write: impl FnOnce(&mut Self), behind: &[u8]) -> Vec<u8> {
        let mut writer = Self::new();
        write(&mut writer);
        writer.raw(behind);
        writer.finish()
    }

    /// Raw bytes whose length the reader knows.
    pub fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// One byte.
    pub fn u8(&mut self, value: u8) -> &mut Self {
        self.raw(&[value])
    }

    /// Two bytes, big-endian.
    pub fn u16(&mut self, value: u16) -> &mut Self {
        self.raw(&value.to_be_bytes())
    }

    /// Eight bytes, big-endian.
    pub fn u64(&mut self, value: u64) -> &mut Self {
        self.raw(&value.to_be_bytes())
    }

    /// A count as two bytes. Callers hold a limit below 65,536; more is a defect.
    pub fn count(&mut self, count: usize) -> &mut Self {
        let count = u16::try_from(count);
        assert!(count.is_ok(), "counts are bounded by limits below 65,536");
        self.u16(count.unwrap_or_default())
    }

    /// Bytes with their length in two bytes before them.
    pub fn sized(&mut self, bytes: &[u8]) -> &mut Self {
        self.count(bytes.len()).raw(bytes)
    }

    /// The tag of a form, and the version.
    pub fn tag(&mut self, tag: &[u8; 3]) -> &mut Self {
        self.raw(tag).u8(VERSION)
    }

    /// What was collected.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Takes fields from the front.
#[derive(Debug)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Reads from the first byte of `bytes`.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next `length` bytes.
    pub fn raw(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Malformed::TooShort)?;
        self.0 = rest;
        Ok(taken)
    }

    /// The next `N` bytes as an array.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (taken, rest) = self.0.split_first_chunk::<N>().ok_or(Malformed::TooShort)?;
        self.0 = rest;
        Ok(*taken)
    }

    /// The version, in a byte of its own.
    pub fn version(&mut self) -> Result<(), Malformed> {
        if self.u8()? == VERSION { Ok(()) } else { Err(Malformed::Newer) }
    }

    /// The tag of a form, and the version.
    pub fn tag(&mut self, tag: &[u8; 3]) -> Result<(), Malformed> {
        if self.array()? == *tag { self.version() } else { Err(Malformed::Tag) }
    }

    /// One byte.
    pub fn u8(&mut self) -> Result<u8, Malformed> {
        Ok(u8::from_be_bytes(self.array()?))
    }

    /// Two bytes, big-endian.
    pub fn u16(&mut self) -> Result<u16, Malformed> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    /// Eight bytes, big-endian.
    pub fn u64(&mut self) -> Result<u64, Malformed> {
        Ok(u64::from_be_bytes(self.array()?))
    }

    /// A count of at most `max`.
    pub fn count(&mut self, max: usize) -> Result<usize, Malformed> {
        let count = usize::from(self.u16()?);
        if count <= max { Ok(count) } else { Err(Malformed::Limit) }
    }

    /// Bytes with their length in two bytes before them, at most `max`.
    pub fn sized(&mut self, max: usize) -> Result<&'a [u8], Malformed> {
        let length = self.count(max)?;
        self.raw(length)
    }

    /// All that is left.
    #[must_use]
    pub fn rest(self) -> &'a [u8] {
        self.0
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Refuses bytes after the last field.
    pub fn finish(self) -> Result<(), Malformed> {
        if self.0.is_empty() { Ok(()) } else { Err(Malformed::TooLong) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_in_the_same_order() {
        let mut writer = Writer::new();
        writer.u8(7).u16(300).u64(1 << 40).sized(b"ab").raw(b"c");
        let bytes = writer.finish();
        let mut reader = Reader::new(&bytes);
        assert_eq!(reader.u8(), Ok(7));
        assert_eq!(reader.u16(), Ok(300));
        assert_eq!(reader.u64(), Ok(1 << 40));
        assert_eq!(reader.sized(2), Ok(&b"ab"[..]));
        assert_eq!(reader.raw(1), Ok(&b"c"[..]));
        assert_eq!(reader.finish(), Ok(()));
    }

    #[test]
    fn what_is_newer_is_told_from_what_is_something_else() {
        let mut writer = Writer::new();
        writer.tag(b"JQX");
        let bytes = writer.finish();
        assert_eq!(Reader::new(&bytes).tag(b"JQX"), Ok(()));
        assert_eq!(Reader::new(&bytes).tag(b"JQY"), Err(Malformed::Tag));
        assert_eq!(Reader::new(b"JQX\x02").tag(b"JQX"), Err(Malformed::Newer));
        assert_eq!(Reader::new(b"JQX").tag(b"JQX"), Err(Malformed::TooShort));
    }

    #[test]
    fn a_reader_refuses_too_few_too_many_and_too_large() {
        assert_eq!(Reader::new(&[1]).u16(), Err(Malformed::TooShort));
        assert_eq!(Reader::new(&[1]).finish(), Err(Malformed::TooLong));
        assert_eq!(Reader::new(&[0, 3, 1, 2, 3]).sized(2), Err(Malformed::Limit));
    }
}
