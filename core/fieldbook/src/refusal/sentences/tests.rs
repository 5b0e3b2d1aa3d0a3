//! Every refusal that can be made has its three sentences, and they keep what they promise.

use std::io::{Error, ErrorKind};

use jasaq_model::entry::{ActivityRefused, EntryRefused};
use jasaq_model::guards::{DayTooEarly, RegisterRefused};
use jasaq_model::ids::IdRefused;
use jasaq_model::moment::{Day, MomentRefused};
use jasaq_model::patrol_log::LogRefused;
use jasaq_model::planning::PlanRefused;
use jasaq_model::position::{MgrsRefused, PositionRefused};
use jasaq_model::register::NumberRefused;
use jasaq_model::roles::MAY;
use jasaq_model::statement::Kind;
use jasaq_model::words::{Language, WordsRefused};
use jasaq_protocol::bytes::Malformed;
use jasaq_protocol::membership::{InviteRefused, MeantWord, Misheard, SheetRefused};
use jasaq_protocol::sync::{ContactBroken, SatchelRefused};

use super::{FieldbookRefused, paragraph_numbers};
use crate::exchange::{
    CarrierFailed, CertificateFlaw, CloseRefused, EnrolRefused, ExchangeRefused, JudgeRefused, MeetingFailed,
    RecoveryRefused,
};
use crate::formats::{IMPORT_BYTES_MAX, ImportFormat, ImportRefused, MetadataRefused};
use crate::refusal::AttachRefused;
use crate::vault::{HostRefused, KeyRefused, PassphraseRefused, VaultRefused};

const RUSSIAN: &str = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
const ONLY_KAZAKH: &str = "әғқңөұүһі";
/// What is written the same in every language: names of formats, commands and files.
const TOKENS: [&str; 22] = [
    "ROOT_KEY",
    MEANT,
    "https",
    "http",
    "GPX",
    "KML",
    "KMZ",
    "GeoJSON",
    "JSON",
    "WGS",
    "TMQ",
    "chmod",
    "jasaq",
    "vault.key",
    "set-aside-1",
    "JPEG",
    "PNG",
    "WebP",
    "MP4",
    "M4A",
    "Opus",
    "2026-05-01T08:10:00+05:00",
];
const LETTERS_MAX: usize = 300;
/// A word of a paper, the same in every language.
const MEANT: &str = "базук";

const FILE_TROUBLES: [ErrorKind; 4] =
    [ErrorKind::StorageFull, ErrorKind::PermissionDenied, ErrorKind::NotFound, ErrorKind::Other];

fn keys() -> Vec<KeyRefused> {
    use KeyRefused::{File, Form, Missing, Open, OtherHolder, Wrong};
    let files = FILE_TROUBLES.map(|kind| File(Error::from(kind)));
    let hosts = {
        use HostRefused::{Cancelled, Failed, Gone, Invalidated, NotUnlocked};
        [Invalidated, Cancelled, NotUnlocked, Gone, Failed].map(KeyRefused::Host)
    };
    let passphrases = [
        PassphraseRefused::Short { characters: 7, characters_min: 15 },
        PassphraseRefused::Monotonous { different: 2, different_min: 6 },
        PassphraseRefused::Long { bytes_max: 1_024 },
    ];
    let waits = [1, 240_000].map(|wait_ms| KeyRefused::TryAgainIn { wait_ms });
    let own = [Missing, Open, Form, OtherHolder, Wrong].into_iter().chain(files).chain(hosts);
    own.chain(passphrases.map(KeyRefused::Passphrase)).chain(waits).collect()
}

fn vaults() -> Vec<VaultRefused> {
    use VaultRefused::{Busy, Damaged, Exists, Folder, Full, Newer, None, Other, ReadOnly, Rescued};
    let set_aside = Some("askar/jasaq/set-aside-1".into());
    let own = [
        None,
        Exists,
        VaultRefused::Older,
        Newer { found: 7, known: 1 },
        Damaged { set_aside },
        Damaged { set_aside: Option::None },
        Rescued { set_aside: "askar/jasaq/set-aside-1".into() },
        Full,
        ReadOnly,
        Busy,
        VaultRefused::Locked,
        Other(rusqlite::Error::InvalidQuery),
    ];
    let folders = FILE_TROUBLES.map(|kind| Folder(Error::from(kind)));
    own.into_iter()
        .chain(folders)
        .chain(keys().into_iter().map(VaultRefused::Key))
        .collect()
}

