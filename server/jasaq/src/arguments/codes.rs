//! Arguments that are values of the model: closed lists by their codes, numbers, roles.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use jasaq_fieldbook::model::entry::{
    ActivityType, BorderServiceKind, InspectionKind, ProtectedObject, ReceiverKind,
};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, Transport};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::source::Source;
use jasaq_fieldbook::model::words::Language;

/// A value of a closed list, by its code.
fn one_of<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    code: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let codes = all.iter().map(move |value| code(*value));
    PossibleValuesParser::new(codes).try_map(move |given| {
        let value = all.iter().copied().find(|value| code(*value) == given);
        value.ok_or("not in the list")
    })
}

/// A number as people here write it, with a decimal comma, or as programs do, with a point.
pub(crate) fn number(given: &str) -> Result<f64, std::num::ParseFloatError> {
    match given.split_once(',') {
        Some((whole, part)) if part.bytes().all(|digit| digit.is_ascii_digit()) => {
            format!("{whole}.{part}").parse()
        }
        _ => given.parse(),
    }
}

/// A language.
pub(crate) fn language() -> impl TypedValueParser<Value = Language> {
    one_of(Language::ALL, Language::code)
}

/// One of the five activity types.
pub(crate) fn activity_type() -> impl TypedValueParser<Value = ActivityType> {
    one_of(ActivityType::ALL, ActivityType::code)
}

/// A sub-kind of either activity type that has them; whether it fits is the model's to say.
pub(crate) fn subkind() -> PossibleValuesParser {
    let border_service = BorderServiceKind::ALL.iter().map(|kind| kind.code());
    PossibleValuesParser::new(border_service.chain(InspectionKind::ALL.iter().map(|kind| kind.code())))
}

/// The sub-kinds of an activity type, by their codes; most have none.
pub(crate) fn kinds_of(activity_type: ActivityType) -> Vec<&'static str> {
    match activity_type {
        ActivityType::BorderService => BorderServiceKind::ALL.iter().map(|kind| kind.code()).collect(),
        ActivityType::Inspection => InspectionKind::ALL.iter().map(|kind| kind.code()).collect(),
        ActivityType::Prevention | ActivityType::Force | ActivityType::DetainDeliver => Vec::new(),
    }
}

/// How it is done.
pub(crate) fn mode() -> impl TypedValueParser<Value = ActivityMode> {
    one_of(ActivityMode::ALL, ActivityMode::code)
}

/// What an offence is against.
pub(crate) fn protected_object() -> impl TypedValueParser<Value = ProtectedObject> {
    one_of(ProtectedObject::ALL, ProtectedObject::code)
}

/// Who receives a person.
pub(crate) fn receiver() -> impl TypedValueParser<Value = ReceiverKind> {
    one_of(ReceiverKind::ALL, ReceiverKind::code)
}

/// A part of the border space.
pub(crate) fn area() -> impl TypedValueParser<Value = AreaComponent> {
    one_of(AreaComponent::ALL, AreaComponent::code)
}

/// How one moves.
pub(crate) fn transport() -> impl TypedValueParser<Value = Transport> {
    one_of(Transport::ALL, Transport::code)
}

/// How an entry came into the device; files are imported, not typed.
pub(crate) fn source() -> impl TypedValueParser<Value = Source> {
    one_of(&[Source::Phone, Source::Paper, Source::Radio], Source::code)
}

/// What somebody can be invited to be.
pub(crate) fn invited_role() -> impl TypedValueParser<Value = Role> {
    const INVITED: &[Role] = &[
        Role::StructuralSubdivision,
        Role::LocalExecutiveBody,
        Role::CoordinationCouncil,
        Role::SquadHead,
        Role::Volunteer,
        Role::NonStaffEmployee,
    ];
    one_of(INVITED, short_code)
}

/// A role of a squad's device.
pub(crate) fn squad_role() -> impl TypedValueParser<Value = Role> {
    const OF_A_SQUAD: &[Role] = &[Role::SquadHead, Role::Volunteer, Role::NonStaffEmployee];
    one_of(OF_A_SQUAD, short_code)
}

/// A role as the people here shorten it.
pub(crate) const fn short_code(role: Role) -> &'static str {
    match role {
        Role::TerritorialSubdivision => "ts",
        Role::StructuralSubdivision => "ss",
        Role::LocalExecutiveBody => "leb",
        Role::CoordinationCouncil => "cc",
        Role::SquadHead => "head",
        Role::Volunteer => "vol",
        Role::NonStaffEmployee => "nse",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_a_decimal_comma_as_well_as_with_a_point() {
        for (given, number_due) in [("43,25", 43.25), ("-80,01", -80.01), ("43.25", 43.25), ("6", 6.0)] {
            assert!((number(given).unwrap() - number_due).abs() < 1e-9, "{given}");
        }
        for given in ["43,25,1", "1,234.5", "43,x", ",", "", "север"] {
            assert!(number(given).is_err(), "{given}");
        }
    }
}
