//! Golden vectors: the formats as files, so that another implementation can be checked against them, and this one against itself.
//!
//! Each file in `tests/golden` is recomputed here from its inputs, which are fixed seeds and the values below. A difference means that a
//! wire format has changed, which it must not: numbers and shapes are for ever. Where a vector is *added*, write the files anew by
//! `CIVMESH_GOLDEN=write cargo test -p civmesh-domain --test golden`, and look at the difference before committing it.

#![allow(clippy::unwrap_used, reason = "a test; the lint only knows functions marked as tests")]

use civmesh_domain::body::{Body, Kind};
use civmesh_domain::clock::Clock;
use civmesh_domain::delivery::{Delivery, PartDelivery};
use civmesh_domain::event::{Core, Event, Mode, signing_message};
use civmesh_domain::id::{Account, CheckWord, DeviceKey, EventId, RegionId};
use civmesh_domain::information::report::{Danger, Grade, Need, NeedItem, PeopleCount, Report, Situation, Urgency};
use civmesh_domain::information::sms;
use civmesh_domain::information::status::{NodeState, NodeStatus};
use civmesh_domain::keyring::Keyring;
use civmesh_domain::part::{Content, Envelope, Part, PartKind};
use civmesh_domain::personnel::check_in::{CheckIn, CheckOut, Duty, Skill, Subject};
use civmesh_domain::personnel::credential::{Credential, Grant, Revocation, Scope};
use civmesh_domain::personnel::issue::{CredentialIssued, DeviceRevoked};
use civmesh_domain::personnel::profile::lock::{Cost, Lock, ProfileKey, Slot};
use civmesh_domain::personnel::profile::passkey::{Passkey, Secret};
use civmesh_domain::personnel::profile::pin::Pin;
use civmesh_domain::personnel::profile::sign::Sign;
use civmesh_domain::personnel::profile::tries::Tries;
use civmesh_domain::personnel::profile::{KeyOf, Opened, Profile, ProfileId, Profiles, SeatView, close};
use civmesh_domain::personnel::reading::ReadingKeyIssued;
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::seat::{device_seed, reading_secret};
use civmesh_domain::seal::ReadingSecret;
use civmesh_domain::sop::run::{Answer, Mark, Outcome, RunEnded, RunStarted, SkipReason, StepMarked};
use civmesh_domain::spatial::area::{Class, Depth, Threat};
use civmesh_domain::spatial::danger::outline::Outline;
use civmesh_domain::spatial::danger::{AreaDeclared, AreaWithdrawn, Condition};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::node::{Facts, Offer};
use civmesh_domain::spatial::registry::document::Agreement;
use civmesh_domain::spatial::registry::{CorrectionSettled, PlaceCorrection, Settlement, Wrong};
use civmesh_domain::spatial::upkeep::{Finding, Item, PlaceChecked};
use civmesh_domain::unit::{Millis, Place};
use data_encoding::HEXLOWER;
use ed25519_dalek::{Signer, SigningKey};
use enumset::EnumSet;
use serde_json::{Value, json};
use std::path::PathBuf;

/// The seed of the vectors' authority: 32 bytes of 1. That of their author: 32 bytes of 2.
const AUTHORITY: [u8; 32] = [1; 32];
const AUTHOR: [u8; 32] = [2; 32];
/// That of the vectors' seat.
const PASSWORD: &str = "k7wd-3m9q-x2ht-8rfp";
/// Stands for chance.
const CHANCE: [u8; 32] = [7; 32];
/// 2026-11-05 08:30:00 UTC.
const AT: Millis = Millis(1_793_867_400_000);

fn device(seed: [u8; 32]) -> DeviceKey {
    DeviceKey(SigningKey::from_bytes(&seed).verifying_key().to_bytes())
}

fn sign(seed: [u8; 32], message: &[u8]) -> [u8; 64] {
    SigningKey::from_bytes(&seed).sign(message).to_bytes()
}

