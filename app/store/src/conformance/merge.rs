//! Taking in what came from elsewhere.

use super::fixture::*;
use crate::Store;
use crate::record::{Document, EventRow, OutboxRow, Page, Source};
use civmesh_domain::clock::{Clock, TOLERANCE};
use civmesh_domain::event::Core;
use civmesh_domain::id::{EventId, RegionId};
use civmesh_domain::unit::Millis;
use serde_json::json;

async fn ids(store: &impl Store, region: RegionId, node: Option<&str>) -> Vec<EventId> {
    let rows = store.events(region, node.map(super::fixture::node)).await.unwrap();
    rows.into_iter().map(|row| row.event.id).collect()
}

fn document(id: &str) -> Document {
    Document { database: "civmesh-r-public".to_owned(), id: id.to_owned(), body: json!({ "_id": id }), received: NOW }
}

pub async fn merging_twice_changes_nothing(store: impl Store) {
    let events = [event(1, 1, 5), event(2, 1, 4)];
    let expected: Vec<_> = events.iter().map(|event| event.id).collect();
    assert_eq!(store.merge(page(&events)).await.unwrap(), expected);
    let later = EventRow { received: Millis(NOW.0 + 1), source: Source::File, ..pulled(&events[0]) };
    assert_eq!(store.merge(Page { events: vec![later], ..page(&[]) }).await.unwrap(), []);
    assert_eq!(store.event(events[0].id).await.unwrap(), Some(pulled(&events[0])));
    assert_eq!(ids(&store, REGION, None).await, expected);
    assert_eq!(store.outbox().await.unwrap(), []);
}

pub async fn one_event_twice_in_a_page_is_one(store: impl Store) {
    let event = event(1, 1, 5);
    assert_eq!(store.merge(page(&[event.clone(), event.clone()])).await.unwrap(), [event.id]);
    assert_eq!(ids(&store, REGION, None).await, [event.id]);
}

pub async fn an_event_of_ones_own_keeps_its_place(store: impl Store) {
    let event = event(1, 1, 5);
    store.write(written(&event, vec![part(&event, 0, "mine")])).await.unwrap();
    let loaded = Page { parts: vec![part(&event, 0, "other")], ..page(std::slice::from_ref(&event)) };
    assert_eq!(store.merge(loaded).await.unwrap(), []);
    assert_eq!(store.event(event.id).await.unwrap().unwrap().source, Source::Here);
    assert_eq!(store.parts(event.id).await.unwrap(), [part(&event, 0, "mine")]);
    let expected = [place(&event), part_place(&event, 0)].map(|key| OutboxRow::new(key, REGION));
    assert_eq!(store.outbox().await.unwrap(), expected);
}

pub async fn an_intact_copy_replaces_a_broken_one_and_never_the_reverse(store: impl Store) {
    let event = event(1, 1, 5);
    let broken = spoilt(&event);
    assert_eq!(store.merge(page(std::slice::from_ref(&broken))).await.unwrap(), [event.id]);
    assert!(!store.event(event.id).await.unwrap().unwrap().intact);
    assert_eq!(store.merge(page(&[broken.clone(), event.clone(), broken.clone()])).await.unwrap(), [event.id]);
    assert_eq!(store.merge(page(&[broken])).await.unwrap(), []);
    assert_eq!(store.event(event.id).await.unwrap(), Some(pulled(&event)));
}

pub async fn events_come_in_order_by_region_and_node(store: impl Store) {
    let elsewhere = RegionId([2; 16]);
    let at = |core: Core, region, id: &str| sign(&Core { region, node: node(id), ..core }, 1);
    let late = at(core(1, 1, 1), REGION, "s001");
    let early = at(core(1, 2, 60), REGION, "s001");
    let other = at(core(1, 3, 30), REGION, "s0010");
    let far = at(core(1, 4, 40), elsewhere, "s001");
    store.merge(page(&[late.clone(), far.clone(), other.clone(), early.clone()])).await.unwrap();
    assert_eq!(ids(&store, REGION, None).await, [early.id, other.id, late.id]);
    assert_eq!(ids(&store, REGION, Some("s001")).await, [early.id, late.id]);
    assert_eq!(ids(&store, REGION, Some("s00")).await, []);
    assert_eq!(ids(&store, elsewhere, None).await, [far.id]);
}

