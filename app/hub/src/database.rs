//! The databases of a region: which there are, who may open them, and which rules their validation functions hold.

use civmesh_domain::body::Kind;
use civmesh_domain::event::LONGEST_CORE;
use civmesh_domain::id::{NodeId, RegionId};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::routing::{Database, PART_ROUTES, PART_WRITERS, ROUTES, Realm};
use serde_json::{Map, Value, json};

/// The largest delivery or head, as JSON.
pub const LARGEST_DELIVERY: usize = 16 * 1024;
/// The largest part that is passed on through the relay, as JSON.
pub const LARGEST_RELAYED_PART: usize = 32 * 1024;
/// The largest part, as JSON.
pub const LARGEST_PART: usize = 700 * 1024;
/// The largest entry of the registry, as JSON.
pub const LARGEST_REGISTRY_ENTRY: usize = 256 * 1024;
/// The role that carries documents from hub to hub: exempt from account, kind and node, never from shape and size.
pub const REPLICATOR: &str = "replicator";

/// All databases of a region with these agreed or certified nodes, in the order in which they are made.
pub fn all(region: RegionId, nodes: &[NodeId]) -> Vec<Database> {
    let mut databases = vec![Database::Public(region), Database::Ops(region), Database::Relay(region), Database::Unlisted(region)];
    databases.extend(nodes.iter().map(|node| Database::Node(region, node.clone())));
    databases
}

/// The role that opens a node's database.
pub fn node_role(node: &NodeId) -> String {
    format!("node:{node}")
}

/// Everybody with a seat.
const STAFF: &[Role] = &[Role::Volunteer, Role::Manager, Role::Coordinator];

fn names_of(roles: &[Role]) -> Vec<String> {
    roles.iter().map(|role| role.name().to_owned()).collect()
}

/// The security document: who may open the database at all. Administration is the server's alone.
pub fn security(database: &Database) -> Value {
    let members: Vec<String> = match database {
        Database::Public(_) => vec![],
        Database::Ops(_) | Database::Relay(_) | Database::Unlisted(_) => {
            names_of(STAFF).into_iter().chain([REPLICATOR.to_owned()]).collect()
        }
        // Who carries a node's people has its role too: the computer that stands in one node opens no other node's.
        Database::Node(_, node) => vec![node_role(node), Role::Coordinator.name().to_owned()],
    };
    json!({
        "admins": { "names": [], "roles": ["_admin"] },
        "members": { "names": [], "roles": members },
    })
}

/// What the validation function of this database is given: the rows of the routing table that concern it, and the limits.
pub fn rules(database: &Database) -> Value {
    let (region, node) = match database {
        Database::Node(region, node) => (region, Some(node)),
        Database::Public(region) | Database::Ops(region) | Database::Relay(region) | Database::Unlisted(region) => (region, None),
    };
    let mut kinds = Map::new();
    for route in ROUTES.iter().filter(|route| takes(database.realm(), route.kind, route.realm)) {
        kinds.insert(route.kind.name().to_owned(), json!(names_of(route.writers)));
    }
    let names: Map<String, Value> = Kind::ALL.iter().map(|kind| (kind.number().to_string(), kind.name().into())).collect();
    let retention: Map<String, Value> =
        PART_ROUTES.iter().map(|route| (route.kind.name().to_owned(), route.retention_days.into())).collect();
    let relayed: Vec<&str> = PART_ROUTES.iter().filter(|route| route.relayed).map(|route| route.kind.name()).collect();
    json!({
        "region": region,
        "node": node,
        "names": names,
        "kinds": kinds,
        "parts": names_of(PART_WRITERS),
        "staff": names_of(STAFF),
        "retention": retention,
        "relayed": relayed,
        "limits": {
            "core": LONGEST_CORE,
            "delivery": LARGEST_DELIVERY,
            "relayed": LARGEST_RELAYED_PART,
            "part": LARGEST_PART,
            "registry": LARGEST_REGISTRY_ENTRY,
        },
    })
}

/// A relay takes what belongs anywhere; every other database takes its own, and the public one also statuses, as heads, and settlements,
/// as entries of the registry.
fn takes(realm: Realm, kind: Kind, home: Realm) -> bool {
    match realm {
        Realm::Relay => true,
        Realm::Public => realm == home || matches!(kind, Kind::NodeStatus | Kind::CorrectionSettled),
        Realm::Ops | Realm::Node => realm == home,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn databases() -> Vec<Database> {
        all(RegionId([7; 16]), &["s001".parse().unwrap()])
    }

    #[test]
    fn only_the_public_database_is_open_to_everybody() {
        for database in databases() {
            let security = security(&database);
            let members = security["members"]["roles"].as_array().unwrap();
            assert_eq!(members.is_empty(), database.realm() == Realm::Public, "{database}");
            assert_eq!(security["admins"]["roles"], json!(["_admin"]));
        }
    }

    #[test]
    fn a_node_database_opens_for_its_own_staff_only() {
        let database = Database::Node(RegionId([7; 16]), "s001".parse().unwrap());
        assert_eq!(security(&database)["members"]["roles"], json!(["node:s001", "coordinator"]));
    }

    #[test]
    fn rules_are_rows_of_the_routing_table() {
        let kinds = |realm: Realm| {
            let database = databases().into_iter().find(|database| database.realm() == realm).unwrap();
            rules(&database)["kinds"].as_object().unwrap().clone()
        };
        assert_eq!(kinds(Realm::Relay).len(), ROUTES.len());
        assert_eq!(
            kinds(Realm::Public).keys().collect::<Vec<_>>(),
            [
                "area_declared",
                "area_withdrawn",
                "correction_settled",
                "credential_issued",
                "device_revoked",
                "node_status",
                "reading_key_issued"
            ]
        );
        assert_eq!(kinds(Realm::Ops)["node_status"], json!(["manager", "coordinator"]));
        assert_eq!(kinds(Realm::Node)["check_in"], json!(["volunteer", "manager", "coordinator"]));
        assert_eq!(kinds(Realm::Ops).len() + kinds(Realm::Node).len() + kinds(Realm::Public).len() - 2, ROUTES.len());
        let rules = rules(&databases()[0]);
        assert_eq!(rules["names"]["6"], "report");
        assert_eq!(rules["retention"], json!({ "person": 30, "text": 90, "photo": 30 }));
        assert_eq!(rules["relayed"], json!(["person", "text"]));
    }
}
