//! Parts that are not kept for ever.

use super::fixture::*;
use crate::Store;
use crate::record::{OutboxKey, Page};
use civmesh_domain::clock::Clock;
use civmesh_domain::event::{Core, Event};
use civmesh_domain::part::{Part, PartKind};
use civmesh_domain::unit::Millis;

/// So many days after everything came in, and a minute: the events were written some minutes before.
fn after(days: u64) -> Millis {
    Millis(NOW.0 + days * Millis::DAY + Millis::MINUTE)
}

fn of_kind(kind: PartKind, event: &Event, index: u8) -> Part {
    Part { kind, ..part(event, index, "林小姐") }
}

fn with_parts(parts: Vec<Part>, at: Millis) -> Page {
    Page { parts, at, ..page(&[]) }
}

async fn indexes(store: &impl Store, event: &Event) -> Vec<u8> {
    store.parts(event.id).await.unwrap().iter().map(|part| part.index).collect()
}

pub async fn an_expired_part_is_dropped_with_its_place_and_its_receipt_and_the_event_stays(store: impl Store) {
    let (event, fresh) = (event(1, 1, 5), Core { clock: Clock::new(after(60), 0), ..core(1, 2, 0) });
    let fresh = sign(&fresh, 1);
    let parts = [0, 1].map(|index| of_kind(PartKind::Person, &event, index)).to_vec();
    store.write(written(&event, parts)).await.unwrap();
    let later = crate::record::Written { at: after(60), ..written(&fresh, vec![of_kind(PartKind::Person, &fresh, 0)]) };
    store.write(later).await.unwrap();
    store.settle(vec![received(place(&event)), received(part_place(&event, 1))]).await.unwrap();

    assert_eq!(store.expire(after(29)).await.unwrap(), []);
    assert_eq!(indexes(&store, &event).await, [0, 1]);
    let gone = [0, 1].map(|index| part_place(&event, index));
    assert_eq!(store.expire(after(60)).await.unwrap(), gone);
    assert_eq!((indexes(&store, &event).await, indexes(&store, &fresh).await), (Vec::new(), vec![0]));
    let places: Vec<OutboxKey> = store.outbox().await.unwrap().into_iter().map(|row| row.key).collect();
    assert_eq!(places, [place(&fresh), part_place(&fresh, 0)]);
    assert_eq!(store.receipts().await.unwrap(), [receipt(place(&event))]);
    let row = store.event(event.id).await.unwrap().unwrap();
    assert!(row.intact && row.event.is_intact());
    assert_eq!(store.expire(after(60)).await.unwrap(), []);
}

/// A phone whose clock was set back by years writes with the clock that it has seen of others.
pub async fn a_part_written_by_a_clock_far_behind_is_there_until_its_events_time(store: impl Store) {
    let event = event(1, 1, 5);
    let parts = vec![of_kind(PartKind::Person, &event, 0)];
    store.write(crate::record::Written { at: Millis(NOW.0 - 900 * Millis::DAY), ..written(&event, parts) }).await.unwrap();
    assert_eq!(store.expire(after(29)).await.unwrap(), []);
    assert_eq!(indexes(&store, &event).await, [0]);
    assert_eq!(store.expire(after(31)).await.unwrap(), [part_place(&event, 0)]);
}

pub async fn each_kind_has_its_own_term(store: impl Store) {
    let event = event(1, 1, 5);
    let parts = PartKind::ALL.iter().zip(0u8..).map(|(kind, index)| of_kind(*kind, &event, index)).collect();
    store.merge(with_parts(parts, NOW)).await.unwrap();
    assert_eq!(indexes(&store, &event).await, [0, 1, 2]);
    store.expire(after(30)).await.unwrap();
    assert_eq!(indexes(&store, &event).await, [1]);
    store.expire(after(90)).await.unwrap();
    assert!(indexes(&store, &event).await.is_empty());
}

pub async fn an_expired_part_is_not_taken_in(store: impl Store) {
    let event = event(1, 1, 5);
    let parts = vec![of_kind(PartKind::Photo, &event, 0), of_kind(PartKind::Text, &event, 1)];
    store.merge(Page { parts, ..Page { at: after(30), ..page(std::slice::from_ref(&event)) } }).await.unwrap();
    assert_eq!(indexes(&store, &event).await, [1]);
    assert!(store.event(event.id).await.unwrap().is_some());
}

pub async fn a_clock_far_ahead_keeps_nothing_for_ever(store: impl Store) {
    let ahead = sign(&Core { clock: Clock::new(after(10_000), 0), ..core(1, 1, 0) }, 1);
    let part = || vec![of_kind(PartKind::Person, &ahead, 0)];
    store.merge(Page { parts: part(), ..page(std::slice::from_ref(&ahead)) }).await.unwrap();
    store.expire(after(29)).await.unwrap();
    assert_eq!(indexes(&store, &ahead).await, [0]);
    store.expire(after(31)).await.unwrap();
    assert!(indexes(&store, &ahead).await.is_empty());
    // It counts from when the event came, not from when it is brought again.
    store.merge(with_parts(part(), after(32))).await.unwrap();
    assert!(indexes(&store, &ahead).await.is_empty());
}

/// A reader whose clock was set back by years, at a hub whose clock is right, or the other way round: one wrong clock deletes nothing.
pub async fn a_part_that_a_clock_far_behind_takes_in_is_there_until_its_events_time(store: impl Store) {
    let event = event(1, 1, 5);
    let parts = vec![of_kind(PartKind::Person, &event, 0)];
    let behind = Page { parts, at: Millis(NOW.0 - 900 * Millis::DAY), latest: NOW, ..page(std::slice::from_ref(&event)) };
    store.merge(behind).await.unwrap();
    assert_eq!(store.expire(after(29)).await.unwrap(), []);
    assert_eq!(indexes(&store, &event).await, [0]);
    assert_eq!(store.expire(after(31)).await.unwrap(), [part_place(&event, 0)]);
}

pub async fn what_was_dropped_is_not_taken_in_again(store: impl Store) {
    let event = event(1, 1, 5);
    let parts = || vec![of_kind(PartKind::Photo, &event, 0)];
    store.write(written(&event, parts())).await.unwrap();
    store.expire(after(30)).await.unwrap();
    store.merge(with_parts(parts(), after(30))).await.unwrap();
    assert!(indexes(&store, &event).await.is_empty());
}
