//! How a flush fills its envelopes.

use jasaq_tests::Field;

/// How far envelopes are filled, with what HTTP and the head add: two pass a link that breaks every 8,000 bytes.
const FILLED_BYTES: usize = 3_300;

#[test]
fn a_long_patrol_leaves_no_holes_in_its_envelopes() {
    let mut field = Field::new(31);
    let phone = field.phone("aray");
    let patrol = field.start_patrol(phone);
    let kept = field.contact(phone).bytes_up;
    for number in 0..300_u64 {
        let plates: Vec<_> = (1..12).map(|n| ((number + n) * 7_919 * n % 99_991).to_string()).collect();
        let text = format!("көлік нөмірлері: {}", plates.join(" "));
        field.write(phone, patrol, &text);
    }
    let report = field.contact(phone);
    assert!(report.pushed > 2, "otherwise nothing is split");
    let bytes = usize::try_from(report.bytes_up - kept).unwrap();
    let fewest = bytes.div_ceil(FILLED_BYTES);
    assert!(report.pushed <= fewest, "{} envelopes for {bytes} bytes", report.pushed);
    assert_eq!(field.texts(phone, patrol).len(), 300);
}
