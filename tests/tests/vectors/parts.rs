//! What stands where in a vector: its fields in order, each with its length and a few words, for the lines that people read.

/// A field: how many bytes, and what it is.
pub type Part = (usize, String);

/// Takes fields from the front of some bytes.
struct Fields<'a> {
    rest: &'a [u8],
    parts: Vec<Part>,
}

impl<'a> Fields<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, parts: Vec::new() }
    }

    fn take(&mut self, length: usize, what: impl Into<String>) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.parts.push((length, what.into()));
        taken
    }

    fn number(&mut self, length: usize, what: &str) -> usize {
        let bytes = &self.rest[..length];
        let number = bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
        self.take(length, format!("{what} {number}"));
        number
    }

    fn tag(&mut self) {
        self.take(3, "tag");
        self.number(1, "version");
    }

    fn place(&mut self) {
        self.take(16, "space");
        self.take(16, "journal");
        self.number(8, "sequence");
    }

    fn frontier(&mut self) {
        for _ in 0..self.number(2, "journals:") {
            self.take(16, "journal");
            self.number(8, "sequence");
            self.take(8, "head hash");
        }
    }

    fn envelope(&mut self) {
        let flags = self.rest[0];
        let named = [(1, "sealed"), (2, "link"), (4, "erased")].into_iter();
        let named = named.filter(|(bit, _)| flags & bit != 0);
        let named: Vec<_> = named.map(|(_, name)| name).collect();
        let named = if named.is_empty() { "none".to_owned() } else { named.join(", ") };
        self.take(1, format!("version {}, flags: {named}", flags >> 4));
        self.take(64, "signature");
        if flags & 2 != 0 {
            self.take(32, "link");
        }
        if flags & 1 != 0 {
            self.take(8, "epoch");
            self.take(32, "encapsulation");
        }
        if flags & 4 != 0 {
            self.take(32, "first form");
        }
        let count = self.number(1, "sections:");
        let erased = if flags & 4 == 0 { 0 } else { self.number(2, "erased, by bits:") };
        for index in 0..count {
            let kind = match self.rest[0] {
                1 => "operation",
                2 => "ack",
                0x81 => "change",
                _ => "unknown",
            };
            self.take(1, format!("section: {kind}"));
            let length = self.number(2, "its length");
            match kind {
                _ if erased >> index & 1 == 1 => self.take(32, "erased: its hash"),
                "change" => self.take(length, "ciphertext, tag 16"),
                _ => self.take(length, "its content"),
            };
        }
    }

    fn head(&mut self) {
        self.tag();
        self.take(32, "device");
        self.number(8, "counter");
        for _ in 0..self.number(2, "spaces:") {
            self.take(16, "space");
            self.number(8, "number");
            self.take(8, "running hash, first 8 bytes");
        }
        self.take(64, "signature");
    }

    fn receipt(&mut self) {
        self.tag();
        self.take(32, "device");
        self.number(8, "counter");
        self.frontier();
        self.take(64, "signature");
    }

    fn frames(&mut self) {
        while let [kind, ..] = *self.rest {
            let names = ["head", "run", "envelope", "space", "receipt", "refused", "rewound", "end", "room"];
            let name = names.get(usize::from(kind).wrapping_sub(1)).unwrap_or(&"of a newer program");
            self.take(1, format!("frame: {name}"));
            let length = self.number(2, "its length");
            let behind = self.rest.len() - length;
            match kind {
                1 => self.head(),
                2 => self.place(),
                3 if length > 0 => self.envelope(),
                4 => {
                    self.take(16, "space");
                    self.number(8, "after number");
                }
                5 => self.receipt(),
                6 => {
                    self.place();
                    self.number(1, "reason");
                }
                7 => {
                    self.take(16, "space");
                    self.frontier();
                }
                8 => drop(self.number(1, "more:")),
                9 => drop(self.number(8, "bytes:")),
                _ => drop(self.take(length, "its payload")),
            }
            assert_eq!(self.rest.len(), behind, "the frame's fields fill it");
        }
    }

    fn name(&mut self) {
        self.take(32, "root");
        self.number(8, "length");
    }

    fn held(&mut self) {
        for _ in 0..self.number(2, "spaces:") {
            self.take(16, "space");
            for _ in 0..self.number(2, "journals:") {
                self.take(16, "journal");
                for _ in 0..self.number(1, "tips:") {
                    self.number(8, "sequence");
                    self.take(8, "head hash");
                }
            }
        }
    }

    fn cbor(&mut self) {
        let kind = self.rest[0] >> 5;
        let length = match self.rest[0] & 31 {
            24 => 2,
            25 => 3,
            26 => 5,
            27 => 9,
            _ => 1,
        };
        let own = u64::from(self.rest[0] & 31);
        let argument = self.rest[1..length]
            .iter()
            .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        let argument = if length == 1 { own } else { argument };
        match kind {
            0 => drop(self.take(length, format!("{argument}"))),
            2 => drop(
                self.take(length + usize::try_from(argument).unwrap(), format!("byte string of {argument}")),
            ),
            3 => drop(self.take(length + usize::try_from(argument).unwrap(), format!("text of {argument}"))),
            4 => {
                self.take(length, format!("array of {argument}"));
                (0..argument).for_each(|_| self.cbor());
            }
            _ => drop(self.take(length, if own == 22 { "null" } else { "a boolean" })),
        }
    }
}

