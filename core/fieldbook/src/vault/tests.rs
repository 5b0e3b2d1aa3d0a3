//! What the vault promises about keys, damage, schemas and full disks.

use tempfile::TempDir;

use super::*;
use crate::surroundings::{BootId, Surroundings};

fn made() -> (TempDir, VaultKey) {
    let home = TempDir::new().unwrap();
    let mut surroundings = Surroundings::of_the_system(Some(BootId([1; 16])));
    let key = KeyHolder::File.new_key(surroundings.chance());
    drop(Vault::create(home.path(), &KeyHolder::File, &key).unwrap());
    (home, key)
}

#[test]
fn a_vault_opens_again() {
    let (home, _) = made();
    for _ in 0..3 {
        let mut vault = Vault::open(home.path(), &KeyHolder::File).unwrap();
        vault.write(|transaction| Vault::set_label(transaction, b"x", "label")).unwrap();
        assert_eq!(Vault::label(vault.read(), b"x").unwrap().as_deref(), Some("label"));
    }
}
