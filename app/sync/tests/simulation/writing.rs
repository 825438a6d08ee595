//! What the people at the phones do: write, correct, check out, send what others wrote, deal with what was refused.

use crate::phone::App;
use crate::scene::LATER_KIND;
use crate::world::{REGION, node, sign};
use civmesh_domain::body::Body;
use civmesh_domain::event::{Core, Event, Mode};
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::information::report::{Report, Urgency};
use civmesh_domain::information::status::{NodeState, NodeStatus};
use civmesh_domain::part::{Content, Part, PartKind};
use civmesh_domain::personnel::check_in::{CheckIn, CheckOut, Duty, Subject};
use civmesh_domain::seal::ReadingSecret;
use civmesh_domain::sop::run::{Answer, Mark, Outcome as RunOutcome, RunEnded, RunStarted, StepMarked};
use civmesh_store::record::{EventRow, Fate, OutboxKey, OutboxRow, Outcome, Page, Source, Written};
use civmesh_store::{Result, Store, StoreError};
use civmesh_sync::schedule::Trigger;
use enumset::EnumSet;

/// Goes on for as long as the phone lives.
pub async fn write(app: App) {
    let scene = app.scene.clone();
    loop {
        scene.time.sleep(scene.chance.between(5_000, 110_000)).await;
        if scene.calm.get() {
            return;
        }
        let done = match scene.chance.below(12) {
            0 => carry(&app).await,
            1 => deal_with_refused(&app).await,
            _ => command(&app).await,
        };
        if let Err(error) = done {
            scene.note(&app.phone().name, format_args!("could not: {error}"));
        }
    }
}

/// The secret half of a node's reading key, the same in every run.
pub fn reading_secret(of: &NodeId) -> ReadingSecret {
    ReadingSecret::derive(blake3::hash(of.as_str().as_bytes()).as_bytes())
}

/// Writes an event as the app does: sequence, signature and write, and again where another write came first.
async fn command(app: &App) -> Result<()> {
    let (scene, phone) = (&app.scene, app.phone());
    let place = place(app);
    let known = app.store.events(REGION, Some(place.clone())).await?;
    let (body, contents) = (body(app, &known), contents(app));
    for _ in 0..3 {
        let state = app.store.author_state(phone.device()).await?;
        let core = Core {
            region: REGION,
            mode: Mode::Real,
            activation: None,
            author: phone.device(),
            sequence: state.sequence + 1,
            clock: state.clock.tick(app.now()),
            node: place.clone(),
            body: body.clone(),
            parts: contents.iter().map(|(kind, content)| content.describe(*kind)).collect(),
        };
        let event = sign(&core, &phone.key);
        let parts = seal(app, &event, &contents);
        scene.time.turn().await;
        match app.store.write(Written { event: event.clone(), parts, at: app.now(), replaces: Vec::new() }).await {
            Err(StoreError::Overtaken) => {}
            Err(error) => return Err(error),
            Ok(()) => {
                phone.nudge(Trigger::Command);
                return Ok(());
            }
        }
    }
    Ok(())
}

fn place(app: &App) -> NodeId {
    let own: &[&str] = match app.phone().name.as_str() {
        "man2" | "vol3" => &["s002", "s002", "s002", "s001"],
        "vol2" => &["s001", "s009", "s001", "s002"],
        "coo" => &["s001", "s002", "s009"],
        _ => &["s001", "s001", "s001", "s002"],
    };
    node(app.scene.chance.pick::<&str>(own))
}

