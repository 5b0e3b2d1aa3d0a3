//! Squads, invites, confirmations, cards.

use std::collections::BTreeSet;

use crate::vault::Transaction;
use jasaq_model::guards::RegisterRefused;
use jasaq_model::ids::{MemberId, RollId};
use jasaq_model::moment::Day;
use jasaq_model::roles::Role as Office;
use jasaq_model::squad::SquadCard;
use jasaq_model::statement::Body;
use jasaq_model::words::Name;
use jasaq_protocol::ids::{InviteKey, MemberId as WireMember, OfficeId, SpaceId};
use jasaq_protocol::membership::{Act, Season, SpaceKind, SpaceRecord, may_operate};

use super::Fieldbook;
use super::register::Kept;
use crate::exchange::{self, Device, EnrolRefused, NewInvite, OwnInvite, Seat, WaitingJoin};
use crate::refusal::FieldbookRefused;
use crate::roles::role_of;
use crate::surroundings::Surroundings;
use crate::vault::Vault;
use crate::views::{self, DeviceView, SquadView};

/// What a person is invited to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membering<'a> {
    /// A console of an office, by the name that this device's owner gives the office.
    Office {
        /// TS, SS, LEB or CC.
        role: Office,
        /// The office's name here. It never leaves this device.
        office: &'a str,
    },
    /// A phone of a squad.
    Squad {
        /// HEAD, VOL or NSE.
        role: Office,
        /// The squad's name here. If left unset, the only squad this device knows.
        squad: Option<&'a str>,
    },
    /// One more device of a member who is in: the same role, in the same squad or office.
    Beside(MemberId),
}

/// What the SS tells a squad's phones about a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Whom.
    pub member: MemberId,
    /// His name.
    pub full_name: Name,
    /// His certificate's number, if he has one.
    pub certificate_number: Option<Name>,
    /// Whether he may go on patrol, by the SS's books.
    pub eligible: bool,
    /// On which day that was so.
    pub as_of: Day,
}

impl Fieldbook {
    /// Makes a squad: its roll, and its patrols and protected spaces for a season. SS only (001-§3(2), 7).
    pub fn create_squad(&mut self, name: &Name, season: u16) -> Result<(), FieldbookRefused> {
        self.enrol(|transaction, device, surroundings| {
            if find_squad(transaction, device, Some(name.as_str())).is_ok() {
                return Err(EnrolRefused::SquadExists);
            }
            let office = device.membership.device(&device.id()).and_then(|enrolled| enrolled.office);
            let offices: Vec<OfficeId> = office.into_iter().collect();
            let territory = device.membership.territory_roll();
            let season = Season(season);
            let roll = exchange::make_space(
                transaction,
                device,
                surroundings,
                (territory, SpaceKind::SquadRoll, season, offices.clone()),
            )?;
            make_season(transaction, device, surroundings, (roll, season, &offices))?;
            Ok(Vault::set_label(transaction, roll.as_bytes(), name.as_str())?)
        })
    }

    /// Opens a squad's next season: new patrols and protected spaces, with keys of their own. SS only.
    pub fn open_season(&mut self, squad: Option<&str>, season: u16) -> Result<(), FieldbookRefused> {
        self.enrol(|transaction, device, surroundings| {
            let roll = find_squad(transaction, device, squad)?;
            let record = device.membership.space(&roll).ok_or(EnrolRefused::NoSquad)?;
            let offices: Vec<OfficeId> = record.offices.iter().copied().collect();
            let is_there = |(_, record): (&SpaceId, &SpaceRecord)| {
                record.roll == roll && record.kind == SpaceKind::Patrols && record.season >= Season(season)
            };
            if device.membership.spaces().any(is_there) {
                return Err(EnrolRefused::SeasonExists);
            }
            make_season(transaction, device, surroundings, (roll, Season(season), &offices))?;
            exchange::heal_wraps(transaction, device, surroundings).map(drop)
        })
    }

    /// Ends a squad's season: its keys are destroyed on every device, and what they opened stays with the SS alone. What it had
    /// not got yet is said again in the later season, which must be open. SS only. Says how many spaces were ended.
    pub fn close_season(&mut self, squad: Option<&str>, season: u16) -> Result<usize, FieldbookRefused> {
        self.enrol(|transaction, device, surroundings| {
            let roll = find_squad(transaction, device, squad)?;
            exchange::close_season(transaction, device, surroundings, (roll, Season(season)))
        })
    }