fn account() -> Account {
    "m-7k2d".parse().unwrap()
}

fn core(sequence: u64, body: Body) -> Core {
    Core {
        region: RegionId::of_authority(&device(AUTHORITY)),
        mode: Mode::Real,
        activation: None,
        author: device(AUTHOR),
        sequence,
        clock: Clock::new(AT, 3),
        node: "s001".parse().unwrap(),
        body,
        parts: Vec::new(),
    }
}

fn event(core: &Core) -> Event {
    let bytes = core.to_bytes().unwrap();
    let signature = sign(AUTHOR, &signing_message(&bytes));
    Event::from_parts(bytes, signature).unwrap()
}

fn status() -> NodeStatus {
    let offers = Facts { yes: Offer::Water | Offer::Power | Offer::Toilets, no: EnumSet::only(Offer::Beds) };
    NodeStatus { state: NodeState::NearlyFull, offers, replaces: vec![CheckWord([1, 2, 3, 4, 5])] }
}

fn name() -> Content {
    Content { salt: [3; 16], bytes: "林小姐 0900 000 000".into() }
}

fn report() -> Report {
    let situation = Situation { overall: Grade::Partial, power: Grade::Failed, water: Grade::Good, ..Situation::default() };
    let needs = vec![Need { item: NeedItem::Water, amount: Some(300) }, Need { item: NeedItem::Other, amount: None }];
    let people = PeopleCount { present: Some(120), injured: Some(0), ..PeopleCount::default() };
    let (situation, people, dangers) = (Some(situation), Some(people), Danger::Fire | Danger::RoadBlocked);
    Report { urgency: Urgency::Immediate, situation, people, needs, dangers, corrects: Some(EventId([6; 32])) }
}

/// A reading key for `s001`, wrapped for the vectors' seat.
fn reading_key() -> ReadingKeyIssued {
    let (secret, reader) = (ReadingSecret::derive(&CHANCE), reading_secret(&account(), PASSWORD));
    let (region, node) = (RegionId::of_authority(&device(AUTHORITY)), "s001".parse().unwrap());
    let wrapped = ReadingKeyIssued::wrap(&secret, (region, &node), &reader.public().unwrap(), &CHANCE).unwrap();
    let issued = ReadingKeyIssued { key: secret.public().unwrap(), wrapped: vec![wrapped], replaces: vec![EventId([4; 32])] };
    assert_eq!(issued.open((region, &node), &Keyring::of([reader])), Some(secret));
    issued
}

fn says(wrong: Wrong) -> Body {
    Body::PlaceCorrection(PlaceCorrection { wrong })
}

/// Of the vector "a place is closed".
fn settled(settlement: Settlement) -> Body {
    let correction = event(&core(19, says(Wrong::Closed))).id;
    Body::CorrectionSettled(CorrectionSettled { correction, settlement })
}

/// A triangle with a hole, declared to be like this.
fn declares(title: &str, condition: Condition, until: Option<Millis>, continues: Option<EventId>) -> Body {
    let ring = |low: i32, high: i32| {
        let corner = |(north, east)| Place { lat_e7: 250_336_110 + north, lon_e7: 1_215_650_000 + east };
        [(low, low), (low, high), (high, high)].map(corner).to_vec()
    };
    let outlines = vec![Outline::of(&[ring(-4_000, 4_000), ring(-100, 100)]).unwrap()];
    Body::AreaDeclared(AreaDeclared { title: title.to_owned(), condition, until, continues, outlines })
}

/// Of the vector "an area is closed".
fn closed() -> Body {
    declares("南橋 South Bridge", Condition::Closed, Some(Millis(AT.0 + Millis::DAY)), None)
}

fn checked(item: Item, finding: Finding, days_ago: u16) -> Body {
    Body::PlaceChecked(PlaceChecked { item, finding, days_ago })
}

