//! What all files for spreadsheets (CSV, RFC 4180) and for maps (GeoJSON, RFC 7946) are written with.

use crate::unit::Place;
use serde_json::{Map, Value};
use std::fmt::Write;

/// Spreadsheets take a file for UTF-8 by this.
pub const MARK: char = '\u{feff}';

/// What a spreadsheet takes a cell for a formula by.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A field in quotes where it needs them. What a spreadsheet would take for a formula gets an apostrophe before it, and so does what
/// would be read as one with an apostrophe: [`unguarded`] gives each back as it was.
pub fn field(text: &str) -> String {
    let guarded = if text.trim_start_matches('\'').starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() };
    if guarded.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

/// A cell without the apostrophe that keeps it from being a formula.
///
/// ```
/// use civmesh_domain::spatial::sheet::unguarded;
/// assert_eq!(unguarded("'-1F parking"), "-1F parking");
/// assert_eq!(unguarded("'Pinewood"), "'Pinewood");
/// ```
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.trim_start_matches('\'').starts_with(FORMULA)).unwrap_or(cell)
}

/// Longitude and latitude in degrees, from whole numbers to the last digit.
pub fn degrees(place: Place) -> [String; 2] {
    [place.lon_e7, place.lat_e7].map(|e7| {
        let sign = if e7 < 0 { "-" } else { "" };
        let whole = e7.unsigned_abs();
        format!("{sign}{}.{:07}", whole / 10_000_000, whole % 10_000_000)
    })
}

/// A point of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Its identifier, where it has one.
    pub id: Option<String>,
    /// Where it is.
    pub place: Place,
    /// What is said of it.
    pub properties: Map<String, Value>,
}

/// Points as a FeatureCollection, one to a line.
pub fn collection(points: impl IntoIterator<Item = Point>) -> String {
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    for (at, Point { id, place, properties }) in points.into_iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        let [lon, lat] = degrees(place);
        let id = id.map(|id| format!("\"id\":{},", Value::String(id))).unwrap_or_default();
        let properties = Value::Object(properties);
        let point = format_args!("{{\"type\":\"Point\",\"coordinates\":[{lon},{lat}]}}");
        // A string takes whatever it is given.
        let _written = write!(text, "\n{{\"type\":\"Feature\",{id}\"geometry\":{point},\"properties\":{properties}}}");
    }
    text.push_str("\n]}\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_field_breaks_no_row_and_is_no_formula() {
        let cases = [
            ("港前, 一館", "\"港前, 一館\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=1+1", "'=1+1"),
            ("'=1+1", "''=1+1"),
            ("'Pinewood", "'Pinewood"),
            ("two\nlines", "\"two\nlines\""),
        ];
        for (text, expected) in cases {
            assert_eq!(field(text), expected);
        }
    }

    proptest! {
        #[test]
        fn what_was_guarded_comes_back_and_is_never_a_formula(text in "['=+@a-]{0,6}") {
            let written = field(&text);
            prop_assert!(!written.starts_with(FORMULA));
            prop_assert_eq!(unguarded(&written), text);
        }
    }
}