fn enrolments() -> Vec<EnrolRefused> {
    use CloseRefused::{AttachmentsMissing, NoLaterSeason, NoSuchSeason, NotAllHere};
    use EnrolRefused::{
        AlreadyIn, AnotherRemoved, BroughtByAnother, Expired, InUse, MayNot, NoInvite, NoMember, NoSquad,
        NoSuchWords, NotIn, OtherTerritory, Removed, Seal, SeasonExists, Spent, SquadExists, Used, Withdrawn,
    };
    use InviteRefused::{Contradicted, Damaged, Form, Newer, Unknown};
    use JudgeRefused::{KeyFell, LastOfItsOffice, NoDevice, NothingHeld, Oneself, SameRole};
    let codes = [Form, Damaged, Newer, Unknown, Contradicted].into_iter();
    let codes = codes.chain(misheard().map(InviteRefused::Words)).map(EnrolRefused::Code);
    let own = [
        SeasonExists,
        InUse,
        NoInvite,
        Withdrawn,
        AlreadyIn,
        Removed,
        AnotherRemoved,
        Spent,
        OtherTerritory,
        NotIn,
        MayNot,
        NoSquad,
        SquadExists,
        NoSuchWords,
        Expired,
        Used,
        NoMember,
        BroughtByAnother,
        Seal,
    ];
    let judged =
        [NoDevice, Oneself, SameRole, LastOfItsOffice, NothingHeld, KeyFell].map(EnrolRefused::Judge);
    own.into_iter()
        .chain(judged)
        .chain([NoSuchSeason, NoLaterSeason, NotAllHere, AttachmentsMissing].map(EnrolRefused::Close))
        .chain(codes)
        .chain([EnrolRefused::Vault(VaultRefused::Full)])
        .collect()
}

fn misheard() -> [Misheard; 4] {
    let meant = MeantWord { place: 2, word: MEANT.to_owned().into() };
    [
        Misheard::Count { found: 29, due: 30 },
        Misheard::LineCount { line: 3, found: 4 },
        Misheard::Line { line: 3, meant: None },
        Misheard::Line { line: 3, meant: Some(meant) },
    ]
}

fn recoveries() -> Vec<RecoveryRefused> {
    use RecoveryRefused::{NotKnown, OtherTerritory, RootNotGiven, Sheet, Together};
    use SheetRefused::{Damaged, Few, Newer, Purposes, Same, Sets, Strangers, Territories, Words};
    let alone = misheard().map(Words).into_iter().chain([Damaged, Newer]);
    let together = [Few, Same, Territories, Purposes, Sets, Strangers].map(Together);
    alone
        .map(|refused| Sheet { which: 2, refused })
        .chain(together)
        .chain([OtherTerritory, NotKnown, RootNotGiven])
        .collect()
}

fn exchanges() -> Vec<ExchangeRefused> {
    use CarrierFailed::{Broken, Certificate, NoSuchHost, NotARelay, Status, Unreachable};
    let statuses = [400, 403, 407, 426, 501, 503, 507, 511].map(Status);
    let carriers = [Unreachable, NoSuchHost, Broken, NotARelay].into_iter().chain(statuses);
    let carriers = carriers.chain(CertificateFlaw::ALL.map(Certificate));
    let malformed = Malformed::TooShort;
    let contacts =
        [ContactBroken::Garbage(malformed), ContactBroken::Newer, ContactBroken::Cut, ContactBroken::Receipt];
    let satchels = [
        SatchelRefused::NotOne,
        SatchelRefused::Newer,
        SatchelRefused::Foreign,
        SatchelRefused::Damaged(malformed),
    ];
    let own = [
        ExchangeRefused::NoRelay,
        ExchangeRefused::OtherRelay,
        ExchangeRefused::Cleartext,
        ExchangeRefused::Vault(VaultRefused::Full),
    ];
    own.into_iter()
        .chain(carriers.map(ExchangeRefused::Carrier))
        .chain(contacts.map(ExchangeRefused::Broken))
        .chain(satchels.map(ExchangeRefused::Satchel))
        .chain(meetings().into_iter().map(ExchangeRefused::Meeting))
        .chain(FILE_TROUBLES.map(|kind| ExchangeRefused::File(Error::from(kind))))
        .collect()
}

