//! Where each node comes from, in words that go with it when it leaves the app.

use crate::manifest::Layer;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::registry::sheet::{Entry, Origin};
use civmesh_domain::text::Language;

/// What each layer says of where its nodes come from, in the order of the manifest. Each has a name of its own.
pub fn origins(layers: &[Layer]) -> Vec<Origin> {
    let mut all: Vec<Origin> = Vec::with_capacity(layers.len());
    for (number, layer) in (1..).zip(layers) {
        let origin = Origin { layer: name(&all, layer, number), licence: layer.licence.clone(), attribution: layer.attribution.clone() };
        all.push(origin);
    }
    all
}

/// The layer's name, with its number where it has none or an earlier one has the same.
fn name(known: &[Origin], layer: &Layer, number: usize) -> String {
    let given = layer.name.get(Language::Zh).trim();
    let mut name = if given.is_empty() { number.to_string() } else { given.to_owned() };
    while known.iter().any(|origin| origin.layer == name) {
        name += &format!(" {number}");
    }
    name
}

/// Nodes with where they come from. A pack that was read has the layer of each.
pub fn entries<'a>(nodes: &'a [Node], origins: &'a [Origin]) -> impl Iterator<Item = Entry<'a>> {
    nodes.iter().filter_map(|node| Some(Entry { node, origin: origins.get(usize::from(node.layer))? }))
}
