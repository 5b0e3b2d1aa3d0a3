//! Single values: this device's keys, the territory's root, the relay, counters.

use std::collections::BTreeSet;

use jasaq_protocol::ids::{DeviceId, InviteKey, MemberId, RelayId, SpaceId};
use jasaq_protocol::membership::SheetPurpose;
use jasaq_protocol::seal::DeviceKeys;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use zeroize::Zeroizing;

use super::{Vault, VaultRefused};
use crate::surroundings::{BootId, InstallId};

/// The relay as this device knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownRelay {
    pub(crate) address: String,
    /// Who answered there the first time, or whom the invite named. Another one is refused.
    pub(crate) relay: Option<RelayId>,
}

/// What a person had remembered about the way to the relay, beyond what is safe by itself. If left unset, nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RelayWay {
    /// Requests may go in clear text beyond this machine.
    pub cleartext: bool,
    /// The certificates of the authority that alone is trusted there, in PEM. If left unset, those of the system.
    pub authority: Option<Vec<u8>>,
}

pub(super) fn get(connection: &Connection, name: &str) -> Result<Option<Vec<u8>>, VaultRefused> {
    let mut statement = connection.prepare_cached("SELECT value FROM settings WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

pub(super) fn set(transaction: &Transaction<'_>, name: &str, value: &[u8]) -> Result<(), VaultRefused> {
    let mut statement =
        transaction.prepare_cached("INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)")?;
    statement.execute(params![name, value])?;
    Ok(())
}

fn set_or_forget(
    transaction: &Transaction<'_>,
    name: &str,
    value: Option<&[u8]>,
) -> Result<(), VaultRefused> {
    if let Some(value) = value {
        return set(transaction, name, value);
    }
    transaction.execute("DELETE FROM settings WHERE name = ?1", [name])?;
    Ok(())
}

/// Before an invite's key in the name of a setting.
const WITHDRAWN: &str = "invite_withdrawn:";
const INVITE_MEMBER: &str = "invite_member:";

/// Before a space's id in the name of a setting.
const LACKING_SINCE: &str = "lacking_since:";

const fn drill_name(purpose: SheetPurpose) -> &'static str {
    match purpose {
        SheetPurpose::Root => "drill_root",
        SheetPurpose::Successor => "drill_successor",
    }
}

fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], VaultRefused> {
    bytes.try_into().map_err(|_| VaultRefused::Damaged { set_aside: None })
}

impl Vault {
    /// Notes that the log beside the file holds what was erased, or does no more.
    pub(crate) fn note_log_due(transaction: &Transaction<'_>, is_due: bool) -> Result<(), VaultRefused> {
        set_or_forget(transaction, "log_due", is_due.then_some(&[]))
    }

    /// Writes the log back and cuts it, if it holds what was erased and no other process reads in it. If one does, it stays due.
    pub(crate) fn cut_log_if_due(&mut self) -> Result<(), VaultRefused> {
        if get(self.read(), "log_due")?.is_some() && self.checkpoint()? {
            self.write(|transaction| Self::note_log_due(transaction, false))?;
        }
        Ok(())
    }

    pub(crate) fn device_keys(connection: &Connection) -> Result<DeviceKeys, VaultRefused> {
        let bytes = get(connection, "device")?.ok_or(VaultRefused::Damaged { set_aside: None })?;
        let bytes = Zeroizing::new(bytes);
        let secret: Zeroizing<[u8; 64]> = Zeroizing::new(array(&bytes)?);
        Ok(DeviceKeys::from_secret_bytes(&secret))
    }

    pub(crate) fn set_device_keys(
        transaction: &Transaction<'_>,
        keys: &DeviceKeys,
    ) -> Result<(), VaultRefused> {
        set(transaction, "device", keys.to_secret_bytes().as_ref())
    }

    pub(crate) fn root(connection: &Connection) -> Result<DeviceId, VaultRefused> {
        let bytes = get(connection, "root")?.ok_or(VaultRefused::Damaged { set_aside: None })?;
        Ok(DeviceId::from_bytes(array(&bytes)?))
    }

    pub(crate) fn set_root(transaction: &Transaction<'_>, root: &DeviceId) -> Result<(), VaultRefused> {
        set(transaction, "root", root.as_bytes())
    }

