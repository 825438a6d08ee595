//! What this phone can open and to whom it seals, and what it does about reading keys where that is for it to do.

use super::profile::{Access, parts};
use super::{AppState, clock, signer};
use crate::command::Failed;
use crate::command::author::{Draft, write};
use crate::device::chance;
use civmesh_domain::body::Body;
use civmesh_domain::fold::{Judged, Scene};
use civmesh_domain::id::NodeId;
use civmesh_domain::keyring::Keyring;
use civmesh_domain::personnel::credential::Scope;
use civmesh_domain::personnel::custody::Custody;
use civmesh_domain::personnel::reading::{ReadingKeyIssued, ReadingKeys, keyring};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::trust::Trust;
use civmesh_domain::seal::{ReadingKey, ReadingSecret};
use civmesh_store::phone::PhoneStore;
use civmesh_sync::held::{HeldSeat, KeyOf};
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// As it follows from what is in the store.
#[derive(Default)]
pub struct Keys {
    /// Who holds which credential; `None` before the store was read.
    trust: Option<Trust>,
    /// The nodes' keys.
    nodes: ReadingKeys,
    /// What can be opened here.
    pub ring: Keyring,
}

/// Works them out anew.
pub async fn renew(app: AppState, store: &PhoneStore, trust: Trust, judged: &[Judged], scene: Scene) {
    let seat = app.seat.get_untracked();
    // Without its own secret a phone opens nothing, and all the rest goes on. None is made here: two tabs would make two.
    let kept = signer::kept_reading_secret(app, store).await.ok().flatten();
    let own = Keyring::of(kept.into_iter().chain(seat.and_then(|seat| seat.reading_secret())));
    let keys = Keys { trust: Some(trust), nodes: ReadingKeys::of(judged, scene), ring: keyring(judged, scene, own) };
    app.keys.set_value(Arc::new(keys));
}

/// To whom a part for `node` is sealed now: to those who are to read it, and to this phone. Empty where this phone knows of nobody who is.
///
/// # Errors
/// This phone has no secret of its own and can't make one.
pub async fn readers(app: AppState, store: &PhoneStore, node: &NodeId) -> Result<Vec<ReadingKey>, Failed> {
    let mut readers = look(app, node, |custody| custody.readers()).unwrap_or_default();
    if readers.is_empty() {
        // Behind a PIN nothing is written plain: it waits, sealed to its writer, until somebody is known who may read it.
        readers.extend(parts::own(app));
    } else {
        let own = own(app, app.seat.get_untracked().as_deref(), store).await?;
        // First, as there may be more readers than a part can have.
        readers.splice(0..0, own.public());
    }
    Ok(readers)
}

/// The secret half of the key that this phone's credential names.
async fn own(app: AppState, seat: Option<&HeldSeat>, store: &PhoneStore) -> Result<ReadingSecret, Failed> {
    match seat.filter(|seat| seat.key == KeyOf::Seat) {
        Some(seat) => seat.reading_secret().ok_or(Failed::NotReady),
        None => signer::reading_secret(app, store).await,
    }
}

fn look<T>(app: AppState, node: &NodeId, look: impl FnOnce(&Custody<'_>) -> T) -> Option<T> {
    let (keys, region) = (app.keys.get_value(), app.region.get_untracked()?.manifest.region);
    Some(look(&Custody { region, node, trust: keys.trust.as_ref()?, keys: &keys.nodes, now: clock::to_sign(app) }))
}

/// Does what is due about the keys of this phone's nodes, if it is for this phone to do.
pub async fn tend(app: AppState) {
    if matches!(app.access.get_untracked(), Access::Locked(_)) {
        return;
    }
    let Some(seat) = app.seat.get_untracked().filter(|seat| seat.has(Role::Manager) || seat.has(Role::Coordinator)) else { return };
    for node in nodes(app, &seat) {
        for issued in due(app, &node) {
            // What could not be written now is due again after the next round.
            if write(app, Draft::new(node.clone(), Body::ReadingKeyIssued(issued))).await.is_err() {
                return;
            }
        }
    }
}

fn due(app: AppState, node: &NodeId) -> Vec<ReadingKeyIssued> {
    let (Some(chance), Some(me)) = (chance::random(), app.me.get_untracked()) else { return Vec::new() };
    let keys = app.keys.get_value();
    let draft = |custody: &Custody<'_>| Some(custody.draft(&custody.due()?, &keys.ring, &chance)).filter(|_| custody.may_issue(&me));
    look(app, node, draft).flatten().unwrap_or_default()
}

/// The seat's nodes; for a coordinator, who has all, those that somebody has a credential for.
fn nodes(app: AppState, seat: &HeldSeat) -> BTreeSet<NodeId> {
    if !seat.has(Role::Coordinator) {
        return seat.nodes().into_iter().collect();
    }
    let keys = app.keys.get_value();
    let scopes = keys.trust.iter().flat_map(Trust::named).map(|grant| &grant.scope);
    scopes.filter_map(|scope| if let Scope::Nodes(nodes) = scope { Some(nodes) } else { None }).flatten().cloned().collect()
}
