//! A row becomes a node, or is refused.

use super::config::{Bounds, Field, Layer};
use super::coordinate::{self, Located};
use super::reading::Reading;
use super::report::{Finding, Reason};
use super::table::{Row, Table};
use civmesh_domain::id::NodeId;
use civmesh_domain::spatial::node::{Infrastructure, Known, Level, Node, NodeKind, Offer};
use civmesh_domain::unit::{Persons, Place};

/// What a row came to.
pub enum Taken<T> {
    /// Something, and what had to be mended.
    Kept(T, Vec<Finding>),
    /// Nothing, and why.
    Refused(Vec<Finding>),
    /// Outside the clip.
    Outside,
}

/// What is the same for all rows of a layer.
pub struct Frame<'a> {
    /// The layer.
    pub layer: &'a Layer,
    /// Its index in the pack.
    pub index: u16,
    /// Where anything can lie.
    pub bounds: &'a Bounds,
    /// What is outside is left out.
    pub clip: Option<&'a Bounds>,
}

impl Frame<'_> {
    /// Where the row lies: its place, or what else it came to.
    pub fn place<T>(&self, reading: &mut Reading<'_>, table: &Table, row: &Row) -> Result<Place, Taken<T>> {
        let located = match row.point {
            Some((lat, lon)) if !self.layer.map.contains_key(&Field::Lat) => coordinate::locate(lat, lon, self.bounds),
            _ => coordinate::parse(reading.words(Field::Lat), reading.words(Field::Lon), self.bounds),
        };
        let place = match located {
            Located::Good(place) => place,
            Located::Swapped(place) => {
                reading.find(Reason::Swapped, "latitude and longitude were the wrong way round; swapped");
                place
            }
            Located::Refused(reason, detail) => {
                reading.find(reason, detail);
                return Err(Taken::Refused(std::mem::take(&mut reading.findings)));
            }
        };
        if self.clip.is_some_and(|clip| !clip.has_place(place)) {
            return Err(Taken::Outside);
        }
        for (column, starts) in &self.layer.within {
            let says = table.cell(row, column);
            if !starts.iter().any(|start| says.starts_with(start)) {
                reading.find(Reason::Elsewhere, format!("its coordinates lie here, but it says that it is in '{says}'"));
                return Err(Taken::Refused(std::mem::take(&mut reading.findings)));
            }
        }
        Ok(place)
    }

    /// Reads a node.
    pub fn node(&self, table: &Table, row: &Row) -> Taken<Node> {
        let mut reading = Reading::new(self.layer, table, row);
        let place = match self.place(&mut reading, table, row) {
            Ok(place) => place,
            Err(other) => return other,
        };
        match self.node_at(place, &mut reading, row) {
            Ok(node) => Taken::Kept(node, reading.findings),
            Err((reason, detail)) => {
                reading.find(reason, detail);
                Taken::Refused(reading.findings)
            }
        }
    }

    fn node_at(&self, place: Place, reading: &mut Reading<'_>, row: &Row) -> Result<Node, (Reason, String)> {
        let name = reading.text(Field::NameZh, Field::NameEn);
        if name.is_empty() {
            return Err((Reason::NoName, "it has no name".to_owned()));
        }
        let ruled = self.layer.kinds.iter().find(|rule| rule.has.iter().any(|word| name.zh.contains(word) || name.en.contains(word)));
        let kind = match ruled {
            Some(rule) => rule.kind,
            None => reading.one(Field::Kind).ok_or_else(|| (Reason::NoKind, "no kind of place is given for it".to_owned()))?,
        };
        let mut node = Node {
            id: self.id(reading, row)?,
            kind,
            standing: reading.one(Field::Standing).unwrap_or_default(),
            refuge: reading.set(Field::Refuge),
            place,
            address: reading.text(Field::AddressZh, Field::AddressEn),
            level: level(reading),
            capacity: self.capacity(reading),
            offers: reading.facts(Field::Offers, Field::Lacks),
            fit: reading.facts(Field::Fit, Field::Unfit),
            risk: reading.facts(Field::Risk, Field::SafeFrom),
            infrastructure: infrastructure(reading),
            look_for: reading.text(Field::LookForZh, Field::LookForEn),
            hours: reading.text(Field::HoursZh, Field::HoursEn),
            exposure: reading.one(Field::Exposure).unwrap_or_default(),
            layer: self.index,
            name,
        };
        roof(&mut node, reading);
        match reading.known(Field::Vulnerable) {
            Known::Yes => drop(node.offers.yes.insert(Offer::Vulnerable)),
            Known::No => drop(node.offers.no.insert(Offer::Vulnerable)),
            Known::Unknown => {}
        }
        Ok(node)
    }

    /// The identifier that a column holds, or the layer's letter and the row's number in base 36.
    fn id(&self, reading: &Reading<'_>, row: &Row) -> Result<NodeId, (Reason, String)> {
        let id = match self.layer.map.get(&Field::Id) {
            Some(_) => reading.words(Field::Id).to_owned(),
            None => format!("{}{}", self.layer.prefix.unwrap_or('x'), base36(row.number)),
        };
        id.parse().map_err(|_| (Reason::BadId, format!("'{id}' is not an identifier: one to six of a–z and 0–9")))
    }

    fn capacity(&self, reading: &mut Reading<'_>) -> Option<Persons> {
        let capacity = reading.number(Field::Capacity)?;
        if (1..=self.layer.most_capacity).contains(&capacity) {
            return Some(Persons(capacity));
        }
        let detail = format!("a capacity of {capacity} is not believed (1 to {}); unknown", self.layer.most_capacity);
        reading.find(Reason::Capacity, detail);
        None
    }
}

