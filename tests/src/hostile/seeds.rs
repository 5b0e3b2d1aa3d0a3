//! Inputs to begin with: the golden vectors, in each of the ways in which a target reads its input, and some plans.

use std::path::Path;

use jasaq_fieldbook::fuzzing::read_change;
use jasaq_fieldbook::model::statement::Scalar;
use jasaq_fieldbook::protocol::ids::{JournalId, Place, Sequence, SpaceId};
use jasaq_fieldbook::protocol::journal::Frontier;
use jasaq_fieldbook::protocol::sync::{Frame, FrameWriter, Head, Receipt};

use super::changes::body_of;
use super::district::{DISTRICT, SS, TS};
use super::draw::Plan;
use super::{messages, statements};
use crate::chance::Chance;
use crate::envelopes::codes::code;
use crate::envelopes::contents;
use crate::envelopes::wrong_acks::spoiled_ack;
use crate::envelopes::wrong_changes::spoiled_change;
use crate::envelopes::wrong_operations::spoiled_operation;
use crate::hex::from_hex;

/// A kind that stands for a change that is gone.
const ERASED: u8 = 0xc0;

/// The values of a file of vectors, by name.
fn vectors(file: &str) -> Vec<(String, Vec<u8>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(file);
    let text = std::fs::read_to_string(&path).expect("the vectors are there");
    text.lines()
        .filter_map(|line| line.split('#').next()?.split_once('='))
        .map(|(name, hex)| (name.trim().to_owned(), from_hex(hex.trim()).expect("vectors are hex")))
        .collect()
}

/// The values of files whose names begin or end so.
fn named(files: &[&str], is_wanted: impl Fn(&str) -> bool) -> Vec<Vec<u8>> {
    let all = files.iter().flat_map(|file| vectors(file));
    all.filter(|(name, _)| is_wanted(name)).map(|(_, bytes)| bytes).collect()
}

/// Each input behind each of these openings.
pub(super) fn behind(openings: &[&[u8]], inputs: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let pairs = inputs
        .iter()
        .flat_map(|input| openings.iter().map(move |opening| (opening, input)));
    pairs.map(|(opening, input)| [opening, input.as_slice()].concat()).collect()
}

/// Plans by chance.
fn plans(seed: u64, openings: &[&[u8]], bytes: usize) -> Vec<Vec<u8>> {
    let mut chance = Chance::of_seed(seed);
    let plans: Vec<Vec<u8>> = (0..8)
        .map(|_| {
            let count = chance.below(bytes);
            // Small numbers name more than large ones.
            chance
                .bytes(count)
                .into_iter()
                .map(|byte| if byte < 128 { byte % 12 } else { byte })
                .collect()
        })
        .collect();
    behind(openings, &plans)
}

fn wires() -> Vec<Vec<u8>> {
    let mut wires =
        named(&["envelopes.txt", "rolls.txt"], |name| name.contains(".wire") || name.contains(".erased"));
    wires.extend(named(&["refused.txt"], |name| {
        ["wire.", "place.", "open."].iter().any(|door| name.starts_with(door))
    }));
    wires
}

pub(super) fn envelopes() -> Vec<Vec<u8>> {
    let mut seeds = behind(&[&[0], &[1], &[5]], &wires());
    let mut chance = Chance::of_seed(20);
    for _ in 0..60 {
        let (change, operation, ack) = (
            contents::packed(&mut chance),
            contents::operation(&mut chance, &super::envelopes::WRITER.keys).encode(),
            contents::ack(&mut chance).encode(),
        );
        let (_, spoiled) = spoiled_change(&mut chance);
        let plan = Plan::of(&[2, contents::CHANGE])
            .piece(&change)
            .raw(&[contents::OPERATION])
            .piece(&operation);
        seeds.push(plan.raw(&[contents::ACK]).piece(&ack).finish());
        let erased = Plan::of(&[2, contents::ACK]).piece(&ack).raw(&[ERASED]).piece(&change);
        seeds.push(erased.raw(&[contents::CHANGE]).piece(&change).finish());
        seeds.push(Plan::of(&[6, contents::CHANGE]).piece(&spoiled).finish());
    }
    seeds
}

