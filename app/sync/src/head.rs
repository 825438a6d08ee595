//! Heads: one's latest status of a node, put where everybody reads it once the hub has the event itself.
//!
//! A head is the one document that is changed in place: `head:<node>:<account>`. Which head is to be put is noted before the status is
//! pushed and struck out when the hub has it, so a phone that dies in between goes on where it stopped.
//!
//! Where hubs replicate, two heads put at two hubs are two branches, and which of them everybody then sees, CouchDB decides by their hashes.
//! So a phone remembers what it put, and puts it again where an earlier status has taken its place.

use crate::error::{Result, SyncError};
use crate::hub::{Hub, Request, Response};
use crate::line::Line;
use crate::seat::Seat;
use civmesh_domain::delivery::{Delivery, head_id};
use civmesh_domain::event::Event;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::information::status::later;
use civmesh_domain::routing::Database;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use serde_json::{Map, Value};

/// How often a head is put again when another one came first.
const MOST_CONFLICTS: usize = 4;

/// Notes that these statuses are to be published once the hub has them.
pub(crate) async fn note<S: Store>(store: &S, seat: &Seat, statuses: &[Event], now: Millis) -> Result<()> {
    let before = pending(store, seat).await?;
    let mut noted = before.clone();
    for status in statuses {
        let node = status.core.node.to_string();
        let stands = match event_of(store, noted.get(&node)).await? {
            Some(known) => later(status, &known, now).id,
            None => status.id,
        };
        noted.insert(node, stands.to_string().into());
    }
    if noted != before {
        store.set_meta(&meta(seat), Some(Value::Object(noted))).await?;
    }
    Ok(())
}

/// Publishes what was noted and is at the hub. Returns how many heads the hub took.
///
/// # Errors
/// What ends the round. What could not be published stays noted.
pub(crate) async fn publish<S: Store, H: Hub>(
    store: &S,
    line: &mut Line<'_, H>,
    seat: &Seat,
    now: Millis,
    troubles: &mut Vec<SyncError>,
) -> Result<usize> {
    let (mut noted, mut said) = (pending(store, seat).await?, kept(store, &meta_of_said(seat)).await?);
    let (before, said_before) = (noted.len(), said.clone());
    let due = due(store, seat, &noted, &said, now).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let outbox = store.outbox().await?;
    let mut published = 0;
    for (node, id) in due {
        let event = event_of(store, Some(&id)).await?;
        let waits = event.as_ref().is_some_and(|event| outbox.iter().any(|row| row.key.event == event.id && row.key.part.is_none()));
        let end = match &event {
            _ if waits => continue,
            None => Ok(()),
            Some(event) => put(store, line, seat, event, now).await,
        };
        match end {
            Ok(()) => published += usize::from(event.is_some()),
            Err(error) if error.ends_round() => {
                keep(store, seat, noted, before).await?;
                keep_said(store, seat, said, &said_before).await?;
                return Err(error);
            }
            Err(error) => {
                troubles.push(error);
                continue;
            }
        }
        noted.remove(&node);
        said.insert(node, id);
    }
    keep(store, seat, noted, before).await?;
    keep_said(store, seat, said, &said_before).await?;
    Ok(published)
}

/// What is noted, and what was put before and is no longer what stands there, though nothing later does.
async fn due<S: Store>(
    store: &S,
    seat: &Seat,
    noted: &Map<String, Value>,
    said: &Map<String, Value>,
    now: Millis,
) -> Result<Map<String, Value>> {
    let mut due = noted.clone();
    let database = Database::Public(seat.region).to_string();
    for (node, id) in said.iter().filter(|(node, _)| !noted.contains_key(*node)) {
        let (Ok(place), Some(mine)) = (node.parse::<NodeId>(), event_of(store, Some(id)).await?) else { continue };
        let head = head_id(&place, &seat.account);
        let there = store.documents(&database, &head).await?.into_iter().find(|document| document.id == head);
        let there = there.and_then(|document| read(&document.body));
        if there.is_some_and(|there| there.id != mine.id && later(&there, &mine, now).id == mine.id) {
            due.insert(node.clone(), id.clone());
        }
    }
    Ok(due)
}

