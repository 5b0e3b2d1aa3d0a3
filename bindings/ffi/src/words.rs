//! The closed lists of the law and of the product. They cross as they are, in both directions, so they are neither `New…` nor
//! `…View`; that nothing is missing here and nothing is too much is checked against the model when this compiles.

use jasaq_fieldbook::model::entry::{
    Activity, BorderServiceKind, InspectionKind, ProtectedObject, ReceiverKind,
};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::source::Source;
use jasaq_fieldbook::model::words::Language;
use jasaq_fieldbook::{Custody, UnsettledReason};

/// A language people here read.
#[uniffi::remote(Enum)]
pub enum Language {
    /// Kazakh.
    Kk,
    /// Russian.
    Ru,
    /// English.
    En,
}

/// What a device is, by the law.
#[uniffi::remote(Enum)]
pub enum Role {
    /// TS: a territorial subdivision of the Border Service.
    TerritorialSubdivision,
    /// SS: a structural subdivision of the Border Service.
    StructuralSubdivision,
    /// LEB: the local executive body, an akimat.
    LocalExecutiveBody,
    /// CC: the coordination council on border issues at an akimat.
    CoordinationCouncil,
    /// HEAD: the head of a volunteer squad.
    SquadHead,
    /// VOL: a volunteer, a squad's member.
    Volunteer,
    /// NSE: a non-staff employee of the Border Service.
    NonStaffEmployee,
}

/// How an activity is carried out.
#[uniffi::remote(Enum)]
pub enum ActivityMode {
    /// On their own.
    Independent,
    /// With representatives of the structural subdivision.
    Joint,
    /// Partly so, partly so.
    Both,
}

/// A part of the border space.
#[uniffi::remote(Enum)]
pub enum AreaComponent {
    /// The State Border itself.
    StateBorder,
    /// The adjoining territory up to the outer limits of the border zone.
    BorderZone,
    /// Internal waters.
    InternalWaters,
    /// Territorial waters.
    TerritorialWaters,
    /// The territory of a crossing point.
    CrossingPoint,
    /// Another place where crossing takes place.
    OtherCrossingPlace,
    /// The fishing zone.
    FishingZone,
    /// The continental shelf.
    ContinentalShelf,
    /// The airspace above them.
    Airspace,
}

/// How a statement came into the device.
#[uniffi::remote(Enum)]
pub enum Source {
    /// Tapped in on the phone, there and then.
    Phone,
    /// Copied from paper.
    Paper,
    /// Taken down from a radio or telephone call.
    Radio,
    /// Imported from a file of another device.
    File,
}

/// How far a statement has come, by what others signed.
#[uniffi::remote(Enum)]
pub enum Custody {
    /// Recorded, safe from a flat battery, nowhere else that is known.
    OnThisPhone,
    /// The relay signed that it stored it.
    AtRelay,
    /// The squad head's device signed that it holds it.
    WithHead,
    /// A device of the structural subdivision signed that it holds it.
    WithSs,
}

/// Why a statement that is here does not count.
#[uniffi::remote(Enum)]
pub enum UnsettledReason {
    /// What would explain its author has not come.
    Waiting,
    /// Beyond a cut.
    Held,
    /// Its author's role may not make it there.
    NotCounted,
    /// It was written by a newer program, or breaks a rule of the model.
    NotReadable,
}

/// An activity of 001-§10, with what each type must or may carry.
#[uniffi::remote(Enum)]
pub enum Activity {
    /// 001-§10(1): covering a crossing place, service, rounds.
    BorderService {
        /// Which of its parts.
        kind: BorderServiceKind,
        /// Independently, jointly, or both.
        mode: ActivityMode,
    },
    /// 001-§10(2): inspecting, talking with residents, checking documents.
    Inspection {
        /// Which of its parts.
        kind: InspectionKind,
        /// Independently, jointly, or both.
        mode: ActivityMode,
    },
    /// 001-§10(3): preventing and stopping offences.
    Prevention {
        /// What the offence was against, where it is one of the seven.
        protected_object: Option<ProtectedObject>,
    },
    /// 001-§10(4): physical force and other means, the last resort.
    Force,
    /// 001-§10(5): detaining and delivering.
    DetainDeliver {
        /// Who received the person, once somebody has.
        receiver_kind: Option<ReceiverKind>,
    },
}

/// What 001-§10(1) consists of.
#[uniffi::remote(Enum)]
pub enum BorderServiceKind {
    /// Covering a crossing place.
    CoverCrossingPlace,
    /// Taking part in service.
    Service,
    /// Making rounds of the border space.
    Round,
    /// Searching.
    Search,
    /// Tracking, pursuing.
    Tracking,
    /// Detaining.
    Detention,
}

/// What 001-§10(2) consists of.
#[uniffi::remote(Enum)]
pub enum InspectionKind {
    /// A likely route of violators.
    Route,
    /// A hiding place.
    HidingPlace,
    /// A vehicle.
    Vehicle,
    /// A place in the border space.
    Place,
    /// A talk with residents.
    TalkWithResidents,
    /// A check of documents: its outcome, never a copy.
    DocumentCheck,
}

/// The seven things that 001-§9 protects.
#[uniffi::remote(Enum)]
pub enum ProtectedObject {
    /// The State Border.
    StateBorder,
    /// The State Border regime.
    StateBorderRegime,
    /// The regime at crossing points.
    CrossingPointRegime,
    /// The border regime.
    BorderRegime,
    /// The regime of internal and territorial waters.
    WatersRegime,
    /// The regime of the fishing zone.
    FishingZoneRegime,
    /// The regime of the continental shelf.
    ContinentalShelfRegime,
}

/// Who receives a person delivered under 001-§10(5).
#[uniffi::remote(Enum)]
pub enum ReceiverKind {
    /// A structural subdivision of the Border Service.
    BorderUnit,
    /// A law-enforcement body.
    LawEnforcementBody,
    /// Another authorised body.
    OtherAuthorisedBody,
}