pub(super) fn operations() -> Vec<Vec<u8>> {
    let mut seeds = named(&["operations.txt"], |_| true);
    seeds.extend(named(&["refused.txt"], |name| name.starts_with("operation.") || name.starts_with("join.")));
    let (mut chance, signer) = (Chance::of_seed(21), &super::envelopes::WRITER.keys);
    seeds.extend((0..150).map(|_| spoiled_operation(&mut chance, signer).1));
    seeds
}

/// A request of the targets' device, and the relay's answer, with one envelope each way.
fn spoken() -> [Vec<u8>; 2] {
    let (device, relay) = (messages::device(), messages::relay());
    let space = SpaceId::from_bytes([7; 16]);
    let place = Place { space, journal: JournalId::from_bytes([8; 16]), sequence: Sequence::FIRST };
    let mut request = FrameWriter::new();
    request.frame(&Frame::Head(Head::sign(&device, &relay.relay_id(), messages::COUNTER, &[])));
    request.envelope(place, b"one");
    request.frame(&Frame::End { more: false });
    let mut answer = FrameWriter::new();
    let receipt = Receipt::sign(&relay, device.device_id(), messages::COUNTER, Frontier::new());
    answer.frame(&Frame::Receipt(receipt));
    answer.frame(&Frame::Space { space, after: 3 });
    answer.envelope(place, b"one");
    answer.frame(&Frame::End { more: true });
    [request.take(), answer.take()]
}

pub(super) fn frames() -> Vec<Vec<u8>> {
    let mut streams = named(&["exchange.txt"], |name| name == "request" || name == "answer");
    streams.extend(named(&["refused.txt"], |name| name.starts_with("frames.")));
    streams.extend(spoken());
    behind(&[&[1, 2, 3, 40, 0], &[255, 9, 1, 1, 1], &[30, 7, 80, 1, 2]], &streams)
}

pub(super) fn heads() -> Vec<Vec<u8>> {
    let heads = ["exchange.txt", "refused.txt"];
    let mut seeds = behind(&[&[0]], &named(&heads, |name| name == "head" || name.starts_with("head.")));
    seeds.extend(plans(22, &[&[1]], 200));
    seeds
}

pub(super) fn receipts() -> Vec<Vec<u8>> {
    let files = ["exchange.txt", "refused.txt"];
    let mut seeds = behind(&[&[0]], &named(&files, |name| name == "receipt" || name.starts_with("receipt.")));
    seeds.extend(plans(23, &[&[1]], 200));
    seeds
}

pub(super) fn acks() -> Vec<Vec<u8>> {
    let files = ["exchange.txt", "refused.txt"];
    let mut seeds = behind(&[&[0]], &named(&files, |name| name == "ack" || name.starts_with("ack.")));
    seeds.extend(plans(24, &[&[1]], 300));
    let mut chance = Chance::of_seed(31);
    let spoiled: Vec<Vec<u8>> = (0..40).map(|_| spoiled_ack(&mut chance).1).collect();
    seeds.extend(behind(&[&[0]], &spoiled));
    seeds
}

fn satchel_vectors() -> Vec<Vec<u8>> {
    let files = ["exchange.txt", "refused.txt"];
    named(&files, |name| name == "satchel" || name.starts_with("satchel."))
}

pub(super) fn satchels() -> Vec<Vec<u8>> {
    let mut seeds = behind(&[&[1, 30, 200, 7, 0]], &satchel_vectors());
    seeds.extend(plans(25, &[&[9, 9, 9, 9, 1]], 200));
    seeds
}