    /// Makes the council's space of a district, read by the offices of these names. TS only. Refuses one office named twice, and
    /// offices that meet in a council's space of this season already.
    pub fn create_council(&mut self, offices: &[&str], season: u16) -> Result<(), FieldbookRefused> {
        self.write(|transaction, device, surroundings| -> Result<(), FieldbookRefused> {
            let ids = offices
                .iter()
                .map(|name| find_or_name_office(transaction, surroundings, name))
                .collect::<Result<Vec<_>, _>>()?;
            let own: BTreeSet<OfficeId> = ids.iter().copied().collect();
            if own.len() < ids.len() {
                return Err(RegisterRefused::OfficeTwice.into());
            }
            let is_theirs = |record: &SpaceRecord| {
                let is_such = record.kind == SpaceKind::Council && record.season == Season(season);
                is_such && !record.is_closed && own.is_subset(&record.offices)
            };
            if device.membership.spaces().any(|(_, record)| is_theirs(record)) {
                return Err(RegisterRefused::DistrictExists.into());
            }
            let territory = device.membership.territory_roll();
            let what = (territory, SpaceKind::Council, Season(season), ids);
            exchange::make_space(transaction, device, surroundings, what)?;
            Ok(())
        })
    }

    /// Signs an invite for one device and returns its code, to be shown to the joiner and to nobody else.
    pub fn invite(&mut self, membering: Membering<'_>) -> Result<NewInvite, FieldbookRefused> {
        self.enrol(|transaction, device, surroundings| {
            let own = device.role().ok_or(EnrolRefused::NotIn)?;
            // Before a squad is looked for: who may not invite need not learn whether there is one.
            if let Membering::Office { role, .. } | Membering::Squad { role, .. } = membering
                && !may_operate(Some(own), Act::Enrol(role_of(role)))
            {
                return Err(EnrolRefused::MayNot);
            }
            let seat = match membering {
                Membering::Office { role, office } => {
                    Seat::Office(role_of(role), find_or_name_office(transaction, surroundings, office)?)
                }
                Membering::Squad { role, squad } => {
                    Seat::Squad(role_of(role), find_squad(transaction, device, squad)?)
                }
                Membering::Beside(member) => Seat::Beside(WireMember::from_bytes(*member.as_bytes())),
            };
            exchange::invite(transaction, device, surroundings, seat)
        })
    }

    /// The devices that ask to be added and that this device may add.
    pub fn waiting_joins(&mut self) -> Result<Vec<WaitingJoin>, FieldbookRefused> {
        self.refresh()?;
        Ok(exchange::waiting_joins(self.vault.read(), &self.device, self.surroundings.now().unix_ms)?)
    }

    /// The invites that this device made, and what became of each.
    pub fn invites(&mut self) -> Result<Vec<OwnInvite>, FieldbookRefused> {
        self.refresh()?;
        Ok(exchange::invites(self.vault.read(), &self.device, self.surroundings.now().unix_ms)?)
    }

    /// Withdraws an invite of this device's: nobody comes in with it any more.
    pub fn withdraw_invite(&mut self, key: &InviteKey) -> Result<(), FieldbookRefused> {
        self.enrol(|transaction, device, _| exchange::withdraw(transaction, device, key))
    }

    /// Adds the waiting device whose four words these are, and gives it its keys.
    pub fn confirm(&mut self, words: &str) -> Result<DeviceView, FieldbookRefused> {
        let join = self.enrol(|transaction, device, surroundings| {
            exchange::confirm(transaction, device, surroundings, words)
        })?;
        let devices = self.devices()?;
        let added = devices.into_iter().find(|view| view.device == join.device.id);
        added.ok_or_else(|| FieldbookRefused::Defect("the added device is not in".to_owned()))
    }

    /// Renews the key of the squad's newest patrols space and gives it to every reader.
    pub fn rotate_patrols_key(&mut self) -> Result<(), FieldbookRefused> {
        self.enrol(|transaction, device, surroundings| {
            let space = device.space_of_kind(SpaceKind::Patrols).ok_or(EnrolRefused::NoSquad)?;
            exchange::rotate(transaction, device, surroundings, space)
        })
    }

    /// Every device that is in, as far as this device's rolls tell.
    pub fn devices(&mut self) -> Result<Vec<DeviceView>, FieldbookRefused> {
        self.refresh()?;
        Ok(views::devices(self.vault.read(), &self.device)?)
    }

