//! The directory's search as a module of its own, so that `tests/bench/nearest.mjs` can ask it beside its peers in one page.
#![cfg(target_arch = "wasm32")]

use civmesh_domain::governance::Standing;
use civmesh_domain::id::NodeId;
use civmesh_domain::spatial::node::{Exposure, Facts, Infrastructure, Level, Node, NodeKind, Offer};
use civmesh_domain::spatial::search::{Directory, Query};
use civmesh_domain::text::Text;
use civmesh_domain::unit::Place;
use enumset::EnumSet;
use wasm_bindgen::prelude::wasm_bindgen;

/// A directory of made-up nodes.
#[wasm_bindgen]
pub struct Places(Directory);

#[wasm_bindgen]
impl Places {
    /// Of latitudes and longitudes in turn, in 1e-7 degrees, and one byte for each node: bit 0 says water, bit 1 beds.
    #[wasm_bindgen(constructor)]
    pub fn new(coordinates: &[i32], offers: &[u8]) -> Places {
        let places = coordinates.chunks_exact(2).map(|pair| Place { lat_e7: pair[0], lon_e7: pair[1] });
        Places(Directory::new(places.zip(offers).enumerate().filter_map(|(at, (place, &offers))| node(at, place, offers)).collect()))
    }

    /// The positions of the `count` nearest nodes that are known to offer water (`beds`: beds), nearest first.
    pub fn nearest(&self, lat_e7: i32, lon_e7: i32, beds: bool, count: usize) -> Vec<u32> {
        let need = if beds { Offer::Beds } else { Offer::Water };
        let query = Query { needs: EnumSet::only(need), ..Query::default() };
        self.0.wanted(Place { lat_e7, lon_e7 }, &query).take(count).map(|near| near.at as u32).collect()
    }
}

fn node(at: usize, place: Place, offers: u8) -> Option<Node> {
    let offered = [Offer::Water, Offer::Beds].into_iter().enumerate().filter(|(bit, _)| offers >> bit & 1 == 1);
    Some(Node {
        id: format!("{at:05}").parse::<NodeId>().ok()?,
        name: Text::new(format!("節點 {at}"), format!("Node {at}")),
        kind: NodeKind::ConvenienceStore,
        standing: Standing::Agreed,
        refuge: EnumSet::empty(),
        place,
        address: Text::default(),
        level: Level::AboveGround,
        capacity: None,
        offers: Facts { yes: offered.map(|(_, offer)| offer).collect(), no: EnumSet::empty() },
        fit: Facts::default(),
        risk: Facts::default(),
        infrastructure: Infrastructure::default(),
        look_for: Text::default(),
        hours: Text::default(),
        exposure: Exposure::Public,
        layer: 0,
    })
}
