//! Rows become named places. Many rows of one name, such as the pieces of a street, become one.

use crate::place::NamedPlace;
use civmesh_domain::spatial::nearest::measure;
use civmesh_domain::text::Text;
use civmesh_domain::unit::{Metres, Place};
use std::collections::HashMap;

/// Puts entries of one name within `spread` metres of the first of them together; the one nearest to their middle stands for all.
/// Without spread only what is wholly the same is put together.
pub fn gather(entries: Vec<NamedPlace>, spread: u32) -> Vec<NamedPlace> {
    let mut groups: Vec<Vec<NamedPlace>> = Vec::new();
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    for entry in entries {
        let known = by_name.entry(entry.name.zh.clone() + "\n" + &entry.name.en).or_default();
        let near = |at: &&usize| groups[**at].first().is_some_and(|first| measure(first.place, entry.place).0 <= Metres(spread));
        match known.iter().find(near) {
            Some(at) => groups[*at].push(entry),
            None => {
                known.push(groups.len());
                groups.push(vec![entry]);
            }
        }
    }
    groups.into_iter().filter_map(middle).collect()
}

fn middle(group: Vec<NamedPlace>) -> Option<NamedPlace> {
    let count = group.len().max(1) as i64;
    let mean = |axis: fn(&Place) -> i32| (group.iter().map(|entry| i64::from(axis(&entry.place))).sum::<i64>() / count) as i32;
    let centre = Place { lat_e7: mean(|place| place.lat_e7), lon_e7: mean(|place| place.lon_e7) };
    group.into_iter().min_by_key(|entry| measure(centre, entry.place).0)
}

/// Both languages, the second from the first where a source has only one that is written in Latin letters.
pub fn named(text: Text) -> Text {
    if text.en.is_empty() && text.zh.is_ascii() { Text { en: text.zh.clone(), ..text } } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::PlaceKind;

    fn at(name: &str, lat_e7: i32) -> NamedPlace {
        NamedPlace { name: Text::new(name, ""), kind: PlaceKind::Street, place: Place { lat_e7, lon_e7: 1_215_000_000 } }
    }

    #[test]
    fn pieces_of_a_street_are_one_and_namesakes_elsewhere_are_not() {
        let pieces = vec![at("中正路", 250_000_000), at("中正路", 250_010_000), at("中正路", 250_020_000), at("中正路", 251_000_000)];
        let found: Vec<_> = gather(pieces, 1_000).into_iter().map(|entry| entry.place.lat_e7).collect();
        assert_eq!(found, [250_010_000, 251_000_000]);
    }
}
