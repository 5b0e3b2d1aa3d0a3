//! The activities of 001-§10: five types, two of which have sub-kinds and a mode (R09).
//!
//! Promises that an [`Activity`] carries what its type must have and nothing that it cannot have.
//! Refuses every other combination of codes.

use crate::codes::coded;
use crate::patrol::ActivityMode;

coded! {
    /// The five activity types of 001-§10 (list E2).
    pub enum ActivityType {
        /// 001-§10(1): covering a crossing place, service, rounds.
        BorderService = "border_service",
        /// 001-§10(2): inspecting, talking with residents, checking documents.
        Inspection = "inspection",
        /// 001-§10(3): preventing and stopping offences.
        Prevention = "prevention",
        /// 001-§10(4): physical force and other means, the last resort.
        Force = "force",
        /// 001-§10(5): detaining and delivering.
        DetainDeliver = "detain_deliver",
    }
}

coded! {
    /// What 001-§10(1) consists of.
    pub enum BorderServiceKind {
        /// Covering a crossing place.
        CoverCrossingPlace = "cover_crossing_place",
        /// Taking part in service.
        Service = "service",
        /// Making rounds of the border space.
        Round = "round",
        /// Searching.
        Search = "search",
        /// Tracking, pursuing.
        Tracking = "tracking",
        /// Detaining.
        Detention = "detention",
    }
}

coded! {
    /// What 001-§10(2) consists of.
    pub enum InspectionKind {
        /// A likely route of violators.
        Route = "route",
        /// A hiding place.
        HidingPlace = "hiding_place",
        /// A vehicle.
        Vehicle = "vehicle",
        /// A place in the border space.
        Place = "place",
        /// A talk with residents.
        TalkWithResidents = "talk_with_residents",
        /// A check of documents: its outcome, never a copy.
        DocumentCheck = "document_check",
    }
}

coded! {
    /// The seven things that 001-§9 protects (list E3).
    pub enum ProtectedObject {
        /// The State Border.
        StateBorder = "state_border",
        /// The State Border regime.
        StateBorderRegime = "state_border_regime",
        /// The regime at crossing points.
        CrossingPointRegime = "crossing_point_regime",
        /// The border regime.
        BorderRegime = "border_regime",
        /// The regime of internal and territorial waters.
        WatersRegime = "waters_regime",
        /// The regime of the fishing zone.
        FishingZoneRegime = "fishing_zone_regime",
        /// The regime of the continental shelf.
        ContinentalShelfRegime = "continental_shelf_regime",
    }
}

coded! {
    /// Who receives a person delivered under 001-§10(5) (list E10).
    pub enum ReceiverKind {
        /// A structural subdivision of the Border Service.
        BorderUnit = "border_unit",
        /// A law-enforcement body.
        LawEnforcementBody = "law_enforcement_body",
        /// Another authorised body.
        OtherAuthorisedBody = "other_authorised_body",
    }
}

/// An activity of 001-§10, with what each type must or may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Activity {
    /// 001-§10(1).
    BorderService {
        /// Which of its parts.
        kind: BorderServiceKind,
        /// Independently, jointly, or both.
        mode: ActivityMode,
    },
    /// 001-§10(2).
    Inspection {
        /// Which of its parts.
        kind: InspectionKind,
        /// Independently, jointly, or both.
        mode: ActivityMode,
    },
    /// 001-§10(3): always independent, so it has no mode.
    Prevention {
        /// What the offence was against, where it is one of the seven.
        protected_object: Option<ProtectedObject>,
    },
    /// 001-§10(4). How and why stands in the protected space.
    Force,
    /// 001-§10(5). Whom stands in the protected space.
    DetainDeliver {
        /// Who received the person, once somebody has.
        receiver_kind: Option<ReceiverKind>,
    },
}

/// Why an activity was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ActivityRefused {
    /// Not one of the five types.
    #[error("an activity is one of the five types of 001-§10")]
    NoSuchType,
    /// A type of 001-§10(1) or (2) without its sub-kind, or with one of another type.
    #[error("this activity type needs one of its own sub-kinds")]
    NoSuchSubkind,
    /// A type of 001-§10(1) or (2) without a mode.
    #[error("this activity type is done independently, jointly or both")]
    NoSuchMode,
    /// Not one of the seven protected objects.
    #[error("a protected object is one of the seven of 001-§9")]
    NoSuchProtectedObject,
    /// Not one of the three receivers.
    #[error("a receiver is one of the three of 001-§10(5)")]
    NoSuchReceiver,
    /// Something that this activity type does not have.
    #[error("{field} does not belong to this activity type")]
    NotOfThisType {
        /// The code of what was given.
        field: &'static str,
    },
}

/// An activity as a form, a command line or a statement has it: in codes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ActivityCodes<'a> {
    /// One of [`ActivityType`].
    pub activity_type: &'a str,
    /// One of [`BorderServiceKind`] or [`InspectionKind`]. If left unset, the type must not need one.
    pub subkind: Option<&'a str>,
    /// One of [`ActivityMode`]. If left unset, the type must not need one.
    pub mode: Option<&'a str>,
    /// One of [`ProtectedObject`]. If left unset, none.
    pub protected_object: Option<&'a str>,
    /// One of [`ReceiverKind`]. If left unset, not known yet.
    pub receiver_kind: Option<&'a str>,
}

