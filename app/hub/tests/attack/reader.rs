//! What a phone judges by itself, however it came: credentials, revocations, badges, clocks and bytes. Parts, packs and receipts have files of
//! their own.

use crate::common::phone::{Phone, device, seat_key, sign};
use crate::common::*;
use civmesh_domain::clock::Clock;
use civmesh_domain::event::{Core, Event, Mode};
use civmesh_domain::fold::{Judged, Scene};
use civmesh_domain::id::{DeviceKey, RegionId};
use civmesh_domain::information::status::{StatusView, current};
use civmesh_domain::personnel::badge::{Badge, Refusal};
use civmesh_domain::personnel::credential::{Credential, Grant, Revocation, Scope};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::seat::reading_secret;
use civmesh_domain::personnel::signed::{Signable, Signed};
use civmesh_domain::personnel::trust::{Doubt, Trust, Verdict};
use civmesh_domain::seal::ReadingSecret;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_store::record::{EventRow, Page, Source};
use ed25519_dalek::{Signer, SigningKey};
use enumset::EnumSet;

pub const SCENE: Scene = Scene { region: REGION, mode: Mode::Real };

pub fn authority() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

pub fn secret(account: &str) -> ReadingSecret {
    reading_secret(&account.parse().unwrap(), PASSWORD)
}

/// What the authority grants to the device of an account of the table.
fn grant(account: &str) -> Grant {
    let (role, node) = match account {
        "vol" => (Role::Volunteer, Some("s001")),
        "man" => (Role::Manager, Some("s001")),
        "man2" => (Role::Manager, Some("c001")),
        _ => (Role::Coordinator, None),
    };
    Grant {
        region: REGION,
        device: device(&seat_key(account)),
        reading: secret(account).public().unwrap(),
        roles: EnumSet::only(role),
        skills: EnumSet::empty(),
        scope: node.map_or(Scope::All, |node| Scope::Nodes(vec![node.parse().unwrap()])),
        from: Millis(BEGAN.0 - 100 * Millis::DAY),
        until: Millis(BEGAN.0 + 100 * Millis::DAY),
        name_hash: [0; 32],
        may_grant: role == Role::Coordinator,
        issuer: device(&authority()),
    }
}

fn credential(grant: &Grant, by: &SigningKey) -> Credential {
    let signature = by.sign(&grant.signing_message().unwrap()).to_bytes();
    Credential::from_parts(grant.to_bytes().unwrap(), signature).unwrap()
}

/// What everybody believes who knows the authority and the accounts of the table.
pub fn region() -> Trust {
    let mut trust = Trust::of(REGION, vec![device(&authority())]);
    for account in ["vol", "man", "man2", "coo", "coo2"] {
        trust.add_credential(credential(&grant(account), &authority()));
    }
    trust
}

/// The verdict in the words of the table.
pub fn word(verdict: Verdict) -> String {
    match verdict {
        Verdict::Verified => "verified".to_owned(),
        Verdict::Broken => "broken".to_owned(),
        Verdict::Unverified(doubt) => format!("unverified {}", serde_json::to_value(doubt).unwrap().as_str().unwrap()),
    }
}

/// A record of this kind by the device of an account.
fn written(account: &str, kind: &str, at: Millis) -> Event {
    let key = seat_key(account);
    sign(&Core { author: device(&key), clock: Clock::new(at, 0), ..core(kind, "s001", 1) }, &key)
}

/// What is thought of a manager's record where these speak for the region and `by` gave the credential.
pub fn judged_by(region: RegionId, authorities: Vec<DeviceKey>, by: &SigningKey) -> String {
    let mut trust = Trust::of(region, authorities);
    trust.add_credential(credential(&Grant { region, issuer: device(by), ..grant("man") }, by));
    let key = seat_key("man");
    word(trust.judge(&sign(&Core { region, author: device(&key), ..core("node_status", "s001", 1) }, &key)))
}

