//! The household's token: 128 random bits made on the phone, which say nothing of who they stand for.

use super::AppState;
use crate::device::chance;
use civmesh_domain::text::{from_base32, to_base32};
use civmesh_store::Store;

const META: &str = "household";

/// The token, made at the first need and kept. `None` where the phone has no source of chance or can't keep it: a token that changes is none.
pub async fn token(app: AppState) -> Option<[u8; 16]> {
    let store = app.store()?;
    let kept = store.meta(META).await.ok()?;
    if let Some(token) = kept.and_then(|value| from_base32(value.as_str()?)?.try_into().ok()) {
        return Some(token);
    }
    let token: [u8; 16] = chance::random()?;
    store.set_meta(META, Some(to_base32(&token).into())).await.ok()?;
    Some(token)
}
