//! What two sheets give, what one does not, and what is told of those that do not go together.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;

const DAY: SheetDay = SheetDay(20_000);

fn chance(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

fn root(seed: u64) -> SigningKey {
    SigningKey::make(&mut chance(seed))
}

fn offline(purpose: SheetPurpose, key: &SigningKey) -> OfflineKey {
    OfflineKey { purpose, key: SigningKey::from_secret_bytes(&key.to_secret_bytes()) }
}

fn sheets(key: &SigningKey, seed: u64) -> [Sheet; 3] {
    let offline = offline(SheetPurpose::Root, key);
    split_into_sheets(&offline, &key.device_id(), DAY, &mut chance(seed))
}

fn words(sheet: &Sheet) -> String {
    sheet.to_lines().iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_field_has_four_elements_and_each_but_zero_an_inverse() {
    for symbols in 0..=255 {
        assert_eq!(times(2, times(2, symbols)), times(3, symbols), "x² = x + 1");
        assert_eq!(times(3, times(2, symbols)), symbols);
        assert_eq!(times(2, symbols ^ 0x1b), times(2, symbols) ^ times(2, 0x1b));
    }
}

#[test]
fn any_two_sheets_give_the_key_and_so_do_all_three() {
    let key = root(1);
    let [one, two, three] = sheets(&key, 2);
    let given = [vec![&one, &two], vec![&one, &three], vec![&two, &three], vec![&three, &one, &two]];
    for given in given {
        let given: Vec<Sheet> = given.into_iter().cloned().collect();
        let offline = read_sheets(&given).unwrap();
        assert_eq!((offline.key.device_id(), offline.purpose), (key.device_id(), SheetPurpose::Root));
    }
}

/// Whatever the key, each share is reached by exactly one slope: a share tells nothing.
#[test]
fn one_sheet_tells_nothing_of_the_key() {
    for number in 1..=3 {
        for key in [0, 1, 0xa5, 255] {
            let shares: std::collections::BTreeSet<u8> =
                (0..=255).map(|slope| key ^ times(number, slope)).collect();
            assert_eq!(shares.len(), 256);
        }
    }
}

#[test]
fn a_printed_sheet_reads_back_from_its_words_and_from_its_code() {
    let [one, two, _] = sheets(&root(1), 2);
    for text in [
        words(&one),
        words(&one).to_uppercase(),
        one.to_code().to_uppercase(),
        format!("<p>{}</p>", *one.to_code()),
    ] {
        let read = Sheet::from_text(&text).unwrap();
        assert_eq!((read.number(), read.set(), read.day()), (1, one.set(), DAY));
        assert_eq!(read.territory(), KeyBeginning::of(root(1).device_id().as_bytes()));
        assert!(read_sheets(&[read, two.clone()]).is_ok());
    }
}

#[test]
fn of_a_mistyped_word_the_line_is_told_and_the_word_that_was_meant() {
    let [one, ..] = sheets(&root(1), 2);
    let text = words(&one);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let right = lines[3].split(' ').nth(1).unwrap().to_owned();
    let first = right.chars().next().unwrap();
    let wrong = right.replacen(first, if first == 'б' { "в" } else { "б" }, 1);
    lines[3] = lines[3].replacen(&right, &wrong, 1);
    match Sheet::from_text(&lines.join("\n")) {
        Err(SheetRefused::Words(Misheard::Line { line: 4, meant: Some(meant) })) => {
            assert_eq!((meant.place, &*meant.word), (2, &right));
            assert_eq!(format!("{meant:?}"), "MeantWord(2, …)", "a part of a secret is not printed");
        }
        read => panic!("{read:?}"),
    }
}

#[test]
fn sheets_that_do_not_go_together_are_told_apart() {
    let [one, two, _] = sheets(&root(1), 2);
    let [again, ..] = sheets(&root(1), 5);
    let [foreign, ..] = sheets(&root(9), 2);
    let successor = offline(SheetPurpose::Successor, &root(8));
    let [_, of_successor, _] = split_into_sheets(&successor, &root(1).device_id(), DAY, &mut chance(2));
    let refused = |sheets: &[&Sheet]| {
        let given: Vec<Sheet> = sheets.iter().copied().cloned().collect();
        read_sheets(&given).unwrap_err()
    };
    assert_eq!(refused(&[]), SheetRefused::Few);
    assert_eq!(refused(&[&one]), SheetRefused::Few);
    assert_eq!(refused(&[&one, &one]), SheetRefused::Same);
    assert_eq!(refused(&[&one, &two, &two]), SheetRefused::Same);
    assert_eq!(refused(&[&two, &again]), SheetRefused::Sets);
    assert_eq!(refused(&[&two, &foreign]), SheetRefused::Territories);
    assert_eq!(refused(&[&one, &of_successor]), SheetRefused::Purposes);
    let mut altered = two.clone();
    altered.share[0] ^= 1;
    assert_eq!(refused(&[&one, &altered]), SheetRefused::Strangers);
}

#[test]
fn what_is_no_sheet_is_refused() {
    let [one, ..] = sheets(&root(1), 2);
    let code = one.to_code();
    let (before, rest) = code.split_at(40);
    let other = if rest.starts_with('7') { '8' } else { '7' };
    let mistyped = format!("{before}{other}{}", &rest[1..]);
    assert_eq!(Sheet::from_text(&mistyped).err(), Some(SheetRefused::Damaged));
    assert_eq!(Sheet::from_text("jasaq-sheet:").err(), Some(SheetRefused::Damaged));
    let due = LINES.count * 5;
    for (text, found) in [("", 0), ("three good words", 3)] {
        let count = SheetRefused::Words(Misheard::Count { found, due });
        assert_eq!(Sheet::from_text(text).err(), Some(count));
    }
    let mut newer = one.to_bytes().to_vec();
    newer[0] = VERSION + 1;
    assert_eq!(Sheet::read(&newer).err(), Some(SheetRefused::Newer));
    let mut fourth = one.to_bytes().to_vec();
    fourth[2] = 4;
    assert_eq!(Sheet::read(&fourth).err(), Some(SheetRefused::Damaged));
    assert_eq!(Sheet::read(&[one.to_bytes().as_slice(), &[0]].concat()).err(), Some(SheetRefused::Damaged));
}
