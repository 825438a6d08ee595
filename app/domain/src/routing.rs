//! The one table that says where every kind of event goes, who may write it, who reads it and how long it stays.
//! Phone, hub and tests use this table and no other.

use crate::body::Kind;
use crate::governance::Standing;
use crate::id::{NodeId, RegionId};
use crate::part::PartKind;
use crate::personnel::role::Role;
use enumset::EnumSet;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The kinds of database a region has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Realm {
    /// Read by everybody.
    Public,
    /// Read by staff.
    Ops,
    /// Read by one node's staff: what names people.
    Node,
    /// Events brought for others; read by staff.
    Relay,
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Route {
    /// The kind of event.
    pub kind: Kind,
    /// Where it goes.
    pub realm: Realm,
    /// Who may write it, for their own nodes; a coordinator for any.
    pub writers: &'static [Role],
    /// Days after which it may be dropped.
    pub retention_days: u32,
}

const STAFF: &[Role] = &[Role::Volunteer, Role::Manager, Role::Coordinator];
const COORDINATORS: &[Role] = &[Role::Coordinator];
const LEADS: &[Role] = &[Role::Manager, Role::Coordinator];

/// The table.
pub const ROUTES: &[Route] = &[
    Route { kind: Kind::CheckIn, realm: Realm::Node, writers: STAFF, retention_days: 90 },
    Route { kind: Kind::CheckOut, realm: Realm::Node, writers: STAFF, retention_days: 90 },
    Route { kind: Kind::NodeStatus, realm: Realm::Ops, writers: LEADS, retention_days: 365 },
    Route { kind: Kind::RunStarted, realm: Realm::Ops, writers: LEADS, retention_days: 1825 },
    Route { kind: Kind::StepMarked, realm: Realm::Ops, writers: STAFF, retention_days: 1825 },
    Route { kind: Kind::RunEnded, realm: Realm::Ops, writers: LEADS, retention_days: 1825 },
    Route { kind: Kind::Report, realm: Realm::Ops, writers: STAFF, retention_days: 365 },
    Route { kind: Kind::CredentialIssued, realm: Realm::Public, writers: COORDINATORS, retention_days: 1825 },
    Route { kind: Kind::DeviceRevoked, realm: Realm::Public, writers: COORDINATORS, retention_days: 1825 },
    Route { kind: Kind::ReadingKeyIssued, realm: Realm::Public, writers: LEADS, retention_days: 1825 },
    Route { kind: Kind::PlaceCorrection, realm: Realm::Ops, writers: STAFF, retention_days: 1825 },
    Route { kind: Kind::CorrectionSettled, realm: Realm::Ops, writers: COORDINATORS, retention_days: 1825 },
    Route { kind: Kind::AreaDeclared, realm: Realm::Public, writers: COORDINATORS, retention_days: 1825 },
    Route { kind: Kind::AreaWithdrawn, realm: Realm::Public, writers: COORDINATORS, retention_days: 1825 },
    Route { kind: Kind::PlaceChecked, realm: Realm::Ops, writers: LEADS, retention_days: 1825 },
];

impl Route {
    /// Whether somebody with these roles may write it, for their own nodes. The hub's validation functions say the same, made from the same row.
    pub fn may_be_written_by(&self, roles: EnumSet<Role>) -> bool {
        self.writers.iter().any(|&role| roles.contains(role))
    }
}

/// One row of the table of parts. A part goes to its node's database; who may bring it is the same for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PartRoute {
    /// What the part is.
    pub kind: PartKind,
    /// Days after its event was written, after which phones and hubs drop it and refuse it.
    pub retention_days: u32,
    /// Whether it also goes through the relay, sealed, where its bringer has no way into its node's database. Every phone of the
    /// region's staff keeps a copy of the relay, so what is large does not.
    pub relayed: bool,
}

/// Who may bring a part, for their own nodes; a coordinator for any.
pub const PART_WRITERS: &[Role] = STAFF;

/// The table of parts.
pub const PART_ROUTES: &[PartRoute] = &[
    PartRoute { kind: PartKind::Person, retention_days: 30, relayed: true },
    PartRoute { kind: PartKind::Text, retention_days: 90, relayed: true },
    PartRoute { kind: PartKind::Photo, retention_days: 30, relayed: false },
];

/// The row for a part of this kind.
pub fn part_route(kind: PartKind) -> &'static PartRoute {
    // As for events: a test holds the table to having every kind.
    PART_ROUTES.iter().find(|route| route.kind == kind).unwrap_or(&PART_ROUTES[0])
}

/// The row for `kind`.
pub fn route(kind: Kind) -> &'static Route {
    // The table has a row for every kind; a test holds it to that.
    ROUTES.iter().find(|route| route.kind == kind).unwrap_or(&ROUTES[0])
}

/// A database of a region.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Database {
    /// `civmesh-<region>-public`
    Public(RegionId),
    /// `civmesh-<region>-ops`
    Ops(RegionId),
    /// `civmesh-<region>-relay`
    Relay(RegionId),
    /// `civmesh-<region>-node-<id>`, for agreed and certified nodes.
    Node(RegionId, NodeId),
    /// `civmesh-<region>-node-unlisted`, shared by the other nodes.
    Unlisted(RegionId),
}

impl Database {
    /// The database that holds what names people at this node.
    pub fn of_node(region: RegionId, node: &NodeId, standing: Standing) -> Self {
        match standing {
            Standing::Proposed => Self::Unlisted(region),
            Standing::Agreed | Standing::Certified => Self::Node(region, node.clone()),
        }
    }

    /// The region it belongs to.
    pub fn region(&self) -> RegionId {
        match self {
            Self::Public(region) | Self::Ops(region) | Self::Relay(region) | Self::Node(region, _) | Self::Unlisted(region) => *region,
        }
    }

    /// What kind of database it is.
    pub fn realm(&self) -> Realm {
        match self {
            Self::Public(_) => Realm::Public,
            Self::Ops(_) => Realm::Ops,
            Self::Relay(_) => Realm::Relay,
            Self::Node(..) | Self::Unlisted(_) => Realm::Node,
        }
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public(region) => write!(f, "civmesh-{region}-public"),
            Self::Ops(region) => write!(f, "civmesh-{region}-ops"),
            Self::Relay(region) => write!(f, "civmesh-{region}-relay"),
            Self::Node(region, node) => write!(f, "civmesh-{region}-node-{node}"),
            Self::Unlisted(region) => write!(f, "civmesh-{region}-node-unlisted"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_exactly_one_row() {
        for &kind in Kind::ALL {
            let rows = ROUTES.iter().filter(|route| route.kind == kind).count();
            assert_eq!(rows, 1, "{}", kind.name());
            assert_eq!(route(kind).kind, kind);
        }
    }

    #[test]
    fn every_kind_of_part_has_exactly_one_row() {
        for kind in PartKind::ALL {
            assert_eq!(PART_ROUTES.iter().filter(|route| route.kind == kind).count(), 1, "{}", kind.name());
            assert_eq!(part_route(kind).kind, kind);
        }
    }
}