pub(super) fn invites() -> Vec<Vec<u8>> {
    let codes = named(&["invites.txt", "refused.txt"], |name| name.starts_with("code"));
    let mut seeds = behind(&[&[0]], &codes);
    let mut chance = Chance::of_seed(32);
    let more: Vec<Vec<u8>> = (0..80).map(|_| code(&mut chance).1.into_bytes()).collect();
    seeds.extend(behind(&[&[0]], &more));
    let body = Plan::of(&[1, 0]).raw(&[7; 112]).piece(&[6]);
    seeds.push(body.raw(&[]).finish());
    seeds.push(
        Plan::of(&[1, 0])
            .raw(&[7; 112])
            .piece(&[6])
            .raw(&[9; 32])
            .piece(b"https://relay.kz")
            .finish(),
    );
    seeds.push(Plan::of(&[1, 0]).raw(&[7; 112]).piece(&[0x18, 6]).finish());
    seeds
}

pub(super) fn sheets() -> Vec<Vec<u8>> {
    let texts = named(&["invites.txt", "refused.txt"], |name| name.starts_with("sheet."));
    let mut seeds = behind(&[&[0]], &texts);
    let bodies = named(&["invites.txt"], |name| name.starts_with("bytes.sheet."));
    for (one, other) in bodies.iter().zip(bodies.iter().skip(1)) {
        seeds.push([&[1], one.as_slice(), other].concat());
    }
    for (one, other) in texts.iter().zip(texts.iter().skip(1)) {
        seeds.push([b"\0".as_slice(), one, b"|", other].concat());
    }
    seeds
}

fn chunks() -> Vec<Vec<u8>> {
    named(&["changes.txt"], |name| name.ends_with(".change") || name.starts_with("kind."))
}

pub(super) fn changes() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    let mut all = chunks();
    all.extend(named(&["refused.txt"], |name| name.starts_with("change.")));
    for chunk in all.iter().filter(|chunk| chunk.len() > 12) {
        seeds.push(Plan::of(&[0]).piece(chunk).finish());
        seeds.push(Plan::of(&[1]).piece(body_of(chunk)).finish());
    }
    let head = named(&["changes.txt"], |name| name.starts_with("head.") && name.ends_with(".change"));
    seeds.push(
        head.iter()
            .fold(Plan::default(), |plan, chunk| plan.raw(&[0]).piece(chunk))
            .finish(),
    );
    seeds.push(
        head.iter()
            .rev()
            .fold(Plan::default(), |plan, chunk| plan.raw(&[1]).piece(body_of(chunk)))
            .finish(),
    );
    seeds
}

/// Every statement of the vectors' changes.
fn all_fields() -> Vec<jasaq_fieldbook::model::statement::Fields> {
    let records = named(&["register.txt"], |name| name != "register.journal");
    let wrong = named(&["refused.txt"], |name| name.starts_with("statement."));
    let changes = chunks().into_iter().chain(records).chain(wrong).filter_map(|chunk| {
        let journal = super::changes::journal_of(&chunk)?;
        read_change(&chunk, &journal)
    });
    changes.flatten().map(|(_, fields)| fields).collect()
}

pub(super) fn statements() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = all_fields().iter().map(statements::plan).collect();
    seeds.push(seeds.concat());
    seeds
}

pub(super) fn tracks() -> Vec<Vec<u8>> {
    let points = all_fields().into_iter().filter_map(|fields| match fields.get("points") {
        Some(Scalar::Bytes(points)) => Some(points.clone()),
        _ => None,
    });
    points.chain(named(&["changes.txt"], |name| name == "track.points")).collect()
}

