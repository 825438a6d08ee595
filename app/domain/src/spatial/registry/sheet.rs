//! The registry for a spreadsheet (CSV, RFC 4180) and for a map (GeoJSON, RFC 7946), in the words from which a region's pack is built:
//! what was taken out, corrected elsewhere and built in again is what it was but for the corrections. `docs/formats/nodes.md`.

use crate::spatial::node::{Known, Node};
use crate::spatial::sheet::{MARK, Point, collection, degrees, field};
use enumset::{EnumSet, EnumSetType};
use serde::Serialize;
use serde_json::{Map, Value};

/// Where an entry comes from, with what its licence wants to be shown: it stands in each row, so that no part of a file is without it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The layer's name; no other layer of the region has the same.
    pub layer: String,
    /// Its licence, by name.
    pub licence: String,
    /// The words that its licence wants to be shown.
    pub attribution: String,
}

/// An entry as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The node.
    pub node: &'a Node,
    /// Where it comes from.
    pub origin: &'a Origin,
}

/// What stands in a cell.
enum Cell {
    /// Words of people, guarded against being taken for a formula.
    Words(String),
    /// A whole number.
    Number(u32),
    /// Nobody has said.
    Unknown,
}

/// The column that says which layer a row belongs to.
pub const LAYER: &str = "layer";
/// The columns that say where a row lies. A map says it by its points instead.
pub const PLACE: [&str; 2] = ["lat", "lon"];

type Column = (&'static str, fn(&Entry<'_>) -> Cell);

/// Every field of `region.toml` that an entry is made of, by its name there, but for the place.
const FIELDS: [Column; 28] = [
    ("id", |entry| words(entry.node.id.as_str())),
    ("kind", |entry| words(&word(entry.node.kind))),
    ("name_zh", |entry| words(&entry.node.name.zh)),
    ("name_en", |entry| words(&entry.node.name.en)),
    ("address_zh", |entry| words(&entry.node.address.zh)),
    ("address_en", |entry| words(&entry.node.address.en)),
    ("standing", |entry| words(&word(entry.node.standing))),
    ("refuge", |entry| list(entry.node.refuge)),
    ("level", |entry| words(&word(entry.node.level))),
    ("capacity", |entry| number(entry.node.capacity.map(|persons| persons.0))),
    ("offers", |entry| list(entry.node.offers.yes)),
    ("lacks", |entry| list(entry.node.offers.no)),
    ("fit", |entry| list(entry.node.fit.yes)),
    ("unfit", |entry| list(entry.node.fit.no)),
    ("risk", |entry| list(entry.node.risk.yes)),
    ("safe_from", |entry| list(entry.node.risk.no)),
    ("structure", |entry| known(entry.node.infrastructure.structure)),
    ("backup_hours", |entry| number(entry.node.infrastructure.backup_hours)),
    ("lighting", |entry| known(entry.node.infrastructure.lighting)),
    ("water_litres", |entry| number(entry.node.infrastructure.water_litres)),
    ("toilets", |entry| number(entry.node.infrastructure.toilets)),
    ("storage", |entry| known(entry.node.infrastructure.storage)),
    ("first_aid", |entry| known(entry.node.infrastructure.first_aid)),
    ("look_for_zh", |entry| words(&entry.node.look_for.zh)),
    ("look_for_en", |entry| words(&entry.node.look_for.en)),
    ("hours_zh", |entry| words(&entry.node.hours.zh)),
    ("hours_en", |entry| words(&entry.node.hours.en)),
    ("exposure", |entry| words(&word(entry.node.exposure))),
];

/// What stands behind them: where the row comes from.
const ORIGIN: [Column; 3] = [
    (LAYER, |entry| words(&entry.origin.layer)),
    ("licence", |entry| words(&entry.origin.licence)),
    ("attribution", |entry| words(&entry.origin.attribution)),
];

/// The fields that a file has, by their names in `region.toml`: all but the place, see [`PLACE`].
pub fn fields() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().map(|(name, _)| *name)
}

/// Entries as CSV: a header, then a row for each.
pub fn csv<'a>(entries: impl IntoIterator<Item = Entry<'a>>) -> String {
    let header: Vec<&str> = fields().chain(PLACE).chain(ORIGIN.iter().map(|(name, _)| *name)).collect();
    let mut text = format!("{MARK}{}\r\n", header.join(","));
    for entry in entries {
        let cell = |(_, read): &Column| match read(&entry) {
            Cell::Words(words) => field(&words),
            Cell::Number(number) => number.to_string(),
            Cell::Unknown => String::new(),
        };
        let [lon, lat] = degrees(entry.node.place);
        let cells: Vec<String> = FIELDS.iter().map(cell).chain([lat, lon]).chain(ORIGIN.iter().map(cell)).collect();
        text += &cells.join(",");
        text += "\r\n";
    }
    text
}

/// Entries as points of a map, each with all properties.
pub fn geojson<'a>(entries: impl IntoIterator<Item = Entry<'a>>) -> String {
    collection(entries.into_iter().map(|entry| Point {
        id: Some(entry.node.id.to_string()),
        place: entry.node.place,
        properties: FIELDS.iter().chain(&ORIGIN).map(|(name, read)| ((*name).to_owned(), value(read(&entry)))).collect::<Map<_, _>>(),
    }))
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Words(words) => Value::String(words),
        Cell::Number(number) => Value::from(number),
        Cell::Unknown => Value::Null,
    }
}

fn words(words: &str) -> Cell {
    if words.is_empty() { Cell::Unknown } else { Cell::Words(words.to_owned()) }
}

fn number<T: Into<u32>>(number: Option<T>) -> Cell {
    number.map_or(Cell::Unknown, |number| Cell::Number(number.into()))
}

fn list<T: EnumSetType + Serialize>(set: EnumSet<T>) -> Cell {
    words(&set.iter().map(word).collect::<Vec<_>>().join(" "))
}

fn known(known: Known) -> Cell {
    match known {
        Known::Unknown => Cell::Unknown,
        Known::Yes => words("yes"),
        Known::No => words("no"),
    }
}

/// The word of the format, as it is stored everywhere else.
fn word(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().as_ref().and_then(Value::as_str).unwrap_or_default().to_owned()
}