/// A core of every kind, and of every shape that a core can have.
fn cores() -> Vec<(&'static str, Core)> {
    let (run, step) = (EventId([5; 32]), || "gas-off".parse().unwrap());
    let mark = |mark, replaces| Body::StepMarked(StepMarked { run, step: step(), mark, replaces });
    let check_in = CheckIn { subject: Subject::WalkUp, duty: Duty::FirstAid, skills: Skill::Medical | Skill::Driving, corrects: None };
    let correction = CheckIn { subject: Subject::Myself, corrects: Some(EventId([4; 32])), skills: EnumSet::empty(), ..check_in.clone() };
    let started = RunStarted { sop: "earthquake-convenience-store".parse().unwrap(), version: 3, trigger: Some(1) };
    let empty =
        Report { urgency: Urgency::Routine, situation: None, people: None, needs: vec![], dangers: EnumSet::empty(), corrects: None };
    let drill = Mode::Drill(CheckWord([9, 8, 7, 6, 5]));
    let depth = Some(Depth { from_mm: 300, to_mm: Some(1_000) });
    vec![
        (
            "a walk-up checks in, with a name as part",
            Core { parts: vec![name().describe(PartKind::Person)], ..core(1, Body::CheckIn(check_in)) },
        ),
        ("a check-in that corrects another", core(2, Body::CheckIn(correction))),
        ("a check-out", core(3, Body::CheckOut(CheckOut { check_in: EventId([4; 32]) }))),
        ("a status", core(4, Body::NodeStatus(status()))),
        (
            "a status in a drill, under an activation",
            Core { mode: drill, activation: Some(CheckWord([1; 5])), ..core(300, Body::NodeStatus(status())) },
        ),
        ("a run starts", core(5, Body::RunStarted(started))),
        ("a step is done", core(6, mark(Mark::Done(Answer::Tick), vec![]))),
        ("a step is done, with a count", core(7, mark(Mark::Done(Answer::Count(300)), vec![CheckWord([7; 5])]))),
        ("a step is done, with yes", core(8, mark(Mark::Done(Answer::YesNo(true)), vec![]))),
        ("a step is done, with a choice", core(9, mark(Mark::Done(Answer::Choice(2)), vec![]))),
        ("a step is skipped", core(10, mark(Mark::Skipped(SkipReason::NobodyFree), vec![]))),
        ("a step is taken back", core(11, mark(Mark::Reopened, vec![CheckWord([7; 5]), CheckWord([8; 5])]))),
        ("a run ends", core(12, Body::RunEnded(RunEnded { run, outcome: Outcome::Cancelled }))),
        ("a report", core(13, Body::Report(report()))),
        ("an empty report", core(14, Body::Report(empty))),
        ("a credential is issued", core(16, Body::CredentialIssued(CredentialIssued { grant: vec![1, 2, 3], signature: [4; 64] }))),
        ("a device is revoked", core(17, Body::DeviceRevoked(DeviceRevoked { revocation: vec![1, 2, 3], signature: [4; 64] }))),
        ("a reading key is issued", core(18, Body::ReadingKeyIssued(reading_key()))),
        ("a place is closed", core(19, says(Wrong::Closed))),
        ("a place has moved", core(20, says(Wrong::Moved(Place { lat_e7: 250_336_110, lon_e7: 1_215_650_000 })))),
        ("a place is another one", core(21, says(Wrong::DuplicateOf("s002".parse().unwrap())))),
        ("a place is not step-free", core(22, says(Wrong::NotStepFree))),
        ("a place is step-free", core(23, says(Wrong::StepFree))),
        ("something else is wrong with a place", core(24, says(Wrong::Other))),
        ("a correction is accepted", core(25, settled(Settlement::Accepted))),
        ("a correction is declined", core(26, settled(Settlement::Declined))),
        ("an area is closed", core(27, closed())),
        (
            "an area is flooded, in the second event of a file",
            core(
                28,
                declares("", Condition::Present(Threat { hazard: Hazard::Flood, class: Class(1), depth }), None, Some(EventId([4; 32]))),
            ),
        ),
        (
            "an area may be hit by a landslide",
            core(
                29,
                declares("Slope", Condition::Expected(Threat { hazard: Hazard::Landslide, class: Class(3), depth: None }), None, None),
            ),
        ),
        ("an area is withdrawn", core(30, Body::AreaWithdrawn(AreaWithdrawn { area: event(&core(27, closed())).id }))),
        ("an item of a node's checklist is met", core(31, checked(Item::Structure, Finding::Met, 0))),
        (
            "an item is met in part, with a note and a photo as parts",
            Core {
                parts: vec![name().describe(PartKind::Text), name().describe(PartKind::Photo)],
                ..core(32, checked(Item::FirstAid, Finding::Partly, 3))
            },
        ),
        ("an item is not met, as was seen long ago", core(33, checked(Item::Procedures, Finding::NotMet, 300))),
        ("an item does not apply", core(34, checked(Item::Contacts, Finding::NotApplicable, 0))),
        ("a kind that is not known yet", core(15, Body::Unknown { number: 999, bytes: vec![1, 2, 3] })),
    ]
}

