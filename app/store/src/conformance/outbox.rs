//! Writing, and what becomes of rows in the outbox.

use super::fixture::*;
use crate::record::{AuthorState, Fate, OutboxKey, OutboxRow, Outcome, Receipt, Source, Written};
use crate::{Store, StoreError};
use civmesh_domain::unit::Millis;

async fn places(store: &impl Store) -> Vec<OutboxKey> {
    store.outbox().await.unwrap().into_iter().map(|row| row.key).collect()
}

async fn fate(store: &impl Store, key: OutboxKey) -> Option<Fate> {
    store.outbox().await.unwrap().into_iter().find(|row| row.key == key).map(|row| row.fate)
}

pub async fn a_write_stores_event_parts_and_their_places(store: impl Store) {
    let event = event(1, 1, 5);
    let parts = vec![part(&event, 0, "林小姐"), part(&event, 1, "看板")];
    store.write(written(&event, parts.clone())).await.unwrap();

    let row = store.event(event.id).await.unwrap().unwrap();
    assert_eq!((row.source, row.intact, row.received), (Source::Here, true, NOW));
    assert_eq!(row.event, event);
    assert_eq!(store.parts(event.id).await.unwrap(), parts);
    let expected = [place(&event), part_place(&event, 0), part_place(&event, 1)].map(|key| OutboxRow::new(key, REGION));
    assert_eq!(store.outbox().await.unwrap(), expected);
    let state = store.author_state(device(1)).await.unwrap();
    assert_eq!(state, AuthorState { sequence: 1, clock: event.core.clock });
}

pub async fn a_write_out_of_sequence_changes_nothing(store: impl Store) {
    let (first, third) = (event(1, 1, 5), event(1, 3, 4));
    store.write(written(&first, Vec::new())).await.unwrap();
    store.settle(vec![refused(place(&first))]).await.unwrap();
    for wrong in [&third, &first] {
        let attempt = Written { replaces: vec![place(&first)], ..written(wrong, vec![part(wrong, 0, "x")]) };
        assert_eq!(store.write(attempt).await, Err(StoreError::Overtaken));
    }
    assert_eq!(store.event(third.id).await.unwrap(), None);
    assert_eq!(store.parts(third.id).await.unwrap(), Vec::new());
    assert_eq!(places(&store).await, [place(&first)]);
    assert_eq!(store.author_state(device(1)).await.unwrap().sequence, 1);
}

pub async fn authors_count_for_themselves(store: impl Store) {
    for author in [1, 2] {
        store.write(written(&event(author, 1, 5), Vec::new())).await.unwrap();
        store.write(written(&event(author, 2, 4), Vec::new())).await.unwrap();
    }
    assert_eq!(store.author_state(device(1)).await.unwrap().sequence, 2);
    assert_eq!(store.author_state(device(3)).await.unwrap(), AuthorState::default());
}

pub async fn the_oldest_event_comes_first(store: impl Store) {
    let (old, new) = (event(2, 1, 90), event(1, 1, 5));
    store.write(written(&new, vec![part(&new, 10, "x"), part(&new, 9, "x")])).await.unwrap();
    store.write(written(&old, Vec::new())).await.unwrap();
    assert_eq!(places(&store).await, [place(&old), place(&new), part_place(&new, 9), part_place(&new, 10)]);
}

pub async fn a_receipt_takes_the_row_out_and_stays(store: impl Store) {
    let event = event(1, 1, 5);
    store.write(written(&event, Vec::new())).await.unwrap();
    store.settle(vec![received(place(&event))]).await.unwrap();
    assert_eq!(places(&store).await, []);
    assert_eq!(store.receipts().await.unwrap(), [receipt(place(&event))]);
    assert!(store.event(event.id).await.unwrap().is_some());
}

pub async fn a_receipt_for_what_is_not_there_is_passed_over(store: impl Store) {
    let (mine, other) = (event(1, 1, 5), event(2, 1, 4));
    store.write(written(&mine, Vec::new())).await.unwrap();
    store.settle(vec![received(place(&other)), received(part_place(&mine, 0)), refused(place(&other))]).await.unwrap();
    assert_eq!(store.receipts().await.unwrap(), []);
    assert_eq!(store.outbox().await.unwrap(), [OutboxRow::new(place(&mine), REGION)]);
}

