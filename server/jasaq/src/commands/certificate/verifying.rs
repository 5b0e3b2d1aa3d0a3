//! `certificate verify`: what the signed code beside one is worth.

use std::path::Path;

use jasaq_fieldbook::formats::certificates::{
    CertificateClaims, CertificateUnread, TrustList, TrustListRefused, Verdict, Verification, annex_of,
    verify_certificate,
};
use jasaq_fieldbook::model::moment::UtcTime;
use jasaq_fieldbook::model::register::CertificateKind;
use serde_json::{Value, json};

use crate::arguments::certificate::VerifyArguments;
use crate::failure::{Class, Failure};
use crate::files;
use crate::limits::{CODE_PICTURE_BYTES_MAX, TRUST_LIST_FILE_BYTES_MAX};
use crate::output::Reply;
use crate::program::{Program, surroundings};
use crate::qr;
use crate::table::day_and_time;
use crate::words::{Message, Words};

/// What every text of a certificate's code begins with, in whatever version.
const CODE_BEGINS: &str = "JSQ";

/// What a certificate prints into, and no camera makes.
const PDF_BEGINS: &[u8] = b"%PDF";

/// Says what a code is worth. Works without a fieldbook.
pub(super) fn verify(program: &Program, arguments: &VerifyArguments) -> Result<Reply, Failure> {
    let list = files::read_given(&arguments.trust, TRUST_LIST_FILE_BYTES_MAX)?;
    let list = TrustList::read(&list, arguments.root.as_ref()).map_err(list_refused)?;
    let text = code_text(&arguments.code)?;
    let now = UtcTime::saturating_from_unix_ms(surroundings().now().unix_ms);
    let verified = verify_certificate(&text, &list, now).map_err(unread)?;
    let sentence = program.words.say(sentence_of(verified.verdict, &list));
    let mut lines = vec![sentence.clone()];
    lines.extend(verified.claims.as_ref().map(|claims| told(claims, &program.words)));
    lines.extend(about_list(&verified, &program.words));
    if arguments.root.is_none() {
        let unchecked = Message::new("certificate-root-unchecked").with("root", list.root().to_string());
        lines.push(program.words.say(unchecked));
    }
    lines.push(program.words.say("certificate-paper"));
    let is_root_given = arguments.root.is_some();
    let json = as_json(&verified, (&list, is_root_given), (&sentence, &program.words));
    let reply = Reply::new(json).text(lines.join("\n"));
    let is_good = verified.verdict == Verdict::Registered;
    Ok(if is_good { reply } else { reply.falling_short(Class::Rule) })
}

/// The text as it was typed, or in a file, or in a picture.
fn code_text(given: &Path) -> Result<String, Failure> {
    if let Some(text) = given.to_str().filter(|text| text.starts_with(CODE_BEGINS)) {
        return Ok(text.to_owned());
    }
    let bytes = files::read_given(given, CODE_PICTURE_BYTES_MAX)?;
    if bytes.starts_with(PDF_BEGINS) {
        return Err(Failure::new(Class::Input, "certificate-is-pdf", &"a PDF where a code is wanted"));
    }
    let too_large = bytes.len() > CODE_PICTURE_BYTES_MAX;
    let in_picture = if too_large { None } else { qr::read_picture(&bytes) };
    match in_picture {
        Some(texts) => qr::the_only(texts, CODE_BEGINS).map_err(not_one),
        None => String::from_utf8(bytes).map_err(|_| unread(CertificateUnread::NotACertificate)),
    }
}

fn not_one(codes: usize) -> Failure {
    let (sentence, why) = match codes {
        0 => ("certificate-none-in-picture", "no certificate's code in the picture"),
        _ => ("certificate-several-in-picture", "several certificates' codes in the picture"),
    };
    Failure::new(Class::Input, sentence, &why)
}

fn unread(refused: CertificateUnread) -> Failure {
    let sentence = match refused {
        CertificateUnread::NotACertificate => "certificate-not-one",
        CertificateUnread::Newer => "certificate-newer",
        _ => "certificate-damaged",
    };
    Failure::new(Class::Input, sentence, &refused)
}

fn list_refused(refused: TrustListRefused) -> Failure {
    let sentence = match refused {
        TrustListRefused::NotATrustList => "trust-list-not-one",
        TrustListRefused::Newer => "trust-list-newer",
        TrustListRefused::OtherTerritory => "trust-list-other-territory",
        TrustListRefused::TooLong | TrustListRefused::Packing => "trust-list-damaged",
        _ => "trust-list-not-believed",
    };
    Failure::new(Class::Input, sentence, &refused)
}

fn sentence_of(verdict: Verdict, list: &TrustList) -> Message {
    match verdict {
        Verdict::Registered => Message::new("certificate-registered"),
        Verdict::Reprinted { last } => Message::new("certificate-reprinted").with("last", last.get()),
        Verdict::StruckOff => Message::new("certificate-struck-off"),
        Verdict::Lost => Message::new("certificate-lost"),
        Verdict::Contested => Message::new("certificate-contested"),
        Verdict::Unknown => Message::new("certificate-unknown"),
        Verdict::NotAsRegistered => Message::new("certificate-not-as-registered"),
        Verdict::Forged => Message::new("certificate-forged"),
        Verdict::OtherTerritory => {
            Message::new("certificate-other-territory").with("list", list.territory().to_string())
        }
        Verdict::StrangeKey => Message::new("certificate-strange-key"),
    }
}

/// What the code says, once a console's signature vouches for it.
fn told(claims: &CertificateClaims, words: &Words) -> String {
    let form = match claims.kind {
        CertificateKind::NonStaffEmployee => "certificate-form-non-staff",
        CertificateKind::SquadMember => "certificate-form-squad",
    };
    let told = Message::new("certificate-says")
        .with("number", claims.number.as_str().to_owned())
        .with("holder", claims.holder.to_string())
        .with("form", words.say(form))
        .with("day", claims.issued_on.to_string())
        .with("print", claims.print.get())
        .with("subdivision", claims.subdivision.to_string());
    words.say(told)
}

/// Of which day the list is, how old, and whether it can know the certificate at all.
fn about_list(verified: &Verification, words: &Words) -> Vec<String> {
    let made = day_and_time(verified.list_made_at);
    let age = match verified.list_age_days {
        Some(days) => Message::new("certificate-list").with("made", made).with("days", days),
        None => Message::new("certificate-list-ahead").with("made", made),
    };
    let older = verified.is_list_older.then(|| words.say("certificate-list-older"));
    [words.say(age)].into_iter().chain(older).collect()
}

fn as_json(
    verified: &Verification,
    (list, is_root_given): (&TrustList, bool),
    (sentence, words): (&str, &Words),
) -> Value {
    let last_print = match verified.verdict {
        Verdict::Reprinted { last } => Some(last.get()),
        _ => None,
    };
    let certificate = verified.claims.as_ref().map(|claims| {
        json!({
            "number": claims.number.as_str(),
            "holder": claims.holder.as_str(),
            "annex": annex_of(claims.kind),
            "issued_on": claims.issued_on,
            "print": claims.print,
            "subdivision": claims.subdivision.as_str(),
        })
    });
    json!({
        "verdict": verified.verdict.code(),
        "sentence": sentence,
        "last_print": last_print,
        "certificate": certificate,
        "list": {
            "made_at": verified.list_made_at,
            "age_days": verified.list_age_days,
            "is_older_than_certificate": verified.is_list_older,
            "root": list.root().to_string(),
            "is_root_given": is_root_given,
            "signed_by": list.signer().to_string(),
        },
        "only_paper_is_valid": words.say("certificate-paper"),
    })
}
