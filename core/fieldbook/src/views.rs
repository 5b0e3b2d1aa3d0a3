//! Views: what screens, lists and exports read. Rows in, values out; nothing here writes.
//!
//! A view shows what counts, and beside it what waits or does not count, so that nothing that reached this device is
//! ever hidden.

mod attachments;
mod cases;
mod certificates;
mod council;
mod custody;
mod districts;
mod ends;
mod erasures;
mod held;
mod holders;
mod keys;
mod lawful;
mod notices;
mod numbers;
mod pages;
mod parts;
mod patrol;
mod phones;
mod plans;
mod register;
mod reports;
mod roster;
mod spaces;
mod speakers;
mod squads;
mod status;
mod twins;
mod undoing;
mod wishes;

pub(crate) use attachments::attachment_view;
pub use attachments::{AttachmentView, Share};
pub use cases::CaseView;
pub(crate) use cases::{
    CasesOfPatrol, cases, cases_of_patrol, cases_to_acknowledge, cases_to_let_go, cases_with_only,
};
pub(crate) use certificates::certificates;
pub use certificates::{RegisteredCertificate, RegisteredPrint};
pub use council::{CouncilChanges, Reading, UndoneDecision};
pub(crate) use council::{council_changes, keys_of_councils, readings, undone_decisions};
pub use custody::{Custody, CustodyCounts};
pub(crate) use districts::districts;
pub use districts::{DistrictOffice, DistrictView};
pub(crate) use ends::{books_of, ends_to_tell, to_tell};
pub(crate) use erasures::erasures;
pub use erasures::{ErasedThing, ErasureView};
pub use held::{HeldReason, HeldView};
pub(crate) use held::{decision_about, held, is_sealed_for_others};
pub(crate) use holders::Holders;
pub use holders::NamedHolder;
pub use keys::{MissingKey, RefusedKey};
pub use notices::NoticeView;
pub(crate) use notices::{notices, notices_of};
pub(crate) use numbers::numbers_given;
pub use pages::{PageOrder, PageView, SealerEnded};
pub(crate) use pages::{last_page, opened_about, openings_about, page_of, pages};
pub use patrol::{LoggedStatement, PatrolSummary, PatrolView, Unsettled, UnsettledReason};
pub(crate) use patrol::{documents_of, newest_patrols, patrol_view, squad_cards, squad_cards_at};
pub use phones::PhoneTile;
pub(crate) use phones::{is_of_the_field, phones};
pub use plans::PlanView;
pub(crate) use plans::{availability, days, planned_patrols, plans};
pub use register::NotCounted;
pub(crate) use register::{
    Holder, certificate_numbers, council_squads, documents_about, has_applied, home_of, lines_by_list, lists,
    names_on, not_counted, person_of_member, person_record, persons, persons_of_members, squad_record,
    was_given, was_struck_off,
};
pub use reports::ReportView;
pub(crate) use reports::{reckoning, reports};
pub use roster::RosterEntry;
pub(crate) use roster::{Indexed, ROSTER_TABLES, indexed, roster, roster_entry, standing_of_lists};
pub(crate) use spaces::{space_of_case, space_of_patrol};
pub use squads::SquadView;
pub(crate) use squads::squads;
pub(crate) use status::status;
pub use status::{DeviceView, Status};
pub(crate) use status::{devices, differing};
pub use twins::TwinView;
pub(crate) use undoing::{is_taken_back, statement_of};
pub(crate) use wishes::{own_wish, wishes_open, wishes_over};
