//! Phones from before there were profiles: what they kept becomes their first profile, without a PIN.

use super::list::{self, Changed, Values};
use super::{AppState, secret};
use crate::command::Failed;
use crate::device::chance;
use civmesh_domain::personnel::profile::sign::Sign;
use civmesh_domain::personnel::profile::{Profile, ProfileId, Profiles, value_name};
use civmesh_store::Store;
use civmesh_store::phone::PhoneStore;
use civmesh_sync::held::HeldSeat;

/// Moves what an earlier version kept into the first profile, in one transaction. Does nothing where there is nothing, or where it was done.
///
/// # Errors
/// All is as it was, and is tried again when the app opens next.
pub async fn move_in(app: AppState, store: &PhoneStore) -> Result<(), Failed> {
    if list::read(store).await?.is_some() {
        return Ok(());
    }
    let (id, mut seat, mut values) = (ProfileId(chance::random().ok_or(Failed::NotWritten)?), None, Values::new());
    for name in secret::ALL {
        let Some(value) = store.meta(name).await? else { continue };
        values.push((name.to_owned(), None));
        if name != secret::SEAT {
            values.push((value_name(id, name), Some(value)));
        } else if let Ok(held) = serde_json::from_value::<HeldSeat>(value) {
            values.push((value_name(id, name), held.secret()));
            seat = Some(held.to_view());
        }
    }
    if values.is_empty() {
        return Ok(());
    }
    list::change(app, move |found| match found {
        // Another tab was first.
        Some(list) => Ok(Changed { list: Some(list), values: Vec::new(), said: () }),
        None => {
            let first = Profiles::first(Profile { id, sign: Sign::ALL[0], seat, gate: None });
            Ok(Changed { list: Some(first), values, said: () })
        }
    })
    .await
}