async fn keep_said<S: Store>(store: &S, seat: &Seat, said: Map<String, Value>, before: &Map<String, Value>) -> Result<()> {
    if said != *before {
        store.set_meta(&meta_of_said(seat), Some(Value::Object(said))).await?;
    }
    Ok(())
}

async fn keep<S: Store>(store: &S, seat: &Seat, noted: Map<String, Value>, before: usize) -> Result<()> {
    if noted.len() != before {
        let value = (!noted.is_empty()).then_some(Value::Object(noted));
        store.set_meta(&meta(seat), value).await?;
    }
    Ok(())
}

/// Puts one head, or finds that it or a later one is there.
async fn put<S: Store, H: Hub>(store: &S, line: &mut Line<'_, H>, seat: &Seat, event: &Event, now: Millis) -> Result<()> {
    let database = Database::Public(seat.region).to_string();
    let id = head_id(&event.core.node, &seat.account);
    let path = format!("/{database}/{id}");
    let pulled = store.documents(&database, &id).await?.into_iter().find(|document| document.id == id);
    let mut known = pulled.map(|document| document.body);
    let stands = |known: &Option<Value>| {
        known.as_ref().and_then(read).is_some_and(|there| there.id == event.id || later(&there, event, now).id != event.id)
    };
    if stands(&known) {
        // It was pulled, maybe from a database that has been replaced since.
        known = get(line, &path, &database).await?;
    }
    for _ in 0..MOST_CONFLICTS {
        if stands(&known) {
            return Ok(());
        }
        let rev = known.as_ref().and_then(|document| document["_rev"].as_str().map(str::to_owned));
        let head = Delivery::head(event, &seat.account, rev);
        let body = serde_json::to_string(&head).map_err(|_| SyncError::NotTheHub)?;
        let response = line.ask(Request::put(path.clone(), body)).await?;
        match response.status {
            201 | 202 if is_ok(&response) => return Ok(()),
            409 => known = get(line, &path, &database).await?,
            _ => return Err(response.trouble(&database)),
        }
    }
    Err(SyncError::Busy(409))
}

async fn get<H: Hub>(line: &mut Line<'_, H>, path: &str, database: &str) -> Result<Option<Value>> {
    let response = line.ask(Request::get(path)).await?;
    match (response.status, response.json()) {
        (200, Some(document)) if document["_id"].is_string() => Ok(Some(document)),
        (404, Some(_)) => Ok(None),
        _ => Err(response.trouble(database)),
    }
}

/// The event in a head. One that is not what its author signed does not stand in the way.
fn read(document: &Value) -> Option<Event> {
    Delivery::read(document.clone()).ok().filter(Event::is_intact)
}

fn is_ok(response: &Response) -> bool {
    response.json().is_some_and(|json| json["ok"] == true)
}

async fn event_of<S: Store>(store: &S, id: Option<&Value>) -> Result<Option<Event>> {
    let id: Option<EventId> = id.and_then(Value::as_str).and_then(|id| id.parse().ok());
    match id {
        Some(id) => Ok(store.event(id).await?.map(|row| row.event)),
        None => Ok(None),
    }
}

async fn pending<S: Store>(store: &S, seat: &Seat) -> Result<Map<String, Value>> {
    kept(store, &meta(seat)).await
}

async fn kept<S: Store>(store: &S, name: &str) -> Result<Map<String, Value>> {
    Ok(store.meta(name).await?.and_then(|value| value.as_object().cloned()).unwrap_or_default())
}

fn meta_of_said(seat: &Seat) -> String {
    format!("heads-said:{}:{}", seat.region, seat.account)
}

fn meta(seat: &Seat) -> String {
    format!("heads:{}:{}", seat.region, seat.account)
}