/// Compares `actual` with the file, after writing it there if the header's variable asks for it.
fn check(name: &str, actual: Value) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var("CIVMESH_GOLDEN").as_deref() == Ok("write") {
        std::fs::write(&path, serde_json::to_string_pretty(&actual).unwrap() + "\n").unwrap();
    }
    let written: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let pairs = |value: &Value| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    for (actual, written) in pairs(&actual).iter().zip(pairs(&written)) {
        assert_eq!(*actual, written, "{name}: {}", actual["name"]);
    }
    assert_eq!(pairs(&actual).len(), pairs(&written).len(), "{name}: number of vectors");
}

#[test]
fn events() {
    let vector = |(name, core): (&str, Core)| {
        let event = event(&core);
        assert!(event.is_intact());
        assert_eq!(Delivery::read(serde_json::to_value(Delivery::of(&event, &account())).unwrap()).as_ref(), Ok(&event));
        json!({
            "name": name,
            "body": core.body,
            "core": HEXLOWER.encode(event.core_bytes()),
            "id": event.id,
            "check_word": event.id.check_word(),
            "revision": event.id.revision(),
            "signature": HEXLOWER.encode(event.signature()),
            "delivery": Delivery::of(&event, &account()),
        })
    };
    let kinds: Vec<Kind> = cores().iter().filter_map(|(_, core)| core.body.kind()).collect();
    assert!(Kind::ALL.iter().all(|kind| kinds.contains(kind)), "a kind has no vector");
    check("event.json", cores().into_iter().map(vector).collect());
}

#[test]
fn heads_and_parts() {
    let event = event(&cores()[0].1);
    let part = Part { event: event.id, index: 0, kind: PartKind::Person, envelope: Envelope::Plain(name()) };
    let reader = reading_secret(&account(), PASSWORD);
    let sealed = Part::seal(event.id, 0, PartKind::Person, &name(), &[reader.public().unwrap()], &CHANCE).unwrap();
    assert_eq!(sealed.open(&name().describe(PartKind::Person), &Keyring::of([reader])), Some(name()));
    let document = serde_json::to_value(PartDelivery::of(&part, &event.core.node, &account())).unwrap();
    assert_eq!(PartDelivery::read(document.clone()).as_ref(), Ok(&part));
    let status = self::event(&cores()[3].1);
    let head = serde_json::to_value(Delivery::head(&status, &account(), None)).unwrap();
    assert_eq!(Delivery::read(head.clone()).as_ref(), Ok(&status));
    let accepted = self::event(&core(25, settled(Settlement::Accepted)));
    let agreement = Agreement::of(accepted, self::event(&core(19, says(Wrong::Closed)))).unwrap();
    let registry = agreement.document().unwrap();
    assert_eq!(Agreement::read(registry.clone()).as_ref(), Ok(&agreement));
    let plain = HEXLOWER.encode(&part.envelope.to_bytes().unwrap());
    check(
        "document.json",
        json!([
            {"name": "a head", "document": head},
            {"name": "a part, plain", "salt": HEXLOWER.encode(&name().salt), "content": "林小姐 0900 000 000", "envelope": plain,
             "hash": HEXLOWER.encode(&name().describe(PartKind::Person).hash), "revision": part.revision(), "document": document},
            {"name": "the same part, sealed to the reading key of the seat in identity.json", "chance": HEXLOWER.encode(&CHANCE),
             "envelope": HEXLOWER.encode(&sealed.envelope.to_bytes().unwrap())},
            {"name": "an accepted correction in the registry", "document": registry},
        ]),
    );
}

