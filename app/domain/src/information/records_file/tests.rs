//! Files of records: what is saved is read back, and what is bad is named without spoiling the rest.

use super::*;
use crate::body::Body;
use crate::event::{
    Core,
    tests::{core, sign},
};
use crate::information::report::{Report, Urgency};
use crate::part::Content;
use serde_json::{Value, json};

const REGION: RegionId = RegionId([1; 16]);

fn report() -> Body {
    Body::Report(Report {
        urgency: Urgency::Soon,
        situation: None,
        people: None,
        needs: Vec::new(),
        dangers: Default::default(),
        corrects: None,
    })
}

fn with_words(sequence: u64, words: &str) -> Carried {
    let content = Content { salt: [7; 16], bytes: words.as_bytes().to_vec() };
    let core = Core { parts: vec![content.describe(PartKind::Text)], ..core(1, sequence, 1_000 * sequence, report()) };
    let event = sign(&core, 1);
    let part = Part { event: event.id, index: 0, kind: PartKind::Text, envelope: Envelope::Plain(content) };
    Carried { event, parts: vec![part] }
}

fn saved(records: &[Carried]) -> Value {
    serde_json::from_slice(&write(REGION, records).unwrap()).unwrap()
}

fn load(file: &Value) -> Result<Loaded, NotRecords> {
    read(file.to_string().as_bytes())
}

#[test]
fn what_is_saved_is_read_back_each_once() {
    let records = [with_words(1, "缺水"), with_words(2, "停電")];
    let mut file = saved(&records);
    let again = file["events"][0].clone();
    file["events"].as_array_mut().unwrap().push(again);
    let loaded = load(&file).unwrap();
    assert_eq!(loaded.good, records);
    assert_eq!((loaded.region, loaded.bad), (REGION, Vec::new()));
}

#[test]
fn bad_records_are_named_and_the_others_are_read() {
    let records: Vec<Carried> = (1..=4).map(|sequence| with_words(sequence, "有人受傷")).collect();
    let mut file = saved(&records);
    let events = file["events"].as_array_mut().unwrap();
    events[0]["core"] = json!("not base64url!");
    let other = events[3]["sig"].clone();
    events[1]["sig"] = other;
    let stranger = Core { region: RegionId([2; 16]), ..core(1, 9, 9_000, report()) };
    let stranger = Carried { event: sign(&stranger, 1), parts: Vec::new() };
    events.push(serde_json::to_value(write_entry(&stranger).unwrap()).unwrap());
    events.push(json!(5));
    let loaded = load(&file).unwrap();
    assert_eq!(loaded.good, records[2..]);
    let expected = [(1, Fault::Unreadable), (2, Fault::Broken), (5, Fault::OtherRegion), (6, Fault::Unreadable)];
    assert_eq!(loaded.bad, expected);
}

#[test]
fn a_part_that_is_not_the_one_is_left_out_and_its_record_stays() {
    let (first, second) = (with_words(1, "缺水"), with_words(2, "水很多"));
    let mut file = saved(&[first.clone(), second]);
    file["events"][0]["parts"][0]["envelope"] = file["events"][1]["parts"][0]["envelope"].clone();
    file["events"][1]["parts"][0]["index"] = json!(1);
    let loaded = load(&file).unwrap();
    assert_eq!(loaded.good[0], Carried { parts: Vec::new(), ..first });
    assert!(loaded.good[1].parts.is_empty());
    assert_eq!(loaded.bad, [(1, Fault::Part), (2, Fault::Part)]);
}

#[test]
fn other_files_are_refused_as_a_whole() {
    let good = saved(&[with_words(1, "缺水")]);
    let newer = {
        let mut file = good.clone();
        file["version"] = json!(2);
        file
    };
    let other = {
        let mut file = good.clone();
        file["format"] = json!("geojson");
        file
    };
    let nowhere = {
        let mut file = good.clone();
        file["region"] = json!("nowhere");
        file
    };
    let cut = &good.to_string().into_bytes()[..100];
    assert_eq!(load(&newer), Err(NotRecords::OtherVersion(2)));
    assert_eq!(load(&other), Err(NotRecords::OtherFile));
    assert_eq!(load(&nowhere), Err(NotRecords::OtherFile));
    assert_eq!(read(cut), Err(NotRecords::OtherFile));
    assert_eq!(read(b""), Err(NotRecords::OtherFile));
    assert_eq!(read(&vec![b' '; LARGEST_FILE + 1]), Err(NotRecords::TooLarge));
}
