//! Nodes and edges in an order that keeps near ones together, so that a search touches little memory; and which nodes hang together.

use super::trace::{Net, Stretch};
use crate::unit::Place;
use std::cmp::Reverse;

/// A net in order, with the component of each node.
pub struct Ordered {
    pub nodes: Vec<Place>,
    pub edges: Vec<Stretch>,
    pub component: Vec<u32>,
    /// Nodes of each component, the most first.
    pub component_nodes: Vec<u32>,
}

/// Orders nodes along a curve that fills the plane, edges by their nodes, components by their size.
pub fn order(Net { nodes, mut edges }: Net) -> Ordered {
    let mut along: Vec<u32> = (0..nodes.len() as u32).collect();
    along.sort_by_key(|at| curve(nodes[*at as usize]));
    let mut place_of = vec![0u32; nodes.len()];
    for (new, old) in (0u32..).zip(&along) {
        place_of[*old as usize] = new;
    }
    for edge in &mut edges {
        edge.from = place_of[edge.from as usize];
        edge.to = place_of[edge.to as usize];
    }
    edges.sort_by_key(|edge| (edge.from.min(edge.to), edge.from.max(edge.to)));
    let nodes: Vec<Place> = along.into_iter().map(|old| nodes[old as usize]).collect();
    let (component, component_nodes) = components(nodes.len(), &edges);
    Ordered { nodes, edges, component, component_nodes }
}

/// A place's position on Hilbert's curve over the globe.
fn curve(place: Place) -> u64 {
    let (mut x, mut y) = (place.lon_e7.wrapping_add(i32::MIN) as u32, place.lat_e7.wrapping_add(i32::MIN) as u32);
    let mut position = 0;
    for bit in (0..32).rev() {
        let (right, up) = (x >> bit & 1, y >> bit & 1);
        position = position << 2 | u64::from((3 * right) ^ up);
        if up == 0 {
            if right == 1 {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
    }
    position
}

fn components(nodes: usize, edges: &[Stretch]) -> (Vec<u32>, Vec<u32>) {
    let mut parent: Vec<u32> = (0..nodes as u32).collect();
    for edge in edges {
        let (one, other) = (root(&mut parent, edge.from), root(&mut parent, edge.to));
        parent[one.max(other) as usize] = one.min(other);
    }
    let roots: Vec<u32> = (0..nodes as u32).map(|node| root(&mut parent, node)).collect();
    let mut counts = vec![0u32; nodes];
    for at in &roots {
        counts[*at as usize] += 1;
    }
    let mut by_size: Vec<u32> = (0..nodes as u32).filter(|at| counts[*at as usize] > 0).collect();
    by_size.sort_by_key(|at| Reverse(counts[*at as usize]));
    let mut number = vec![0u32; nodes];
    for (new, at) in (0u32..).zip(&by_size) {
        number[*at as usize] = new;
    }
    let component = roots.into_iter().map(|at| number[at as usize]).collect();
    (component, by_size.into_iter().map(|at| counts[at as usize]).collect())
}

fn root(parent: &mut [u32], mut node: u32) -> u32 {
    while parent[node as usize] != node {
        let grandparent = parent[parent[node as usize] as usize];
        parent[node as usize] = grandparent;
        node = grandparent;
    }
    node
}