fn meetings() -> Vec<MeetingFailed> {
    use MeetingFailed::{
        Code, Cut, Foreign, Misbehaved, Newer, Nobody, NotADevice, OtherCode, Stalled, Unknown,
    };
    use jasaq_protocol::sync::meeting::MeetingCodeRefused::{Damaged, Form};
    let codes = [Form, Damaged, jasaq_protocol::sync::meeting::MeetingCodeRefused::Newer].map(Code);
    let own = [Nobody, NotADevice, Newer, OtherCode, Foreign, Unknown, Misbehaved, Stalled, Cut];
    own.into_iter().chain(codes).collect()
}

#[test]
fn that_the_relay_is_older_is_told_as_that_and_not_as_busy() {
    let told = [(Language::En, "is older than"), (Language::Ru, "старее"), (Language::Kk, "ескі")];
    for (language, older) in told {
        let say = |status| {
            let failed = ExchangeRefused::Carrier(CarrierFailed::Status(status));
            FieldbookRefused::from(failed).sentence(language)
        };
        assert!(say(501).contains(older), "{}", say(501));
        assert_ne!(say(501).replace("501", "502"), say(502), "waiting does not help");
        assert!(!say(502).contains(older), "{}", say(502));
    }
}

fn words() -> [WordsRefused; 4] {
    [
        WordsRefused::Blank,
        WordsRefused::TooLong { bytes_max: 2_000, bytes: 2_340 },
        WordsRefused::ControlCharacter { at_byte: 17 },
        WordsRefused::Misleading { at_byte: 17 },
    ]
}

fn activities() -> Vec<ActivityRefused> {
    use ActivityRefused::{
        NoSuchMode, NoSuchProtectedObject, NoSuchReceiver, NoSuchSubkind, NoSuchType, NotOfThisType,
    };
    let fields = ["subkind", "mode", "protected_object", "receiver_kind", "a new one"];
    let own = [NoSuchType, NoSuchSubkind, NoSuchMode, NoSuchProtectedObject, NoSuchReceiver];
    own.into_iter().chain(fields.map(|field| NotOfThisType { field })).collect()
}

fn places_and_times() -> Vec<FieldbookRefused> {
    use MomentRefused::{NotADay, NotRfc3339, OffsetTooLarge, OutOfRange};
    use PositionRefused::{NoFix, NotADistance, OffTheGlobe};
    let places = [OffTheGlobe, NoFix, NotADistance].map(FieldbookRefused::Position);
    let squares = [MgrsRefused::Polar, MgrsRefused::NotAReference, MgrsRefused::NoSuchSquare]
        .map(FieldbookRefused::Mgrs);
    let times = [OutOfRange, OffsetTooLarge { minutes: 1_081 }, NotRfc3339, NotADay];
    let ids = [IdRefused::NotHexadecimal, IdRefused::NotAKey].map(FieldbookRefused::Id);
    places
        .into_iter()
        .chain(times.map(FieldbookRefused::Moment))
        .chain(ids)
        .chain(squares)
        .collect()
}

fn tracks() -> Vec<ImportRefused> {
    use ImportRefused::{
        Archive, DocumentType, Empty, NotWgs84, OtherFormat, TooDeep, TooLarge, TooManyEntries,
        TooManyPoints, UnknownFormat, UnpacksTooLarge,
    };
    let large = TooLarge { bytes: IMPORT_BYTES_MAX + 1 };
    let sizes = [large, UnpacksTooLarge, TooManyEntries, TooDeep, TooManyPoints];
    let others = ImportFormat::ALL.map(OtherFormat);
    let rest = [Archive, UnknownFormat, DocumentType, NotWgs84, Empty];
    sizes.into_iter().chain(others).chain(rest).collect()
}