pub async fn a_page_and_its_checkpoint_come_together(store: impl Store) {
    let database = "civmesh-r-public";
    let checkpoint = |value| Some((database.to_owned(), value));
    let first = Page { documents: vec![document("node:a")], checkpoint: checkpoint(json!("12-g1AAAA")), ..page(&[event(1, 1, 5)]) };
    store.merge(first).await.unwrap();
    assert_eq!(store.checkpoint(database).await.unwrap(), Some(json!("12-g1AAAA")));
    assert_eq!(store.documents(database, "").await.unwrap().len(), 1);
    store.merge(Page { checkpoint: checkpoint(json!([13, { "opaque": true }])), ..Page::default() }).await.unwrap();
    assert_eq!(store.checkpoint(database).await.unwrap(), Some(json!([13, { "opaque": true }])));
    store.merge(page(&[event(1, 2, 4)])).await.unwrap();
    assert_eq!(store.checkpoint(database).await.unwrap(), Some(json!([13, { "opaque": true }])));
    assert_eq!(store.checkpoint("civmesh-r-ops").await.unwrap(), None);
}

pub async fn gone_documents_are_gone(store: impl Store) {
    let named = |id: &str| (document(id).database, id.to_owned());
    store.merge(Page { documents: vec![document("node:a"), document("node:b")], ..Page::default() }).await.unwrap();
    let gone = vec![named("node:a"), named("node:never"), ("civmesh-r-ops".to_owned(), "node:b".to_owned())];
    store.merge(Page { gone, ..Page::default() }).await.unwrap();
    assert_eq!(store.documents("civmesh-r-public", "node:").await.unwrap(), [document("node:b")]);
}

pub async fn a_seat_taken_up_again_goes_on_counting(store: impl Store) {
    store.merge(page(&[event(1, 7, 5), event(1, 6, 6)])).await.unwrap();
    assert_eq!(store.author_state(device(1)).await.unwrap().sequence, 7);
    store.write(written(&event(1, 8, 4), Vec::new())).await.unwrap();
    store.merge(page(&[event(1, 3, 60)])).await.unwrap();
    assert_eq!(store.author_state(device(1)).await.unwrap().sequence, 8);
}

pub async fn a_clock_that_was_seen_is_not_fallen_behind(store: impl Store) {
    let near = event(2, 1, 1);
    let far = Clock::new(Millis(NOW.0 + TOLERANCE + 1), 0);
    let far = sign(&Core { clock: far, ..core(2, 2, 0) }, 2);
    store.write(written(&event(1, 1, 5), Vec::new())).await.unwrap();
    store.merge(page(&[near.clone(), far])).await.unwrap();
    assert_eq!(store.author_state(device(1)).await.unwrap().clock, near.core.clock);
    assert_eq!(store.author_state(device(3)).await.unwrap().clock, near.core.clock);
}

pub async fn a_broken_event_moves_nobody_on(store: impl Store) {
    store.merge(page(&[spoilt(&event(1, u64::MAX, 1))])).await.unwrap();
    assert_eq!(store.author_state(device(1)).await.unwrap(), Default::default());
    // An author who claims the last number there is can't write any more, but nothing breaks.
    store.merge(page(&[event(2, u64::MAX, 1)])).await.unwrap();
    assert_eq!(store.author_state(device(2)).await.unwrap().sequence, u64::MAX);
    assert_eq!(store.write(written(&event(2, 1, 0), Vec::new())).await, Err(crate::StoreError::Overtaken));
}

pub async fn parts_come_by_index_and_stay_as_they_came(store: impl Store) {
    let (event, other) = (event(1, 1, 5), event(1, 2, 4));
    let parts = [200, 3, 20].map(|index| part(&event, index, "first")).to_vec();
    store.merge(Page { parts, ..Page::default() }).await.unwrap();
    store.merge(Page { parts: vec![part(&event, 3, "second"), part(&other, 0, "x")], ..Page::default() }).await.unwrap();
    assert_eq!(store.parts(event.id).await.unwrap(), [3, 20, 200].map(|index| part(&event, index, "first")));
    assert_eq!(store.parts(other.id).await.unwrap().len(), 1);
}

pub async fn an_empty_page_is_no_harm(store: impl Store) {
    assert_eq!(store.merge(Page::default()).await.unwrap(), []);
    store.settle(Vec::new()).await.unwrap();
    store.enqueue(Vec::new()).await.unwrap();
    store.recover().await.unwrap();
    assert_eq!(store.events(REGION, None).await.unwrap(), []);
}
