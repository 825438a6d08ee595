//! A seat: an account on the hub with its roles and nodes, and where an event goes that it brings.

use civmesh_domain::body::Body;
use civmesh_domain::event::Event;
use civmesh_domain::governance::Standing;
use civmesh_domain::id::{Account, DeviceKey, NodeId, ReadingKey, RegionId};
use civmesh_domain::part::{Part, PartKind};
use civmesh_domain::personnel::credential::Scope;
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::seat::device_seed;
use civmesh_domain::routing::{Database, Realm, part_route, route};
use ed25519_dalek::SigningKey;
use enumset::EnumSet;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A seat.
#[derive(Clone, PartialEq, Eq)]
pub struct Seat {
    /// The account's name.
    pub account: Account,
    /// Its password; `None` while it is locked away. The seat then goes on for as long as its session lasts.
    pub password: Option<String>,
    /// The region.
    pub region: RegionId,
    /// Its roles.
    pub roles: EnumSet<Role>,
    /// Its nodes.
    pub nodes: Scope,
    /// The device that signs for it.
    pub device: DeviceKey,
    /// The reading key of the seat's profile where that has a PIN: what comes plain is kept sealed to it.
    pub at_rest: Option<ReadingKey>,
    /// The reading keys of all profiles on this phone that have a PIN: what is sealed to one of them and to nobody else is not sent.
    pub held_back: Vec<ReadingKey>,
}

impl fmt::Debug for Seat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The password never reaches a log.
        f.debug_struct("Seat")
            .field("account", &self.account)
            .field("roles", &self.roles)
            .field("nodes", &self.nodes)
            .finish_non_exhaustive()
    }
}

impl Seat {
    /// A seat with the roles that the hub gives it (`volunteer`, `node:s001`, …). Its device key is derived from account and password.
    pub fn new(account: Account, password: String, region: RegionId, hub_roles: &[String]) -> Self {
        let (roles, nodes) = read_roles(hub_roles);
        let device = DeviceKey(SigningKey::from_bytes(&device_seed(&account, &password)).verifying_key().to_bytes());
        Self { account, password: Some(password), region, roles, nodes, device, at_rest: None, held_back: Vec::new() }
    }

    /// Whether it acts for `node`.
    pub fn is_for(&self, node: &NodeId) -> bool {
        match &self.nodes {
            Scope::All => true,
            Scope::Nodes(nodes) => nodes.contains(node),
        }
    }

    /// Whether it gives the state of `node` to everybody.
    pub(crate) fn publishes(&self, node: &NodeId) -> bool {
        self.is_for(node) && (self.roles.contains(Role::Manager) || self.roles.contains(Role::Coordinator))
    }
}

/// Roles and nodes from the names of roles on the hub; what is not known is passed over.
pub fn read_roles(hub_roles: &[String]) -> (EnumSet<Role>, Scope) {
    let roles: EnumSet<Role> = EnumSet::all().iter().filter(|role: &Role| hub_roles.iter().any(|name| name == role.name())).collect();
    let mut nodes: Vec<NodeId> = hub_roles.iter().filter_map(|name| name.strip_prefix("node:")?.parse().ok()).collect();
    nodes.sort();
    nodes.dedup();
    (roles, if roles.contains(Role::Coordinator) { Scope::All } else { Scope::Nodes(nodes) })
}

/// Why something in the outbox is not being sent. Nothing is wrong with it: it waits until this changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// There is no seat here that could bring it.
    NoSeat,
    /// It belongs to another region than the seat.
    OtherRegion,
    /// The seat is not for the part's node, and the part can't be passed on: it is not sealed, or it is a photo.
    OtherNode,
    /// A part goes after its event, and the event is not at the hub.
    EventFirst,
    /// Nobody is known yet who could read a part but its writer.
    NoReader,
}

/// The database into which `seat` brings `event`, by the routing table. `standing` is that of the event's node.
///
/// What the seat may not write itself goes to the relay: an event of another's node, and one that somebody else wrote and whose kind is
/// not for this seat's role. An event of one's own that is beyond one's role is not smuggled there: the hub says so, and a person reads it.
pub fn destination(event: &Event, seat: &Seat, standing: Standing) -> Database {
    let core = &event.core;
    let relay = Database::Relay(core.region);
    let Some(kind) = core.body.kind().filter(|_| seat.is_for(&core.node)) else { return relay };
    let route = route(kind);
    let may_write = route.may_be_written_by(seat.roles);
    match route.realm {
        _ if !may_write && core.author != seat.device => relay,
        Realm::Node => Database::of_node(core.region, &core.node, standing),
        Realm::Ops => Database::Ops(core.region),
        Realm::Public => Database::Public(core.region),
        Realm::Relay => relay,
    }
}

/// Whether a part of this kind stays here, however it is wrapped: so it need not be read to know.
pub fn stays(event: &Event, kind: PartKind, seat: &Seat) -> bool {
    !seat.is_for(&event.core.node) && !part_route(kind).relayed
}

/// The database into which `seat` brings a part of `event`: its node's, or the relay for a node of others, sealed. What is said of a
/// place's entry in the registry, or of its upkeep, also goes there, photos aside: coordinators read it, and keep no copy of a node's database.
///
/// # Errors
/// Why it stays where it is.
pub fn destination_of_part(event: &Event, part: &Part, seat: &Seat, standing: Standing) -> Result<Database, Held> {
    let core = &event.core;
    let concerns_coordinators = matches!(core.body, Body::PlaceCorrection(_) | Body::PlaceChecked(_));
    let is_for_coordinators = concerns_coordinators && part_route(part.kind).relayed && part.envelope.is_sealed();
    if seat.is_for(&core.node) && !is_for_coordinators {
        return Ok(Database::of_node(core.region, &core.node, standing));
    }
    let passes = part.envelope.is_sealed() && !stays(event, part.kind, seat);
    passes.then_some(Database::Relay(core.region)).ok_or(Held::OtherNode)
}

/// The databases that a phone keeps a copy of: the public one; with a seat also operations, relay, and those of the seat's own nodes.
/// A coordinator, who has all nodes, asks for a node's database by name.
pub fn databases(region: RegionId, seat: Option<&Seat>, standing: &dyn Fn(&NodeId) -> Standing) -> Vec<Database> {
    let mut databases = vec![Database::Public(region)];
    let Some(seat) = seat.filter(|seat| seat.region == region) else { return databases };
    databases.extend([Database::Ops(region), Database::Relay(region)]);
    if let Scope::Nodes(nodes) = &seat.nodes {
        for database in nodes.iter().map(|node| Database::of_node(region, node, standing(node))) {
            if !databases.contains(&database) {
                databases.push(database);
            }
        }
    }
    databases
}