/// What is tried.
pub async fn attempt(name: &str) -> String {
    match name.split('-').next().unwrap() {
        "credential" => judged_with(&given(name)),
        "badge" => badge(name),
        "pack" | "authority" => crate::pack::attempt(name),
        "receipt" => crate::receipt::attempt(name).await,
        "part" | "sealed" | "reading" => crate::part::attempt(name).await,
        _ => other(name).await,
    }
}

/// What is thought of a record by `new`, a device of which only this credential is known, after what `name` tries.
fn judged_with(credential: &Credential) -> String {
    let mut trust = region();
    let mut revoked = grant("lost");
    revoked.until = Millis(u64::MAX);
    trust.add_credential(self::credential(&revoked, &authority()));
    trust.add_revocation(revocation("lost", &authority()));
    let clerk = Grant { may_grant: false, ..grant("clerk") };
    let local = Grant { scope: Scope::Nodes(vec!["c001".parse().unwrap()]), ..grant("local") };
    [clerk, local].iter().for_each(|grant| trust.add_credential(self::credential(grant, &authority())));
    trust.add_credential(credential.clone());
    word(trust.judge(&written("new", "node_status", now())))
}

/// A manager's credential for the device `new`, as this attack has it given.
fn given(name: &str) -> Credential {
    let by = |issuer: &str| {
        let key = seat_key(issuer);
        let issuer = device(&key);
        (
            Grant {
                roles: EnumSet::only(Role::Manager),
                may_grant: false,
                scope: Scope::Nodes(vec!["s001".parse().unwrap()]),
                issuer,
                ..grant("new")
            },
            key,
        )
    };
    let (grant, key) = match name {
        "credential-by-volunteer" => by("vol"),
        "credential-by-another-authority" => {
            let key = SigningKey::from_bytes(&[8; 32]);
            (Grant { issuer: device(&key), ..by("vol").0 }, key)
        }
        "credential-in-anothers-name" => (Grant { issuer: device(&authority()), ..by("vol").0 }, seat_key("vol")),
        "credential-by-one-who-may-not" => by("clerk"),
        "credential-for-longer" => {
            let (grant, key) = by("coo");
            (Grant { until: Millis(grant.until.0 + Millis::DAY), ..grant }, key)
        }
        "credential-for-more-nodes" => by("local"),
        "credential-by-revoked" => by("lost"),
        "credential-by-coordinator" => by("coo"),
        _ => panic!("nobody tries {name}"),
    };
    credential(&grant, &key)
}

pub fn revocation(account: &str, by: &SigningKey) -> Revocation {
    let revocation = Revocation { region: REGION, device: device(&seat_key(account)), accepted: Vec::new(), at: now(), issuer: device(by) };
    let signature = by.sign(&revocation.signing_message().unwrap()).to_bytes();
    Revocation::read(&revocation.to_bytes().unwrap(), &signature).unwrap()
}

/// What is thought of the manager's status once somebody has revoked.
fn after(account: &str, by: &SigningKey, at: Millis) -> String {
    let mut trust = region();
    trust.add_revocation(revocation(account, by));
    word(trust.judge(&written(account, "node_status", at)))
}

fn badge(name: &str) -> String {
    let shown = |by: &SigningKey, at: Millis| {
        let badge = Badge { device: device(&seat_key("man")), at, credentials: Vec::new(), name: None };
        let signature = by.sign(&badge.signing_message().unwrap()).to_bytes();
        let badge = Signed::from_parts(badge.to_bytes().unwrap(), signature).unwrap();
        region().check_badge(&badge, now())
    };
    let seen = match name {
        "badge-shown-again" => shown(&seat_key("man"), Millis(now().0 - 11 * Millis::MINUTE)),
        "badge-of-another" => shown(&seat_key("vol"), now()),
        "badge-honestly-shown" => shown(&seat_key("man"), now()),
        _ => panic!("nobody tries {name}"),
    };
    match seen {
        Ok(_) => "proven".to_owned(),
        Err(Refusal::Stale) => "stale".to_owned(),
        Err(Refusal::NotIntact) => "not_intact".to_owned(),
        Err(other) => format!("{other:?}"),
    }
}

