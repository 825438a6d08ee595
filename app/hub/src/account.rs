//! Accounts of a hub beside the seats: the one that carries documents between two hubs, and the end of any account.

use crate::couch::Couch;
use crate::database::{REPLICATOR, node_role};
use crate::error::{HubError, Result};
use crate::seat::{in_groups, random_word};
use civmesh_domain::id::{Account, NodeId};
use serde::Serialize;
use serde_json::{Value, json};

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
        hub.put(&["_users", &document_id(&self.account)], Some(&document)).await?;
        Ok(())
    }
}

/// Closes an account: whoever holds it can neither sign in nor go on with a session, and has no role left. What it brought stays. Says
/// whether it was open.
///
/// # Errors
/// There is no such account; no answer, or a hub that does not let us.
pub async fn close(hub: &Couch, account: &Account, now: u64) -> Result<bool> {
    let path = ["_users", &document_id(account)];
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

fn document_id(account: &Account) -> String {
    format!("org.couchdb.user:{account}")
}
