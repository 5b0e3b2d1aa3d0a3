//! Contacts that break, come late, or go to another relay.

use super::*;

#[test]
fn of_an_answer_that_broke_off_what_came_is_kept() {
    let mut district = District::new();
    let patrol = start(&district.phone);
    for _ in 0..40 {
        district.phone.write_entry(&patrol, round("туман")).unwrap();
        district.sync_phone().unwrap();
    }
    let late = district.add_volunteer();

    let mut broken = 0;
    while let Err(refused) = late.sync(Arc::new(Breaking(district.relay.clone(), 5_000))) {
        assert!(matches!(refused, FieldbookRefused::Unreachable { .. }), "{refused}");
        broken += 1;
        assert!(broken < 100, "each contact brings something");
    }

    assert!(broken > 0, "otherwise nothing broke");
    assert_eq!(late.patrol(&patrol).unwrap().entries.len(), 40);
}

#[test]
fn a_system_may_carry_while_the_program_is_dead_and_bring_answers_twice_and_out_of_order() {
    let district = District::new();
    let patrol = start(&district.phone);
    let counting = Arc::new(Counting::default());
    let _watch = district.phone.watch(counting.clone()).unwrap();
    district.phone.write_entry(&patrol, round("туман")).unwrap();
    let first = district.phone.prepare_contact().unwrap();
    let first_answer = district.relay.answer(&first.request);
    district.phone.write_entry(&patrol, round("брод")).unwrap();
    let second = district.phone.prepare_contact().unwrap();
    let second_answer = district.relay.answer(&second.request);

    let reopened = Fieldbook::open(opening(district.homes.path()), hardware()).unwrap();
    let cut = NewAnswer { bytes: second_answer[..second_answer.len() - 1].to_vec(), is_whole: false };
    let refused = reopened.take_answer(second.ticket, &cut).err().unwrap();
    assert!(matches!(refused, FieldbookRefused::Unreachable { .. }), "{refused}");
    for (ticket, bytes) in [
        (first.ticket, &first_answer),
        (second.ticket, &second_answer),
        (first.ticket, &first_answer),
        (second.ticket, &second_answer),
    ] {
        let answer = NewAnswer { bytes: bytes.clone(), is_whole: true };
        reopened.take_answer(ticket, &answer).unwrap();
    }
    reopened.sync(Arc::new(district.relay.clone())).unwrap();
    assert_eq!(reopened.status().unwrap().outbox_envelopes, 0);
    assert_eq!(counting.notices(), 0, "the process that watched was not the one that took the answers");
}

#[test]
fn a_contact_that_failed_is_told_in_words_and_taken_answers_are_watched() {
    let district = District::new();
    let patrol = start(&district.phone);
    let counting = Arc::new(Counting::default());
    let _watch = district.phone.watch(counting.clone()).unwrap();
    district.phone.write_entry(&patrol, round("туман")).unwrap();
    let failed = district.phone.prepare_contact().unwrap();
    let why = CarrierFailed::Certificate { flaw: CertificateFlaw::NotYetValid };
    let refused = district.phone.contact_failed(failed.ticket, why).err().unwrap();
    let FieldbookRefused::Unreachable { sentence, .. } = refused else { panic!("{refused}") };
    assert!(sentence.contains("часы этого устройства отстают"), "{sentence}");

    let prepared = district.phone.prepare_contact().unwrap();
    let bytes = district.relay.answer(&prepared.request);
    district
        .phone
        .take_answer(prepared.ticket, &NewAnswer { bytes, is_whole: true })
        .unwrap();
    assert_eq!(counting.notices(), 1);
    assert_eq!(counting.last().own_entries.with_head, 1, "the head's own phone holds it");
}

#[test]
fn a_replaced_relay_is_named_by_its_identity() {
    let district = District::new();
    let known = district.phone.status().unwrap().relay_id.unwrap();
    district.phone.set_relay("memory:", Some("5f".repeat(32))).unwrap();
    let status = district.phone.status().unwrap();
    assert_eq!(status.relay_id, Some("5f".repeat(32)));
    assert!(status.outbox_envelopes > 0, "everything goes up again");
    let refused = district.phone.set_relay("memory:", Some("5f".to_owned())).unwrap_err();
    assert!(matches!(refused, FieldbookRefused::Input { .. }), "{refused}");
    district.phone.set_relay("memory:", Some(known)).unwrap();
    district.sync_phone().unwrap();
    assert_eq!(district.phone.status().unwrap().outbox_envelopes, 0);
}

#[test]
fn clear_text_goes_beyond_this_machine_only_where_somebody_allowed_it() {
    let district = District::new();
    let phone = &district.phone;
    phone.set_relay("http://relay.example", None).unwrap();
    assert!(phone.prepare_contact().is_err());
    phone.allow_cleartext().unwrap();
    assert_eq!(phone.prepare_contact().unwrap().address, "http://relay.example");
    phone.set_relay("http://other.example", None).unwrap();
    assert!(phone.prepare_contact().is_err());
}

#[test]
fn a_carrier_that_fails_is_unreachable_and_nothing_is_lost() {
    struct Nobody;
    impl Carrier for Nobody {
        fn fetch_identity(&self, _: String) -> Result<String, CarrierFailed> {
            Err(CarrierFailed::Unreachable)
        }
        fn carry(&self, _: String, _: Vec<u8>, _: u32) -> Result<NewAnswer, CarrierFailed> {
            Err(uniffi::UnexpectedUniFFICallbackError::new("ValueError: Асқар, +7 700").into())
        }
        fn carry_parts(&self, _: String, _: PartsRequestView, _: u32) -> Result<NewAnswer, CarrierFailed> {
            Err(CarrierFailed::Unreachable)
        }
    }
    let district = District::new();
    district.phone.write_entry(&start(&district.phone), round("туман")).unwrap();

    let Err(FieldbookRefused::Unreachable { sentence, trace }) = district.phone.sync(Arc::new(Nobody)) else {
        panic!("it was refused otherwise, or not at all");
    };

    assert!(!format!("{sentence}{trace}").contains("Асқар"), "a host's exception may hold anything");
    assert!(district.sync_phone().unwrap().pushed > 0);
}
