//! One run: a storm, then calm, rounds until nothing changes any more, and what has to hold then.

use crate::broken::Flaw;
use crate::executor::{Executor, Owner, Step};
use crate::healed;
use crate::phone::{App, boot};
use crate::replication::Replication;
use crate::scene::Scene;
use crate::weather;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_store::record::{Fate, OutboxKey, Outcome};
use futures::FutureExt;
use std::collections::BTreeMap;
use std::rc::Rc;

/// No run takes more steps.
const MOST_STEPS: u64 = 400_000;
/// After so many rounds of everybody nothing is to change any more.
const MOST_PASSES: usize = 14;

/// What a run came to.
pub struct Ended {
    pub violation: Option<String>,
    pub trace: String,
    pub events: usize,
    pub steps: u64,
    pub faults: BTreeMap<&'static str, u64>,
}

impl Ended {
    /// Two runs with the same fingerprint were the same, step by step.
    pub fn fingerprint(&self) -> String {
        blake3::hash(self.trace.as_bytes()).to_hex()[..16].to_owned()
    }
}

struct Run {
    scene: Rc<Scene>,
    executor: Executor,
    steps: u64,
}

/// Runs a seed, with a rule broken or none.
pub fn run(seed: u64, flaw: Option<Flaw>) -> Ended {
    let scene = Scene::new(seed, flaw);
    let mut run = Run { executor: Executor::new(&scene.time), scene: scene.clone(), steps: 0 };
    run.storm();
    run.calm();
    run.settle();
    if scene.violation().is_none() {
        healed::check(&scene);
    }
    if scene.violation().is_none() && scene.chance.one_in(3) {
        run.months_later();
    }
    let events = scene.truth.events.borrow().len();
    Ended { violation: scene.violation(), trace: scene.trace(), events, steps: run.steps, faults: scene.faults.all() }
}

impl Run {
    /// Goes on until `until`, or until nobody has anything to do.
    fn go_on(&mut self, until: u64) {
        let scene = self.scene.clone();
        while scene.time.now() < until && scene.violation().is_none() {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return scene.fail("it never ends".to_owned());
            }
            match self.executor.step(&scene.chance) {
                Step::Quiet => return,
                Step::Polled(Owner::Phone(phone)) if !scene.calm.get() && scene.phones[phone].alive.get() => {
                    if scene.chance.one_in(scene.temper.crash) {
                        self.executor.kill(Owner::Phone(phone));
                        weather::crash(&scene, phone);
                    }
                }
                Step::Polled(_) => {}
            }
        }
    }

    fn storm(&mut self) {
        let scene = self.scene.clone();
        scene.note("storm", format_args!("{:?}", scene.temper));
        (0..scene.phones.len()).for_each(|phone| boot(&scene, phone));
        Replication::all(&scene).into_iter().for_each(|replication| scene.time.spawn(Owner::World, replication.go_on()));
        scene.time.spawn(Owner::World, weather::change(scene.clone()));
        let ends = scene.time.now() + scene.chance.between(2, 12) * Millis::MINUTE;
        self.go_on(ends);
    }

    /// Nothing goes wrong any more. All phones are switched off; what is still on its way arrives. Some clocks stay wrong.
    fn calm(&mut self) {
        let scene = self.scene.clone();
        scene.note("calm", format_args!("from here on all is well"));
        scene.calm.set(true);
        scene.cut.borrow_mut().clear();
        for (at, phone) in scene.phones.iter().enumerate() {
            self.executor.kill(Owner::Phone(at));
            phone.alive.set(false);
            phone.full.set(false);
            phone.locked.set(false);
            if scene.chance.one_in(2) {
                phone.skew.set(0);
            }
        }
        for hub in 0..scene.hubs.len() {
            weather::update(&scene, hub);
            scene.hubs[hub].skew.set(0);
        }
        self.go_on(u64::MAX);
        // A person has everything tried again that was refused.
        for (at, phone) in scene.phones.iter().enumerate() {
            let refused = scene.outbox(at).into_iter().filter(|row| matches!(row.fate, Fate::Refused { .. }));
            let again: Vec<(OutboxKey, Outcome)> = refused.map(|row| (row.key, Outcome::Retry { next_try: Millis(0) })).collect();
            phone.disk.settle(again).now_or_never().unwrap().unwrap();
        }
        scene.truth.forget_denials();
    }

    /// Rounds of everybody, and of the hubs, until two passes in a row changed nothing.
    fn settle(&mut self) {
        let scene = self.scene.clone();
        let (mut before, mut same) = (String::new(), 0);
        for pass in 0..MOST_PASSES {
            // Longer than any pause, and longer than it is taken for granted which hub one meets.
            scene.time.leap(17 * Millis::MINUTE);
            scene.note("pass", format_args!("{pass}"));
            for at in 0..scene.phones.len() {
                let app = App::of(&scene, at);
                scene.time.spawn(Owner::Phone(at), async move { drop(app.round(false).await) });
            }
            for replication in Replication::all(&scene) {
                scene.time.spawn(Owner::World, async move { replication.once().await });
            }
            self.go_on(u64::MAX);
            let now = self.state();
            same = if now == before { same + 1 } else { 0 };
            if same == 2 || scene.violation().is_some() {
                return;
            }
            before = now;
        }
        scene.fail("it does not come to rest".to_owned());
    }

    fn state(&self) -> String {
        let sequences = |at: usize| self.scene.hubs[at].couch.databases.borrow().values().map(|db| db.seq).collect::<Vec<_>>();
        let hubs: Vec<_> = (0..self.scene.hubs.len()).map(sequences).collect();
        let phone = |at: usize| {
            let fates: Vec<_> = self.scene.outbox(at).into_iter().map(|row| (row.key, row.fate)).collect();
            let events = self.scene.phones[at].disk.events(crate::world::REGION, None).now_or_never().unwrap().unwrap().len();
            // When a row was refused last is no change.
            let fates: Vec<_> = fates.into_iter().map(|(key, fate)| (key, matches!(fate, Fate::Refused { .. }))).collect();
            (fates, events, self.scene.receipts(at).len())
        };
        format!("{hubs:?} {:?}", (0..self.scene.phones.len()).map(phone).collect::<Vec<_>>())
    }

    /// Parts are dropped everywhere once their time is over, and not taken in again by whoever begins anew.
    fn months_later(&mut self) {
        let scene = self.scene.clone();
        scene.time.leap(scene.chance.between(28, 95) * Millis::DAY);
        scene.phones.iter().for_each(|phone| phone.skew.set(0));
        scene.note("later", format_args!("months later"));
        self.settle();
        if scene.violation().is_none() {
            healed::check(&scene);
            healed::nothing_expired_is_kept(&scene);
        }
    }
}
