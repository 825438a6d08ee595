//! No part lies plain where there is a PIN; and what only its writer could read is sealed anew once somebody is known who may read it.

use super::{AppState, open};
use crate::device::chance;
use crate::state::{keys, sync};
use civmesh_domain::id::ReadingKey;
use civmesh_domain::part::Part;
use civmesh_store::private::Private;
use civmesh_store::record::OutboxKey;
use civmesh_store::{Result, Store};
use leptos::prelude::*;

/// The reading keys of the profiles that have a PIN, that of the profile in use first.
pub fn at_rest(app: AppState) -> Vec<ReadingKey> {
    let in_use = open(app).ok().flatten();
    app.profiles.with_untracked(|list| {
        let mut profiles: Vec<_> = list.iter().flat_map(|list| &list.list).collect();
        profiles.sort_by_key(|profile| Some(profile.id) != in_use);
        profiles.into_iter().filter_map(|profile| Some(profile.gate.as_ref()?.reading)).collect()
    })
}

/// The reading key of the profile in use, if it has a PIN.
pub fn own(app: AppState) -> Option<ReadingKey> {
    app.profile_now().and_then(|profile| profile.gate).map(|gate| gate.reading)
}

/// Seals what lies plain to the profile in use, if it has a PIN: what came before the PIN, and what came by a way that knew of none.
pub async fn seal_plain(app: AppState) {
    // What can't be sealed now is sealed at the next unlocking.
    let _later = try_to_seal(app).await;
}

async fn try_to_seal(app: AppState) -> Result<()> {
    let (Some(store), Some(own)) = (app.store(), own(app)) else { return Ok(()) };
    for part in store.plain_parts().await? {
        if let Some(sealed) = part.kept_for(&own) {
            store.reseal(vec![sealed]).await?;
        }
    }
    Ok(())
}

/// Seals what waits for a reader to those who are known by now.
pub async fn find_readers(app: AppState) {
    // What can't be sealed now is tried after the next round.
    if try_to_address(app).await.unwrap_or(0) > 0 {
        sync::nudge(app);
    }
}

/// How many found a reader.
async fn try_to_address(app: AppState) -> Result<usize> {
    let (Some(store), Some(_)) = (app.store(), app.profile_key()) else { return Ok(0) };
    let mut found_readers = 0;
    let keys = at_rest(app);
    let rows = store.outbox().await?;
    for OutboxKey { event, part } in rows.into_iter().map(|row| row.key) {
        let Some(index) = part else { continue };
        let found = store.parts(event).await?.into_iter().find(|part| part.index == index);
        let Some(part) = found.filter(|part| part.envelope.is_only_for(&keys)) else { continue };
        let Some(row) = store.event(event).await? else { continue };
        let core = &row.event.core;
        let (Some(said), Ok(readers)) = (core.parts.get(usize::from(index)), keys::readers(app, &store, &core.node).await) else {
            continue;
        };
        let content = part.open(said, &app.keys.get_value().ring);
        let sealed =
            content.zip(chance::random()).and_then(|(content, chance)| Part::seal(event, index, part.kind, &content, &readers, &chance));
        if let Some(sealed) = sealed.filter(|sealed| !sealed.envelope.is_only_for(&keys)) {
            store.reseal(vec![sealed]).await?;
            found_readers += 1;
        }
    }
    Ok(found_readers)
}
