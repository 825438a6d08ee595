//! Heads, which are not added to but written over: of each the later status stands at both hubs. Their revisions are each hub's own, so two
//! hubs that took different edits do not end in a conflict that nobody resolves.

use crate::couch::{Couch, read};
use crate::documents::{Named, NotTaken};
use crate::error::{HubError, Result};
use civmesh_domain::delivery::Delivery;
use civmesh_domain::event::Event;
use civmesh_domain::information::status::later;
use civmesh_domain::unit::Millis;
use reqwest::Method;
use serde_json::Value;

/// Whether this is a head.
pub(super) fn is_head(named: &Named) -> bool {
    named.id.starts_with("head:")
}

/// What became of a head.
pub(super) enum Carried {
    /// The other hub has it now.
    Written,
    /// The other hub had it, or a later one.
    Known,
    /// The other hub did not take it.
    NotTaken(NotTaken),
}

/// Puts the head of this name at another hub, where it is the later one.
pub(super) async fn carry(from: &Couch, to: &Couch, database: &str, id: &str, now: Millis) -> Result<Carried> {
    let path = [database, id];
    let (Some(ours), theirs) = (from.find(&path).await?, to.find(&path).await?) else { return Ok(Carried::Known) };
    let known = theirs.as_ref().and_then(event);
    match (event(&ours), &known) {
        (Some(event), Some(known)) if later(known, &event, now).id == known.id => return Ok(Carried::Known),
        // What can't be read here is no head; whether it is one at all, the other hub says.
        _ => {}
    }
    let mut wanted = ours;
    if let Some(fields) = wanted.as_object_mut() {
        fields.remove("_rev");
        fields.extend(theirs.and_then(|mut theirs| Some(("_rev".to_owned(), theirs.get_mut("_rev")?.take()))));
    }
    let (status, text) = to.ask(Method::PUT, &path, Some(&wanted)).await?;
    match read(&format!("write {database}/{id}"), status, &text) {
        Ok(_) => Ok(Carried::Written),
        // Somebody was faster: the next run looks again, because this one does not count it as carried.
        Err(error) if error.is_transient() || error.is_named("unauthorized") => Err(error),
        Err(HubError::Refused { error, reason, .. }) => {
            let reason = if error == "forbidden" { reason } else { format!("{error}: {reason}") };
            Ok(Carried::NotTaken(NotTaken { id: id.to_owned(), reason }))
        }
        Err(error) => Err(error),
    }
}

/// The status in a head. One that is not what its author signed does not stand in the way.
fn event(head: &Value) -> Option<Event> {
    Delivery::read(head.clone()).ok().filter(Event::is_intact)
}
