//! What comes from outside never makes a decoder panic or take more memory than it accounts for, and what a decoder accepts it writes
//! back as the same. The properties stand in `decoder/`, one function for each decoder; `make fuzz` runs the same ones for longer.

mod decoder;

#[path = "decoder/damage.rs"]
mod damage;

#[path = "decoder/bounded.rs"]
mod bounded;

use decoder::sample;

/// So many damaged inputs for each decoder: a second or two.
const CASES: u32 = 2_000;

macro_rules! decoders {
    ($($name:ident)*) => {
        $(#[test] fn $name() { bounded::run(decoder::ALL, stringify!($name), CASES); })*

        #[test]
        fn every_decoder_has_its_test() {
            assert_eq!([$(stringify!($name)),*].as_slice(), decoder::ALL.iter().map(|(name, ..)| *name).collect::<Vec<_>>());
        }
    };
}

decoders! { event envelope delivery registry part records message credential revocation identifier entry walk ground outlines claim }

/// A value of JSON takes a hundred times the room of its text. So that no file within the limit fills a phone, records that are none
/// are passed over as text.
#[test]
fn a_file_of_many_small_things_takes_little() {
    let head =
        |events: String| format!(r#"{{"format":"civmesh-records","version":1,"region":"{}","events":[{events}]}}"#, sample::region());
    for thing in [r#"{"":0}"#, "[[]]", "0", r#"{"core":"","sig":"","parts":[],"":[{"":0},{"":0}]}"#] {
        let file = head(vec![thing; 20_000].join(","));
        assert!(decoder::records(file.as_bytes()), "{thing}");
    }
    // More of them than there can be records are no file of records.
    assert!(!decoder::records(head(vec!["0"; 200_000].join(",")).as_bytes()));
}
