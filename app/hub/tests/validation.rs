//! What passes the validation functions in the embedded hub: just what phones believe. What does not pass is in the table of attacks.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

mod common;

use civmesh_domain::body::Kind;
use civmesh_domain::event::Core;
use civmesh_domain::personnel::credential::{Credential, Grant, Scope};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::trust::{Doubt, Trust, Verdict};
use civmesh_domain::routing::{Realm, route};
use civmesh_domain::seal::ReadingSecret;
use civmesh_domain::unit::Millis;
use common::phone::{device, seat_key, sign};
use common::*;
use ed25519_dalek::{Signer, SigningKey};
use enumset::EnumSet;
use serde_json::{Value, json};

/// What a phone believes where each of these accounts has a credential like its seat.
fn trust(seats: &[(&str, Role, Scope)]) -> Trust {
    let authority = SigningKey::from_bytes(&[1; 32]);
    let mut trust = Trust::of(REGION, vec![device(&authority)]);
    for (account, role, scope) in seats {
        let grant = Grant {
            region: REGION,
            device: device(&seat_key(account)),
            reading: ReadingSecret::derive(&[1; 32]).public().unwrap(),
            roles: EnumSet::only(*role),
            skills: EnumSet::empty(),
            scope: scope.clone(),
            from: Millis(0),
            until: Millis(u64::MAX),
            name_hash: [0; 32],
            may_grant: false,
            issuer: device(&authority),
        };
        let signature = authority.sign(&grant.signing_message().unwrap()).to_bytes();
        trust.add_credential(Credential::from_parts(grant.to_bytes().unwrap(), signature).unwrap());
    }
    trust
}

/// Every kind, by every role, about one's own node and another's: the hub's functions and the phone's verdict come from one table.
#[tokio::test]
async fn the_hub_takes_just_what_phones_believe() {
    let hub = hub().await;
    let own = Scope::Nodes(vec!["s001".parse().unwrap()]);
    let seats = [("vol", Role::Volunteer, own.clone()), ("man", Role::Manager, own), ("coo", Role::Coordinator, Scope::All)];
    let trust = trust(&seats);
    let mut taken = 0;
    for (number, (account, kind, node)) in
        seats.iter().flat_map(|seat| Kind::ALL.iter().flat_map(move |kind| ["s001", "c001"].map(|node| (seat.0, *kind, node)))).enumerate()
    {
        let key = seat_key(account);
        let event = sign(&Core { author: device(&key), ..core(kind.name(), node, number as u32) }, &key);
        let end = match route(kind).realm {
            Realm::Public => "public",
            Realm::Ops => "ops",
            // Where nodes share a database, the node is the function's affair alone.
            Realm::Node => "node-unlisted",
            Realm::Relay => "relay",
        };
        let document = delivery_of(&event, account);
        let hub_says = push(hub.couch(), account, end, &document).await;
        let fits = match trust.judge(&event) {
            Verdict::Verified => hub_says == "ok",
            Verdict::Unverified(Doubt::NotThat) => hub_says == "kind",
            // The hub asks for the kind first, the phone for the place.
            Verdict::Unverified(Doubt::NotThere) => hub_says == "node" || hub_says == "kind",
            _ => false,
        };
        assert!(fits, "{} at {node} by {account}: the hub says {hub_says}, a phone {:?}", kind.name(), trust.judge(&event));
        taken += usize::from(hub_says == "ok");
        // In the relay the hub looks at no role: that is the reader's alone.
        assert_eq!(push(hub.couch(), account, "relay", &document).await, "ok");
    }
    assert!(taken > 20, "only {taken} were taken");
}

#[tokio::test]
async fn heads_are_published_by_managers_for_themselves_and_by_coordinators_for_others() {
    let hub = hub().await;
    let put = async |account: &str, document: &Value| {
        let caller = hub.couch().seen_by(Some((account, PASSWORD)));
        let id = document["_id"].as_str().unwrap().to_owned();
        match caller.put(&[&database("public"), &id], Some(document)).await {
            Ok(answer) => answer.body["rev"].as_str().unwrap().to_owned(),
            Err(error) => error.to_string(),
        }
    };
    let mut mine = with(head("man", "s001"), json!({ "_rev": null }));
    let first = put("man", &mine).await;
    assert!(first.starts_with("1-"), "{first}");
    assert!(put("man", &mine).await.contains("409 conflict"));
    for (account, generation) in [("man", "2-"), ("coo", "3-")] {
        mine["_rev"] = hub.couch().get(&[&database("public"), "head:s001:man"]).await.unwrap()["_rev"].clone();
        let rev = put(account, &mine).await;
        assert!(rev.starts_with(generation), "{account}: {rev}");
    }
}
