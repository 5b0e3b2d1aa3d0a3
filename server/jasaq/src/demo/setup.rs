//! From nothing to a squad that goes out: everything over the relay, as people would do it.

use std::path::Path;

use jasaq_fieldbook::model::ids::{LegId, MemberId, PatrolId};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, Members, PatrolStart, Transport};
use jasaq_fieldbook::model::words::{Name, Text, WordsRefused};
use jasaq_fieldbook::{
    Carrier as _, ExchangeRefused, Fieldbook, FieldbookRefused, KeyHolder, Membering, RootSheets,
};

use super::cast::Part;
use super::device::{Device, Wall, home_of, surroundings_of};
use super::register::{self, Registered};
use super::relay_process::RelayProcess;
use crate::carrier::{HttpCarrier, Way};
use crate::failure::Failure;

/// The year whose patrols the squad's space keeps.
const SEASON: u16 = 2026;

/// The offices, by the names that the territorial subdivision gives them.
const UNIT: &str = "2034";
const AKIMAT: &str = "әкімдік";
const COUNCIL: &str = "кеңес";

/// Eight devices, their relay and their clock.
pub(super) struct Field {
    /// In the order of [`Part::ALL`] once all are in.
    devices: Vec<Device>,
    relay: RelayProcess,
    pub(super) wall: Wall,
    /// The day's patrol, which everybody learned of in the morning.
    pub(super) patrol: PatrolId,
    pub(super) leg: LegId,
    /// Who is who in the register.
    pub(super) registered: Registered,
}

impl Field {
    /// One of the eight.
    #[expect(clippy::expect_used, reason = "the setup brings every part in before a field exists")]
    pub(super) fn device(&mut self, part: Part) -> &mut Device {
        find(&mut self.devices, part).expect("every part is in")
    }

    /// Closes everything cleanly. Says how large the relay's database became.
    pub(super) fn close(self) -> Result<u64, Failure> {
        for device in self.devices {
            device.fieldbook.close()?;
        }
        self.relay.stop()
    }
}

pub(super) fn find(devices: &mut [Device], part: Part) -> Option<&mut Device> {
    devices.iter_mut().find(|device| device.part == part)
}

/// Founds the territory, brings everybody in, and lets the patrol go out.
pub(super) fn set_up(folder: &Path, verbose: u8) -> Result<Field, Failure> {
    let wall = Wall::in_the_morning();
    let (mut ts, relay) = found(folder, &wall, verbose)?;
    let entrance = Entrance { folder, wall: &wall };
    let office = Membering::Office { role: Part::Ss.role(), office: UNIT };
    let mut ss = entrance.bring_in(&mut ts, Part::Ss, office)?;
    ss.fieldbook
        .create_squad(&Name::new("Сарысу").map_err(FieldbookRefused::from)?, SEASON)?;
    let mut head = entrance.bring_in(&mut ss, Part::Head, of_squad(Part::Head))?;
    let mut devices = Vec::new();
    for part in [Part::Aidos, Part::Gulnar, Part::Bauyrzhan] {
        devices.push(entrance.bring_in(&mut head, part, of_squad(part))?);
    }
    ts.fieldbook.create_council(&[UNIT, AKIMAT, COUNCIL], SEASON)?;
    for (part, office) in [(Part::Akimat, AKIMAT), (Part::Council, COUNCIL)] {
        devices.push(entrance.bring_in(&mut ts, part, Membering::Office { role: part.role(), office })?);
    }
    devices.extend([ts, ss, head]);
    devices.sort_by_key(|device| Part::ALL.iter().position(|part| *part == device.part));
    let squad = register::decide(&mut devices)?;
    let registered = register::admit(&mut devices, squad)?;
    wall.turn_to(8 * 60);
    let (patrol, leg) = go_out(&mut devices)?;
    Ok(Field { devices, relay, wall, patrol, leg, registered })
}