impl ActivityCodes<'_> {
    /// Checks what a person gave: whatever does not belong to the type is refused, so that nothing is lost
    /// unseen.
    pub fn check(self) -> Result<Activity, ActivityRefused> {
        let activity = self.read()?;
        let own = activity.codes();
        let surplus = [
            ("subkind", self.subkind.is_some() && own.subkind.is_none()),
            ("mode", self.mode.is_some() && own.mode.is_none()),
            ("protected_object", self.protected_object.is_some() && own.protected_object.is_none()),
            ("receiver_kind", self.receiver_kind.is_some() && own.receiver_kind.is_none()),
        ];
        match surplus.into_iter().find(|(_, is_surplus)| *is_surplus) {
            Some((field, _)) => Err(ActivityRefused::NotOfThisType { field }),
            None => Ok(activity),
        }
    }

    /// Reads what a statement says: what a newer version added is passed over.
    pub(crate) fn read(self) -> Result<Activity, ActivityRefused> {
        let activity_type = ActivityType::from_code(self.activity_type).ok_or(ActivityRefused::NoSuchType)?;
        let mode = self.mode.and_then(ActivityMode::from_code).ok_or(ActivityRefused::NoSuchMode);
        Ok(match activity_type {
            ActivityType::BorderService => Activity::BorderService {
                kind: self
                    .subkind
                    .and_then(BorderServiceKind::from_code)
                    .ok_or(ActivityRefused::NoSuchSubkind)?,
                mode: mode?,
            },
            ActivityType::Inspection => Activity::Inspection {
                kind: self
                    .subkind
                    .and_then(InspectionKind::from_code)
                    .ok_or(ActivityRefused::NoSuchSubkind)?,
                mode: mode?,
            },
            ActivityType::Prevention => Activity::Prevention {
                protected_object: self
                    .protected_object
                    .map(|code| {
                        ProtectedObject::from_code(code).ok_or(ActivityRefused::NoSuchProtectedObject)
                    })
                    .transpose()?,
            },
            ActivityType::Force => Activity::Force,
            ActivityType::DetainDeliver => Activity::DetainDeliver {
                receiver_kind: self
                    .receiver_kind
                    .map(|code| ReceiverKind::from_code(code).ok_or(ActivityRefused::NoSuchReceiver))
                    .transpose()?,
            },
        })
    }
}

impl Activity {
    /// Which of the five types it is.
    #[must_use]
    pub const fn activity_type(self) -> ActivityType {
        match self {
            Self::BorderService { .. } => ActivityType::BorderService,
            Self::Inspection { .. } => ActivityType::Inspection,
            Self::Prevention { .. } => ActivityType::Prevention,
            Self::Force => ActivityType::Force,
            Self::DetainDeliver { .. } => ActivityType::DetainDeliver,
        }
    }

    /// The same in codes.
    #[must_use]
    pub fn codes(self) -> ActivityCodes<'static> {
        let bare = ActivityCodes { activity_type: self.activity_type().code(), ..ActivityCodes::default() };
        match self {
            Self::BorderService { kind, mode } => {
                ActivityCodes { subkind: Some(kind.code()), mode: Some(mode.code()), ..bare }
            }
            Self::Inspection { kind, mode } => {
                ActivityCodes { subkind: Some(kind.code()), mode: Some(mode.code()), ..bare }
            }
            Self::Prevention { protected_object } => {
                ActivityCodes { protected_object: protected_object.map(ProtectedObject::code), ..bare }
            }
            Self::Force => bare,
            Self::DetainDeliver { receiver_kind } => {
                ActivityCodes { receiver_kind: receiver_kind.map(ReceiverKind::code), ..bare }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(activity_type: &str) -> ActivityCodes<'_> {
        ActivityCodes { activity_type, ..ActivityCodes::default() }
    }

    #[test]
    fn an_activity_is_one_of_five_types() {
        assert_eq!(ActivityType::ALL.len(), 5);
        assert_eq!(codes("weather").check(), Err(ActivityRefused::NoSuchType));
        assert_eq!(codes("force").check(), Ok(Activity::Force));
    }

    #[test]
    fn service_and_inspection_need_their_own_subkind_and_a_mode() {
        let joint = ActivityCodes { mode: Some("joint"), ..codes("inspection") };
        assert_eq!(joint.check(), Err(ActivityRefused::NoSuchSubkind));
        assert_eq!(
            ActivityCodes { subkind: Some("round"), ..joint }.check(),
            Err(ActivityRefused::NoSuchSubkind)
        );
        let route = ActivityCodes { subkind: Some("route"), ..joint };
        assert_eq!(
            route.check(),
            Ok(Activity::Inspection { kind: InspectionKind::Route, mode: ActivityMode::Joint })
        );
        assert_eq!(ActivityCodes { mode: None, ..route }.check(), Err(ActivityRefused::NoSuchMode));
    }

    #[test]
    fn what_a_type_does_not_have_is_refused_from_a_person() {
        let given = ActivityCodes { mode: Some("joint"), ..codes("force") };
        assert_eq!(given.check(), Err(ActivityRefused::NotOfThisType { field: "mode" }));
        assert_eq!(given.read(), Ok(Activity::Force), "a newer version's statement stays readable");
    }

    #[test]
    fn a_wrong_protected_object_or_receiver_is_refused() {
        let given = ActivityCodes { protected_object: Some("railway"), ..codes("prevention") };
        assert_eq!(given.check(), Err(ActivityRefused::NoSuchProtectedObject));
        let given = ActivityCodes { receiver_kind: Some("militia"), ..codes("detain_deliver") };
        assert_eq!(given.check(), Err(ActivityRefused::NoSuchReceiver));
    }
}