    /// The four words of this device's own join, to show until it is added.
    pub(crate) fn join_words(connection: &Connection) -> Result<Option<String>, VaultRefused> {
        let bytes = get(connection, "join_words")?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    pub(crate) fn set_join_words(transaction: &Transaction<'_>, words: &str) -> Result<(), VaultRefused> {
        set(transaction, "join_words", words.as_bytes())
    }

    /// Since when no key of a space opens here that should, by this device's clock.
    pub(crate) fn lacking_since(
        connection: &Connection,
        space: &SpaceId,
    ) -> Result<Option<i64>, VaultRefused> {
        let bytes = get(connection, &format!("{LACKING_SINCE}{space}"))?;
        bytes.map(|bytes| Ok(i64::from_be_bytes(array(&bytes)?))).transpose()
    }

    /// Every key of a space that should opens here again.
    pub(crate) fn forget_lacking_since(
        transaction: &Transaction<'_>,
        space: &SpaceId,
    ) -> Result<(), VaultRefused> {
        set_or_forget(transaction, &format!("{LACKING_SINCE}{space}"), None)
    }

    /// Notes since when, unless it was so before.
    pub(crate) fn note_lacking_since(
        transaction: &Transaction<'_>,
        space: &SpaceId,
        now_ms: i64,
    ) -> Result<(), VaultRefused> {
        match Self::lacking_since(transaction, space)? {
            Some(_) => Ok(()),
            None => set(transaction, &format!("{LACKING_SINCE}{space}"), &now_ms.to_be_bytes()),
        }
    }

    /// The invites that this device withdrew. It alone can add with them, so nobody else need know.
    pub(crate) fn withdrawn_invites(connection: &Connection) -> Result<BTreeSet<InviteKey>, VaultRefused> {
        let mut statement = connection.prepare_cached("SELECT name FROM settings WHERE name GLOB ?1")?;
        let names = statement.query_map([format!("{WITHDRAWN}*")], |row| row.get::<_, String>(0))?;
        let read = |name: String| name.strip_prefix(WITHDRAWN).and_then(|key| key.parse().ok());
        names
            .map(|name| read(name?).ok_or(VaultRefused::Damaged { set_aside: None }))
            .collect()
    }

    pub(crate) fn withdraw_invite(
        transaction: &Transaction<'_>,
        key: &InviteKey,
    ) -> Result<(), VaultRefused> {
        set(transaction, &format!("{WITHDRAWN}{key}"), &[])
    }

    /// Whose device an invite of this device's brings in, if not a new member's.
    pub(crate) fn invite_member(
        connection: &Connection,
        key: &InviteKey,
    ) -> Result<Option<MemberId>, VaultRefused> {
        let bytes = get(connection, &format!("{INVITE_MEMBER}{key}"))?;
        bytes.map(|bytes| Ok(MemberId::from_bytes(array(&bytes)?))).transpose()
    }

    pub(crate) fn set_invite_member(
        transaction: &Transaction<'_>,
        key: &InviteKey,
        member: &MemberId,
    ) -> Result<(), VaultRefused> {
        set(transaction, &format!("{INVITE_MEMBER}{key}"), member.as_bytes())
    }

    /// When something came that this device's keys signed and this install did not: first and last, in ms since 1970 by this
    /// device's clock.
    pub(crate) fn own_twin(connection: &Connection) -> Result<Option<(i64, i64)>, VaultRefused> {
        let Some(bytes) = get(connection, "own_twin")? else { return Ok(None) };
        let both: [u8; 16] = array(&bytes)?;
        let (first, last) = both.split_at(8);
        Ok(Some((i64::from_be_bytes(array(first)?), i64::from_be_bytes(array(last)?))))
    }

    pub(crate) fn note_own_twin(transaction: &Transaction<'_>, now_ms: i64) -> Result<(), VaultRefused> {
        let first_ms = Self::own_twin(transaction)?.map_or(now_ms, |(first_ms, _)| first_ms);
        let both = [first_ms.to_be_bytes(), now_ms.to_be_bytes()].concat();
        set(transaction, "own_twin", &both)
    }

    /// When the sheets of this key were last proven to work, in ms since 1970 by this device's clock.
    pub(crate) fn drilled(
        connection: &Connection,
        purpose: SheetPurpose,
    ) -> Result<Option<i64>, VaultRefused> {
        let bytes = get(connection, drill_name(purpose))?;
        bytes.map(|bytes| Ok(i64::from_be_bytes(array(&bytes)?))).transpose()
    }

    pub(crate) fn set_drilled(
        transaction: &Transaction<'_>,
        purpose: SheetPurpose,
        now_ms: i64,
    ) -> Result<(), VaultRefused> {
        set(transaction, drill_name(purpose), &now_ms.to_be_bytes())
    }

    pub(crate) fn relay(connection: &Connection) -> Result<Option<KnownRelay>, VaultRefused> {
        let Some(address) = get(connection, "relay_address")? else { return Ok(None) };
        let relay = match get(connection, "relay_id")? {
            Some(bytes) => Some(RelayId::from_bytes(array(&bytes)?)),
            None => None,
        };
        Ok(Some(KnownRelay { address: String::from_utf8_lossy(&address).into_owned(), relay }))
    }

    /// Keeps where the relay is and, if it is given, who it is; else whoever was known stays the only one that is believed.
    /// Of a relay that takes another's place nothing is known.
    pub(crate) fn set_relay(
        transaction: &Transaction<'_>,
        address: &str,
        relay: Option<RelayId>,
    ) -> Result<KnownRelay, VaultRefused> {
        let before = Self::relay(transaction)?;
        if before.as_ref().is_none_or(|before| before.address != address) {
            set(transaction, "relay_address", address.as_bytes())?;
            // That clear text may go to one address says nothing of another.
            set_or_forget(transaction, "relay_cleartext", None::<&[u8]>)?;
        }
        let before = before.and_then(|before| before.relay);
        if let Some(relay) = relay {
            set(transaction, "relay_id", relay.as_bytes())?;
            if before.is_some_and(|before| before != relay) {
                Self::note_replaced(transaction)?;
            }
        }
        Ok(KnownRelay { address: address.to_owned(), relay: relay.or(before) })
    }

    /// What a person had remembered about the way to the relay.
    pub(crate) fn relay_way(connection: &Connection) -> Result<RelayWay, VaultRefused> {
        let cleartext = get(connection, "relay_cleartext")?.is_some();
        Ok(RelayWay { cleartext, authority: get(connection, "relay_authority")? })
    }

    pub(crate) fn set_relay_way(transaction: &Transaction<'_>, way: &RelayWay) -> Result<(), VaultRefused> {
        set_or_forget(transaction, "relay_cleartext", way.cleartext.then_some(&[1]))?;
        set_or_forget(transaction, "relay_authority", way.authority.as_deref())
    }

    /// A number that only rises; 0 before it was set.
    fn rising(connection: &Connection, name: &str) -> Result<u64, VaultRefused> {
        get(connection, name)?.map_or(Ok(0), |bytes| Ok(u64::from_be_bytes(array(&bytes)?)))
    }

    /// The counter of the last request.
    pub(crate) fn last_counter(connection: &Connection) -> Result<u64, VaultRefused> {
        Self::rising(connection, "counter")
    }

    /// Allocates the counter of the next request, so that none is used twice.
    pub(crate) fn next_counter(transaction: &Transaction<'_>) -> Result<u64, VaultRefused> {
        let next = Self::last_counter(transaction)? + 1;
        set(transaction, "counter", &next.to_be_bytes())?;
        Ok(next)
    }

    /// The latest request to which the relay's answer began to come. An earlier one's says nothing new about the relay.
    pub(crate) fn answered(connection: &Connection) -> Result<u64, VaultRefused> {
        Self::rising(connection, "answered")
    }

    pub(crate) fn set_answered(transaction: &Transaction<'_>, counter: u64) -> Result<(), VaultRefused> {
        set(transaction, "answered", &counter.to_be_bytes())
    }

    /// The relay has seen later counters than ours, from a clone or from before a backup was restored: counts on further
    /// ahead.
    pub(crate) fn jump_counter(transaction: &Transaction<'_>, by: u64) -> Result<(), VaultRefused> {
        let next = Self::next_counter(transaction)?.saturating_add(by);
        set(transaction, "counter", &next.to_be_bytes())
    }

    /// How much the next request may push.
    pub(crate) fn push_bytes(connection: &Connection, otherwise: usize) -> Result<usize, VaultRefused> {
        let Some(bytes) = get(connection, "push_bytes")? else { return Ok(otherwise) };
        Ok(usize::try_from(u64::from_be_bytes(array(&bytes)?))
            .unwrap_or(otherwise)
            .min(otherwise))
    }

    pub(crate) fn set_push_bytes(transaction: &Transaction<'_>, bytes: usize) -> Result<(), VaultRefused> {
        set(transaction, "push_bytes", &(bytes as u64).to_be_bytes())
    }

    /// The start of the machine during which the vault was last open, unless it was closed since.
    pub(crate) fn open_since(connection: &Connection) -> Result<Option<BootId>, VaultRefused> {
        match get(connection, "open_since")? {
            Some(bytes) => Ok(Some(BootId(array(&bytes)?))),
            None => Ok(None),
        }
    }

    pub(crate) fn set_open_since(
        transaction: &Transaction<'_>,
        boot: Option<BootId>,
    ) -> Result<(), VaultRefused> {
        set_or_forget(transaction, "open_since", boot.as_ref().map(|boot| boot.0.as_slice()))
    }

    /// The program that last tried everything that is here.
    pub(crate) fn program(connection: &Connection) -> Result<Option<String>, VaultRefused> {
        Ok(get(connection, "program")?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    pub(crate) fn set_program(transaction: &Transaction<'_>, program: &str) -> Result<(), VaultRefused> {
        set(transaction, "program", program.as_bytes())
    }

    /// The install that the vault was last opened in.
    pub(crate) fn install(connection: &Connection) -> Result<Option<InstallId>, VaultRefused> {
        match get(connection, "install")? {
            Some(bytes) => Ok(Some(InstallId(array(&bytes)?))),
            None => Ok(None),
        }
    }

    pub(crate) fn set_install(
        transaction: &Transaction<'_>,
        install: Option<InstallId>,
    ) -> Result<(), VaultRefused> {
        set_or_forget(transaction, "install", install.as_ref().map(|install| install.0.as_slice()))
    }

    /// After how many idle minutes this fieldbook locks itself, if its owner said so.
    pub(crate) fn lock_minutes(connection: &Connection) -> Result<Option<u16>, VaultRefused> {
        get(connection, "lock_minutes")?
            .map(|bytes| Ok(u16::from_be_bytes(array(&bytes)?)))
            .transpose()
    }

    pub(crate) fn set_lock_minutes(transaction: &Transaction<'_>, minutes: u16) -> Result<(), VaultRefused> {
        set(transaction, "lock_minutes", &minutes.to_be_bytes())
    }

    /// Which day of a term the day is that starts it, by its code, if somebody set it.
    pub(crate) fn day_count(connection: &Connection) -> Result<Option<String>, VaultRefused> {
        let code = get(connection, "day_count")?;
        Ok(code.and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    pub(crate) fn set_day_count(transaction: &Transaction<'_>, code: &str) -> Result<(), VaultRefused> {
        set(transaction, "day_count", code.as_bytes())
    }

    pub(crate) fn label(connection: &Connection, id: &[u8]) -> Result<Option<String>, VaultRefused> {
        let mut statement = connection.prepare_cached("SELECT name FROM labels WHERE id = ?1")?;
        Ok(statement.query_row([id], |row| row.get(0)).optional()?)
    }

    /// The things that were given this name.
    pub(crate) fn labelled(connection: &Connection, name: &str) -> Result<Vec<Vec<u8>>, VaultRefused> {
        let mut statement = connection.prepare_cached("SELECT id FROM labels WHERE name = ?1")?;
        let ids = statement.query_map([name], |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    pub(crate) fn set_label(
        transaction: &Transaction<'_>,
        id: &[u8],
        name: &str,
    ) -> Result<(), VaultRefused> {
        transaction.execute("INSERT OR REPLACE INTO labels (id, name) VALUES (?1, ?2)", params![id, name])?;
        Ok(())
    }
}
