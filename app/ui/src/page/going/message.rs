//! What is shared: where to, with everything that somebody without the app needs to find it.

use crate::locale::{domain, going as words};
use civmesh_domain::spatial::node::Node;
use civmesh_domain::text::Language;

/// The words to share. An exercise says so before anything else.
pub fn text(language: Language, node: &Node, set_out: &str, is_exercise: bool) -> String {
    let mark = if is_exercise { words::EXERCISE_MARK.get(language) } else { "" };
    let head = words::going_to(language, node.name.get(language), domain::node_kind(node.kind).get(language));
    let coordinates = format!("{:.5},{:.5}", node.place.lat(), node.place.lon());
    let facts = [
        (words::ADDRESS, node.address.get(language)),
        (words::COORDINATES, coordinates.as_str()),
        (words::LOOK_FOR, node.look_for.get(language)),
        (words::SET_OUT, set_out),
    ];
    let lines =
        facts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| words::line(language, name.get(language), value));
    std::iter::once(format!("{mark}{head}")).chain(lines).collect::<Vec<_>>().join("\n")
}
