//! The squads that this device knows, by the names it was given for them.
//!
//! A squad's name stays where it was made or told: on every other device a squad is an id.

use std::collections::BTreeSet;

use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::membership::{Season, SpaceKind};

use crate::exchange::Device;
use crate::vault::{Connection, Vault, VaultRefused};

/// A squad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SquadView {
    /// Its roll.
    pub squad: SpaceId,
    /// What it is called here, if this device was told.
    pub name: Option<String>,
    /// The seasons for which it has a space, oldest first.
    pub seasons: Vec<u16>,
    /// How many members have a device in it.
    pub members: usize,
}

pub(crate) fn squads(connection: &Connection, device: &Device) -> Result<Vec<SquadView>, VaultRefused> {
    let membership = &device.membership;
    let rolls = membership
        .spaces()
        .filter(|(roll, record)| record.kind == SpaceKind::SquadRoll && device.reads(roll));
    let view = |roll: &SpaceId| -> Result<SquadView, VaultRefused> {
        let of_squad = membership
            .spaces()
            .filter(|(_, record)| record.kind == SpaceKind::Patrols && record.roll == *roll);
        let seasons: BTreeSet<Season> = of_squad.map(|(_, record)| record.season).collect();
        let devices = membership.devices().filter(|(_, enrolled)| enrolled.roll == *roll);
        let members: BTreeSet<_> = devices.map(|(_, enrolled)| enrolled.member).collect();
        Ok(SquadView {
            squad: *roll,
            name: Vault::label(connection, roll.as_bytes())?,
            seasons: seasons.into_iter().map(|Season(year)| year).collect(),
            members: members.len(),
        })
    };
    let mut squads = rolls.map(|(roll, _)| view(roll)).collect::<Result<Vec<_>, _>>()?;
    squads.sort_by(|one, other| (&one.name, one.squad).cmp(&(&other.name, other.squad)));
    Ok(squads)
}
