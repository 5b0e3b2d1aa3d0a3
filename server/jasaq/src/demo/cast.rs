//! Who takes part. The people and their names are invented.

use jasaq_fieldbook::model::roles::Role;

/// One of the eight devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The territorial subdivision's console.
    Ts,
    /// The structural subdivision's console.
    Ss,
    /// The akimat's console.
    Akimat,
    /// The coordination council's.
    Council,
    /// The squad head's phone.
    Head,
    /// A volunteer's phone, whose clock stands at a day years ago since its battery was flat.
    Aidos,
    /// A volunteer's phone that never gets to the network before the others: its entries go by satchel.
    Gulnar,
    /// A volunteer's phone that takes Gulnar's satchel along.
    Bauyrzhan,
}

impl Part {
    /// Everybody, in the order in which they make their contacts: who carries the satchel before whose it is.
    pub(super) const ALL: [Self; 8] = [
        Self::Head,
        Self::Bauyrzhan,
        Self::Aidos,
        Self::Gulnar,
        Self::Ss,
        Self::Ts,
        Self::Akimat,
        Self::Council,
    ];

    /// The four phones.
    pub(super) const PHONES: [Self; 4] = [Self::Head, Self::Aidos, Self::Gulnar, Self::Bauyrzhan];

    /// Who reads the squad's patrols.
    pub(super) const MEMBERS: [Self; 5] = [Self::Ss, Self::Head, Self::Aidos, Self::Gulnar, Self::Bauyrzhan];

    /// Its home folder in the demo's.
    pub(super) const fn folder(self) -> &'static str {
        match self {
            Self::Ts => "ts",
            Self::Ss => "ss",
            Self::Akimat => "akimat",
            Self::Council => "council",
            Self::Head => "head",
            Self::Aidos => "vol-1",
            Self::Gulnar => "vol-2",
            Self::Bauyrzhan => "vol-3",
        }
    }

    /// What the owner is.
    pub(super) const fn role(self) -> Role {
        match self {
            Self::Ts => Role::TerritorialSubdivision,
            Self::Ss => Role::StructuralSubdivision,
            Self::Akimat => Role::LocalExecutiveBody,
            Self::Council => Role::CoordinationCouncil,
            Self::Head => Role::SquadHead,
            Self::Aidos | Self::Gulnar | Self::Bauyrzhan => Role::Volunteer,
        }
    }

    /// The name on the card, and the certificate's number; consoles have none.
    pub(super) const fn card(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Ts | Self::Ss | Self::Akimat | Self::Council => None,
            Self::Head => Some(("Ерлан Сейітқали", "0117")),
            Self::Aidos => Some(("Айдос Нұрғали", "0121")),
            Self::Gulnar => Some(("Гүлнәр Оспанова", "0124")),
            Self::Bauyrzhan => Some(("Бауыржан Төлеген", "0130")),
        }
    }
}
