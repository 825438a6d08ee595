//! Reading the store anew, and folding what was read.

use super::region::Region;
use super::{AppState, clock, corrected, danger, keeping, names};
use crate::device::performance;
use civmesh_domain::fold::{Judged, Scene, Statement};
use civmesh_domain::id::{DeviceKey, NodeId};
use civmesh_domain::information::status::{self, NodeStatus};
use civmesh_domain::personnel::credential::{Credential, Revocation};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::trust::{Trust, Verdict};
use civmesh_domain::routing::Database;
use civmesh_domain::text::from_base64url;
use civmesh_store::Store;
use civmesh_store::phone::PhoneStore;
use civmesh_store::record::{Document, EventRow};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What each node says of itself: the statuses that no other replaces.
pub type StatusBoard = BTreeMap<NodeId, Vec<Statement<NodeStatus>>>;

/// Who holds a credential, by their highest role.
pub type Holders = BTreeMap<DeviceKey, Role>;

impl Region {
    /// What is looked at: this region, in its mode.
    pub fn scene(&self) -> Scene {
        Scene { region: self.manifest.region, mode: self.manifest.mode }
    }
}

/// What is to be read anew, and whether somebody is at it: while one reads, all that is wanted meanwhile is read once after it.
#[derive(Default)]
pub struct Reading {
    running: bool,
    wanted: Option<Wanted>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Wanted {
    Fates,
    Everything,
}

/// Reads everything anew, in the background.
pub fn refresh(app: AppState) {
    want(app, Wanted::Everything);
}

/// Reads anew what became of the records that were written here, in the background.
pub fn refresh_fates(app: AppState) {
    want(app, Wanted::Fates);
}

fn want(app: AppState, wanted: Wanted) {
    let begins = app.reading.try_update_value(|reading| {
        reading.wanted = reading.wanted.max(Some(wanted));
        !std::mem::replace(&mut reading.running, true)
    });
    if begins == Some(true) {
        spawn_local(async move {
            while let Some(wanted) = next(app) {
                // A read that fails leaves what is shown; the next change reads again.
                let _shown_stays = match wanted {
                    Wanted::Fates => read_fates(app).await,
                    Wanted::Everything => read(app).await,
                };
            }
        });
    }
}

fn next(app: AppState) -> Option<Wanted> {
    app.reading.try_update_value(|reading| {
        let wanted = reading.wanted.take();
        reading.running = wanted.is_some();
        wanted
    })?
}

/// Reads everything anew. `None` where there is nothing to read from yet.
pub async fn read(app: AppState) -> Option<()> {
    let (store, region) = (app.store()?, app.region.get_untracked()?);
    // Another tab may have changed it.
    super::profile::look_again(app, &store).await;
    let mut rows = store.events(region.manifest.region, None).await.ok()?;
    if store.take_gone() {
        // Before the screens forget what they hold.
        keeping::write_anew(app, &store).await;
        rows = store.events(region.manifest.region, None).await.ok()?;
    }
    let mut trust = documented(&store, &region).await?;
    trust.learn(rows.iter().map(|row| &row.event));
    let judged: Vec<Judged> = rows.into_iter().map(|row| judge(&trust, row)).collect();
    let highest = |credentials: Vec<&Credential>| credentials.into_iter().flat_map(|credential| credential.grant.roles).max();
    let holders = trust.holders().filter_map(|(device, credentials)| Some((*device, highest(credentials)?))).collect();
    super::keys::renew(app, &store, trust, &judged, region.scene()).await;
    let statuses = status::current(&judged, region.scene());
    corrected::follow(app, &store, &judged, region.scene()).await;
    danger::renew(app, &judged, region.scene());
    app.now.set(clock::now(app));
    read_fates(app).await?;
    app.holders.set(Arc::new(holders));
    app.judged.set(Arc::new(judged));
    app.statuses.set(Arc::new(statuses));
    performance::mark("civmesh:records-read");
    names::read(app).await;
    Some(())
}

async fn read_fates(app: AppState) -> Option<()> {
    let store = app.store()?;
    let (outbox, receipts) = (store.outbox().await.ok()?, store.receipts().await.ok()?);
    if store.health().gone {
        refresh(app);
        return None;
    }
    app.outbox.set(Arc::new(outbox));
    app.receipts.set(Arc::new(receipts));
    keeping::note(app);
    Some(())
}

fn judge(trust: &Trust, row: EventRow) -> Judged {
    let verdict = if row.intact { trust.judge_intact(&row.event) } else { Verdict::Broken };
    Judged { event: row.event, verdict }
}

/// Trust in the region's authority, with all credentials and revocations that are here.
pub async fn trust(store: &PhoneStore, region: &Region) -> Option<Trust> {
    let mut trust = documented(store, region).await?;
    trust.learn(store.events(region.manifest.region, None).await.ok()?.iter().map(|row| &row.event));
    Some(trust)
}

/// Trust in the region's authority, with the credentials and revocations that it published as documents.
async fn documented(store: &PhoneStore, region: &Region) -> Option<Trust> {
    let public = Database::Public(region.manifest.region).to_string();
    let mut trust = Trust::of(region.manifest.region, region.manifest.authorities());
    for document in store.documents(&public, "credential:").await.ok()? {
        if let Some((bytes, signature)) = signed(&document, "credential") {
            // What can't be read vouches for nobody.
            if let Ok(credential) = Credential::from_parts(bytes, signature) {
                trust.add_credential(credential);
            }
        }
    }
    for document in store.documents(&public, "revocation:").await.ok()? {
        if let Some((bytes, signature)) = signed(&document, "revocation")
            && let Ok(revocation) = Revocation::read(&bytes, &signature)
        {
            trust.add_revocation(revocation);
        }
    }
    Some(trust)
}

fn signed(document: &Document, field: &str) -> Option<(Vec<u8>, [u8; 64])> {
    let bytes = from_base64url(document.body.get(field)?.as_str()?)?;
    let signature = from_base64url(document.body.get("sig")?.as_str()?)?.try_into().ok()?;
    Some((bytes, signature))
}
