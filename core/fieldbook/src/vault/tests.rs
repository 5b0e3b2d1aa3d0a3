//! What the vault promises about keys, damage, schemas and full disks.
