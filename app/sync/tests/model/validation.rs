//! Who may write what, as the hub's validation functions have it, on the same table: `civmesh_domain::routing`.

use civmesh_domain::body::Kind;
use civmesh_domain::delivery::{Delivery, PartDelivery};
use civmesh_domain::event::{Event, Malformed};
use civmesh_domain::id::{NodeId, RegionId};
use civmesh_domain::part::Part;
use civmesh_domain::personnel::role::Role;
use civmesh_domain::routing::{Database, PART_WRITERS, ROUTES, Realm, part_route};
use civmesh_domain::spatial::registry::document::Agreement;
use civmesh_domain::unit::Millis;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The largest documents, as JSON.
const LARGEST_DELIVERY: usize = 16 * 1024;
const LARGEST_PART: usize = 700 * 1024;
const LARGEST_RELAYED_PART: usize = 32 * 1024;
const LARGEST_REGISTRY_ENTRY: usize = 256 * 1024;
const STAFF: &[Role] = &[Role::Volunteer, Role::Manager, Role::Coordinator];

/// An account and its roles on the hub.
pub type Caller = (String, Vec<String>);

/// Where a hub's version differs from this one.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    /// Kinds that it does not know yet.
    pub lacks: BTreeSet<Kind>,
    /// Kinds of a later version that it knows, by number: their names. Staff write them, to the operations.
    pub knows: BTreeMap<u16, &'static str>,
}

/// What a validation function throws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub error: &'static str,
    /// `<code>: <sentence>`.
    pub reason: String,
}

impl Refusal {
    fn of(code: &str) -> Self {
        Self { error: "forbidden", reason: format!("{code}: as the validation functions have it") }
    }

    fn unauthorized() -> Self {
        Self { error: "unauthorized", reason: "sign in first".to_owned() }
    }

    pub fn row(&self) -> Value {
        json!({ "error": self.error, "reason": self.reason })
    }
}

fn refuse(code: &str) -> Result<(), Refusal> {
    Err(Refusal::of(code))
}

fn unless(fits: bool, code: &str) -> Result<(), Refusal> {
    if fits { Ok(()) } else { refuse(code) }
}

/// The database with this name.
pub fn parse(name: &str) -> Option<Database> {
    let (region, end) = name.strip_prefix("civmesh-")?.split_once('-')?;
    let region: RegionId = region.parse().ok()?;
    Some(match end.split_once('-') {
        None if end == "public" => Database::Public(region),
        None if end == "ops" => Database::Ops(region),
        None if end == "relay" => Database::Relay(region),
        Some(("node", "unlisted")) => Database::Unlisted(region),
        Some(("node", node)) => Database::Node(region, node.parse().ok()?),
        _ => return None,
    })
}

fn has(caller: &Caller, role: &str) -> bool {
    caller.1.iter().any(|name| name == role)
}

fn has_one_of(caller: &Caller, roles: &[Role]) -> bool {
    roles.iter().any(|role| has(caller, role.name()))
}

fn acts_for(caller: &Caller, node: &NodeId) -> bool {
    has(caller, "coordinator") || has(caller, &format!("node:{node}"))
}

/// Whether the database's security document lets the caller in.
pub fn is_member(name: &str, caller: Option<&Caller>) -> bool {
    let Some(database) = parse(name) else { return true };
    match (database, caller) {
        (Database::Public(_), _) => true,
        (_, None) => false,
        // Who carries a node's people has its role too.
        (Database::Node(_, node), Some(caller)) => acts_for(caller, &node),
        (_, Some(caller)) if has(caller, "replicator") => true,
        (Database::Ops(_) | Database::Relay(_) | Database::Unlisted(_), Some(caller)) => has_one_of(caller, STAFF),
    }
}

/// What the validation function of the database says of a document.
pub fn validate(name: &str, doc: &Value, caller: Option<&Caller>, now: u64, kinds: &Kinds) -> Result<(), Refusal> {
    let Some(database) = parse(name) else { return Ok(()) };
    let Some(caller) = caller else { return Err(Refusal::unauthorized()) };
    unless(doc["_deleted"] != true, "deleted")?;
    let mut own = doc.clone();
    own.as_object_mut().unwrap().remove("_revisions");
    let prefix = doc["_id"].as_str().and_then(|id| id.split(':').next()).unwrap_or_default();
    let check = Check { database, doc: own, caller, now, kinds };
    match (check.database.realm(), prefix) {
        (Realm::Node, "part") => check.part_of_this_node(),
        (Realm::Relay, "part") => check.relayed_part(),
        (Realm::Public, "head") => check.head(),
        (Realm::Public, "registry") => check.agreed(),
        (Realm::Public, prefix) if prefix != "event" => check.registry(),
        _ => check.delivery(),
    }
}

struct Check<'a> {
    database: Database,
    doc: Value,
    caller: &'a Caller,
    now: u64,
    kinds: &'a Kinds,
}

