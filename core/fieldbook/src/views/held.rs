//! What is held: said by somebody who was removed, or who had lost the role for it, past what a higher rank let stand.

use jasaq_model::ids::{Author, StatementRef};
use jasaq_model::moment::UtcTime;
use jasaq_model::roles::Role as Office;
use jasaq_model::statement::{Fields, Scalar};
use jasaq_protocol::ids::{DocumentId, Place};
use jasaq_protocol::membership::Placement;
use jasaq_protocol::seal::WireEnvelope;

use crate::exchange::{Decision, Device, may_decide};
use crate::roles::office_of;
use crate::vault::{Connection, StatementRow, Vault, VaultRefused};

/// Why a statement is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldReason {
    /// Its device was removed, and it stands past what the removal let stand.
    Removed,
    /// Its device may not say it in the role that it has there, and might in another that it had.
    RoleChanged,
}

/// A statement that is held until somebody of a higher rank decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldView {
    /// Its key.
    pub key: StatementRef,
    /// The device that wrote it.
    pub author: Author,
    /// What the device may do now, or could when it was removed.
    pub role: Option<Office>,
    /// What the device's owner is called, if a card says so.
    pub name: Option<String>,
    /// Why it is held.
    pub reason: HeldReason,
    /// What kind of statement it is.
    pub kind: String,
    /// The document that it stands in: a patrol's id, for what belongs to a patrol.
    pub document: DocumentId,
    /// When it happened, by its author's clock.
    pub happened_at: Option<UtcTime>,
    /// When it reached this device; none for its own.
    pub received_at: Option<UtcTime>,
    /// What it says in words.
    pub text: Option<String>,
    /// Everything it says.
    pub fields: Fields,
    /// Whether somebody looked at it and left it held.
    pub is_dismissed: bool,
    /// Whether this device may decide about it.
    pub may_decide: bool,
}

/// Every statement that is held here, in the order in which it happened, by its author's clock.
pub(crate) fn held(connection: &Connection, device: &Device) -> Result<Vec<HeldView>, VaultRefused> {
    let cards = super::patrol::squad_cards(connection, device)?;
    let mut views = Vec::new();
    for (happened_ms, row) in Vault::held_statements(connection)? {
        let enrolled = device.membership.known_device(&row.device);
        let member = enrolled.map(|enrolled| *enrolled.member.as_bytes());
        let card = cards.iter().find(|card| Some(*card.member.as_bytes()) == member);
        let decision = decision_about(connection, &row, false)?;
        let decided = decision
            .as_ref()
            .and_then(|decision| device.membership.decision(&decision.place, row.key.as_str()));
        let space = row.place.map(|place| place.space);
        views.push(HeldView {
            author: Author::from_bytes(*row.device.as_bytes()),
            role: enrolled.map(|enrolled| office_of(enrolled.role)),
            name: card.map(|card| card.full_name.as_str().to_owned()),
            reason: if device.membership.is_removed(&row.device) {
                HeldReason::Removed
            } else {
                HeldReason::RoleChanged
            },
            kind: text_of(&row.fields, "kind").unwrap_or_default(),
            document: row.document,
            happened_at: UtcTime::from_unix_ms(happened_ms).ok(),
            received_at: row.received_ms.and_then(|ms| UtcTime::from_unix_ms(ms).ok()),
            text: text_of(&row.fields, "text"),
            is_dismissed: decided == Some(false),
            may_decide: space
                .is_some_and(|space| decision.is_some() && may_decide(device, &row.device, &space)),
            key: row.key,
            fields: row.fields,
        });
    }
    Ok(views)
}

/// Whether one of these stands in an envelope that is sealed to a key which no operation that counts makes.
pub(crate) fn is_sealed_for_others(
    connection: &Connection,
    device: &Device,
    decisions: &[Decision],
) -> Result<bool, VaultRefused> {
    for Decision { place, .. } in decisions {
        let at = Place { space: place.space, journal: place.journal, sequence: place.sequence };
        let wire = Vault::wire(connection, &at)?;
        let epoch = wire
            .and_then(|wire| WireEnvelope::decode(&wire).ok())
            .and_then(|wire| wire.epoch());
        let known = device.membership.spaces().find(|(space, _)| **space == place.space);
        let stands = |epoch| known.is_some_and(|(_, record)| record.epochs.contains_key(&epoch));
        if epoch.is_some_and(|epoch| !stands(epoch)) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn text_of(fields: &Fields, name: &str) -> Option<String> {
    match fields.get(name) {
        Some(Scalar::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

/// What a decision about a held statement names; none for what is not sealed yet, or stands beside its journal's line.
pub(crate) fn decision_about(
    connection: &Connection,
    row: &StatementRow,
    is_admitted: bool,
) -> Result<Option<Decision>, VaultRefused> {
    let Some(place) = row.place else { return Ok(None) };
    let hash = Vault::envelope_hash(connection, place.journal, Some(place.sequence))?;
    Ok(hash.map(|hash| Decision {
        author: row.device,
        place: Placement { space: place.space, journal: place.journal, sequence: place.sequence, hash },
        key: row.key.as_str().to_owned(),
        is_admitted,
    }))
}
