//! Secrets, and forgetting.

use super::fixture::*;
use crate::private::Private;
use crate::record::{Document, PackNote, Page, Source};
use civmesh_domain::id::ReadingKey;
use civmesh_domain::part::Part;
use civmesh_domain::seal::ReadingSecret;
use civmesh_domain::text::Text;
use civmesh_domain::unit::Millis;
use serde_json::{Value, json};

fn reader() -> ReadingKey {
    ReadingSecret::derive(&[1; 32]).public().unwrap()
}

fn name(text: &str, value: Option<Value>) -> (String, Option<Value>) {
    (text.to_owned(), value)
}

pub async fn several_values_change_at_once(store: impl Private) {
    store.set_meta("seat", Some(json!({ "password": "k7wd" }))).await.unwrap();
    store
        .set_values(vec![name("seat", None), name("profiles", Some(json!({ "v": 1 }))), name("nothing", Some(Value::Null))])
        .await
        .unwrap();
    assert_eq!(store.meta("seat").await.unwrap(), None);
    assert_eq!(store.meta("profiles").await.unwrap(), Some(json!({ "v": 1 })));
    assert_eq!(store.meta("nothing").await.unwrap(), Some(Value::Null));
}

pub async fn what_lies_plain_is_found_and_sealed_in_its_place(store: impl Private) {
    let (mine, theirs) = (event(1, 1, 5), event(2, 1, 4));
    let sealed = part(&mine, 1, "陳先生").kept_for(&reader()).unwrap();
    store.write(written(&mine, vec![part(&mine, 0, "林小姐"), sealed.clone()])).await.unwrap();
    store.merge(Page { parts: vec![part(&theirs, 0, "王先生")], ..page(std::slice::from_ref(&theirs)) }).await.unwrap();
    store.settle(vec![received(place(&mine)), received(part_place(&mine, 0))]).await.unwrap();
    let (outbox, receipts) = (store.outbox().await.unwrap(), store.receipts().await.unwrap());

    let mut plain = store.plain_parts().await.unwrap();
    plain.sort_by_key(|part| part.event);
    assert_eq!(plain, [part(&mine, 0, "林小姐"), part(&theirs, 0, "王先生")]);
    let kept: Vec<Part> = plain.into_iter().map(|part| part.kept_for(&reader()).unwrap()).collect();
    store.reseal(kept.clone()).await.unwrap();
    assert_eq!(store.plain_parts().await.unwrap(), []);
    assert_eq!(store.parts(mine.id).await.unwrap(), [kept[0].clone(), sealed]);
    assert_eq!(store.parts(theirs.id).await.unwrap(), kept[1..]);
    assert_eq!((store.outbox().await.unwrap(), store.receipts().await.unwrap()), (outbox, receipts));
    // It still has its end.
    let end = Millis(NOW.0 + 100 * Millis::DAY);
    assert_eq!(store.expire(end).await.unwrap().len(), 3);
}

pub async fn what_was_dropped_is_not_brought_back_by_sealing_it(store: impl Private) {
    let event = event(1, 1, 5);
    store.write(written(&event, vec![part(&event, 0, "林小姐")])).await.unwrap();
    let plain = store.plain_parts().await.unwrap();
    store.expire(Millis(NOW.0 + 100 * Millis::DAY)).await.unwrap();
    store.reseal(plain.into_iter().filter_map(|part| part.kept_for(&reader())).collect()).await.unwrap();
    assert_eq!(store.parts(event.id).await.unwrap(), []);
}

pub async fn all_but_the_public_is_forgotten(store: impl Private) {
    let (mine, public) = (event(1, 1, 5), event(2, 1, 4));
    store.write(written(&mine, vec![part(&mine, 0, "林小姐")])).await.unwrap();
    let note = PackNote {
        region: REGION,
        name: Text::new("練習島", "Exercise Island"),
        authority: device(9),
        version: 1,
        bytes: 3,
        received: NOW,
    };
    store.put_pack(note.clone(), vec![1, 2, 3]).await.unwrap();
    let document =
        |database: &str| Document { database: database.to_owned(), id: "head:s001:m".to_owned(), body: json!({}), received: NOW };
    for database in ["civmesh-r-public", "civmesh-r-public2", "civmesh-r-ops"] {
        let checkpoint = Some((database.to_owned(), json!(5)));
        store.merge(Page { documents: vec![document(database)], checkpoint, ..page(&[]) }).await.unwrap();
    }
    store.merge(page(&[event(3, 1, 3), public.clone()])).await.unwrap();
    store.settle(vec![received(place(&mine))]).await.unwrap();
    for name in ["profiles", "seat", "pull-instance:civmesh-r-public"] {
        store.set_meta(name, Some(json!(1))).await.unwrap();
    }

    store.forget(vec!["civmesh-r-public".to_owned()], vec![pulled(&public)]).await.unwrap();
    assert_eq!(store.events(REGION, None).await.unwrap(), [pulled(&public)]);
    assert_eq!(store.event(public.id).await.unwrap().map(|row| row.source), Some(Source::Hub));
    assert_eq!((store.outbox().await.unwrap(), store.receipts().await.unwrap()), (Vec::new(), Vec::new()));
    assert_eq!(store.parts(mine.id).await.unwrap(), []);
    assert_eq!(store.author_state(device(1)).await.unwrap(), Default::default());
    for name in ["profiles", "seat", "pull-instance:civmesh-r-public"] {
        assert_eq!(store.meta(name).await.unwrap(), None);
    }
    assert_eq!(store.documents("civmesh-r-public", "").await.unwrap(), [document("civmesh-r-public")]);
    assert_eq!(store.checkpoint("civmesh-r-public").await.unwrap(), Some(json!(5)));
    for database in ["civmesh-r-public2", "civmesh-r-ops"] {
        assert_eq!((store.documents(database, "").await.unwrap(), store.checkpoint(database).await.unwrap()), (Vec::new(), None));
    }
    assert_eq!((store.packs().await.unwrap(), store.pack(REGION).await.unwrap()), (vec![note], Some(vec![1, 2, 3])));
    // And life goes on.
    store.write(written(&event(1, 1, 2), Vec::new())).await.unwrap();
    assert_eq!(store.outbox().await.unwrap().len(), 1);
}
