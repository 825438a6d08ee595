//! What the phone holds, for a round: the seat, and from the region's pack how far each node has agreed. Read anew for each round, because
//! the app may have changed it meanwhile.

use civmesh_domain::governance::Standing;
use civmesh_domain::id::{NodeId, RegionId};
use civmesh_pack::Pack;
use civmesh_store::idb::IdbStore;
use civmesh_store::{Result, Store};
use civmesh_sync::alone::About;
use civmesh_sync::held::{self, HeldSeat};
use std::collections::BTreeMap;

/// The regions of which there is something to read: the seat's, or where there is none, all whose packs are here.
pub async fn regions(store: &IdbStore) -> Result<Vec<RegionId>> {
    match held::read(store).await? {
        Some(seat) => Ok(vec![seat.region]),
        None => Ok(store.packs().await?.into_iter().map(|note| note.region).collect()),
    }
}

/// A round for the seat; none where nobody has taken one up.
pub async fn send(store: IdbStore) -> Result<Option<About<IdbStore>>> {
    match held::read(&store).await? {
        Some(seat) => about(store, seat.region, Some(seat)).await,
        None => Ok(None),
    }
}

/// A round for a region, with the seat if there is one.
pub async fn look(store: IdbStore, region: RegionId) -> Result<Option<About<IdbStore>>> {
    let seat = held::read(&store).await?;
    about(store, region, seat).await
}

/// Without a pack that can be read nothing is sent: it could go to the wrong database.
async fn about(store: IdbStore, region: RegionId, seat: Option<HeldSeat>) -> Result<Option<About<IdbStore>>> {
    let Some(standings) = standings(&store, region).await? else { return Ok(None) };
    let standing = move |node: &NodeId| standings.get(node).copied().unwrap_or(Standing::Proposed);
    // A network was found: what failed before has a new chance.
    Ok(Some(About { store, region, seat, standing: Box::new(standing), eager: true, also: Vec::new(), progress: Box::new(|_| {}) }))
}

async fn standings(store: &IdbStore, region: RegionId) -> Result<Option<BTreeMap<NodeId, Standing>>> {
    let pack = store.pack(region).await?.and_then(|bytes| Pack::read(&bytes).ok());
    Ok(pack.map(|pack| pack.nodes.into_iter().map(|node| (node.id, node.standing)).collect()))
}
