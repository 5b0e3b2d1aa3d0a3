//! The districts whose councils' spaces this device knows: which offices meet there, and what the district is called.
//!
//! A district has no record of its own. Its space is made in the territory's roll; its name stands in its council's decisions.

use std::collections::BTreeMap;

use jasaq_model::roles::Role as Office;
use jasaq_protocol::ids::{OfficeId, SpaceId};
use jasaq_protocol::membership::{Role, SpaceKind};

use super::register::{council_squads, home_of};
use crate::exchange::Device;
use crate::roles::office_of;
use crate::vault::{Connection, Vault, VaultRefused};

/// A district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistrictView {
    /// Its council's space.
    pub space: SpaceId,
    /// Who meets there.
    pub offices: Vec<DistrictOffice>,
    /// What its squads say that it is called, as far as they are read here, and how many squads say so; one name as a rule.
    pub names: BTreeMap<String, usize>,
}

/// An office that reads a council's space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistrictOffice {
    /// Which.
    pub office: OfficeId,
    /// What it is called here, if this device was told.
    pub name: Option<String>,
    /// What it is. If left unset, no console of it was ever let in.
    pub role: Option<Office>,
    /// Whether it is this device's own.
    pub is_this: bool,
    /// How many consoles of it are in.
    pub consoles: usize,
}

pub(crate) fn districts(connection: &Connection, device: &Device) -> Result<Vec<DistrictView>, VaultRefused> {
    let mut names: BTreeMap<SpaceId, BTreeMap<String, usize>> = BTreeMap::new();
    for (squad, record) in council_squads(connection, device)? {
        if let (Some(home), Some(created)) = (home_of(connection, device, squad)?, record.created) {
            *names
                .entry(home)
                .or_default()
                .entry(created.what.district.to_string())
                .or_default() += 1;
        }
    }
    let spaces = device.membership.spaces();
    let councils = spaces.filter(|(space, record)| {
        record.kind == SpaceKind::Council && !record.is_closed && device.reads(space)
    });
    let view = |(space, offices): (SpaceId, Vec<OfficeId>)| {
        let offices = offices.into_iter().map(|office| office_view(connection, device, office));
        let offices = offices.collect::<Result<Vec<_>, VaultRefused>>()?;
        Ok(DistrictView { space, offices, names: names.remove(&space).unwrap_or_default() })
    };
    councils
        .map(|(space, record)| (*space, record.offices.iter().copied().collect()))
        .map(view)
        .collect()
}

fn office_view(
    connection: &Connection,
    device: &Device,
    office: OfficeId,
) -> Result<DistrictOffice, VaultRefused> {
    let consoles = device.membership.devices().map(|(_, enrolled)| enrolled);
    let roles: Vec<Role> = consoles
        .filter(|enrolled| enrolled.office == Some(office))
        .map(|enrolled| enrolled.role)
        .collect();
    Ok(DistrictOffice {
        office,
        name: Vault::label(connection, office.as_bytes())?,
        role: roles.first().copied().map(office_of),
        is_this: device
            .membership
            .device(&device.id())
            .is_some_and(|own| own.office == Some(office)),
        consoles: roles.len(),
    })
}
