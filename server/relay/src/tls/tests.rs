//! Certificates that can be used, and those that cannot.

use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, KeyPair, SanType, date_time_ymd,
};
use tempfile::TempDir;

use super::*;

/// The middle of 2026.
fn now() -> Duration {
    Duration::from_hours(495_000)
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn files(&self) -> TlsFiles {
        TlsFiles { chain: self.0.path().join("chain.pem"), key: self.0.path().join("key.pem") }
    }

    /// A certificate that ends with this year, and its key.
    fn write(&self, last_year: i32) {
        self.write_as(|wanted| wanted.not_after = date_time_ymd(last_year, 12, 31));
    }

    /// A certificate that is changed so, and its key.
    fn write_as(&self, change: impl FnOnce(&mut CertificateParams)) {
        let key = KeyPair::generate().unwrap();
        let mut wanted = CertificateParams::new(vec!["relay.example".to_owned()]).unwrap();
        change(&mut wanted);
        std::fs::write(self.files().chain, wanted.self_signed(&key).unwrap().pem()).unwrap();
        std::fs::write(self.files().key, key.serialize_pem()).unwrap();
    }

    fn load(&self) -> Result<Tls, TlsRefused> {
        Tls::load(self.files(), now)
    }
}

#[test]
fn a_chain_and_its_key_are_read_and_the_days_left_are_told() {
    let folder = Folder::new();
    folder.write(2026);
    assert_eq!(folder.load().unwrap().days_left(), 193);
}

#[test]
fn what_is_missing_or_is_no_certificate_or_no_key_is_told_with_its_file() {
    let folder = Folder::new();
    let TlsFiles { chain, key } = folder.files();
    assert!(matches!(folder.load(), Err(TlsRefused::Unreadable(file, _)) if file == chain));
    folder.write(2026);
    std::fs::remove_file(&key).unwrap();
    assert!(matches!(folder.load(), Err(TlsRefused::Unreadable(file, _)) if file == key));
    folder.write(2026);
    let pem = std::fs::read(&chain).unwrap();
    for no_chain in [&b""[..], b"not PEM", &std::fs::read(&key).unwrap(), &pem[..pem.len() - 60]] {
        std::fs::write(&chain, no_chain).unwrap();
        assert!(matches!(folder.load(), Err(TlsRefused::NoCertificate(file)) if file == chain));
    }
    folder.write(2026);
    for no_key in [&b""[..], &std::fs::read(&chain).unwrap()] {
        std::fs::write(&key, no_key).unwrap();
        assert!(matches!(folder.load(), Err(TlsRefused::NoKey(file)) if file == key));
    }
}

#[test]
fn another_certificates_key_is_refused() {
    let (folder, other) = (Folder::new(), Folder::new());
    folder.write(2026);
    other.write(2026);
    std::fs::copy(other.files().key, folder.files().key).unwrap();
    assert!(matches!(folder.load(), Err(TlsRefused::Mismatch)));
}

#[test]
fn a_certificate_that_has_expired_is_refused() {
    let folder = Folder::new();
    folder.write(2025);
    let refused = folder.load().unwrap_err();
    assert!(matches!(&refused, TlsRefused::Expired(file, _) if *file == folder.files().chain));
    assert!(refused.to_string().contains("until 2025-12-31T00:00:00Z"), "{refused}");
}

#[test]
fn what_no_device_accepts_is_refused_where_somebody_can_mend_it() {
    let folder = Folder::new();
    folder.write_as(|wanted| wanted.is_ca = IsCa::Ca(BasicConstraints::Unconstrained));
    assert!(matches!(folder.load(), Err(TlsRefused::Authority(_))), "a plain `openssl req -x509` makes one");
    folder.write_as(|wanted| wanted.subject_alt_names.clear());
    assert!(matches!(folder.load(), Err(TlsRefused::Nameless(_))));
    folder.write_as(|wanted| wanted.subject_alt_names = vec![SanType::URI("https://a".try_into().unwrap())]);
    assert!(matches!(folder.load(), Err(TlsRefused::Nameless(_))), "that is no address to a device");
    folder.write_as(|wanted| wanted.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth]);
    assert!(matches!(folder.load(), Err(TlsRefused::Unfit(_))));
    for accepted in [
        |wanted: &mut CertificateParams| wanted.is_ca = IsCa::ExplicitNoCa,
        |wanted: &mut CertificateParams| {
            wanted.subject_alt_names = vec![SanType::IpAddress([192, 0, 2, 1].into())];
        },
        |wanted: &mut CertificateParams| {
            wanted.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        },
    ] {
        folder.write_as(accepted);
        assert!(folder.load().is_ok());
    }
}