pub async fn an_event_and_its_part_have_fates_of_their_own(store: impl Store) {
    let event = event(1, 1, 5);
    store.write(written(&event, vec![part(&event, 0, "photo")])).await.unwrap();
    store.settle(vec![received(place(&event)), refused(part_place(&event, 0))]).await.unwrap();
    assert_eq!(places(&store).await, [part_place(&event, 0)]);
    assert_eq!(store.receipts().await.unwrap(), [receipt(place(&event))]);
    assert_eq!(store.parts(event.id).await.unwrap().len(), 1);
}

pub async fn a_refused_row_stays_until_it_is_dismissed(store: impl Store) {
    let event = event(1, 1, 5);
    let key = place(&event);
    store.write(written(&event, Vec::new())).await.unwrap();
    store.settle(vec![refused(key)]).await.unwrap();
    store.settle(vec![(key, Outcome::Sending)]).await.unwrap();
    store.recover().await.unwrap();
    let expected = Fate::Refused { code: "node".to_owned(), reason: "not your node".to_owned(), at: NOW };
    assert_eq!(fate(&store, key).await, Some(expected));

    store.dismiss(key).await.unwrap();
    store.dismiss(key).await.unwrap();
    assert_eq!(places(&store).await, []);
    assert_eq!(store.receipts().await.unwrap(), []);
    assert!(store.event(event.id).await.unwrap().is_some());
}

pub async fn a_waiting_row_cannot_be_dismissed(store: impl Store) {
    let event = event(1, 1, 5);
    store.write(written(&event, Vec::new())).await.unwrap();
    store.dismiss(place(&event)).await.unwrap();
    assert_eq!(fate(&store, place(&event)).await, Some(Fate::Waiting));
    store.settle(vec![(place(&event), Outcome::Sending)]).await.unwrap();
    store.dismiss(place(&event)).await.unwrap();
    assert_eq!(fate(&store, place(&event)).await, Some(Fate::Sending));
}

pub async fn what_travels_beside_a_refused_record_leaves_with_it(store: impl Store) {
    let (replaced, dismissed, other) = (event(1, 1, 9), event(1, 2, 8), event(1, 3, 7));
    for event in [&replaced, &dismissed, &other] {
        store.write(written(event, vec![part(event, 0, "note"), part(event, 1, "photo")])).await.unwrap();
    }
    // Of the first, a part was refused before; of the last, one part only.
    let refusals = [place(&replaced), part_place(&replaced, 1), place(&dismissed), part_place(&other, 1)];
    store.settle(refusals.map(refused).into()).await.unwrap();

    let right = event(1, 4, 3);
    store.write(Written { replaces: vec![place(&replaced)], ..written(&right, Vec::new()) }).await.unwrap();
    store.dismiss(place(&dismissed)).await.unwrap();
    store.dismiss(part_place(&other, 1)).await.unwrap();
    assert_eq!(places(&store).await, [place(&other), part_place(&other, 0), place(&right)]);
    assert_eq!(store.parts(dismissed.id).await.unwrap().len(), 2);
}

pub async fn a_refused_row_can_be_tried_again(store: impl Store) {
    let event = event(1, 1, 5);
    store.write(written(&event, Vec::new())).await.unwrap();
    store.settle(vec![refused(place(&event))]).await.unwrap();
    store.settle(vec![(place(&event), Outcome::Retry { next_try: Millis(0) })]).await.unwrap();
    assert_eq!(fate(&store, place(&event)).await, Some(Fate::Waiting));
}

pub async fn a_correction_takes_the_refused_row_out(store: impl Store) {
    let (wrong, waiting, right) = (event(1, 1, 5), event(1, 2, 4), event(1, 3, 3));
    store.write(written(&wrong, Vec::new())).await.unwrap();
    store.write(written(&waiting, Vec::new())).await.unwrap();
    store.settle(vec![refused(place(&wrong))]).await.unwrap();
    let replaces = vec![place(&wrong), place(&waiting)];
    store.write(Written { replaces, ..written(&right, Vec::new()) }).await.unwrap();
    assert_eq!(places(&store).await, [place(&waiting), place(&right)]);
}

