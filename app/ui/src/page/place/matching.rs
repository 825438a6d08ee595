//! Names that fit what is typed: villages, stations, streets, and the nodes themselves.

use crate::state::region::Region;
use civmesh_domain::spatial::node::{Node, NodeKind};
use civmesh_domain::text::Text;
use civmesh_domain::unit::Place;
use civmesh_pack::PlaceKind;

/// What a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A place of the region.
    Place(PlaceKind),
    /// A node.
    Node(NodeKind),
}

/// A place that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its name.
    pub name: Text,
    /// What it is.
    pub named: Named,
    /// Where it is.
    pub place: Place,
}

/// At most `limit` places whose name fits `typed`, the best first, and whether there are more. Nothing typed: the villages, then the stations.
pub fn candidates(region: &Region, may_see: impl Fn(&Node) -> bool, typed: &str, limit: usize) -> (Vec<Candidate>, bool) {
    let places = region.places.iter().map(|place| (&place.name, Named::Place(place.kind), place.place));
    let nodes = region.nodes().iter().filter(|node| may_see(node)).map(|node| (&node.name, Named::Node(node.kind), node.place));
    let typed = fold(typed);
    let mut found: Vec<_> =
        places.chain(nodes).filter_map(|(name, named, place)| Some(((fit(name, &typed)?, rank(named)), name, named, place))).collect();
    if typed.is_empty() {
        found.retain(|(_, _, named, _)| matches!(named, Named::Place(PlaceKind::Village | PlaceKind::Station)));
    }
    found.sort_by_key(|(order, name, _, _)| (*order, name.zh.chars().count()));
    let more = found.len() > limit;
    let best = found.into_iter().take(limit);
    (best.map(|(_, name, named, place)| Candidate { name: name.clone(), named, place }).collect(), more)
}

fn rank(named: Named) -> u8 {
    match named {
        Named::Place(PlaceKind::Village) => 0,
        Named::Place(PlaceKind::Station) => 1,
        Named::Place(PlaceKind::Landmark) => 2,
        Named::Place(PlaceKind::Street) => 3,
        Named::Node(_) => 4,
    }
}

/// How well a name fits: from its beginning, from the beginning of a word, or anywhere in it.
fn fit(name: &Text, typed: &str) -> Option<u8> {
    [&name.zh, &name.en]
        .into_iter()
        .filter_map(|name| {
            let name = fold(name);
            match name.find(typed)? {
                0 => Some(0),
                at if name[..at].ends_with(' ') => Some(1),
                _ => Some(2),
            }
        })
        .min()
}

/// As people mean it: case, 台 and 臺, full-width letters, hyphens and runs of spaces make no difference.
fn fold(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        '臺' => '台',
        '\u{3000}' | '-' | '‧' | '·' | '・' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        _ => letter,
    });
    let lower: String = letters.flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn names_fit_as_people_type_them() {
        let name = Text::new("臺北車站", "Taipei Main Station");
        let cases = [
            ("台北", Some(0)),
            ("臺北", Some(0)),
            ("車站", Some(2)),
            ("main", Some(1)),
            ("ＴＡＩ", Some(0)),
            ("pei", Some(2)),
            ("高雄", None),
            ("", Some(0)),
        ];
        for (typed, expected) in cases {
            assert_eq!(fit(&name, &fold(typed)), expected, "{typed}");
        }
    }
}