pub(super) fn gpx() -> Vec<Vec<u8>> {
    let files = [
        "<?xml version=\"1.0\" encoding=\"windows-1251\"?><gpx><wpt lat=\"49.5\" lon='80,1'><name>брод</name></wpt></gpx>",
        "<gpx xmlns='http://www.topografix.com/GPX/1/1' version='1.1'><trk><name>a &amp; b</name><trkseg>\
         <trkpt lat='49.1' lon='80.2'><ele>640.5</ele><time>2026-05-01T08:00:00Z</time></trkpt>\
         <trkpt lat='0' lon='0'><time>yesterday</time></trkpt></trkseg><trkseg></trkseg></trk></gpx>",
        "<g:gpx xmlns:g='x'><g:rte><g:rtept lat='95' lon='1'><g:cmt>&#1178;</g:cmt><g:desc><![CDATA[<b>]]></g:desc>\
         </g:rtept></g:rte><other/></g:gpx>",
        "<!DOCTYPE gpx [<!ENTITY a 'aaaa'>]><gpx>&a;</gpx>",
        "\u{feff}<gpx><trk><trkseg><trkpt lat='1e2' lon='-0'/><trkpt lat='1' lon='2'",
    ];
    let mut seeds: Vec<Vec<u8>> = files.iter().map(|file| file.as_bytes().to_vec()).collect();
    let utf16 = files[1].encode_utf16().flat_map(u16::to_le_bytes);
    seeds.push([0xff, 0xfe].into_iter().chain(utf16).collect());
    seeds
}

const KML: &str = "<?xml version='1.0'?><kml xmlns='http://www.opengis.net/kml/2.2' xmlns:gx='x'><Document><Placemark>\
     <name>брод &#1178;</name><TimeStamp><when>2026-05-01T08:00:00Z</when></TimeStamp><Point><coordinates>80.1,49.5,640\
     </coordinates></Point></Placemark><Folder><Placemark><MultiGeometry><LineString><coordinates>80,49 80.1,49.1,2\n\
     181,95</coordinates></LineString></MultiGeometry><gx:Track><when>2026-05-01T08:00:00Z</when><gx:coord>80 49 1</gx:coord>\
     <when>yesterday</when><gx:coord>80,1 49</gx:coord></gx:Track></Placemark></Folder></Document></kml>";

pub(super) fn kml() -> Vec<Vec<u8>> {
    let cut = KML.split_once("</gx:Track>").map_or("", |(before, _)| before);
    [KML, cut].map(|file| file.as_bytes().to_vec()).to_vec()
}

pub(super) fn kmz() -> Vec<Vec<u8>> {
    let plan = |packing: u8, name: &str| Plan::of(&[1, packing]).piece(name.as_bytes()).piece(KML.as_bytes());
    let two = plan(0, "files/a.png").raw(&[1]).piece(b"doc.kml").piece(KML.as_bytes());
    vec![plan(1, "doc.kml").finish(), plan(0, "../../A.KML").finish(), two.finish()]
}

pub(super) fn geojson() -> Vec<Vec<u8>> {
    let files = [
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"properties":{"name":"брод","time":"2026-05-01T08:00:00Z"},
            "geometry":{"type":"Point","coordinates":[80.1,49.5,640.5]}},{"type":"Feature","properties":null,"geometry":{"type":
            "MultiLineString","coordinates":[[[80,49],[80.1,49.1,2]],[[181,95],[80,49]]]}}]}"#,
        r#"{"type":"Feature","properties":{"coordTimes":["2026-05-01T08:00:00Z",1,null]},"geometry":{"type":"GeometryCollection",
            "geometries":[{"type":"LineString","coordinates":[[80,49],[80.1,49.1],[1e2,-0]]},{"type":"Polygon","coordinates":[[]]}]}}"#,
        r#"{"type":"LineString","coordinates":[[80,49],[80.1"#,
    ];
    files.map(|file| file.as_bytes().to_vec()).to_vec()
}

pub(super) fn folds() -> Vec<Vec<u8>> {
    plans(26, &[&[0], &[9]], 400)
}

