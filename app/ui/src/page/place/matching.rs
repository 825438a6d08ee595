//! Names that fit what is typed: villages, stations, streets, and the nodes themselves.

use crate::part::here::may_see;
use crate::state::AppState;
use crate::state::region::Region;
use crate::state::turns::{Job, Turns};
use civmesh_domain::spatial::node::{Node, NodeKind};
use civmesh_domain::text::Text;
use civmesh_domain::unit::Place;
use civmesh_pack::{Pauses, PlaceKind};
use leptos::prelude::*;
use leptos::task::spawn_local;

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

/// What was found for what is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// For these letters; `None` before the first answer.
    pub typed: Option<String>,
    /// The best first.
    pub best: Vec<Candidate>,
    /// Whether there are more.
    pub more: bool,
}

/// At most `limit` places of the region that is shown whose names fit what is `typed`, anew with every letter; villages and stations where
/// nothing is. A whole country's names take longer than a screen may wait: what was found before stands until the newest is known.
pub fn matches(app: AppState, typed: RwSignal<String>, limit: usize) -> RwSignal<Matches> {
    let (found, searching) = (RwSignal::new(Matches::default()), Job::default());
    Effect::new(move || {
        let (region, typed) = (app.region.get(), typed.get());
        app.seat.track();
        let job = searching.begin();
        let Some(region) = region else { return found.set(Matches::default()) };
        spawn_local(async move {
            let may_see = |node: &Node| untrack(|| may_see(app, node));
            let (best, more) = candidates(&region, may_see, &typed, limit, &Turns::begin()).await;
            if searching.is_wanted(job) {
                found.set(Matches { typed: Some(typed), best, more });
            }
        });
    });
    found
}

/// So many names are compared before the screen may have its turn.
const AT_ONCE: usize = 256;

/// At most `limit` places whose name fits `typed`, the best first, and whether there are more. Nothing typed: the villages, then the stations.
async fn candidates(
    region: &Region,
    may_see: impl Fn(&Node) -> bool,
    typed: &str,
    limit: usize,
    pauses: &impl Pauses,
) -> (Vec<Candidate>, bool) {
    let typed = fold(typed);
    let is_shown = |named: &Named| !typed.is_empty() || matches!(named, Named::Place(PlaceKind::Village | PlaceKind::Station));
    let mut best = Best { limit, found: Vec::new() };
    for some in region.places.chunks(AT_ONCE) {
        let named = some.iter().map(|place| (&place.name, Named::Place(place.kind), place.place));
        named.filter(|(_, named, _)| is_shown(named)).for_each(|(name, named, place)| best.see(&typed, name, named, place));
        pauses.pause().await;
    }
    let nodes = if typed.is_empty() { &[] } else { region.nodes() };
    for some in nodes.chunks(AT_ONCE) {
        some.iter().filter(|node| may_see(node)).for_each(|node| best.see(&typed, &node.name, Named::Node(node.kind), node.place));
        pauses.pause().await;
    }
    let more = best.found.len() > limit;
    let candidate = |(_, name, named, place): (_, &Text, _, _)| Candidate { name: name.clone(), named, place };
    (best.found.into_iter().take(limit).map(candidate).collect(), more)
}

/// How well it fits, what it is, how short its name is: the less, the better.
type Order = (u8, u8, usize);

/// The best so far, and one more.
struct Best<'a> {
    limit: usize,
    found: Vec<(Order, &'a Text, Named, Place)>,
}

impl<'a> Best<'a> {
    /// Looks at a name. Of equals the first stays in front.
    fn see(&mut self, typed: &str, name: &'a Text, named: Named, place: Place) {
        let Some(fit) = fit(name, typed) else { return };
        let order = (fit, rank(named), name.zh.chars().count());
        let at = self.found.partition_point(|(known, ..)| *known <= order);
        if at <= self.limit {
            self.found.insert(at, (order, name, named, place));
            self.found.truncate(self.limit + 1);
        }
    }
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