/// At least three digits, so that a list of them stands in order.
fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.len() < 3 {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
    }
    digits.iter().rev().collect()
}

/// A word of the format, or floors as Taiwan's registers write them.
fn level(reading: &mut Reading<'_>) -> Level {
    storeys(reading.words(Field::Level)).unwrap_or_else(|| reading.one(Field::Level).unwrap_or_default())
}

/// `B01`, `B01B02`, `地下1層` lie below ground, `1、2` and `1.0` above, a mixture partly.
fn storeys(words: &str) -> Option<Level> {
    let is_digit = |byte: u8| byte.is_ascii_digit();
    let is_below = |storey: &str| {
        storey.starts_with("地下") || (storey.starts_with('B') && storey[1..].bytes().all(|byte| is_digit(byte) || byte == b'B'))
    };
    let (mut below, mut above) = (false, false);
    for storey in words.strip_suffix(".0").unwrap_or(words).split(['、', ',', ' ']).filter(|storey| !storey.is_empty()) {
        match (is_below(storey), storey.bytes().all(is_digit)) {
            (true, _) => below = true,
            (_, true) => above = true,
            _ => return None,
        }
    }
    match (below, above) {
        (true, false) => Some(Level::BelowGround),
        (false, true) => Some(Level::AboveGround),
        (true, true) => Some(Level::Partly),
        (false, false) => None,
    }
}

/// Indoors means a roof for the night; outdoors alone means open ground; neither means that nobody has said.
fn roof(node: &mut Node, reading: &mut Reading<'_>) {
    match (reading.known(Field::Indoor), reading.known(Field::Outdoor)) {
        (Known::Yes, _) => drop(node.offers.yes.insert(Offer::Beds)),
        (Known::No, Known::Yes) => {
            node.kind = NodeKind::OpenGround;
            node.level = Level::AboveGround;
            node.offers.no.insert(Offer::Beds);
        }
        (Known::No, Known::No) => reading.find(Reason::NeitherInNorOut, "said to be neither indoors nor outdoors; unknown"),
        _ => {}
    }
}

fn infrastructure(reading: &mut Reading<'_>) -> Infrastructure {
    Infrastructure {
        structure: reading.known(Field::Structure),
        backup_hours: reading.small_number(Field::BackupHours),
        lighting: reading.known(Field::Lighting),
        water_litres: reading.number(Field::WaterLitres),
        toilets: reading.small_number(Field::Toilets),
        storage: reading.known(Field::Storage),
        first_aid: reading.known(Field::FirstAid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_short_identifiers_in_order() {
        let cases = [(1, "001"), (35, "00z"), (36, "010"), (46_656, "1000"), (1_679_615, "zzzz")];
        for (number, text) in cases {
            assert_eq!(base36(number), text);
        }
    }

    #[test]
    fn floors_say_what_lies_below_ground() {
        let cases = [
            ("B01", Some(Level::BelowGround)),
            ("B01B02B03", Some(Level::BelowGround)),
            ("地下1層", Some(Level::BelowGround)),
            ("1、2", Some(Level::AboveGround)),
            ("1.0", Some(Level::AboveGround)),
            ("B01、1", Some(Level::Partly)),
            ("below_ground", None),
            ("夾層", None),
            ("", None),
        ];
        for (words, level) in cases {
            assert_eq!(storeys(words), level, "{words}");
        }
    }
}