pub fn row(event: Event) -> EventRow {
    EventRow { intact: event.is_intact(), event, source: Source::Hub, received: now() }
}

pub fn judged(events: impl IntoIterator<Item = Event>, trust: &Trust) -> Vec<Judged> {
    events.into_iter().map(|event| Judged { verdict: trust.judge(&event), event }).collect()
}

async fn other(name: &str) -> String {
    let (now, long_ago) = (now(), Millis(now().0 - 50 * Millis::DAY));
    match name {
        "revoked-with-an-old-clock" => after("man", &seat_key("coo"), long_ago),
        "revocation-by-volunteer" => after("man", &seat_key("vol"), now),
        "revocation-of-a-fellow" => after("coo", &seat_key("coo2"), now),
        "spoilt-copy-first" => {
            let event = written("man", "report", now);
            let mut signature = *event.signature();
            signature[0] ^= 1;
            let spoilt = Event::from_parts(event.core_bytes().to_vec(), signature).unwrap();
            let store = Phone::of("man").store;
            for copy in [spoilt, event.clone()] {
                store.merge(Page { at: now, events: vec![row(copy)], ..Page::default() }).await.unwrap();
            }
            word(region().judge(&store.event(event.id).await.unwrap().unwrap().event))
        }
        "clock-far-ahead" => {
            let mine = Clock::default().tick(now);
            let far = Clock::new(Millis(now.0 + 400 * Millis::DAY), 0);
            if mine.witness(far, now) == mine { "not followed" } else { "followed" }.to_owned()
        }
        "head-far-ahead" => {
            let honest = written("man", "node_status", now);
            let far = written("man", "node_status", Millis(now.0 + 400 * Millis::DAY));
            let statuses = current(&judged([honest.clone(), far], &region()), SCENE);
            let view = StatusView::of(&statuses[&honest.core.node], now).unwrap();
            let alone = current(&judged([written("man", "node_status", Millis(now.0 + 400 * Millis::DAY))], &region()), SCENE);
            let marked = StatusView::of(&alone[&honest.core.node], now).unwrap().ahead;
            if view.id == honest.id && view.others == 1 && marked { "second, and marked" } else { "first" }.to_owned()
        }
        "trailing-byte" => loaded(&[written("man", "report", now).core_bytes(), &[0]].concat()),
        "padded-number" => {
            let bytes = written("man", "report", now).core_bytes().to_vec();
            loaded(&[&bytes[..50], &[0x81, 0x00], &bytes[51..]].concat())
        }
        _ => panic!("nobody tries {name}"),
    }
}

/// What comes of a core that was signed as it stands here, whether canonical or not.
fn loaded(core: &[u8]) -> String {
    let signature = seat_key("man").sign(&civmesh_domain::event::signing_message(core)).to_bytes();
    if Event::from_parts(core.to_vec(), signature).is_err() { "passed over" } else { "taken" }.to_owned()
}

/// That what is refused above is refused for its fault alone: the same without the fault passes.
#[tokio::test]
async fn without_their_fault_they_would_pass() {
    let honest = [
        ("credential-by-coordinator", "verified"),
        ("badge-honestly-shown", "proven"),
        ("part-honest", "opened"),
        ("reading-key-by-manager", "current"),
        ("reading-by-who-stayed", "opened"),
        ("pack-honest", "taken"),
        ("receipt-honest", "received"),
        ("receipt-of-a-true-difference", "received"),
    ];
    for (name, expected) in honest {
        assert_eq!(attempt(name).await, expected, "{name}");
    }
    assert_eq!(word(region().judge(&written("man", "node_status", now()))), "verified");
    assert_eq!(after("man", &authority(), now()), "unverified revoked");
    assert_eq!(loaded(written("man", "report", now()).core_bytes()), "taken");
    assert_eq!(word(Verdict::Unverified(Doubt::NoCredential)), "unverified no_credential");
}
