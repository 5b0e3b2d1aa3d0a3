//! Every refusal in English. Each `match` is total: a new variant does not compile until it has its sentence.

use jasaq_model::entry::{ActivityRefused, EntryRefused};
use jasaq_model::moment::MomentRefused;
use jasaq_model::position::{MgrsRefused, PositionRefused};
use jasaq_model::sentences::certificate_number_refused;
use jasaq_model::words::{Language, WordsRefused};
use jasaq_protocol::sync::SatchelRefused;

use super::super::FieldbookRefused;
use super::attach_en;
use super::import_en;
use super::lock_en as lock;
use super::{FileTrouble, INVITE_HOURS, PATROL_STATEMENTS_MAX, folder_name, paragraph_numbers};
use crate::exchange::{EnrolRefused, ExchangeRefused};
use crate::vault::VaultRefused;

const DEFECT: &str = "The program has a defect: what you did last was not done, everything recorded \
    before stays. Renew the program and try again; if that does not help, tell the structural \
    subdivision.";

pub(super) fn sentence(refused: &FieldbookRefused) -> String {
    let sentence = match refused {
        FieldbookRefused::Vault(refused) => return vault(refused),
        FieldbookRefused::Enrol(refused) => return enrol(refused),
        FieldbookRefused::Exchange(refused) => return exchange(refused),
        FieldbookRefused::Recovery(refused) => return super::paper_en::recovery(refused),
        FieldbookRefused::Entry(EntryRefused::Text(refused)) | FieldbookRefused::Words(refused) => {
            return words(*refused);
        }
        FieldbookRefused::Activity(refused) => return activity(*refused),
        FieldbookRefused::Position(refused) => position(*refused),
        FieldbookRefused::Mgrs(refused) => mgrs(*refused),
        FieldbookRefused::Moment(refused) => moment(*refused),
        FieldbookRefused::Id(_) => {
            "There is no such id: it is not whole or holds characters too many, so nothing was saved. Choose \
            from the list and try again."
        }
        FieldbookRefused::Import(refused) => return import_en::sentence(*refused),
        FieldbookRefused::Attach(refused) => return attach_en::sentence(*refused),
        FieldbookRefused::MayNotState { paragraph } => return may_not_state(paragraph),
        FieldbookRefused::PatrolFull => {
            return format!(
                "This patrol holds no more records of this device (at most {PATROL_STATEMENTS_MAX}): \
                this entry was NOT recorded, everything recorded before stays. Start a new patrol and \
                record it there."
            );
        }
        FieldbookRefused::Register(refused) => return refused.sentence(Language::En),
        FieldbookRefused::Plan(refused) => refused.word(Language::En),
        FieldbookRefused::Log(refused) => refused.word(Language::En),
        FieldbookRefused::PatrolCode(refused) => refused.word(Language::En),
        FieldbookRefused::TooEarly(early) => return early.sentence(Language::En),
        FieldbookRefused::CertificateNumber(_) => return certificate_number_refused(Language::En),
        FieldbookRefused::NoPatrol => {
            "There is no such patrol on this device, or several begin like that. Choose it from the \
            list or give more of its id; if it is on another device, exchange first."
        }
        FieldbookRefused::Erased => {
            "This record was erased for everybody: nothing of it can be shown, and nothing be added to it."
        }
        FieldbookRefused::LockMinutes { minutes_max } => return lock::minutes(*minutes_max),
        FieldbookRefused::Defect(_) => DEFECT,
    };
    sentence.to_owned()
}

fn may_not_state(paragraph: &str) -> String {
    let basis = paragraph_numbers(paragraph).map_or_else(String::new, |numbers| {
        let word = if numbers.contains(',') { "paragraphs" } else { "paragraph" };
        format!(" (decree No. 866, {word} {numbers})")
    });
    format!(
        "Your role may not record this{basis}; this entry was NOT recorded. Ask somebody who may to \
        record it; if your role is wrong, tell the structural subdivision."
    )
}

