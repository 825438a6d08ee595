//! A phone: what is on its disk, and the two things that its app does side by side while it lives, writing and syncing.

use crate::broken::{Crooked, Mistaken};
use crate::chance::Chance;
use crate::executor::Owner;
use crate::model::Couch;
use crate::network::{Cookie, Line};
use crate::scene::Scene;
use crate::shelf::Shelf;
use crate::world::{REGION, database, node, roles, standing};
use crate::writing;
use civmesh_domain::id::DeviceKey;
use civmesh_domain::personnel::seat::device_seed;
use civmesh_domain::routing::Database;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_store::memory::MemoryStore;
use civmesh_sync::engine::{Round, RoundReport, sync_once};
use civmesh_sync::schedule::{Next, Schedule, Trigger};
use civmesh_sync::seat::{Seat, databases};
use civmesh_sync::watch::{News, watch};
use ed25519_dalek::SigningKey;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures::future::{Either, FutureExt, LocalBoxFuture, select};
use futures::{StreamExt, pin_mut};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

pub struct Phone {
    pub name: String,
    pub seat: Option<Seat>,
    hub_roles: Vec<String>,
    pub password: String,
    pub key: SigningKey,
    /// Survives the phone's death, as do the cookies.
    pub disk: MemoryStore,
    pub jar: RefCell<Option<Cookie>>,
    /// The phone's clock less the true time, in milliseconds.
    pub skew: Cell<i64>,
    /// Which hub answers for the region where it is.
    pub hub: Cell<usize>,
    pub full: Cell<bool>,
    /// The profile is locked, and with it the password: the seat goes on for as long as its session lasts.
    pub locked: Cell<bool>,
    /// It has a later version, with a kind of event that the others do not know.
    pub later: bool,
    /// Its credential is taken away at some time.
    pub revoked: bool,
    pub alive: Cell<bool>,
    /// Databases that a coordinator asked for by name.
    pub also: RefCell<BTreeSet<Database>>,
    nudges: RefCell<Option<UnboundedSender<Trigger>>>,
}

/// Account and roles; no account for a citizen.
const CAST: &[(&str, &[&str])] = &[
    ("man1", &["manager", "node:s001"]),
    ("vol1", &["volunteer", "node:s001"]),
    ("man2", &["manager", "node:s002"]),
    ("vol2", &["volunteer", "node:s001", "node:s009"]),
    ("coo", &["coordinator"]),
    ("vol3", &["volunteer", "node:s002"]),
    ("citizen", &[]),
    ("gone", &["volunteer", "node:s001"]),
    // The same seat on a second phone.
    ("man1", &["manager", "node:s001"]),
];

impl Phone {
    /// The phones of one run: a manager and a volunteer of one node, and some of the others.
    pub fn cast(chance: &Chance, hubs: usize) -> Vec<Self> {
        let takes_part = |at: usize| at < 2 || chance.one_in(if at == 8 { 5 } else { 2 });
        let cast: Vec<_> = CAST.iter().enumerate().filter(|(at, _)| takes_part(*at)).collect();
        cast.into_iter().map(|(at, (account, hub_roles))| Self::new(at, account, hub_roles, chance, hubs)).collect()
    }

    fn new(at: usize, account: &str, hub_roles: &[&str], chance: &Chance, hubs: usize) -> Self {
        let (password, hub_roles) = (format!("password of {account}"), roles(hub_roles));
        let account_id = account.parse().unwrap();
        let key = SigningKey::from_bytes(&device_seed(&account_id, &password));
        let seat = (!hub_roles.is_empty()).then(|| Seat::new(account_id, password.clone(), REGION, &hub_roles));
        Self {
            name: if at == 8 { "man1'".to_owned() } else { account.to_owned() },
            seat,
            hub_roles,
            password,
            key,
            disk: MemoryStore::new(),
            jar: RefCell::default(),
            skew: Cell::new(0),
            hub: Cell::new(chance.below(hubs as u64) as usize),
            full: Cell::new(false),
            locked: Cell::new(false),
            later: chance.one_in(4),
            revoked: account == "gone",
            alive: Cell::new(false),
            also: RefCell::default(),
            nudges: RefCell::default(),
        }
    }

    pub fn device(&self) -> DeviceKey {
        DeviceKey(self.key.verifying_key().to_bytes())
    }

    /// Makes its account on a hub.
    pub fn register(&self, couch: &Couch) {
        if let Some(seat) = &self.seat {
            let entry = (self.password.clone(), self.hub_roles.clone());
            couch.accounts.borrow_mut().insert(seat.account.to_string(), entry);
        }
    }

    /// The databases of which it keeps a copy.
    pub fn databases(&self) -> Vec<Database> {
        databases(REGION, self.seat.as_ref(), &standing)
    }

    /// The names of the databases that it reads, or was made to read.
    pub fn reads(&self) -> BTreeSet<String> {
        self.databases().iter().chain(self.also.borrow().iter()).map(Database::to_string).collect()
    }

