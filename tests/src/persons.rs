//! A person detained, and that he was handed over: what a test does not care about is as here.

use jasaq_fieldbook::model::detention::{Detained, HandedOver};
use jasaq_fieldbook::model::entry::ReceiverKind;
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::position::Place;

use crate::field::{name, note};

/// Somebody whose name is known.
#[must_use]
pub fn detained() -> Detained {
    Detained {
        patrol: None,
        full_name: Some(name("Н. Н.")),
        born: None,
        paper: None,
        offence: note("шекара режимін бұзу"),
        protected_object: None,
        place: Place::default(),
        occurred_at: None,
        replaces: Before::default(),
        because: None,
    }
}

/// To a unit of the Border Service.
#[must_use]
pub fn handed_over() -> HandedOver {
    HandedOver {
        receiver: ReceiverKind::BorderUnit,
        body: name("застава"),
        officer: name("аға лейтенант Б."),
        at_place: None,
        items: None,
        duty: None,
        occurred_at: None,
        replaces: Before::default(),
        because: None,
    }
}