fn of_squad(part: Part) -> Membering<'static> {
    Membering::Squad { role: part.role(), squad: None }
}

fn found(folder: &Path, wall: &Wall, verbose: u8) -> Result<(Device, RelayProcess), Failure> {
    let home = home_of(Part::Ts, folder);
    // Nobody will ever need the root of a demonstration again.
    let no_sheets = |_: &RootSheets| Ok::<_, Failure>(());
    let surroundings = surroundings_of(Part::Ts, wall);
    let (mut fieldbook, root) = Fieldbook::found(&home, &KeyHolder::File, surroundings, no_sheets)?;
    let relay = RelayProcess::start(folder, root, verbose)?;
    let identity = HttpCarrier::new(Way::LOOPBACK).fetch_identity(&relay.address);
    let identity = identity.map_err(|failed| FieldbookRefused::from(ExchangeRefused::from(failed)))?;
    fieldbook.set_relay(&relay.address, Some(identity))?;
    let mut ts = Device::new(Part::Ts, fieldbook);
    ts.sync()?;
    Ok((ts, relay))
}

/// Where whoever joins gets his home folder and his clock.
struct Entrance<'a> {
    folder: &'a Path,
    wall: &'a Wall,
}

impl Entrance<'_> {
    /// Invite, join, four words, confirm: with the contacts that carry them.
    fn bring_in(
        &self,
        inviter: &mut Device,
        part: Part,
        membering: Membering<'_>,
    ) -> Result<Device, Failure> {
        let invite = inviter.fieldbook.invite(membering)?;
        inviter.sync()?;
        let surroundings = surroundings_of(part, self.wall);
        let home = home_of(part, self.folder);
        let (fieldbook, words) = Fieldbook::join(&home, &KeyHolder::File, surroundings, &invite.code)?;
        let mut device = Device::new(part, fieldbook);
        device.sync()?;
        inviter.sync()?;
        inviter.fieldbook.confirm(&words.to_string())?;
        inviter.sync()?;
        device.sync()?;
        Ok(device)
    }
}

pub(super) fn missing() -> FieldbookRefused {
    FieldbookRefused::Defect("a part of the demo is not in".to_owned())
}

/// A device knows by itself whose it is.
pub(super) fn member_of(devices: &mut [Device], part: Part) -> Result<MemberId, Failure> {
    let device = find(devices, part).ok_or_else(missing)?;
    let own = device.fieldbook.devices()?.into_iter().find(|view| view.is_this);
    Ok(MemberId::from_bytes(*own.ok_or_else(missing)?.member.as_bytes()))
}

/// The head starts the patrol while there is still a network; then everybody has it.
fn go_out(devices: &mut [Device]) -> Result<(PatrolId, LegId), Failure> {
    let members: Result<Vec<_>, Failure> =
        Part::PHONES.into_iter().map(|part| member_of(devices, part)).collect();
    let members = members?;
    let head = find(devices, Part::Head).ok_or_else(missing)?;
    head.sync()?;
    let start = start_of(members.first().copied()).map_err(FieldbookRefused::from)?;
    let patrol = head.fieldbook.start_patrol(start)?;
    let all = Members::new(members).map_err(|_| missing())?;
    let leg = head.fieldbook.start_leg(patrol, (Transport::Horse, all), None)?;
    head.sync()?;
    for part in [Part::Aidos, Part::Gulnar, Part::Bauyrzhan] {
        find(devices, part).ok_or_else(missing)?.sync()?;
    }
    Ok((patrol, leg))
}

fn start_of(leader: Option<MemberId>) -> Result<PatrolStart, WordsRefused> {
    Ok(PatrolStart {
        controlling_representative: Some(Name::new("Б. Ахметов")?),
        area_component: Some(AreaComponent::BorderZone),
        leader,
        task: Some(Text::new("Өткелдер мен екі қыстақты қарап шығу; түстен кейін көлдің жағасы")?),
        ..PatrolStart::new(ActivityMode::Both)
    })
}
