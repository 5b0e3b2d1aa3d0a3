//! What stands between a device and its relay: proxies that buffer, links that cut, names that nobody knows, IPv6 alone.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use crate::squad::{Device, RelayProcess, Squad, bring_in};
use crate::wire::Impostor;

fn squad_with_an_entry() -> Squad {
    let squad = Squad::found();
    squad.volunteer.run(&["patrol", "start", "--mode", "joint"]).well();
    squad.volunteer.write("брод");
    squad
}

/// The phone exchanges over what stands in between, and says how that went.
fn sync_over(phone: &Device, address: &str) -> (i32, String) {
    phone.run(&["device", "relay", address]).well();
    let done = phone.run(&["sync"]);
    (done.code, done.stderr)
}

#[test]
fn a_proxy_that_gathers_the_whole_answer_first_is_no_hindrance() {
    let squad = squad_with_an_entry();
    let relay = squad.relay.address.clone();
    let proxy = Impostor::start(move |asked| asked.forward(&relay));
    let (code, told) = sync_over(&squad.volunteer, &proxy.address);
    assert_eq!((code, squad.volunteer.own_entries("on_this_phone")), (0, 0), "{told}");
}

#[test]
fn an_answer_that_is_cut_anywhere_loses_nothing() {
    let squad = squad_with_an_entry();
    squad.meet();
    // Bytes that pass of an answer, in percent.
    let passes = Arc::new(Mutex::new(0));
    let (relay, percent) = (squad.relay.address.clone(), Arc::clone(&passes));
    let proxy = Impostor::start(move |asked| {
        let mut answer = asked.forward(&relay);
        if !asked.is_for_health() {
            answer.truncate(answer.len() * *percent.lock().unwrap() / 100);
        }
        answer
    });
    for (round, percent) in [0, 3, 30, 60, 85, 99].into_iter().enumerate() {
        *passes.lock().unwrap() = percent;
        squad.volunteer.write("туман");
        let (code, told) = sync_over(&squad.volunteer, &proxy.address);
        assert_eq!(code, 3, "{percent}: {told}");
        assert!(told.contains("broke") && told.contains("stays on this device"), "{percent}: {told}");
        let status = squad.volunteer.json(&["status"]);
        assert_eq!(status["own_entries"]["total"].as_u64().unwrap(), 2 + round as u64, "{percent}");
    }
    *passes.lock().unwrap() = 100;
    let (code, told) = sync_over(&squad.volunteer, &proxy.address);
    assert_eq!((code, squad.volunteer.own_entries("on_this_phone")), (0, 0), "{told}");
}

#[test]
fn a_port_where_nobody_listens_and_a_name_that_nobody_knows_are_told_apart() {
    let squad = squad_with_an_entry();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    // `.invalid` is reserved: nobody may ever know such a name (RFC 6761).
    for (address, sentence) in [
        (closed.as_str(), "The relay does not answer"),
        ("https://relay.invalid", "No relay was found under this name"),
    ] {
        let (code, told) = sync_over(&squad.volunteer, address);
        assert_eq!(code, 3, "{told}");
        assert!(told.contains(sentence), "{told}");
        assert_eq!(squad.volunteer.own_entries("on_this_phone"), 1);
    }
}

#[test]
fn a_relay_that_is_there_by_ipv6_alone_is_reached() {
    if TcpListener::bind("[::1]:0").is_err() {
        return eprintln!("this machine has no IPv6: the rule is not tested here");
    }
    let Squad { place, relay, root, head, volunteer, .. } = squad_with_an_entry();
    drop(relay);
    let relay = RelayProcess::start_on("[::1]:0", &place.path("relay.db"), &[&root]);
    assert!(relay.address.starts_with("http://[::1]:"), "{}", relay.address);
    let (code, told) = sync_over(&volunteer, &relay.address);
    assert_eq!((code, volunteer.own_entries("on_this_phone")), (0, 0), "{told}");
    assert_eq!(sync_over(&head, &relay.address).0, 0);
    bring_in(&place, &head, "late", &["--role", "vol"]).sync();
}

#[test]
fn an_idle_contact_stays_within_its_bytes() {
    let squad = squad_with_an_entry();
    for season in 2027..2032 {
        squad
            .ss
            .run(&["squad", "create", &season.to_string(), "--season", &season.to_string()])
            .well();
    }
    squad.meet();
    let (relay, counts) = (squad.relay.address.clone(), Arc::new(Mutex::new(Vec::new())));
    let noted = Arc::clone(&counts);
    let proxy = Impostor::start(move |asked| {
        let answer = asked.forward(&relay);
        if !asked.is_for_health() {
            // What the proxy itself adds is not counted.
            let down = answer.len() - "connection: close\r\n".len();
            noted.lock().unwrap().push((asked.head_bytes(), asked.bytes(), down));
        }
        answer
    });
    sync_over(&squad.ss, &proxy.address);
    assert_eq!(sync_over(&squad.ss, &proxy.address).0, 0);
    let (head, up, down) = *counts.lock().unwrap().last().unwrap();
    let spaces = (up - head - (3 + 4 + 32 + 8 + 2 + 64) - 4) / 32;
    assert!(spaces >= 10, "otherwise nothing is proved: {spaces}");
    let up_for_ten = up - (spaces - 10) * 32;
    eprintln!(
        "an idle contact for ten spaces: {up_for_ten} bytes up ({head} of them headers), {down} bytes down"
    );
    assert!(up_for_ten <= 700 && down <= 400, "{up_for_ten} up, {down} down");
}