pub(super) fn vault(refused: &VaultRefused) -> String {
    let sentence = match refused {
        VaultRefused::Key(refused) => return lock::key(refused),
        VaultRefused::Locked => lock::LOCKED,
        VaultRefused::Folder(error) => home_folder(FileTrouble::of(error)),
        VaultRefused::Older => {
            "The vault was made by a program from before the first release and cannot be read. It was left \
            untouched with everything in it; read it with the program that made it, or begin in another folder."
        }
        VaultRefused::Newer { found, known } => {
            return format!(
                "The vault was made by a newer program: its schema is {found}, this program knows them \
                up to {known}. It was left untouched with everything in it; renew the program and open \
                it again."
            );
        }
        VaultRefused::Rescued { set_aside: folder } => {
            let folder = folder_name(folder);
            return format!(
                "The vault was damaged. It lies whole in the folder {folder}; what could be read of it is in \
                a new one. Keep that folder, run the command again, and exchange: what is missing comes back \
                from the relay or by exchange file."
            );
        }
        VaultRefused::Damaged { set_aside: Some(folder) } => {
            let folder = folder_name(folder);
            return format!(
                "The vault is damaged and was moved whole into the folder {folder}; nothing was \
                deleted. Keep that folder and tell the structural subdivision, then ask for a new \
                invite, join and exchange."
            );
        }
        VaultRefused::Damaged { set_aside: None } => {
            "The vault is damaged, but nothing in it was deleted. Delete nothing: copy the folder of \
            the vault, open the program again and tell the structural subdivision."
        }
        VaultRefused::None => {
            "There is no vault of records in this folder. Check that it is the right folder, or ask for \
            an invite and join."
        }
        VaultRefused::Exists => {
            "There is a vault of records in this folder already; it was left as it is. Open it, or \
            choose another folder."
        }
        VaultRefused::Full => {
            "The disk is full: nothing of this step was kept, everything recorded before stays. Make room \
            on the disk, then do it again."
        }
        VaultRefused::ReadOnly => {
            "The vault cannot be written: the disk or folder is read-only. Nothing new was recorded, \
            everything recorded before stays; allow writing, or copy the whole folder to another disk and open it \
            there."
        }
        VaultRefused::Busy => {
            "Another program keeps the vault busy. Nothing new was recorded, everything recorded before \
            stays; wait a little or close that program, then try again."
        }
        VaultRefused::Other(_) => {
            "Reading or writing the vault failed. Nothing new was recorded, everything recorded before \
            stays; try again, and if that does not help, tell the structural subdivision."
        }
    };
    sentence.to_owned()
}

pub(super) fn home_folder(trouble: FileTrouble) -> &'static str {
    match trouble {
        FileTrouble::Full => {
            "The disk is full and the folder of the vault could not be written; everything recorded \
            before stays. Make room on the disk and try again."
        }
        FileTrouble::Forbidden => {
            "The folder of the vault may not be used; nothing happened to the records in it. Allow this \
            user to read and write there, then try again."
        }
        FileTrouble::Missing => {
            "A file that is needed is missing from the folder of the vault; the others were left as \
            they are. Bring it back from a copy and open the vault again."
        }
        FileTrouble::Other => {
            "Reading or writing the folder of the vault failed; everything recorded before stays. Check \
            the disk and try again."
        }
    }
}