fn attachments() -> [AttachRefused; 12] {
    use AttachRefused::{
        Empty, Erased, Key, Metadata, NoAttachment, NoEntry, NoRoom, NotHere, NowhereElse, Thumbnail, TooLong,
    };
    let metadata = [MetadataRefused::Format, MetadataRefused::Damaged].map(Metadata);
    let [format, damaged] = metadata;
    [
        Empty,
        TooLong,
        format,
        damaged,
        Thumbnail,
        NoEntry,
        NoAttachment,
        NotHere,
        NowhereElse,
        Erased,
        NoRoom,
        Key,
    ]
}

/// Every refusal that can be made, and one of each kind of number that stands in one.
fn refusals() -> Vec<FieldbookRefused> {
    let own = [
        FieldbookRefused::NoPatrol,
        FieldbookRefused::Erased,
        FieldbookRefused::MayNotState { paragraph: "001-§10" },
        FieldbookRefused::MayNotState { paragraph: "001-§19, 22" },
        FieldbookRefused::MayNotState { paragraph: "" },
        FieldbookRefused::PatrolFull,
        FieldbookRefused::CertificateNumber(NumberRefused::NotANumber),
        FieldbookRefused::LockMinutes { minutes_max: 720 },
        FieldbookRefused::Defect("{secret}".to_owned()),
    ];
    own.into_iter()
        .chain(vaults().into_iter().map(FieldbookRefused::Vault))
        .chain(enrolments().into_iter().map(FieldbookRefused::Enrol))
        .chain(recoveries().into_iter().map(FieldbookRefused::Recovery))
        .chain(exchanges().into_iter().map(FieldbookRefused::Exchange))
        .chain(words().map(|refused| FieldbookRefused::Entry(EntryRefused::Text(refused))))
        .chain(words().map(FieldbookRefused::Words))
        .chain(activities().into_iter().map(FieldbookRefused::Activity))
        .chain(places_and_times())
        .chain(tracks().into_iter().map(FieldbookRefused::Import))
        .chain(attachments().map(FieldbookRefused::Attach))
        .chain(LogRefused::ALL.iter().copied().map(FieldbookRefused::Log))
        .chain(PlanRefused::ALL.iter().copied().map(FieldbookRefused::Plan))
        .chain(RegisterRefused::ALL.iter().copied().map(FieldbookRefused::Register))
        .chain([FieldbookRefused::TooEarly(DayTooEarly {
            kind: Kind::Registration,
            day: Day::new(2026, 3, 4).unwrap(),
        })])
        .collect()
}

fn sentences(language: Language) -> Vec<String> {
    refusals().iter().map(|refused| refused.sentence(language)).collect()
}

fn is_written_with(sentence: &str, letters: &str) -> bool {
    let own = TOKENS.iter().fold(sentence.to_owned(), |rest, token| rest.replace(token, ""));
    let mut own = own.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase);
    own.all(|letter| letters.contains(letter))
}

#[test]
fn every_refusal_has_three_different_whole_sentences_that_fit_on_a_screen() {
    for refused in refusals() {
        let [kk, ru, en] =
            [Language::Kk, Language::Ru, Language::En].map(|language| refused.sentence(language));
        assert!(kk != ru && ru != en && en != kk, "{kk}");
        for sentence in [kk, ru, en] {
            let letters = sentence.chars().count();
            assert!(letters > 20 && letters <= LETTERS_MAX, "{letters}: {sentence}");
            assert!(sentence.ends_with('.') && !sentence.contains("  "), "{sentence}");
            assert!(sentence.chars().next().is_some_and(char::is_uppercase), "{sentence}");
            assert!(!sentence.contains(['{', '}', '\n']), "{sentence}");
        }
    }
}