impl Check<'_> {
    fn size_at_most(&self, limit: usize) -> Result<(), Refusal> {
        unless(self.doc.to_string().len() <= limit, "size")
    }

    fn account_is(&self, account: usize) -> Result<(), Refusal> {
        let id = self.doc["_id"].as_str().unwrap_or_default();
        unless(id.split(':').nth(account) == Some(self.caller.0.as_str()), "account")
    }

    fn is_replicator(&self) -> bool {
        has(self.caller, "replicator")
    }

    /// The event of a delivery or a head, which is a document of this region with fields that say what the bytes say.
    fn event(&self, form: &str) -> Result<Event, Refusal> {
        let read = Delivery::read(self.doc.clone());
        let event = read.map_err(|error| Refusal::of(if error == Malformed::TooLong { "size" } else { "shape" }))?;
        unless(self.doc["type"] == form && self.doc["region"] == self.database.region().to_string(), "shape")?;
        Ok(event)
    }

    /// Who may write events of the document's kind into this database: the routing table's row, by the name in the document.
    fn writers(&self) -> Option<&'static [Role]> {
        let realm = self.database.realm();
        let name = self.doc["kind"].as_str().unwrap_or_default();
        if self.kinds.knows.values().any(|known| *known == name) {
            return (realm == Realm::Ops).then_some(STAFF);
        }
        let takes = |kind: Kind, home: Realm| match realm {
            Realm::Relay => false,
            Realm::Public => home == realm || matches!(kind, Kind::NodeStatus | Kind::CorrectionSettled),
            Realm::Ops | Realm::Node => home == realm,
        };
        let rows = ROUTES.iter().filter(|route| route.kind.name() == name && takes(route.kind, route.realm));
        rows.filter(|route| !self.kinds.lacks.contains(&route.kind)).map(|route| route.writers).next()
    }

    fn delivery(&self) -> Result<(), Refusal> {
        self.size_at_most(LARGEST_DELIVERY)?;
        let event = self.event("event")?;
        unless(self.doc["_rev"] == event.id.revision(), "shape")?;
        if !self.is_replicator() {
            self.account_is(1)?;
            match self.database.realm() {
                // Whatever the kind: whoever reads it may know it.
                Realm::Relay => unless(has_one_of(self.caller, STAFF), "kind")?,
                Realm::Public if matches!(event.core.body.kind(), Some(Kind::NodeStatus | Kind::CorrectionSettled)) => refuse("kind")?,
                Realm::Public | Realm::Ops | Realm::Node => {
                    unless(self.writers().is_some_and(|writers| has_one_of(self.caller, writers)), "kind")?;
                    unless(acts_for(self.caller, &event.core.node), "node")?;
                }
            }
        }
        self.is_of_this_node(&event.core.node)
    }

    fn is_of_this_node(&self, node: &NodeId) -> Result<(), Refusal> {
        match &self.database {
            Database::Node(_, own) => unless(own == node, "node"),
            _ => Ok(()),
        }
    }

    fn head(&self) -> Result<(), Refusal> {
        self.size_at_most(LARGEST_DELIVERY)?;
        let event = self.event("head")?;
        unless(event.core.body.kind() == Some(Kind::NodeStatus), "shape")?;
        if self.is_replicator() {
            return Ok(());
        }
        unless(self.writers().is_some_and(|writers| has_one_of(self.caller, writers)), "kind")?;
        unless(acts_for(self.caller, &event.core.node), "node")?;
        if has(self.caller, "coordinator") { Ok(()) } else { self.account_is(2) }
    }

    fn agreed(&self) -> Result<(), Refusal> {
        self.size_at_most(LARGEST_DELIVERY)?;
        let agreement = Agreement::read(self.doc.clone());
        let agreement = agreement.map_err(|error| Refusal::of(if error == Malformed::TooLong { "size" } else { "shape" }))?;
        let settled = agreement.settled;
        unless(self.doc["_rev"] == settled.id.revision() && self.doc["region"] == self.database.region().to_string(), "shape")?;
        if self.is_replicator() {
            return Ok(());
        }
        unless(self.writers().is_some_and(|writers| has_one_of(self.caller, writers)), "kind")
    }

    fn registry(&self) -> Result<(), Refusal> {
        unless(self.is_replicator(), "kind")?;
        self.size_at_most(LARGEST_REGISTRY_ENTRY)?;
        let form = self.doc["type"].as_str().unwrap_or_default();
        let id = self.doc["_id"].as_str().unwrap_or_default();
        let fits = matches!(form, "credential" | "revocation" | "node" | "sop") && id.split(':').next() == Some(form);
        unless(fits && self.doc["v"] == 1, "shape")
    }

    /// A part as any of the staff brings it, within this size.
    fn part(&self, largest: usize) -> Result<Part, Refusal> {
        self.size_at_most(largest)?;
        let part = PartDelivery::read(self.doc.clone()).map_err(|_| Refusal::of("shape"))?;
        let until = part.event.clock().millis().0 + u64::from(part.kind.retention_days()) * Millis::DAY;
        unless(until >= self.now, "expired")?;
        if !self.is_replicator() {
            self.account_is(1)?;
            unless(has_one_of(self.caller, PART_WRITERS), "kind")?;
        }
        Ok(part)
    }

    fn part_of_this_node(&self) -> Result<(), Refusal> {
        self.part(LARGEST_PART)?;
        let node: NodeId = self.doc["node"].as_str().unwrap_or_default().parse().unwrap();
        self.is_of_this_node(&node)?;
        unless(self.is_replicator() || acts_for(self.caller, &node), "node")
    }

    fn relayed_part(&self) -> Result<(), Refusal> {
        let part = self.part(LARGEST_RELAYED_PART)?;
        unless(part_route(part.kind).relayed, "kind")?;
        unless(part.envelope.is_sealed(), "shape")
    }
}