    /// The squads whose phones this device knows. None where no squad's phones are read.
    pub fn squads(&mut self) -> Result<Option<Vec<SquadView>>, FieldbookRefused> {
        self.kept(Kept::Phones, |book| Ok(views::squads(book.vault.read(), &book.device)?))
    }

    /// Tells a squad's phones about a member. SS only; it counts from nobody else (001-§19, 22).
    /// Of a squad that a council created and a unit supervises, as of a member whom the register knows, the card follows from the
    /// register, and none is written by hand: nobody goes out past it (001-§18–22).
    pub fn write_card(&mut self, card: Card) -> Result<(), FieldbookRefused> {
        let space = self.space_of_member(card.member)?;
        let (vault, device) = (self.vault.read(), &self.device);
        let is_known = views::person_of_member(vault, device, card.member)?.is_some();
        let roll = device
            .membership
            .space(&space)
            .map(|record| RollId::from_bytes(*record.roll.as_bytes()));
        let mut squads = views::council_squads(vault, device)?.into_iter();
        if is_known || squads.any(|(_, squad)| roll.is_some_and(|roll| squad.rolls().contains(&roll))) {
            return Err(RegisterRefused::CardFromRegister.into());
        }
        let cards = views::squad_cards(self.vault.read(), &self.device)?;
        let before = cards.iter().find(|held| held.member == card.member);
        let card = SquadCard {
            member: card.member,
            full_name: card.full_name,
            certificate_number: card.certificate_number,
            eligible: card.eligible,
            as_of: card.as_of,
            ended: None,
            former: None,
            turn: before.map_or(1, |before| before.turn.saturating_add(1)),
        };
        self.state_in_own_document(space, Body::SquadCard(card)).map(drop)
    }

    /// The newest patrols space of the squad that a member's device stands in.
    fn space_of_member(&mut self, member: MemberId) -> Result<SpaceId, FieldbookRefused> {
        self.refresh()?;
        let membership = &self.device.membership;
        let mut devices = membership.devices();
        let (_, enrolled) = devices
            .find(|(_, enrolled)| enrolled.member.as_bytes() == member.as_bytes())
            .ok_or(EnrolRefused::NoMember)?;
        let squads = membership
            .spaces()
            .filter(|(_, record)| record.kind == SpaceKind::Patrols && record.roll == enrolled.roll);
        let newest = squads
            .max_by_key(|(space, record)| (record.season, **space))
            .map(|(space, _)| *space);
        Ok(newest.ok_or(EnrolRefused::NoMember)?)
    }
}

fn make_season(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    (roll, season, offices): (SpaceId, Season, &[OfficeId]),
) -> Result<(), EnrolRefused> {
    for kind in [SpaceKind::Patrols, SpaceKind::Protected] {
        let what = (roll, kind, season, offices.to_vec());
        exchange::make_space(transaction, device, surroundings, what)?;
    }
    Ok(())
}

fn find_or_name_office(
    transaction: &Transaction<'_>,
    surroundings: &mut Surroundings,
    name: &str,
) -> Result<OfficeId, EnrolRefused> {
    let found = Vault::labelled(transaction, name)?;
    if let Some(id) = found.iter().find_map(|id| OfficeId::try_from(id.as_slice()).ok()) {
        return Ok(id);
    }
    let id = OfficeId::from_bytes(surroundings.make_id());
    Vault::set_label(transaction, id.as_bytes(), name)?;
    Ok(id)
}

/// The roll of the squad that is meant: by name, or the only one this device may write into.
pub(super) fn find_squad(
    transaction: &Transaction<'_>,
    device: &Device,
    name: Option<&str>,
) -> Result<SpaceId, EnrolRefused> {
    let device_id = device.id();
    let rolls = device.membership.spaces_of(&device_id).filter(|(space, access)| {
        let kind = device.membership.space(space).map(|record| record.kind);
        access.writes() && kind == Some(SpaceKind::SquadRoll)
    });
    let rolls: Vec<SpaceId> = rolls.map(|(space, _)| space).collect();
    let named = match name {
        None => rolls,
        Some(name) => {
            let ids = Vault::labelled(transaction, name)?;
            rolls
                .into_iter()
                .filter(|roll| ids.iter().any(|id| id == roll.as_bytes()))
                .collect()
        }
    };
    match named.as_slice() {
        [roll] => Ok(*roll),
        _ => Err(EnrolRefused::NoSquad),
    }
}
