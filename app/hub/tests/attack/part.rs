//! Parts and the keys that open them: what is moved, changed, or read by somebody who should not.

use crate::common::phone::{Phone, device, seat_key, sign};
use crate::common::{REGION, core, now};
use crate::reader::{SCENE, authority, judged, region, revocation, row, secret};
use civmesh_domain::body::Body;
use civmesh_domain::clock::Clock;
use civmesh_domain::event::{Core, Event};
use civmesh_domain::keyring::Keyring;
use civmesh_domain::part::{Content, Envelope, Part, PartKind};
use civmesh_domain::personnel::custody::{Custody, Due};
use civmesh_domain::personnel::reading::{ReadingKeyIssued, ReadingKeys, keyring};
use civmesh_domain::personnel::trust::Trust;
use civmesh_domain::seal::ReadingSecret;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_store::record::Page;

/// A record with a name, sealed to `man`, and the name's part.
fn sealed(number: u32, name: &str) -> (Event, Part) {
    let content = Content { salt: [number as u8; 16], bytes: name.into() };
    let said = content.describe(PartKind::Person);
    let key = seat_key("man");
    let event = sign(&Core { author: device(&key), parts: vec![said], ..core("check_in", "s001", number) }, &key);
    let part = Part::seal(event.id, 0, PartKind::Person, &content, &[secret("man").public().unwrap()], &event.id.0).unwrap();
    (event, part)
}

fn opened(part: &Part, event: &Event, account: &str) -> String {
    let content = part.open(&event.core.parts[0], &Keyring::of([secret(account)]));
    if content.is_some() { "opened" } else { "not opened" }.to_owned()
}

/// What is tried.
pub async fn attempt(name: &str) -> String {
    let ((one, its), (other, theirs)) = (sealed(1, "Lin"), sealed(2, "Chen"));
    match name {
        "part-honest" => opened(&its, &one, "man"),
        "part-of-another" => opened(&Part { event: one.id, ..theirs }, &one, "man"),
        "part-with-other-words" => {
            // Sealed, it would not even open: it is bound to what the record says of it.
            let content = Content { salt: [1; 16], bytes: b"Wang".into() };
            opened(&Part { envelope: Envelope::Plain(content), ..its }, &one, "man")
        }
        "part-far-ahead" => far_ahead().await,
        "sealed-name" => opened(&theirs, &other, "vol"),
        "reading-key-by-volunteer" => reading_key("vol"),
        "reading-key-by-manager" => reading_key("man"),
        "reading-after-revocation" => after_rotation("vol"),
        "reading-by-who-stayed" => after_rotation("man"),
        _ => panic!("nobody tries {name}"),
    }
}

/// A part of a record whose clock is a year ahead, a month after it came.
async fn far_ahead() -> String {
    let key = seat_key("man");
    let content = Content { salt: [1; 16], bytes: b"Lin".into() };
    let clock = Clock::new(Millis(now().0 + 365 * Millis::DAY), 0);
    let core = Core { author: device(&key), clock, parts: vec![content.describe(PartKind::Person)], ..core("check_in", "s001", 1) };
    let event = sign(&core, &key);
    let part = Part::seal(event.id, 0, PartKind::Person, &content, &[secret("man").public().unwrap()], &[5; 32]).unwrap();
    let store = Phone::of("man").store;
    let page = Page { at: now(), events: vec![row(event.clone())], parts: vec![part], ..Page::default() };
    store.merge(page).await.unwrap();
    assert_eq!(store.parts(event.id).await.unwrap().len(), 1);
    store.expire(Millis(now().0 + 31 * Millis::DAY)).await.unwrap();
    if store.parts(event.id).await.unwrap().is_empty() { "dropped" } else { "kept" }.to_owned()
}

/// An event by which an account issues a reading key for `s001`, wrapped for these devices.
fn issued(account: &str, issued: ReadingKeyIssued, number: u32) -> Event {
    let key = seat_key(account);
    sign(&Core { author: device(&key), body: Body::ReadingKeyIssued(issued), ..core("report", "s001", number) }, &key)
}

fn reading_key(by: &str) -> String {
    let secret = ReadingSecret::derive(&[3; 32]);
    let key = ReadingKeyIssued { key: secret.public().unwrap(), wrapped: Vec::new(), replaces: Vec::new() };
    let keys = ReadingKeys::of(&judged([issued(by, key, 1)], &region()), SCENE);
    if keys.current(&"s001".parse().unwrap()).is_some() { "current" } else { "not current" }.to_owned()
}

/// Whether `account` opens what is sealed after `vol` was revoked and the manager's phone has done what was due.
fn after_rotation(account: &str) -> String {
    let (node, mut trust) = ("s001".parse().unwrap(), region());
    let mut events = Vec::new();
    let act = |trust: &Trust, events: &mut Vec<Event>, expected: Due, chance: u8| {
        let judged = judged(events.clone(), trust);
        let keys = ReadingKeys::of(&judged, SCENE);
        let custody = Custody { region: REGION, node: &node, trust, keys: &keys, now: now() };
        assert_eq!(custody.due(), Some(expected.clone()));
        let held = keyring(&judged, SCENE, Keyring::of([secret("man")]));
        events.extend(custody.draft(&expected, &held, &[chance; 32]).into_iter().map(|key| issued("man", key, u32::from(chance))));
    };
    act(&trust, &mut events, Due::New, 1);
    trust.add_revocation(revocation("vol", &authority()));
    act(&trust, &mut events, Due::Rotate, 2);
    let judged = judged(events, &trust);
    let current = ReadingKeys::of(&judged, SCENE).current(&node).unwrap().key;
    let held = keyring(&judged, SCENE, Keyring::of([secret(account)]));
    if held.secret_of(&current).is_some() { "opened" } else { "not opened" }.to_owned()
}