/// Plans that carry a change, as the head's phone would state it in the patrols: its journal is put in.
fn carried(opening: &[u8]) -> Vec<Vec<u8>> {
    let plan = |chunk: &Vec<u8>| {
        let start = Plan::of(opening).raw(&[3, 2, 0, 0, 0xff]);
        start.piece(body_of(chunk)).raw(&[0x95]).finish()
    };
    chunks().iter().map(plan).collect()
}

/// Plans that carry an envelope of the head's of which a section is gone, and then another that is whole.
fn lacking(opening: &[u8]) -> Vec<Vec<u8>> {
    let plan = |space: u8| {
        let two_in_one_space = Plan::of(opening).raw(&[3, space, 1, 1, ERASED]);
        let erased = two_in_one_space.piece(&[7; 40]).raw(&[contents::ACK]).piece(&[]);
        erased.raw(&[0, contents::ACK]).piece(&[]).finish()
    };
    [2, 3].map(plan).to_vec()
}

/// Plans that carry an operation: each of the district's, by who signed it and in its roll, and those of the vectors.
fn operated(opening: &[u8]) -> Vec<Vec<u8>> {
    let district = &*DISTRICT;
    let plan = |signer: usize, roll: SpaceId, operation: &[u8]| {
        let signer = u8::try_from(signer).expect("few devices");
        let start =
            Plan::of(opening).raw(&[signer, u8::from(roll == district.squad), 0, 0, contents::OPERATION]);
        start.piece(operation).finish()
    };
    let said = district.said.iter();
    let mut plans: Vec<_> = said.map(|(signer, roll, said)| plan(*signer, *roll, &said.encode())).collect();
    for operation in named(&["operations.txt"], |_| true) {
        plans.push(plan(TS, district.territory, &operation));
        plans.push(plan(SS, district.squad, &operation));
    }
    plans
}

pub(super) fn requests() -> Vec<Vec<u8>> {
    let [request, _] = spoken();
    let mut seeds = behind(&[&[40, 9, 1, 200, 0], &[40, 9, 1, 200, 1, 3, 9, 2, 0, 0, 0, 0]], &[request]);
    seeds.extend(plans(27, &[&[9, 200, 1, 77, 2, 3, 7, 0, 0], &[200, 1, 1, 1, 2, 4, 7, 0, 0]], 500));
    seeds.extend(plans(28, &[&[80, 80, 80, 80, 1, 2, 8, 0]], 300));
    let one_forged = [80, 100, 200, 1, 2, 3, 7, 0, 0, 2];
    seeds.extend(operated(&one_forged));
    seeds.extend(carried(&one_forged));
    seeds.extend(lacking(&one_forged));
    seeds
}

pub(super) fn answers() -> Vec<Vec<u8>> {
    let [_, answer] = spoken();
    let mut seeds = behind(&[&[40, 9, 1, 200, 0]], &[answer]);
    // A receipt for the first envelope that was pushed, the frame that opens a space, then one forged envelope.
    let behind_a_receipt = |rest: &[u8]| [&[9, 100, 200, 1, 1], [0, 0, 0, 0, 0, 0].as_slice(), rest].concat();
    seeds.extend(carried(&behind_a_receipt(&[1, 2, 0, 6, 2])));
    seeds.extend(lacking(&behind_a_receipt(&[1, 2, 0, 6, 2])));
    seeds.extend(operated(&behind_a_receipt(&[1, 0, 16, 6, 2])));
    seeds.extend(operated(&behind_a_receipt(&[1, 1, 12, 6, 2])));
    seeds.extend(plans(29, &[&[9, 200, 1, 77, 1], &[9, 200, 1, 77, 0]], 400));
    seeds
}

pub(super) fn imports() -> Vec<Vec<u8>> {
    let mut seeds = behind(&[&[0]], &satchel_vectors());
    seeds.extend(carried(&[1, 2]));
    seeds.extend(lacking(&[1, 2]));
    seeds.extend(operated(&[1, 2]));
    seeds.extend(plans(30, &[&[1]], 400));
    seeds
}
