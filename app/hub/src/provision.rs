//! Making a hub what a region needs: databases, security documents, validation functions. May be run again at any time.

use crate::couch::Couch;
use crate::database::{all, security};
use crate::error::{HubError, Result};
use crate::validation::{DESIGN_DOCUMENT, design_document};
use civmesh_domain::id::{NodeId, RegionId};
use reqwest::Method;
use std::fmt;

/// How long a signed-in phone stays signed in, in seconds: 14 days.
pub const SESSION_SECONDS: u32 = 14 * 24 * 60 * 60;

/// What provisioning did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Databases that there are now.
    pub databases: usize,
    /// Of these, newly made.
    pub made: usize,
    /// Security documents written.
    pub secured: usize,
    /// Validation functions written.
    pub functions: usize,
    /// Settings of the server changed.
    pub settings: usize,
}

impl Outcome {
    /// Whether anything is different from before.
    pub fn changed(&self) -> bool {
        self.made + self.secured + self.functions + self.settings > 0
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { databases, made, secured, functions, settings } = self;
        write!(
            f,
            "{databases} databases, {made} of them new; {secured} security documents, {functions} validation functions \
             and {settings} settings written"
        )
    }
}

/// Makes the databases of a region. `nodes` are those that are agreed or certified: each has a database of its own.
pub async fn provision(hub: &Couch, region: RegionId, nodes: &[NodeId]) -> Result<Outcome> {
    let mut outcome = close_all(hub, region, nodes).await?;
    for database in all(region, nodes) {
        let written = hub.settle_document(&database.to_string(), DESIGN_DOCUMENT, &design_document(&database)).await?;
        outcome.functions += usize::from(written);
    }
    outcome.settings = settle_session(hub).await?;
    Ok(outcome)
}

/// Makes the databases, each shut to whoever has no business in it; without validation functions yet.
pub async fn close_all(hub: &Couch, region: RegionId, nodes: &[NodeId]) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    // A fresh single CouchDB has no database of accounts yet.
    hub.make_database("_users").await?;
    for database in all(region, nodes) {
        let name = database.to_string();
        outcome.databases += 1;
        outcome.made += usize::from(hub.make_database(&name).await?);
        // At once: until then a new database of the embedded hub is open to everybody.
        let wanted = security(&database);
        if hub.get(&[&name, "_security"]).await? != wanted {
            hub.put(&[&name, "_security"], Some(&wanted)).await?;
            outcome.secured += 1;
        }
    }
    Ok(outcome)
}

/// Sets how long a session lasts, where the server lets itself be told; the embedded hub is told by its configuration file.
async fn settle_session(hub: &Couch) -> Result<usize> {
    let settings = [("timeout", SESSION_SECONDS.to_string()), ("allow_persistent_cookies", "true".to_owned())];
    let mut changed = 0;
    for (key, value) in settings {
        let path = ["_node", "_local", "_config", "chttpd_auth", key];
        match hub.get(&path).await {
            Ok(found) if found == value.as_str() => continue,
            Ok(_) => {}
            // A setting that was never made is 404 with this reason; anything else means that there is nothing to set here.
            Err(HubError::Refused { status: 404, reason, .. }) if reason == "unknown_config_value" => {}
            Err(error) if error.is_refused() => return Ok(changed),
            Err(error) => return Err(error),
        }
        let (status, text) = hub.ask(Method::PUT, &path, Some(&value.into())).await?;
        crate::couch::read("set how long a session lasts", status, &text)?;
        changed += 1;
    }
    Ok(changed)
}
