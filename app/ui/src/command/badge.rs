//! The badge of this phone's holder, and reading another's.

use super::Failed;
use super::invite::trust;
use crate::part::name::content_of;
use crate::state::signer::signer;
use crate::state::{AppState, clock};
use civmesh_domain::body::Body;
use civmesh_domain::part::PartKind;
use civmesh_domain::personnel::badge::{Badge, Proven, Refusal};
use civmesh_domain::personnel::invitation::Signature;
use civmesh_domain::personnel::signed::Signed;
use leptos::prelude::*;

/// A badge of this moment; `None` where nobody vouches for this phone.
///
/// # Errors
/// The phone can't sign now.
pub async fn show(app: AppState) -> Result<Option<Signed<Badge>>, Failed> {
    let store = app.store().ok_or(Failed::NotReady)?;
    let (key, now) = (signer(app).await?, clock::to_sign(app));
    let device = key.public();
    let chain = trust(app, &store).await.map(|trust| trust.chain_of(&device, now)).unwrap_or_default();
    let Some(own) = chain.first() else { return Ok(None) };
    let given = app.judged.with_untracked(|judged| {
        let gives = |body: &Body| matches!(body, Body::CredentialIssued(issued) if issued.grant == own.bytes());
        judged.iter().find(|judged| gives(&judged.event.core.body)).map(|judged| judged.event.id)
    });
    let name = match given {
        Some(event) => content_of(app, event, PartKind::Person).await,
        None => None,
    };
    let credentials = chain.iter().map(|held| (held.bytes().to_vec(), Signature(*held.signature()))).collect();
    key.seal_off(&Badge { device, at: now, credentials, name }).await.map(Some)
}

/// What a badge of another phone proves; `None` for what is no badge.
pub async fn check(app: AppState, text: &str) -> Option<Result<Proven, Refusal>> {
    let badge = Signed::<Badge>::from_text(text).ok()?;
    let trust = trust(app, &app.store()?).await?;
    Some(trust.check_badge(&badge, clock::now(app)))
}
