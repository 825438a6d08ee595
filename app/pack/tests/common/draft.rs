//! A small region, before and after it is signed.

use civmesh_domain::event::Mode;
use civmesh_domain::id::DeviceKey;
use civmesh_domain::sop::procedure::{AnswerKind, Phase, Procedure, Scenario, Step, StepRole};
use civmesh_domain::spatial::area::{Class, HazardArea};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::node::{Facts, Node, NodeKind, Offer, Refuge};
use civmesh_domain::spatial::people::{Basis, Cell, Population};
use civmesh_domain::spatial::walk::{WalkDraft, Way};
use civmesh_domain::text::Text;
use civmesh_domain::unit::{Millis, Persons, Place};
use civmesh_pack::{Draft, Ground, Layer, NamedPlace, PlaceKind};
use ed25519_dalek::{Signer, SigningKey};

/// A key for tests.
pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// Its public half.
pub fn device(seed: u8) -> DeviceKey {
    DeviceKey(key(seed).verifying_key().to_bytes())
}

/// A node.
pub fn node(number: i32) -> Node {
    Node {
        id: format!("s{number:03}").parse().unwrap(),
        name: Text::new(format!("海風便利商店 {number} 號店"), format!("Sea Breeze {number}")),
        kind: NodeKind::ConvenienceStore,
        standing: Default::default(),
        refuge: Refuge::DisasterShelter.into(),
        place: Place { lat_e7: 230_000_000 + number * 1000, lon_e7: 1_245_000_000 },
        address: Text::default(),
        level: Default::default(),
        capacity: Some(Persons(20)),
        offers: Facts { yes: Offer::Water | Offer::Power, no: Offer::Beds.into() },
        fit: Default::default(),
        risk: Default::default(),
        infrastructure: Default::default(),
        look_for: Text::new("值班店長", "Duty manager"),
        hours: Text::default(),
        exposure: Default::default(),
        layer: 0,
    }
}

/// A procedure.
pub fn procedure() -> Procedure {
    let step = |phase: Phase, id: &str| Step {
        id: id.parse().unwrap(),
        phase,
        role: StepRole::Anyone,
        due_minutes: 0,
        answer: AnswerKind::Tick,
        unit: Text::default(),
        options: Vec::new(),
        script: Text::default(),
        title: Text::new("做", "Do"),
        detail: Text::default(),
        cannot: Text::default(),
    };
    Procedure {
        id: "earthquake-store".parse().unwrap(),
        version: 1,
        scenario: Scenario::Earthquake,
        node_kinds: NodeKind::ConvenienceStore.into(),
        title: Text::new("地震", "Earthquake"),
        summary: Text::default(),
        triggers: vec![Text::new("搖", "Shaking")],
        sources: Vec::new(),
        steps: Phase::ALL.into_iter().zip(["a", "b", "c", "d", "e"]).map(|(phase, id)| step(phase, id)).collect(),
    }
}

/// A draft with all that is in every pack.
pub fn draft() -> Draft {
    Draft {
        name: Text::new("示範島", "Exercise Isle"),
        mode: Mode::Drill("EXERC1SE".parse().unwrap()),
        centre: Place { lat_e7: 230_000_000, lon_e7: 1_245_000_000 },
        built: Millis(1_795_400_000_000),
        version: 1,
        successor: Some(device(2)),
        endorsement: None,
        layers: vec![Layer {
            name: Text::new("示範", "Sample"),
            licence: "CC0-1.0".into(),
            attribution: "CivMesh".into(),
            source: "nodes.csv".into(),
            date: "2026-11-23".into(),
        }],
        nodes: (0..12).map(node).collect(),
        sops: vec![procedure()],
        places: vec![NamedPlace { name: Text::new("港前里", "Gangqian"), kind: PlaceKind::Village, place: node(0).place }],
        ground: Default::default(),
    }
}

/// The header of a base map without tiles: zooms 12 to 16, of the whole globe.
pub fn archive() -> Vec<u8> {
    let mut header = vec![0; 127];
    header[..8].copy_from_slice(b"PMTiles\x03");
    header[97..102].copy_from_slice(&[2, 2, 1, 12, 16]);
    header
}

/// A draft with everything that is opened later.
pub fn with_ground() -> Draft {
    let mut walk = WalkDraft::default();
    walk.line([node(0).place, node(1).place, node(2).place], Way::Residential.into(), 0, &Text::new("港前街", "")).unwrap();
    let ring = [node(0).place, node(1).place, Place { lat_e7: 230_000_000, lon_e7: 1_245_010_000 }];
    let area = HazardArea { hazard: Hazard::Flood, class: Class(2), depth: None, layer: 0, rings: vec![ring.to_vec()] };
    let cells = vec![Cell { place: node(0).place, people: Persons(12) }];
    let people = Population { basis: Basis::Counted, layer: 0, cells };
    Draft {
        ground: Ground { walk: Some(walk.build().unwrap().block), areas: vec![area], people: Some(people), map: Some(archive()) },
        ..draft()
    }
}

/// A pack with this manifest, signed, and what is behind it.
pub fn signed_file(manifest: &serde_json::Value, rest: &[u8]) -> Vec<u8> {
    let header = serde_json::to_vec(manifest).unwrap();
    let signature = key(1).sign(&[b"civmesh pack v1\n".as_slice(), &header].concat()).to_bytes();
    [b"CIVMESH\x01".as_slice(), &(header.len() as u32).to_le_bytes(), &header, &signature, rest].concat()
}