    pub fn nudge(&self, trigger: Trigger) {
        if let Some(nudges) = self.nudges.borrow().as_ref() {
            // A phone that died meanwhile hears nothing.
            let _unheard = nudges.unbounded_send(trigger);
        }
    }
}

/// The phone's app as it sees the rest: a store and a hub, which break a rule where the run is to show that this is found.
pub struct App {
    pub scene: Rc<Scene>,
    pub at: usize,
    pub store: Mistaken,
    pub hub: Crooked,
}

impl App {
    pub fn of(scene: &Rc<Scene>, at: usize) -> Self {
        let store = Mistaken { shelf: Shelf { scene: scene.clone(), phone: at }, flaw: scene.flaw };
        let hub = Crooked { line: Line { scene: scene.clone(), phone: at }, flaw: scene.flaw };
        Self { scene: scene.clone(), at, store, hub }
    }

    pub fn phone(&self) -> &Phone {
        &self.scene.phones[self.at]
    }

    pub fn now(&self) -> Millis {
        self.scene.phone_clock(self.at)
    }

    /// One round, as the app runs it.
    pub async fn round(&self, eager: bool) -> RoundReport {
        let (scene, phone) = (&self.scene, self.phone());
        if let Err(error) = self.store.recover().await {
            scene.note(&phone.name, format_args!("can't begin a round: {error}"));
            return RoundReport { link: civmesh_sync::engine::Link::StoreFailed, ..RoundReport::default() };
        }
        if phone.name == "coo" && scene.chance.one_in(8) && !scene.calm.get() {
            phone.also.borrow_mut().insert(Database::Node(REGION, node("s001")));
        }
        let also: Vec<Database> = phone.also.borrow().iter().cloned().collect();
        let password = (!phone.locked.get()).then(|| phone.password.clone());
        let seat = phone.seat.clone().map(|seat| Seat { password, ..seat });
        let time = scene.time.clone();
        let pause = move || -> LocalBoxFuture<'static, ()> { time.turn().boxed_local() };
        let report = sync_once(Round {
            store: &self.store,
            hub: &self.hub,
            region: REGION,
            seat: seat.as_ref(),
            standing: &standing,
            eager,
            also: &also,
            now: &|| self.now(),
            random: &mut || scene.chance.next() as u32,
            pause: &pause,
            progress: &mut |_| {},
        })
        .await;
        let RoundReport { pushed, refused, retry, pulled, heads, expired, link, .. } = &report;
        let (new, troubles) = (report.new_events.len(), &report.troubles);
        scene.note(
            &phone.name,
            format_args!(
                "round: {link:?}, {pushed} received, {refused} refused, {retry} again, {heads} heads, {pulled} pulled, {new} new, \
                 {expired} expired, skipped {:?}, {troubles:?}",
                report.skipped
            ),
        );
        if scene.calm.get() && !report.skipped.is_empty() {
            scene.fail(format!("{} passed over {:?}", phone.name, report.skipped));
        }
        report
    }

    async fn sync(self, mut nudges: UnboundedReceiver<Trigger>) {
        let (scene, mut schedule, mut trigger) = (self.scene.clone(), Schedule::default(), Trigger::Start);
        loop {
            if schedule.begin(trigger, self.now()) {
                let report = self.round(trigger.is_eager()).await;
                let next = schedule.end(&report, self.phone().seat.is_some(), true, self.now(), scene.chance.next() as u32);
                trigger = self.wait(next, &mut nudges).await;
            } else {
                scene.time.sleep(1_000).await;
                trigger = Trigger::Timer;
            }
        }
    }

    /// Waits for the timer, for somebody who nudges, and at the hub for news.
    async fn wait(&self, next: Next, nudges: &mut UnboundedReceiver<Trigger>) -> Trigger {
        let timer = self.scene.time.sleep(self.now().age(next.at));
        let asks = async {
            let databases = self.phone().databases();
            if next.watch && matches!(watch(&self.store, &self.hub, &databases).await, Ok(News::Some)) {
                return Trigger::News;
            }
            futures::future::pending().await
        };
        let nudged = async { nudges.next().await.unwrap_or(Trigger::Timer) };
        pin_mut!(asks, nudged);
        match select(select(nudged, asks), timer).await {
            Either::Left((Either::Left((trigger, _)) | Either::Right((trigger, _)), _)) => trigger,
            Either::Right(_) => Trigger::Timer,
        }
    }
}

/// Switches the phone on.
pub fn boot(scene: &Rc<Scene>, at: usize) {
    let phone = &scene.phones[at];
    let (tell, told) = unbounded();
    *phone.nudges.borrow_mut() = Some(tell);
    phone.alive.set(true);
    scene.note(&phone.name, format_args!("is switched on"));
    scene.time.spawn(Owner::Phone(at), App::of(scene, at).sync(told));
    scene.time.spawn(Owner::Phone(at), writing::write(App::of(scene, at)));
}

/// The name of the database that only this node's staff reads.
pub fn node_database(of: &str) -> String {
    database(&format!("node-{of}"))
}