#[test]
fn each_language_is_written_with_its_own_letters() {
    let kazakh = format!("{RUSSIAN}{ONLY_KAZAKH}");
    for sentence in sentences(Language::Kk) {
        assert!(is_written_with(&sentence, &kazakh), "{sentence}");
        assert!(sentence.to_lowercase().contains(|letter| ONLY_KAZAKH.contains(letter)), "{sentence}");
    }
    for sentence in sentences(Language::Ru) {
        assert!(is_written_with(&sentence, RUSSIAN), "{sentence}");
    }
    for sentence in sentences(Language::En) {
        assert!(is_written_with(&sentence, "abcdefghijklmnopqrstuvwxyz"), "{sentence}");
    }
}

#[test]
fn a_sentence_holds_the_numbers_a_person_needs() {
    let in_ms = |wait_ms| VaultRefused::from(KeyRefused::TryAgainIn { wait_ms });
    let needed: [(FieldbookRefused, &[&str]); 11] = [
        (VaultRefused::Newer { found: 7, known: 1 }.into(), &["7", "1"]),
        (words()[1].into(), &["2340", "2000"]),
        (FieldbookRefused::Import(tracks()[0]), &["33", "32"]),
        (ExchangeRefused::from(CarrierFailed::Status(503)).into(), &["503"]),
        (FieldbookRefused::PatrolFull, &["16000"]),
        (EnrolRefused::Expired.into(), &["48"]),
        (in_ms(4_001).into(), &["5 "]),
        (in_ms(239_000).into(), &["4 "]),
        (FieldbookRefused::LockMinutes { minutes_max: 720 }, &["1", "720"]),
        (EnrolRefused::Code(misheard()[1].clone().into()).into(), &["3", "4"]),
        (EnrolRefused::Code(misheard()[3].clone().into()).into(), &["3", "2", MEANT]),
    ];
    for language in Language::ALL {
        for (refused, numbers) in &needed {
            let sentence = refused.sentence(*language);
            assert!(numbers.iter().all(|number| sentence.contains(number)), "{sentence}");
        }
    }
}

#[test]
fn the_word_that_was_meant_stands_in_no_trace() {
    for refused in [
        EnrolRefused::Code(misheard()[3].clone().into()).into(),
        FieldbookRefused::from(RecoveryRefused::Sheet { which: 1, refused: misheard()[3].clone().into() }),
    ] {
        assert!(refused.sentence(Language::En).contains(MEANT), "otherwise nothing was looked for");
        assert!(!format!("{refused} {refused:?}").contains(MEANT), "{refused}");
    }
}

#[test]
fn a_full_disk_is_told_in_words_that_fit_whatever_was_to_be_written() {
    for (language, entry) in [(Language::Kk, "жазба "), (Language::Ru, "запись"), (Language::En, "entry")]
    {
        let sentence = FieldbookRefused::Vault(VaultRefused::Full).sentence(language);
        assert!(!sentence.contains(entry), "{sentence}");
    }
}

#[test]
fn a_rule_is_named_by_its_paragraph_and_not_by_our_code() {
    for language in Language::ALL {
        for row in MAY {
            let numbers = paragraph_numbers(row.paragraph).unwrap();
            let sentence = FieldbookRefused::MayNotState { paragraph: row.paragraph }.sentence(*language);
            assert!(sentence.contains(numbers) && sentence.contains("866"), "{sentence}");
            assert!(!sentence.contains("001-"), "{sentence}");
        }
        let unnamed = FieldbookRefused::MayNotState { paragraph: "" }.sentence(*language);
        assert!(!unnamed.contains('('), "{unnamed}");
    }
}

#[test]
fn a_vault_set_aside_is_named_by_its_folder_and_nobody_learns_whose_home_it_is() {
    for sentence in Language::ALL.iter().flat_map(|language| sentences(*language)) {
        assert!(!sentence.contains("askar") && !sentence.contains("secret"), "{sentence}");
    }
    let set_aside = Some("askar/jasaq/set-aside-1".into());
    let sentence = FieldbookRefused::Vault(VaultRefused::Damaged { set_aside }).sentence(Language::En);
    assert!(sentence.contains("the folder set-aside-1;"), "{sentence}");
}