#[test]
fn a_relay_whose_clock_was_never_set_shows_its_certificate() {
    let folder = Folder::new();
    folder.write_as(|wanted| wanted.not_before = date_time_ymd(2026, 1, 1));
    let tls = Tls::load(folder.files(), || Duration::ZERO).unwrap();
    assert!(!tls.is_renewal_refused());
    folder.write_as(|wanted| {
        wanted.not_before = date_time_ymd(2026, 3, 1);
        wanted.not_after = date_time_ymd(1970 + 60, 1, 1);
    });
    tls.look_after();
    assert_eq!(
        tls.days_left(),
        60 * 365 + 15,
        "if neither is valid by this clock, the clock decides nothing"
    );
}

#[test]
fn a_renewal_that_is_not_valid_yet_waits_for_its_day() {
    use std::sync::atomic::{AtomicU64, Ordering};
    static DAYS: AtomicU64 = AtomicU64::new(0);
    let folder = Folder::new();
    folder.write(2026);
    let later = || now() + Duration::from_hours(24) * u32::try_from(DAYS.load(Ordering::Relaxed)).unwrap();
    let tls = Tls::load(folder.files(), later).unwrap();
    folder.write_as(|wanted| {
        wanted.not_before = date_time_ymd(2026, 12, 1);
        wanted.not_after = date_time_ymd(2027, 12, 31);
    });
    for (day, days_left, is_refused) in [(0, 193, true), (160, 33, true), (165, 365 + 28, false)] {
        DAYS.store(day, Ordering::Relaxed);
        tls.look_after();
        assert_eq!((tls.days_left(), tls.is_renewal_refused()), (days_left, is_refused), "day {day}");
    }
}

#[test]
fn a_renewal_holds_and_a_broken_one_changes_nothing() {
    let folder = Folder::new();
    folder.write(2026);
    let tls = folder.load().unwrap();
    folder.write(2027);
    tls.look_after();
    assert_eq!(tls.days_left(), 193 + 365);
    for break_it in [
        |files: &TlsFiles| std::fs::write(&files.key, "half a renew").unwrap(),
        |files: &TlsFiles| std::fs::remove_file(&files.chain).unwrap(),
    ] {
        break_it(&folder.files());
        tls.look_after();
        tls.reload();
        assert!(tls.days_left() == 193 + 365 && tls.is_renewal_refused());
    }
    folder.write(2025);
    tls.look_after();
    assert_eq!(tls.days_left(), 193 + 365, "expired ones are no renewal");
    folder.write(2028);
    tls.look_after();
    assert!(tls.days_left() == 193 + 365 + 366 && !tls.is_renewal_refused());
}

#[test]
fn that_few_days_are_left_is_said_once_a_day() {
    use std::sync::atomic::{AtomicU64, Ordering};
    static DAYS: AtomicU64 = AtomicU64::new(0);
    let later = || now() + Duration::from_hours(24) * u32::try_from(DAYS.load(Ordering::Relaxed)).unwrap();
    let folder = Folder::new();
    folder.write(2026);
    let tls = Tls::load(folder.files(), later).unwrap();
    let mut told = tls.current.subscribe();
    let mut is_told = |day| {
        DAYS.store(day, Ordering::Relaxed);
        tls.look_after();
        let is_new = told.has_changed().unwrap();
        told.mark_unchanged();
        is_new
    };
    assert_eq!(
        [0, 179, 180, 180, 181, 181, 300].map(&mut is_told),
        [false, false, true, false, true, false, true]
    );
}

#[test]
fn a_file_past_its_bound_is_refused_and_not_cut() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chain.pem");
    let most = usize::try_from(CERTIFICATE_FILE_BYTES_MAX).unwrap();
    std::fs::write(&file, vec![b'x'; most]).unwrap();
    assert_eq!(read_file(&file).unwrap().len(), most);
    std::fs::write(&file, vec![b'x'; most + 1]).unwrap();
    assert!(matches!(read_file(&file), Err(TlsRefused::Unreadable(..))));
}