pub async fn a_try_is_counted_and_a_retry_waits(store: impl Store) {
    let event = event(1, 1, 5);
    let key = place(&event);
    store.write(written(&event, Vec::new())).await.unwrap();
    for next in [100, u64::MAX] {
        store.settle(vec![(key, Outcome::Sending)]).await.unwrap();
        store.settle(vec![(key, Outcome::Retry { next_try: Millis(next) })]).await.unwrap();
    }
    let expected = OutboxRow { attempts: 2, next_try: Millis(u64::MAX), ..OutboxRow::new(key, REGION) };
    assert_eq!(store.outbox().await.unwrap(), [expected]);
}

pub async fn several_outcomes_of_one_row_apply_in_order(store: impl Store) {
    let event = event(1, 1, 5);
    let key = place(&event);
    store.write(written(&event, Vec::new())).await.unwrap();
    store.settle(vec![(key, Outcome::Sending), refused(key), received(key), refused(key)]).await.unwrap();
    assert_eq!(places(&store).await, []);
    assert_eq!(store.receipts().await.unwrap(), [receipt(key)]);
}

pub async fn what_was_on_its_way_waits_again(store: impl Store) {
    let (sending, waiting) = (event(1, 1, 5), event(1, 2, 4));
    store.write(written(&sending, Vec::new())).await.unwrap();
    store.write(written(&waiting, Vec::new())).await.unwrap();
    store.settle(vec![(place(&sending), Outcome::Sending)]).await.unwrap();
    store.recover().await.unwrap();
    let rows = store.outbox().await.unwrap();
    assert!(rows.iter().all(|row| row.fate == Fate::Waiting));
    assert_eq!(rows.iter().map(|row| row.attempts).collect::<Vec<_>>(), [1, 0]);
}

pub async fn what_has_a_receipt_is_not_enqueued_again(store: impl Store) {
    let (sent, loaded) = (event(1, 1, 5), event(2, 1, 4));
    store.write(written(&sent, Vec::new())).await.unwrap();
    store.settle(vec![received(place(&sent))]).await.unwrap();
    store.merge(page(std::slice::from_ref(&loaded))).await.unwrap();
    let rows = [&sent, &loaded].map(|event| OutboxRow::new(place(event), REGION));
    store.enqueue(rows.to_vec()).await.unwrap();
    assert_eq!(store.outbox().await.unwrap(), rows[1..]);
}

pub async fn what_is_there_is_not_enqueued_anew(store: impl Store) {
    let event = event(1, 1, 5);
    store.write(written(&event, Vec::new())).await.unwrap();
    store.settle(vec![refused(place(&event))]).await.unwrap();
    let row = OutboxRow::new(place(&event), REGION);
    store.enqueue(vec![row.clone(), row]).await.unwrap();
    assert!(matches!(fate(&store, place(&event)).await, Some(Fate::Refused { .. })));
}

pub async fn what_a_database_of_another_time_had_waits_again(store: impl Store) {
    let (kept, gone) = (event(1, 1, 5), event(2, 1, 4));
    for event in [&kept, &gone] {
        store.write(written(event, vec![part(event, 0, "note")])).await.unwrap();
    }
    let elsewhere = Receipt { database: "elsewhere".to_owned(), ..receipt(place(&gone)) };
    let outcomes = [received(place(&kept)), received(part_place(&kept, 0)), (place(&gone), Outcome::Received(elsewhere.clone()))];
    store.settle(outcomes.to_vec()).await.unwrap();
    store.settle(vec![refused(part_place(&gone, 0))]).await.unwrap();

    store.take_back(&receipt(place(&kept)).database).await.unwrap();
    assert_eq!(store.receipts().await.unwrap(), [elsewhere]);
    let rows = store.outbox().await.unwrap();
    let again = |key| OutboxRow { attempts: 1, ..OutboxRow::new(key, REGION) };
    assert_eq!(
        rows.iter().filter(|row| row.key.event == kept.id).cloned().collect::<Vec<_>>(),
        [place(&kept), part_place(&kept, 0)].map(again)
    );
    assert!(matches!(fate(&store, part_place(&gone, 0)).await, Some(Fate::Refused { .. })));

    // What is here no longer can't be brought again.
    store.settle(vec![received(place(&kept)), received(part_place(&kept, 0))]).await.unwrap();
    store.expire(Millis(NOW.0 + 3_650 * Millis::DAY)).await.unwrap();
    store.take_back(&receipt(place(&kept)).database).await.unwrap();
    assert_eq!(places(&store).await, [place(&kept)]);
}