fn all<'a>(bytes: &'a [u8], read: impl FnOnce(&mut Fields<'a>)) -> Vec<Part> {
    let mut fields = Fields::of(bytes);
    read(&mut fields);
    assert!(fields.rest.is_empty(), "every byte has its field");
    fields.parts
}

/// A wire form.
pub fn of_envelope(bytes: &[u8]) -> Vec<Part> {
    all(bytes, Fields::envelope)
}

/// A head.
pub fn of_head(bytes: &[u8]) -> Vec<Part> {
    all(bytes, Fields::head)
}

/// A receipt.
pub fn of_receipt(bytes: &[u8]) -> Vec<Part> {
    all(bytes, Fields::receipt)
}

/// Frames, one after another.
pub fn of_frames(bytes: &[u8]) -> Vec<Part> {
    all(bytes, Fields::frames)
}

/// An operation.
pub fn of_operation(bytes: &[u8]) -> Vec<Part> {
    all(bytes, Fields::cbor)
}

/// An ack.
pub fn of_ack(bytes: &[u8]) -> Vec<Part> {
    all(bytes, |fields| {
        fields.number(1, "version");
        fields.take(16, "frontier digest");
        fields.take(16, "documents digest");
        fields.frontier();
    })
}

/// A satchel.
pub fn of_satchel(bytes: &[u8]) -> Vec<Part> {
    all(bytes, |fields| {
        fields.tag();
        fields.take(16, "territory's roll");
        fields.frames();
    })
}

/// The body of an invite's code, without its checksum.
pub fn of_code(bytes: &[u8]) -> Vec<Part> {
    all(bytes, |fields| {
        fields.number(1, "version");
        fields.take(32, "root");
        fields.take(16, "roll");
        fields.take(32, "inviter");
        fields.take(32, "invite secret");
        fields.number(1, "role");
        if !fields.rest.is_empty() {
            fields.take(32, "relay");
            let length = fields.number(2, "length of the address");
            fields.take(length, "address");
        }
    })
}

/// The body of a meeting's code, without its checksum.
pub fn of_meeting_code(bytes: &[u8]) -> Vec<Part> {
    all(bytes, |fields| {
        fields.number(1, "version");
        fields.take(16, "secret");
        fields.take(8, "mark of the listener");
        fields.number(2, "port");
        for _ in 0..fields.number(1, "addresses:") {
            let version = fields.number(1, "IP version");
            fields.take(if version == 4 { 4 } else { 16 }, "address");
        }
    })
}

/// A frame of a meeting.
pub fn of_meeting_frame(bytes: &[u8]) -> Vec<Part> {
    all(bytes, |fields| {
        let kind = fields.number(1, "kind");
        fields.number(2, "its length");
        match kind {
            33 => {
                fields.take(32, "device");
                fields.take(16, "territory's roll");
                fields.take(64, "signature");
            }
            34 => {
                fields.number(1, "knows");
                fields.take(16, "digest");
            }
            35 => {
                fields.take(32, "from");
                for _ in 0..fields.number(1, "parts:") {
                    fields.take(32, "until");
                    fields.take(8, "digest");
                }
            }
            36 => {
                fields.take(32, "from");
                fields.take(32, "until");
                fields.held();
            }
            37 => fields.held(),
            39 => drop(fields.number(1, "more")),
            40 => drop(fields.number(1, "reason")),
            16 => {
                fields.name();
                fields.number(8, "from step");
                fields.take(fields.rest.len(), "proof and steps");
            }
            41..=43 => {
                for _ in 0..fields.number(1, "names:") {
                    fields.name();
                    if kind != 41 {
                        fields.number(8, if kind == 42 { "from step" } else { "until step" });
                    }
                }
            }
            _ => {}
        }
    })
}

/// A sheet, without its checksum.
pub fn of_sheet(bytes: &[u8]) -> Vec<Part> {
    all(bytes, |fields| {
        fields.number(1, "version");
        fields.number(1, "purpose");
        fields.number(1, "number");
        fields.take(3, "set");
        fields.number(2, "day");
        fields.take(4, "beginning of the root's key");
        fields.take(4, "beginning of this key");
        fields.take(32, "share");
    })
}
