//! TLS to the relay: whom it is believed from, and what a person is told when it does not hold.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::crypto::ring;

use crate::squad::{Device, Done, Squad, finish};
use crate::wire::Impostor;

/// An authority of our own.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// What a relay with a certificate of this authority speaks.
    fn serve(&self, host: &str, change: fn(&mut CertificateParams)) -> ServerConfig {
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let provider = Arc::new(ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let key = key.serialize_der().try_into().unwrap();
        config
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap()
    }
}

/// A squad whose relay stands behind TLS.
struct Secured {
    squad: Squad,
    address: String,
    authority: String,
}

fn secure(host: &str, change: fn(&mut CertificateParams)) -> Secured {
    let squad = Squad::found();
    squad.volunteer.run(&["patrol", "start", "--mode", "joint"]).well();
    squad.volunteer.write("брод");
    let authority = Authority::new();
    let relay = squad.relay.address.clone();
    let front = Impostor::start_with_tls(authority.serve(host, change), move |asked| asked.forward(&relay));
    let pem = squad.place.file("authority.pem", authority.0.pem().as_bytes());
    Secured { squad, address: front.address, authority: pem }
}

#[track_caller]
fn assert_told(device: &Device, refused: &Done, sentence: &str) {
    assert_eq!(refused.code, 3, "{refused:?}");
    assert!(refused.stderr.contains(sentence), "{refused:?}");
    assert_eq!(device.own_entries("on_this_phone"), 1);
}

#[test]
fn an_authority_of_ones_own_is_trusted_for_once_or_remembered_with_an_address() {
    let Secured { squad, address, authority } = secure("127.0.0.1", |_| {});
    let phone = &squad.volunteer;
    assert_told(phone, &phone.run(&["device", "relay", &address]), "Nobody this device trusts vouches");
    assert_told(phone, &phone.run(&["sync"]), "Nobody this device trusts vouches");
    phone.run(&["sync", "--tls-ca", &authority]).well();
    assert_eq!(phone.own_entries("on_this_phone"), 0);
    assert_eq!(phone.run(&["sync"]).code, 3, "it was given to that exchange alone");
    phone.run(&["device", "relay", &address, "--tls-ca", &authority]).well();
    phone.sync();
    phone.run(&["device", "relay", &format!("{address}/")]).well();
    phone.sync();
    phone.run(&["device", "relay", &squad.relay.address]).well();
    phone.run(&["device", "relay", &address]).well();
    phone.sync();
}

#[test]
fn who_comes_in_through_an_authority_of_ones_own_need_not_name_it_again() {
    let Secured { squad, address, authority } = secure("127.0.0.1", |_| {});
    squad.head.run(&["device", "relay", &address, "--tls-ca", &authority]).well();
    let code = squad.head.run(&["invite", "--role", "vol"]).well();
    squad.head.sync();
    let of_code = squad.place.device("of-code");
    let words = of_code.run(&["join", &code, "--tls-ca", &authority]).well();
    of_code.sync();
    squad.head.sync();
    squad.head.run(&["device", "confirm", &words]).well();
    squad.head.sync();
    of_code.sync();
    assert_eq!(of_code.json(&["status"])["short_role"], "vol");

    let (console, sheets) = (squad.place.device("console"), squad.place.path("other-sheets"));
    let sheets = sheets.to_str().unwrap();
    console
        .run(&["init", "--relay", &address, "--tls-ca", &authority, "--sheets", sheets])
        .well();
    // The relay does not trust this root, but it was reached and believed.
    let refused = console.run(&["sync"]);
    assert!(!refused.stderr.contains("vouches"), "{refused:?}");
}

#[test]
fn the_systems_authorities_are_trusted() {
    let Secured { squad, address, authority } = secure("127.0.0.1", |_| {});
    assert_eq!(squad.volunteer.run(&["device", "relay", &address]).code, 3);
    let mut sync = squad.volunteer.command(&["sync"]);
    finish(sync.env("SSL_CERT_FILE", &authority), b"").well();
    assert_eq!(squad.volunteer.own_entries("on_this_phone"), 0);
}

#[test]
fn a_certificate_that_does_not_hold_is_told_with_what_to_do_and_nothing_is_sent() {
    let expired: fn(&mut CertificateParams) = |params| params.not_after = date_time_ymd(2020, 1, 1);
    // To a clock that stands at its first day every certificate is of the future.
    let future: fn(&mut CertificateParams) = |params| params.not_before = date_time_ymd(3000, 1, 1);
    for (host, change, sentence) in [
        ("127.0.0.1", expired, "has expired, or the clock of this device is ahead"),
        ("127.0.0.1", future, "is not valid yet, or the clock of this device is behind"),
        ("relay.example", |_: &mut CertificateParams| {}, "is of another address"),
    ] {
        let Secured { squad, address, authority } = secure(host, change);
        let phone = &squad.volunteer;
        assert_told(phone, &phone.run(&["device", "relay", &address, "--tls-ca", &authority]), sentence);
        assert_told(phone, &phone.run(&["sync", "--tls-ca", &authority]), sentence);
        phone.run(&["device", "relay", &squad.relay.address]).well();
        phone.sync();
        assert_eq!(phone.own_entries("on_this_phone"), 0);
    }
}

#[test]
fn who_speaks_no_tls_and_whose_authority_is_unknown_are_told_apart() {
    let Secured { squad, address, .. } = secure("127.0.0.1", |_| {});
    let phone = &squad.volunteer;
    let other = squad.place.file("other.pem", Authority::new().0.pem().as_bytes());
    assert_eq!(phone.run(&["device", "relay", &address]).code, 3);
    assert_told(phone, &phone.run(&["sync", "--tls-ca", &other]), "Nobody this device trusts vouches");
    let in_clear = squad.relay.address.replace("http:", "https:");
    assert_told(phone, &phone.run(&["device", "relay", &in_clear]), "What answered is not the relay");
    assert_told(phone, &phone.run(&["sync"]), "What answered is not the relay");
}

#[test]
fn a_file_without_a_certificate_is_not_an_authority() {
    let squad = Squad::found();
    let none = squad
        .place
        .file("none.pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    for file in [none.as_str(), "/nowhere/authority.pem"] {
        let refused = squad.volunteer.run(&["sync", "--tls-ca", file]);
        assert_ne!(refused.code, 0, "{refused:?}");
        assert_ne!(refused.code, 3, "{refused:?}");
    }
}

#[test]
fn clear_text_beyond_this_machine_is_allowed_for_the_one_address_it_was_said_of() {
    let squad = Squad::found();
    let phone = &squad.volunteer;
    // Nobody is there: what counts is whether it is tried.
    let far = "http://192.0.2.1:1";
    assert_eq!(phone.run(&["device", "relay", far]).code, 2);
    // To us this is a name like any other; the system knows that it leads nowhere far.
    let near = squad.relay.address.replace("127.0.0.1", "127.1");
    phone.run(&["device", "relay", &near, "--allow-cleartext"]).well();
    phone.run(&["sync"]).well();
    phone.run(&["device", "relay", &squad.relay.address]).well();
    assert_eq!(phone.run(&["device", "relay", &near]).code, 2);
    phone.run(&["sync"]).well();
}