#[test]
fn credentials_and_revocations() {
    let (region, issuer) = (RegionId::of_authority(&device(AUTHORITY)), device(AUTHORITY));
    let everywhere = Grant {
        region,
        device: device(AUTHOR),
        reading: reading_secret(&account(), PASSWORD).public().unwrap(),
        roles: Role::Manager | Role::Coordinator,
        skills: EnumSet::empty(),
        scope: Scope::All,
        from: AT,
        until: Millis(AT.0 + 365 * Millis::DAY),
        name_hash: [0; 32],
        may_grant: true,
        issuer,
    };
    let scope = Scope::Nodes(vec!["s001".parse().unwrap(), "s002".parse().unwrap()]);
    let roles = EnumSet::only(Role::Volunteer);
    let here = Grant { roles, scope, name_hash: [8; 32], may_grant: false, ..everywhere.clone() };
    let vector = |(name, grant): (&str, Grant)| {
        let signature = sign(AUTHORITY, &grant.signing_message().unwrap());
        let credential = Credential::from_parts(grant.to_bytes().unwrap(), signature).unwrap();
        assert!(credential.is_intact());
        let (bytes, id) = (HEXLOWER.encode(credential.bytes()), credential.id());
        json!({"name": name, "grant": grant, "bytes": bytes, "id": id, "signature": HEXLOWER.encode(&signature)})
    };
    check("credential.json", [("everywhere, may grant", everywhere), ("at two nodes", here)].into_iter().map(vector).collect());

    let accepted = vec![EventId([1; 32]), EventId([2; 32])];
    let revocation = Revocation { region, device: device(AUTHOR), accepted, at: AT, issuer };
    let (bytes, signature) = (revocation.to_bytes().unwrap(), sign(AUTHORITY, &revocation.signing_message().unwrap()));
    assert_eq!(Revocation::read(&bytes, &signature).as_ref(), Ok(&revocation));
    let (bytes, signature) = (HEXLOWER.encode(&bytes), HEXLOWER.encode(&signature));
    check("revocation.json", json!({"name": "a revocation", "revocation": revocation, "bytes": bytes, "signature": signature}));
}

#[test]
fn identifiers_and_seats() {
    let (authority, author) = (device(AUTHORITY), device(AUTHOR));
    let seed = device_seed(&account(), PASSWORD);
    let secret = reading_secret(&account(), PASSWORD);
    let reading = json!({"secret": HEXLOWER.encode(&secret.to_bytes()), "key": HEXLOWER.encode(&secret.public().unwrap().0)});
    check(
        "identity.json",
        json!({
            "authority": {"seed": HEXLOWER.encode(&AUTHORITY), "key": authority, "region": RegionId::of_authority(&authority)},
            "author": {"seed": HEXLOWER.encode(&AUTHOR), "key": author, "check_word": author.check_word()},
            "seat": {"account": account(), "password": PASSWORD, "seed": HEXLOWER.encode(&seed), "key": device(seed),
                     "reading": reading},
            "clock": {"millis": AT.0.to_string(), "counter": 3, "text": Clock::new(AT, 3)},
        }),
    );
}

