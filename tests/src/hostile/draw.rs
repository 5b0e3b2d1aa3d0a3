//! Reads an input as a plan: small numbers and pieces of bytes from its front. An input that ends gives zeros, so that a
//! shorter input is a simpler plan.
//!
//! Forty lines of our own and not `arbitrary`: a kept input must mean tomorrow what it means today, whatever a dependency
//! does to its reading.

/// What is left of an input.
#[derive(Debug, Clone)]
pub(super) struct Draw<'a>(&'a [u8]);

impl<'a> Draw<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self(input)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn byte(&mut self) -> u8 {
        self.array::<1>()[0]
    }

    pub(super) fn flag(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    /// A number below `end`, which is at most 256.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::from(self.byte()) % end
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    pub(super) fn number(&mut self) -> u64 {
        u64::from_be_bytes(self.array())
    }

    pub(super) fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        let taken = self.raw(N);
        bytes[..taken.len()].copy_from_slice(taken);
        bytes
    }

    /// A piece with its length in two bytes before it, as far as it is there.
    pub(super) fn piece(&mut self) -> &'a [u8] {
        let length = u16::from_be_bytes(self.array());
        self.raw(length.into())
    }

    fn raw(&mut self, most: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(most.min(self.0.len()));
        self.0 = rest;
        taken
    }

    pub(super) fn rest(self) -> &'a [u8] {
        self.0
    }
}

/// Writes what [`Draw`] reads, for seeds.
#[derive(Debug, Default)]
pub(super) struct Plan(Vec<u8>);

impl Plan {
    /// A plan that begins with these bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    pub(super) fn piece(mut self, bytes: &[u8]) -> Self {
        let length = u16::try_from(bytes.len()).expect("seeds are short");
        self.0.extend_from_slice(&length.to_be_bytes());
        self.raw(bytes)
    }

    pub(super) fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Cuts bytes where the plan says, and feeds the pieces; every byte arrives.
pub(super) fn cut(bytes: &[u8], cuts: [u8; 4]) -> Vec<&[u8]> {
    let mut rest = bytes;
    let mut pieces = Vec::new();
    for (index, length) in cuts.iter().cycle().enumerate() {
        // Longer ones come later, so that a long input does not take a thousand steps.
        let length = (usize::from(*length) << (index / 16).min(8)).max(1);
        let (piece, left) = rest.split_at(length.min(rest.len()));
        pieces.push(piece);
        rest = left;
        if rest.is_empty() {
            break;
        }
    }
    pieces
}
