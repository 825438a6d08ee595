//! The names of those who speak here, for who may read them: each stands in a part beside the credential that somebody was given.

use super::AppState;
use super::profile::Access;
use crate::part::name::text_of;
use civmesh_domain::body::Body;
use civmesh_domain::fold::Judged;
use civmesh_domain::id::{DeviceKey, EventId};
use civmesh_domain::part::PartKind;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The names that are open on this phone.
pub type Names = BTreeMap<DeviceKey, String>;

/// The events by which each device was given its credentials, the earliest first.
pub fn given(judged: &[Judged]) -> BTreeMap<DeviceKey, Vec<EventId>> {
    let mut given = BTreeMap::<_, Vec<_>>::new();
    for judged in judged {
        if let Body::CredentialIssued(issued) = &judged.event.core.body
            && let Ok(credential) = issued.credential()
        {
            given.entry(credential.grant.device).or_default().push(judged.event.id);
        }
    }
    given
}

/// The name beside the latest of these events that has one.
pub async fn name_of(app: AppState, given: &[EventId]) -> Option<String> {
    for event in given.iter().rev() {
        if let Some(name) = text_of(app, *event, PartKind::Person).await {
            return Some(name);
        }
    }
    None
}

/// Opens the names of all whose statements are here, if this phone works somewhere and nobody locked it.
pub async fn read(app: AppState) {
    let judged = app.judged.get_untracked();
    let authors: BTreeSet<DeviceKey> = judged.iter().map(|judged| judged.event.core.author).collect();
    let mut names = Names::new();
    if app.seat.with_untracked(Option::is_some) {
        for (device, given) in given(&judged).into_iter().filter(|(device, _)| authors.contains(device)) {
            names.extend(name_of(app, &given).await.map(|name| (device, name)));
        }
    }
    // It may have been locked while they were opened.
    if matches!(app.access.get_untracked(), Access::Locked(_)) {
        names.clear();
    }
    if app.names.with_untracked(|known| **known != names) {
        app.names.set(Arc::new(names));
    }
}