#[test]
fn messages() {
    let vector = |(name, core): &(&str, Core)| {
        let event = event(core);
        let text = sms::encode(&event).ok()?;
        let read = sms::decode(&text, event.core.region, |_| [device(AUTHOR)]);
        assert_eq!(read.as_ref(), Ok(&event));
        Some(json!({"name": name, "id": event.id, "text": text}))
    };
    let vectors: Vec<Value> = cores().iter().filter_map(vector).collect();
    assert_eq!(vectors.len(), 2, "both statuses fit");
    check("sms.json", vectors.into());
}

/// What a phone keeps of two people: one with a PIN, at what it costs now, and one without.
#[test]
fn profiles() {
    let (id, other) = (ProfileId([1; 8]), ProfileId([2; 8]));
    let (pin, duress, key) = (Pin::chosen("274913").unwrap(), Pin::chosen("805264").unwrap(), ProfileKey::new([9; 32]));
    let reading = reading_secret(&account(), PASSWORD).public().unwrap();
    let mut gate = close(id, (&key, &pin), Cost::NEW, reading, &CHANCE).unwrap();
    gate.duress = Lock::close(id, Slot::Duress, (&ProfileKey::new([3; 32]), &duress), Cost::NEW, &CHANCE).unwrap();
    gate.tries = Tries { failed: 4, wait: 15_000 };
    assert!(matches!(gate.open(id, &pin), Ok(Opened::Key(opened)) if opened == key));
    assert!(matches!(gate.open(id, &duress), Ok(Opened::Duress)));
    let seat = SeatView {
        account: account(),
        region: RegionId::of_authority(&device(AUTHORITY)),
        hub_roles: vec!["manager".to_owned(), "node:s001".to_owned()],
        key: KeyOf::Seat,
        device: device(device_seed(&account(), PASSWORD)),
    };
    let mut profiles = Profiles::first(Profile { id, sign: Sign::Kite, seat: Some(seat), gate: Some(gate) });
    profiles.list.push(Profile { id: other, sign: Sign::Teapot, seat: None, gate: None });
    let kept = serde_json::to_value(&profiles).unwrap();
    assert_eq!(Profiles::read(kept.clone()), Some(profiles));
    let secret = json!({ "password": PASSWORD });
    let sealed = key.seal(id, "seat", secret.to_string().as_bytes(), [4; 24]).unwrap();
    assert_eq!(key.open(id, "seat", &sealed).unwrap().as_slice(), secret.to_string().as_bytes());
    check(
        "profile.json",
        json!({
            "pin": "274913", "duress": "805264", "key": HEXLOWER.encode(&[9; 32]), "chance": HEXLOWER.encode(&CHANCE),
            "profiles": kept,
            "secret": {"name": "seat", "value": secret, "nonce": HEXLOWER.encode(&[4; 24]), "sealed": sealed},
        }),
    );
}

/// A profile's key behind a passkey, as it lies in the profile's gate.
#[test]
fn passkey() {
    let (id, key, secret) = (ProfileId([1; 8]), ProfileKey::new([9; 32]), [5; 32]);
    let closed = Passkey::close(id, (&key, &Secret::new(secret)), (0..20).collect(), [6; 32], [4; 24]).unwrap();
    assert!(closed.open(id, &Secret::new(secret)) == Some(key));
    let kept = serde_json::to_value(&closed).unwrap();
    assert_eq!(serde_json::from_value::<Passkey>(kept.clone()).unwrap(), closed);
    let values = json!({"profile": id, "key": HEXLOWER.encode(&[9; 32]), "secret": HEXLOWER.encode(&secret), "passkey": kept});
    check("passkey.json", values);
}