fn body(app: &App, known: &[EventRow]) -> Body {
    let (chance, phone) = (&app.scene.chance, app.phone());
    let said = |wanted: fn(&Body) -> bool| -> Vec<EventId> {
        known.iter().filter(|row| wanted(&row.event.core.body)).map(|row| row.event.id).collect()
    };
    let some = |all: &[EventId]| (!all.is_empty()).then(|| *chance.pick(all));
    let leads = phone.seat.is_some() && (phone.name.starts_with("man") || phone.name == "coo");
    if phone.later && chance.one_in(5) {
        return Body::Unknown { number: LATER_KIND.0, bytes: chance.bytes::<5>().to_vec() };
    }
    let runs = said(|body| matches!(body, Body::RunStarted(_)));
    match chance.below(10) {
        0 | 1 => check_in(chance.one_in(3).then(|| some(&said(|body| matches!(body, Body::CheckIn(_))))).flatten()),
        2 => match some(&said(|body| matches!(body, Body::CheckIn(_)))) {
            Some(check_in) => Body::CheckOut(CheckOut { check_in }),
            None => check_in(None),
        },
        // A volunteer tries it now and then, and is refused.
        3..=5 if leads || chance.one_in(6) => {
            let seen = said(|body| matches!(body, Body::NodeStatus(_)));
            let replaces = seen.iter().rev().take(12).map(EventId::check_word).collect();
            Body::NodeStatus(NodeStatus { state: *chance.pick(&NodeState::ALL), offers: Default::default(), replaces })
        }
        6 if leads => Body::RunStarted(RunStarted { sop: "quake".parse().unwrap(), version: 1, trigger: None }),
        7 if leads && !runs.is_empty() => Body::RunEnded(RunEnded { run: *chance.pick(&runs), outcome: RunOutcome::Completed }),
        8 if !runs.is_empty() => {
            let step = chance.pick(&["gas-off", "doors", "count"]).parse().unwrap();
            let replaces = said(|body| matches!(body, Body::StepMarked(_))).iter().rev().take(6).map(EventId::check_word).collect();
            Body::StepMarked(StepMarked { run: *chance.pick(&runs), step, mark: Mark::Done(Answer::Tick), replaces })
        }
        _ => report(chance.one_in(3).then(|| some(&said(|body| matches!(body, Body::Report(_))))).flatten()),
    }
}

fn check_in(corrects: Option<EventId>) -> Body {
    Body::CheckIn(CheckIn { subject: Subject::WalkUp, duty: Duty::General, skills: EnumSet::empty(), corrects })
}

fn report(corrects: Option<EventId>) -> Body {
    let (needs, dangers) = (Vec::new(), EnumSet::empty());
    Body::Report(Report { urgency: Urgency::Soon, situation: None, people: None, needs, dangers, corrects })
}

fn contents(app: &App) -> Vec<(PartKind, Content)> {
    let chance = &app.scene.chance;
    let count = if chance.one_in(3) { chance.between(1, 2) } else { 0 };
    let content = || Content { salt: chance.bytes(), bytes: vec![7; chance.between(3, 60) as usize] };
    (0..count).map(|_| (*chance.pick(&PartKind::ALL), content())).collect()
}

fn seal(app: &App, event: &Event, contents: &[(PartKind, Content)]) -> Vec<Part> {
    let reader = reading_secret(&event.core.node).public().unwrap();
    let sealed = |(index, (kind, content)): (usize, &(PartKind, Content))| {
        Part::seal(event.id, index as u8, *kind, content, &[reader], &app.scene.chance.bytes()).unwrap()
    };
    contents.iter().enumerate().map(sealed).collect()
}

/// Takes in a file with what another phone wrote, and sends what has no receipt here.
async fn carry(app: &App) -> Result<()> {
    let scene = &app.scene;
    let other = scene.chance.below(scene.phones.len() as u64) as usize;
    let theirs = scene.phones[other].disk.events(REGION, None).await?;
    if other == app.at || theirs.is_empty() {
        return Ok(());
    }
    let row = scene.chance.pick(&theirs);
    let (event, received) = (row.event.clone(), app.now());
    let key = OutboxKey { event: event.id, part: None };
    scene.note(&app.phone().name, format_args!("loads {} from a file of {}", event.id.check_word(), scene.phones[other].name));
    let row = EventRow { intact: event.is_intact(), event, source: Source::File, received };
    app.store.merge(Page { events: vec![row], at: received, ..Page::default() }).await?;
    app.store.enqueue(vec![OutboxRow::new(key, REGION)]).await?;
    app.phone().nudge(Trigger::Command);
    Ok(())
}

/// A person has what was refused tried again, or lets it go.
async fn deal_with_refused(app: &App) -> Result<()> {
    let refused: Vec<OutboxRow> = app.store.outbox().await?.into_iter().filter(|row| matches!(row.fate, Fate::Refused { .. })).collect();
    if refused.is_empty() {
        return Ok(());
    }
    let key = app.scene.chance.pick(&refused).key;
    if app.scene.chance.one_in(4) {
        app.scene.note(&app.phone().name, format_args!("lets {} go", key.event.check_word()));
        return app.store.dismiss(key).await;
    }
    app.store.settle(vec![(key, Outcome::Retry { next_try: app.now() })]).await?;
    app.phone().nudge(Trigger::Command);
    Ok(())
}
