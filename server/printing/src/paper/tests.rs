use super::*;
use crate::documents::*;

#[test]
fn show() {
    let made = Made { day: "2026-11-21".parse().unwrap(), program: "jasaq 0.1.0".to_owned() };
    for (index, document) in samples().into_iter().enumerate() {
        for language in [PageLanguage::Kk, PageLanguage::Ru] {
            let code = document.code().map(code::draw).transpose().unwrap();
            let input = Input { language, made: &made, has_code: code.is_some(), it: &document };
            let input = serde_json::to_value(input).unwrap();
            let start = std::time::Instant::now();
            let world = PrintWorld::new(document.name(), input.to_string(), code);
            let pdf = set(&world, &made).map_err(|errors| {
                errors.iter().map(|e| format!("{} {:?} {:?} {:?}", e.message, typst::WorldExt::range(&world, e.span), e.trace, e.hints)).collect::<Vec<_>>()
            });
            eprintln!("{} {:?}", document.name(), start.elapsed());
            match pdf {
                Ok(pdf) => std::fs::write(format!("/tmp/pdf/{index}-{}-{language:?}.pdf", document.name()), pdf).unwrap(),
                Err(errors) => eprintln!("{errors:#?}"),
            }
        }
    }
}

fn signer() -> Signer {
    Signer { position: Some("бастық".to_owned()), rank: Some("полковник".to_owned()), name: Some("Әбдірахманов Ғани Қайратұлы".to_owned()) }
}

fn letter(from: &str, to: &str) -> Letterhead {
    Letterhead { from: from.to_owned(), to: to.to_owned(), number: Some("12-34/567".to_owned()), day: Some("2026-11-03".parse().unwrap()) }
}

fn samples() -> Vec<Document> {
    let ts = "ҚР ҰҚК Шекара қызметінің Шығыс Қазақстан облысы бойынша аумақтық бөлімшесі";
    let leb = "Зайсан ауданының әкімдігі";
    let person = "Қасымов Ерлан Болатұлы";
    let day = Some("2026-11-03".parse().unwrap());
    vec![
        Document::Certificate(Certificate { kind: CertificateKind::SquadMember, number: "0123".to_owned(), holder: person.to_owned(), territorial_subdivision: "Шығыс Қазақстан облысы бойынша".to_owned(), issued_on: day, signer: signer(), code: Some("JASAQ1:".to_owned() + &"6BF+70790T9WJWG".repeat(20)) }),
        Document::Certificate(Certificate { kind: CertificateKind::NonStaffEmployee, number: "0124".to_owned(), holder: person.to_owned(), territorial_subdivision: "Шығыс Қазақстан облысы бойынша".to_owned(), issued_on: None, signer: Signer::default(), code: None }),
        Document::MemberList(MemberList { letter: letter(leb, ts), squad: "Қарабұлақ".to_owned(), district: "Зайсан ауданы".to_owned(), members: (0..200).map(|n| ListedPerson { name: if n % 2 == 0 { person.to_owned() } else { "Щербакова-Нұрғалиева Айгүл Бақытжанқызы".to_owned() }, born: day, identification_number: Some("900101300123".to_owned()), identity_card: Some("012345678".to_owned()), residence: Some("Зайсан ауданы, Қарабұлақ ауылы, Абай көшесі, 12-үй, 34-пәтер".to_owned()) }).collect(), signer: signer() }),
        Document::NonStaffApplication(NonStaffApplication { to: ts.to_owned(), applicant: None, residence: None, phone: None, identity_document: None, with_insurance: true, day: None }),
        Document::Refusal(Refusal { letter: letter(ts, person), received_on: day, signer: signer() }),
        Document::RegistrationNotice(RegistrationNotice { letter: letter(ts, person), registered_on: day, certificate_number: Some("0123".to_owned()), signer: signer() }),
        Document::ExclusionNotice(ExclusionNotice { letter: letter(ts, leb), squad: "Қарабұлақ".to_owned(), person: person.to_owned(), born: day, list_number: Some("77".to_owned()), list_day: day, signer: signer() }),
        Document::StrikeOffNotice(StrikeOffNotice { letter: letter("құрылымдық бөлімше", person), struck_off_on: day, signer: signer() }),
        Document::DecisionExtract(DecisionExtract { akimat: leb.to_owned(), number: Some("5".to_owned()), day, decided: Decided::SquadCreated { squad: "Қарабұлақ".to_owned() }, signer: signer() }),
        Document::DecisionExtract(DecisionExtract { akimat: leb.to_owned(), number: None, day: None, decided: Decided::HeadAppointed { squad: "Қарабұлақ".to_owned(), head: person.to_owned() }, signer: Signer::default() }),
        Document::RegisterExtract(RegisterExtract { territorial_subdivision: ts.to_owned(), as_of: day.unwrap(), persons: (0..40).map(|n| RegisteredPerson { name: person.to_owned(), kind: CertificateKind::SquadMember, squad: Some("Қарабұлақ".to_owned()), registered_on: day, certificate_number: Some(format!("{n:04}")), struck_off_on: day.filter(|_| n % 3 == 0) }).collect(), signer: signer() }),
        Document::CertificateRegister(CertificateRegister { territorial_subdivision: ts.to_owned(), as_of: day.unwrap(), certificates: vec![CertificateLine { number: "0001".to_owned(), kind: CertificateKind::SquadMember, holder: person.to_owned(), issued_on: day, state: CertificateState::Lost { on: None } }, CertificateLine { number: "0002".to_owned(), kind: CertificateKind::NonStaffEmployee, holder: person.to_owned(), issued_on: day, state: CertificateState::Replaced { by: "0009".to_owned() } }], signer: signer() }),
        Document::TrainingRecord(TrainingRecord { structural_subdivision: "Зайсан құрылымдық бөлімшесі".to_owned(), military_unit: None, day: None, topics: vec![], attendees: (0..10).map(|_| Attendee { name: person.to_owned(), squad: Some("Қарабұлақ".to_owned()) }).collect(), signer: signer() }),
    ]
}