fn enrol(refused: &EnrolRefused) -> String {
    let sentence = match refused {
        EnrolRefused::Vault(refused) => return vault(refused),
        EnrolRefused::Code(refused) => return super::paper_en::invite(refused),
        EnrolRefused::NotIn => {
            "This device is not in yet; what you record is kept on it. Show the four words to whoever \
            invited you and exchange once they have confirmed."
        }
        EnrolRefused::MayNot => {
            "Your role may not do that; nothing was changed. Ask somebody who may, or turn to the \
            structural subdivision."
        }
        EnrolRefused::NoSquad => {
            "There is no such squad here, or several fit; nothing was changed. Give the name of the \
            squad exactly; if it has not reached this device yet, exchange first."
        }
        EnrolRefused::SquadExists => {
            "A squad of this name exists already; nothing was changed. Use it, or give another name."
        }
        EnrolRefused::NoSuchWords => {
            "No device that waits has these words; nobody was added. Exchange and compare the four \
            words again; if they still differ, do not confirm and make a new invite."
        }
        EnrolRefused::Expired => {
            return format!(
                "By the clock of this device the invite has expired (it lasts {INVITE_HOURS} hours); \
                the device was not added. Check the clock and make a new invite."
            );
        }
        EnrolRefused::Used => {
            "Another device was added with this invite already; this one was not. Make a new invite; if \
            you do not know whose the first device is, tell the structural subdivision at once."
        }
        EnrolRefused::Withdrawn => {
            "This invite was withdrawn on this device; the device was not added. Make a new invite for it."
        }
        EnrolRefused::NoInvite => {
            "This device made no such invite; nothing was changed. Choose one from the list of invites."
        }
        EnrolRefused::InUse => {
            "This invite has let a device in already, so nothing was changed. If you do not know whose device it is, tell the structural subdivision at once."
        }
        EnrolRefused::AlreadyIn => "This device is in already and needs no new invite. Just go on working.",
        EnrolRefused::Removed => super::removed::this_en(),
        EnrolRefused::AnotherRemoved => super::removed::another_en(),
        EnrolRefused::OtherTerritory => {
            "The invite is of another territory, so this device does not join with it; everything recorded stays. Ask your own structural subdivision for an invite."
        }
        EnrolRefused::Spent => {
            "This invite was used for another device already. Ask for a new one and join again with it; what you recorded here stays."
        }
        EnrolRefused::NoMember => {
            "No such member is known on this device; nothing was changed. Exchange, then choose the \
            member from the list."
        }
        EnrolRefused::BroughtByAnother => {
            "Another head or another subdivision brought this member; nothing was changed. Whoever brought \
            him, or the structural subdivision, invites his next device."
        }
        EnrolRefused::Judge(refused) => super::judging::en(*refused),
        EnrolRefused::SeasonExists => super::seasons::exists_en(),
        EnrolRefused::Close(refused) => super::seasons::en(*refused),
        EnrolRefused::Seal => DEFECT,
    };
    sentence.to_owned()
}

fn exchange(refused: &ExchangeRefused) -> String {
    let sentence = match refused {
        ExchangeRefused::Vault(refused) => return vault(refused),
        ExchangeRefused::Carrier(failed) => return super::link_en::carrier(failed),
        ExchangeRefused::Broken(broken) => super::link_en::contact(*broken),
        ExchangeRefused::Meeting(failed) => super::meeting_en::meeting(*failed),
        ExchangeRefused::Satchel(refused) => satchel(*refused),
        ExchangeRefused::File(error) => given_file(FileTrouble::of(error)),
        ExchangeRefused::NoRelay => {
            "No relay is known yet; everything recorded stays on this device. Give the address of the \
            relay, or hand the records over as a file."
        }
        ExchangeRefused::Cleartext => {
            "The address of the relay leads over http beyond this machine, where anybody on the way sees who talks to \
            whom; everything recorded stays on this device. Ask who runs the relay for its https address and enter \
            that."
        }
        ExchangeRefused::OtherRelay => {
            "Another relay answers at this address; everything recorded stays on this device. Do not go on, \
            and ask the structural subdivision: only if it says that the relay was replaced, enter the new \
            identity that it gives you."
        }
    };
    sentence.to_owned()
}

fn given_file(trouble: FileTrouble) -> &'static str {
    match trouble {
        FileTrouble::Full => {
            "The disk is full and the file was not written whole; everything recorded on this device \
            stays. Make room on the disk and try again; give the unfinished file to nobody."
        }
        FileTrouble::Forbidden => {
            "This file may not be used; everything recorded on this device stays. Allow access to it or \
            choose another folder, then try again."
        }
        FileTrouble::Missing => {
            "There is no such file or folder; everything recorded on this device stays. Check its place \
            and name, then try again."
        }
        FileTrouble::Other => {
            "Reading or writing the file failed; everything recorded on this device stays. Check the \
            disk it lies on and try again."
        }
    }
}

fn satchel(refused: SatchelRefused) -> &'static str {
    match refused {
        SatchelRefused::NotOne => {
            "This is not a satchel; everything recorded on this device stays. Choose another file, or \
            ask the sender for the satchel again."
        }
        SatchelRefused::Newer => {
            "This satchel was made by a newer program; everything recorded on this device stays. Renew \
            the program and import the satchel again."
        }
        SatchelRefused::Foreign => {
            "This satchel is of another territory, so nothing was taken from it; everything recorded on \
            this device stays. Ask the sender for one of your territory."
        }
        SatchelRefused::Damaged(_) => {
            "The satchel is damaged; everything recorded on this device stays. Ask the sender to make \
            it anew and to send it whole."
        }
    }
}

