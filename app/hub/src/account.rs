//! Accounts of a hub beside the seats: the one that carries documents between two hubs, those that a node's computer needs from the region's
//! hub, and the end of any account.

use crate::couch::Couch;
use crate::database::{REPLICATOR, node_role};
use crate::error::{HubError, Result};
use crate::seat::{in_groups, random_word};
use civmesh_domain::id::{Account, NodeId};
use civmesh_domain::personnel::role::Role;
use serde::Serialize;
use serde_json::{Value, json};

/// The database of accounts.
pub const ACCOUNTS: &str = "_users";

/// An account by which one hub reads and writes another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Carrier {
    /// Its name.
    pub account: Account,
    /// Its password.
    pub password: String,
    /// The nodes whose people it carries. A computer that stands in a node carries its own node's, so that who steals it gets no others.
    pub nodes: Vec<NodeId>,
}

impl Carrier {
    /// A new one with a random name and password.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn draw(nodes: &[NodeId]) -> Result<Self> {
        let account = in_groups(&random_word(8)?).parse().map_err(|_| HubError::Randomness)?;
        Ok(Self { account, password: in_groups(&random_word(24)?), nodes: nodes.to_vec() })
    }

    /// Makes the account.
    ///
    /// # Errors
    /// No answer, or a hub that does not let us.
    pub async fn install(&self, hub: &Couch) -> Result<()> {
        let mut roles = vec![REPLICATOR.to_owned()];
        roles.extend(self.nodes.iter().map(node_role));
        let document = json!({ "name": self.account, "password": self.password, "roles": roles, "type": "user" });
        hub.put(&[ACCOUNTS, &document_id(&self.account)], Some(&document)).await?;
        Ok(())
    }
}

/// Closes an account: whoever holds it can neither sign in nor go on with a session, and has no role left. What it brought stays. Says
/// whether it was open.
///
/// # Errors
/// There is no such account; no answer, or a hub that does not let us.
pub async fn close(hub: &Couch, account: &Account, now: u64) -> Result<bool> {
    let path = [ACCOUNTS, &document_id(account)];
    let Some(found) = hub.find(&path).await? else { return Err(HubError::Argument(format!("there is no account {account}"))) };
    if found["closed"].is_u64() {
        return Ok(false);
    }
    // Rather than deleted: a name that is gone could be given out again. The new password, which nobody is told, also ends all sessions.
    let document: Value = json!({
        "_rev": found["_rev"], "name": account, "type": "user", "roles": [], "password": random_word(32)?, "closed": now,
    });
    hub.put(&path, Some(&document)).await?;
    Ok(true)
}

/// Copies the accounts of these nodes' seats and of coordinators, as they are, closed ones too: whoever holds one signs in at either hub. What
/// goes over of a password is its hash. Says how many there are.
///
/// # Errors
/// No answer, or a hub that does not let us: both must be asked by their administrators.
pub async fn copy(from: &Couch, to: &Couch, nodes: &[NodeId]) -> Result<usize> {
    let answer = from.get_with(&[ACCOUNTS, "_all_docs"], &[("include_docs", "true")]).await?;
    let rows = answer["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
    let wanted: Vec<String> = nodes.iter().map(node_role).chain([Role::Coordinator.name().to_owned()]).collect();
    let is_of = |document: &Value, role: &str| document["roles"].as_array().is_some_and(|roles| roles.contains(&json!(role)));
    let mut count = 0;
    for document in rows.iter().map(|row| &row["doc"]).filter(|document| document["type"] == "user") {
        let Some(id) = document["_id"].as_str() else { continue };
        let is_seat = !is_of(document, REPLICATOR) && wanted.iter().any(|role| is_of(document, role));
        // A closed account has no role any more, so whose it was is known where it is.
        if is_seat || document["closed"].is_u64() && to.find(&[ACCOUNTS, id]).await?.is_some() {
            let mut document = document.clone();
            document.as_object_mut().and_then(|fields| fields.remove("_rev"));
            to.settle_document(ACCOUNTS, id, &document).await?;
            count += 1;
        }
    }
    Ok(count)
}

fn document_id(account: &Account) -> String {
    format!("org.couchdb.user:{account}")
}
