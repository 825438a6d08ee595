//! What tags of OpenStreetMap mean here. A layer that maps nothing gets the usual meaning; whatever it maps itself goes before.
//!
//! Columns that begin with a colon are made of several tags: `:name_zh`, `:name_en`, `:kind`, `:offers`, `:lacks`, `:fit`.

use crate::build::config::{Field, Format, Layer};
use crate::build::ground::way;
use crate::place::PlaceKind;

/// Tags of an element, in its order.
pub type Tags<'a> = Vec<(&'a str, &'a str)>;

/// The longest key or value, in bytes: OpenStreetMap has at most 255 characters. Many elements can share one that is longer, and each would
/// take room for it.
const LONGEST: usize = 1024;

/// The tags of an element, but for those that are longer than there are any.
pub fn taken<'a>(tags: impl Iterator<Item = (&'a str, &'a str)>) -> Tags<'a> {
    tags.filter(|(key, value)| key.len() <= LONGEST && value.len() <= LONGEST).collect()
}

/// The value of a key.
pub fn value<'a>(tags: &[(&'a str, &'a str)], key: &str) -> Option<&'a str> {
    tags.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
}

/// What fields are read from where a layer does not say.
const USUAL: [(Field, &str); 8] = [
    (Field::NameZh, ":name_zh"),
    (Field::NameEn, ":name_en"),
    (Field::Kind, ":kind"),
    (Field::Offers, ":offers"),
    (Field::Lacks, ":lacks"),
    (Field::Fit, ":fit"),
    (Field::HoursZh, "opening_hours"),
    (Field::HoursEn, "opening_hours"),
];

/// Adds to a layer of OpenStreetMap what it leaves unsaid.
pub fn complete(layer: &mut Layer) {
    if layer.format != Format::OsmPbf {
        return;
    }
    let is_place = layer.places.is_some();
    for (field, column) in USUAL.into_iter().filter(|(field, _)| !is_place || matches!(field, Field::NameZh | Field::NameEn)) {
        layer.map.entry(field).or_insert_with(|| column.to_owned());
    }
}

/// Whether an element is one of a layer that does not say itself which are: by the kind of node or place that it asks for.
pub fn is_usual(layer: &Layer, tags: &[(&str, &str)]) -> bool {
    let is = |key: &str, words: &[&str]| value(tags, key).is_some_and(|value| words.contains(&value));
    match layer.places {
        None => kind_of(tags).is_some(),
        Some(PlaceKind::Street) => value(tags, "highway").is_some() && value(tags, "name").is_some(),
        Some(PlaceKind::Station) => is("railway", &["station", "halt", "subway_entrance"]) || is("amenity", &["bus_station"]),
        Some(PlaceKind::Village) => is("place", &["city", "town", "suburb", "quarter", "neighbourhood", "village", "hamlet"]),
        Some(PlaceKind::Landmark) => ["tourism", "historic", "amenity", "leisure"].iter().any(|key| value(tags, key).is_some()),
    }
}

/// The kind of node by its tags, in the words of `region.toml`; `None` for everything else. A shelter against rain (`amenity=shelter`) and
/// a home for the homeless (`social_facility=shelter`) are none.
pub fn kind_of(tags: &[(&str, &str)]) -> Option<&'static str> {
    let of = |key: &str| value(tags, key).unwrap_or_default();
    Some(match (of("shop"), of("amenity"), of("railway"), of("leisure")) {
        ("convenience", ..) => "convenience_store",
        ("supermarket", ..) => "supermarket",
        ("wholesale" | "hypermarket", ..) => "big_box_retailer",
        (_, "school" | "college" | "university" | "kindergarten", ..) => "school",
        (_, "community_centre", ..) => "community_centre",
        (_, "townhall" | "library", ..) => "public_building",
        (_, "bus_station", ..) | (_, _, "station", _) => "transit_hub",
        (_, "parking", ..) if matches!(of("parking"), "multi-storey" | "underground") => "parking_structure",
        (.., "sports_hall" | "sports_centre") => "sports_hall",
        _ if of("industrial") == "depot" => "logistics_depot",
        _ if of("emergency") == "assembly_point" => "open_ground",
        _ => return None,
    })
}

/// The cell of a column: a tag's value, or what several tags say together.
pub fn cell(tags: &[(&str, &str)], column: &str) -> String {
    let name = || way::name(|key| value(tags, key));
    match column {
        ":name_zh" => name().zh,
        ":name_en" => name().en,
        ":kind" => kind_of(tags).unwrap_or_default().to_owned(),
        ":offers" if value(tags, "wheelchair") == Some("yes") => "step_free".to_owned(),
        ":lacks" if value(tags, "wheelchair") == Some("no") => "step_free".to_owned(),
        ":fit" => fit(tags),
        _ => value(tags, column).unwrap_or_default().to_owned(),
    }
}

/// The hazards for which an assembly point is meant.
fn fit(tags: &[(&str, &str)]) -> String {
    let hazards = ["earthquake", "flood", "landslide", "tsunami"];
    let meant = hazards.into_iter().filter(|hazard| value(tags, &format!("assembly_point:{hazard}")) == Some("yes"));
    meant.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_tags_and_shelters_from_rain_are_none() {
        type Case = (&'static [(&'static str, &'static str)], Option<&'static str>);
        let cases: [Case; 8] = [
            (&[("shop", "convenience")], Some("convenience_store")),
            (&[("building", "yes"), ("amenity", "school")], Some("school")),
            (&[("railway", "station"), ("station", "subway")], Some("transit_hub")),
            (&[("amenity", "parking")], None),
            (&[("amenity", "parking"), ("parking", "underground")], Some("parking_structure")),
            (&[("amenity", "shelter")], None),
            (&[("amenity", "social_facility"), ("social_facility", "shelter")], None),
            (&[("emergency", "assembly_point")], Some("open_ground")),
        ];
        for (tags, kind) in cases {
            assert_eq!(kind_of(tags), kind, "{tags:?}");
        }
    }

    #[test]
    fn an_assembly_point_says_what_it_is_for() {
        let tags = [("emergency", "assembly_point"), ("assembly_point:flood", "no"), ("assembly_point:tsunami", "yes")];
        assert_eq!((cell(&tags, ":fit").as_str(), cell(&tags, ":offers").as_str()), ("tsunami", ""));
    }
}