fn words(refused: WordsRefused) -> String {
    let sentence = match refused {
        WordsRefused::Blank => {
            "Nothing is written, so nothing was recorded. Write a word at least and record it again."
        }
        WordsRefused::TooLong { bytes_max, bytes } => {
            return format!(
                "The text is too long and was NOT recorded: it has {bytes} bytes where at most \
                {bytes_max} fit (a Kazakh or Russian letter takes two). Shorten it and record it \
                again."
            );
        }
        WordsRefused::Misleading { at_byte: _ } => {
            "The text holds a character that cannot be seen and turns or hides letters, so it was NOT saved. \
            Type it by hand instead of pasting it, and save again."
        }
        WordsRefused::ControlCharacter { at_byte: _ } => {
            "The text holds an invisible control character or a line break too many and was NOT \
            recorded. Type it by hand instead of pasting it and record it again."
        }
    };
    sentence.to_owned()
}

fn activity(refused: ActivityRefused) -> String {
    let sentence = match refused {
        ActivityRefused::NoSuchType => {
            "There is no such activity type, the entry was NOT recorded. Choose one of the five types \
            of paragraph 10 of the Rules and record it again."
        }
        ActivityRefused::NoSuchSubkind => {
            "This activity type needs one of its own sub-kinds, the entry was NOT recorded. Choose one \
            from the list and record it again."
        }
        ActivityRefused::NoSuchMode => {
            "It is not said how this was done, the entry was NOT recorded. Choose independently, \
            jointly or both and record it again."
        }
        ActivityRefused::NoSuchProtectedObject => {
            "There is no such protected object, the entry was NOT recorded. Choose one of the seven of \
            paragraph 9 of the Rules and record it again."
        }
        ActivityRefused::NoSuchReceiver => {
            "There is no such receiver of a detained person, the entry was NOT recorded. Choose one of \
            the three of paragraph 10(5) of the Rules and record it again."
        }
        ActivityRefused::NotOfThisType { field } => {
            let what = match field {
                "subkind" => "sub-kind",
                "mode" => "mode",
                "protected_object" => "protected object",
                "receiver_kind" => "receiver",
                _ => "such detail",
            };
            return format!(
                "This activity type has no {what}, the entry was NOT recorded. Take it away or change \
                the activity type, and record it again."
            );
        }
    };
    sentence.to_owned()
}

const fn position(refused: PositionRefused) -> &'static str {
    match refused {
        PositionRefused::OffTheGlobe => {
            "There is no such place: latitude goes from -90 to 90 degrees, longitude from -180 to 180. The \
            entry was NOT saved; correct the place, or save without one."
        }
        PositionRefused::NoFix => {
            "Latitude and longitude of zero come from a receiver that does not know where it is, so the entry \
            was NOT saved. Wait for a fix, or save without a place."
        }
        PositionRefused::NotADistance => {
            "The accuracy or height is not a distance in metres, so the entry was NOT saved. Correct it or \
            leave it out, and save again."
        }
    }
}

const fn mgrs(refused: MgrsRefused) -> &'static str {
    match refused {
        MgrsRefused::Polar => {
            "Near the poles maps have a grid of their own, which is not read here; the entry was NOT saved. Give the \
            place in degrees, or save without a position."
        }
        MgrsRefused::NotAReference => {
            "The grid reference is not written as it should be; the entry was NOT saved. Write it like this and try \
            again: 44TMQ 12345 67890."
        }
        MgrsRefused::NoSuchSquare => {
            "There is no such square in this zone and band; the entry was NOT saved. Look the letters up on the map and \
            try again."
        }
    }
}

const fn moment(refused: MomentRefused) -> &'static str {
    match refused {
        MomentRefused::OutOfRange => {
            "The time is outside the years 1 to 9999, so nothing was saved. Correct it and try again."
        }
        MomentRefused::OffsetTooLarge { minutes: _ } => {
            "The time zone is more than 18 hours away, so nothing was saved. Correct the time and try again."
        }
        MomentRefused::NotRfc3339 => {
            "The time is not written as it should be, so nothing was saved. Write it like this and try again: \
            2026-05-01T08:10:00+05:00."
        }
        MomentRefused::NotADay => {
            "The day is not written as it should be, so nothing was saved. Write it like this and try again: \
            2026-05-01."
        }
    }
}
