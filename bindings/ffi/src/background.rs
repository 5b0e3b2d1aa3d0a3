//! Contacts that the host's system carries: the program may be dead while it does. The rules of tickets are the core's.

use jasaq_fieldbook::protocol::ids::RelayId;
use jasaq_fieldbook::{CarrierFailed as CoreFailed, ContactReport, PreparedContact, Ticket};

use crate::carrier::{CarrierFailed, ContactView, NewAnswer};
use crate::fieldbook::Fieldbook;
use crate::limits::{ANSWER_BYTES_READ_MAX, PIECE_BYTES};
use crate::refusal::{FieldbookRefused, Refusal};

/// A request for the system to carry.
#[derive(uniffi::Record)]
pub struct PreparedContactView {
    /// What its answer is given back with; kept beside the bytes.
    pub ticket: u64,
    /// Where the relay is: the request goes to `{address}/v1/sync` by POST.
    pub address: String,
    /// The body.
    pub request: Vec<u8>,
    /// Bytes of the answer that are worth keeping at most.
    pub answer_bytes_max: u32,
}

#[uniffi::export]
impl Fieldbook {
    /// Prepares one contact: everything recorded is in the request, and this is remembered. From then on the program may
    /// die. A request that is never answered blocks nothing. If an invite did not name the relay, one `sync` has to be first.
    pub fn prepare_contact(&self) -> Result<PreparedContactView, FieldbookRefused> {
        self.behind_desk(|desk| {
            let PreparedContact { ticket, address, request } = desk.prepare_contact()?;
            let (ticket, answer_bytes_max) = (ticket.number(), ANSWER_BYTES_READ_MAX);
            Ok(PreparedContactView { ticket, address, request, answer_bytes_max })
        })
    }

    /// Takes the answer to a request, from its first byte as far as it came. Late, twice, longer than last time or after
    /// later ones are all well: what was taken before changes nothing.
    pub fn take_answer(&self, ticket: u64, answer: &NewAnswer) -> Result<ContactView, FieldbookRefused> {
        let carried = if answer.is_whole { Ok(()) } else { Err(CoreFailed::Broken) };
        self.end_contact(ticket, &answer.bytes, carried)
    }

    /// Says that no answer came to a request, and why. What a person is told about it is what is refused.
    pub fn contact_failed(&self, ticket: u64, why: CarrierFailed) -> Result<ContactView, FieldbookRefused> {
        self.end_contact(ticket, &[], Err(why.into()))
    }
}

impl Fieldbook {
    fn end_contact(
        &self,
        ticket: u64,
        bytes: &[u8],
        carried: Result<(), CoreFailed>,
    ) -> Result<ContactView, FieldbookRefused> {
        let mut report = ContactReport::default();
        let (ended, own) = self.behind_desk(|desk| {
            let mut answer = desk.open_answer(Ticket::from_number(ticket))?;
            for piece in bytes.chunks(PIECE_BYTES) {
                desk.take_answer(&mut answer, piece)?;
            }
            let ended = desk.finish_answer(answer, carried, &mut report);
            Ok((ended, self.watches.look(desk)?))
        })?;
        if let Some(own) = own {
            self.watches.tell(&own);
        }
        ended.map(|()| report.into()).map_err(|refused| self.told(refused))
    }
}

/// The identity of a relay that a person was told.
pub(crate) fn relay_id(text: &str) -> Result<RelayId, Refusal> {
    text.parse()
        .map_err(|_| Refusal::Given("64 hexadecimal digits name a relay".to_owned()))
}
