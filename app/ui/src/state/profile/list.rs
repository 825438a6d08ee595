//! The list of profiles as it is kept, and changing it: one tab at a time, what is secret in the same transaction.

use super::{Access, AppState};
use crate::command::Failed;
use crate::device::{chance, lock};
use civmesh_domain::personnel::profile::sign::Sign;
use civmesh_domain::personnel::profile::{NAME, Profile, ProfileId, Profiles};
use civmesh_store::phone::PhoneStore;
use civmesh_store::private::Private;
use civmesh_store::{Result, Store};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// The list is changed under this lock; nothing waits for another one under it.
const LOCK: &str = "civmesh-profiles";

/// Small values to be written, by name; `None` removes one.
pub type Values = Vec<(String, Option<Value>)>;

/// What a change comes to.
pub struct Changed<T> {
    /// The list; `None` where the last profile went.
    pub list: Option<Profiles>,
    /// Secrets that change with it.
    pub values: Values,
    /// What whoever changed it wants to know.
    pub said: T,
}

/// Reads the list.
///
/// # Errors
/// The database.
pub async fn read(store: &PhoneStore) -> Result<Option<Profiles>> {
    Ok(store.meta(NAME).await?.and_then(Profiles::read))
}

/// Changes the list and what goes with it, all or nothing. `work` may refuse.
///
/// # Errors
/// Nothing was changed.
pub async fn change<T: 'static>(
    app: AppState,
    work: impl FnOnce(Option<Profiles>) -> std::result::Result<Changed<T>, Failed> + 'static,
) -> std::result::Result<T, Failed> {
    let change = async move {
        let store = app.store().ok_or(Failed::NotReady)?;
        let Changed { list, mut values, said } = work(read(&store).await?)?;
        let value = list.as_ref().map(serde_json::to_value).transpose().map_err(|_| Failed::NotWritten)?;
        values.push((NAME.to_owned(), value));
        store.set_values(values).await?;
        app.profiles.set(list.map(Arc::new));
        Ok(said)
    };
    lock::with(LOCK, change).await.unwrap_or(Err(Failed::NotWritten))
}

/// Changes one profile, and secrets with it.
///
/// # Errors
/// Nothing was changed, or the profile is gone.
pub async fn change_one<T: 'static>(
    app: AppState,
    id: ProfileId,
    work: impl FnOnce(&mut Profile) -> std::result::Result<(Values, T), Failed> + 'static,
) -> std::result::Result<T, Failed> {
    change(app, move |list| {
        let mut list = list.ok_or(Failed::NotReady)?;
        let (values, said) = work(list.get_mut(id).ok_or(Failed::NotReady)?)?;
        Ok(Changed { list: Some(list), values, said })
    })
    .await
}

/// The profile in use; the phone's first one, without a PIN, is made where nobody has one.
///
/// # Errors
/// It is locked, or can't be made.
pub async fn open_or_first(app: AppState) -> std::result::Result<ProfileId, Failed> {
    if let Some(id) = super::open(app)? {
        return Ok(id);
    }
    let id = ProfileId(chance::random().ok_or(Failed::NotWritten)?);
    let made = change(app, move |list| {
        // Another tab may have been first.
        let list = list.unwrap_or_else(|| Profiles::first(Profile { id, sign: Sign::ALL[0], seat: None, gate: None }));
        let said = list.current().filter(|profile| profile.gate.is_none()).map(|profile| profile.id);
        Ok(Changed { list: Some(list), values: Vec::new(), said })
    })
    .await?;
    let id = made.ok_or(Failed::Locked)?;
    app.access.set(Access::Open(id));
    Ok(id)
}
