//! Who and what takes part in one run: hubs, phones, how the links between them are, and what went wrong so far.

use crate::broken::Flaw;
use crate::chance::Chance;
use crate::check::Truth;
use crate::executor::Time;
use crate::fault::{Faults, Temper};
use crate::model::{Backup, Couch};
use crate::phone::Phone;
use crate::region;
use crate::replication::Checkpoints;
use crate::world::{REGION, START, database, roles};
use civmesh_domain::body::Kind;
use civmesh_domain::unit::Millis;
use serde_json::json;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::rc::Rc;

/// The number of a kind that only phones and hubs of a later version know, and its name there.
pub const LATER_KIND: (u16, &str) = (77, "bulletin");
/// The account under which hubs hand on to each other what they have.
pub const REPLICATOR: &str = "rep";
pub const DATABASES: &[&str] = &["public", "ops", "relay", "node-s001", "node-s002", "node-unlisted"];

/// A hub, and the clock that it has.
pub struct Site {
    pub couch: Couch,
    pub skew: Rc<Cell<i64>>,
    /// Sessions of an earlier secret count for nothing.
    pub secret: Cell<u64>,
    /// The last back-up.
    pub backup: RefCell<Option<Backup>>,
    pub name: char,
}

pub struct Scene {
    pub time: Time,
    pub chance: Chance,
    pub hubs: Vec<Site>,
    pub phones: Vec<Phone>,
    /// Links that are down: of a phone to a hub, of a hub to a hub.
    pub cut: RefCell<BTreeSet<(Node, Node)>>,
    /// How far each hub has handed on what it has to each other.
    pub checkpoints: Checkpoints,
    /// How often a hub was restored.
    pub restored: Cell<u32>,
    pub truth: Truth,
    pub faults: Faults,
    pub temper: Temper,
    /// Nothing goes wrong any more.
    pub calm: Cell<bool>,
    /// The rule of the protocol that is broken on purpose in this run.
    pub flaw: Option<Flaw>,
    trace: RefCell<String>,
    violation: RefCell<Option<String>>,
}

/// One end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    Phone(usize),
    Hub(usize),
}

impl Scene {
    /// The scene that belongs to a seed.
    pub fn new(seed: u64, flaw: Option<Flaw>) -> Rc<Self> {
        let (chance, time) = (Chance::new(seed), Time::starting(START));
        let temper = Temper::draw(&chance);
        let count = *chance.pick(&[1, 1, 2, 2, 2, 3]);
        // Where sequences are plain numbers, as on the embedded hub, there is one hub: from another's number nobody could tell.
        let integers = count == 1 && chance.one_in(3);
        let hubs: Vec<Site> = (0..count).map(|at| site(at, &time, &chance, integers)).collect();
        let phones = Phone::cast(&chance, count);
        let scene = Self {
            time,
            chance,
            hubs,
            phones,
            cut: RefCell::default(),
            checkpoints: RefCell::default(),
            restored: Cell::default(),
            truth: Truth::default(),
            faults: Faults::default(),
            temper,
            calm: Cell::new(false),
            flaw,
            trace: RefCell::default(),
            violation: RefCell::default(),
        };
        for phone in &scene.phones {
            for site in &scene.hubs {
                phone.register(&site.couch);
            }
            region::grant(&scene.hubs[0].couch, phone);
        }
        Rc::new(scene)
    }

    /// Notes what happened, for whoever reads the run again.
    pub fn note(&self, who: &str, what: std::fmt::Arguments<'_>) {
        let passed = self.time.now() - START;
        // Writing to a string does not fail.
        let _ = writeln!(self.trace.borrow_mut(), "{:>9}.{:03} {who:<6} {what}", passed / 1_000, passed % 1_000);
    }

    /// The run has shown what must not be.
    pub fn fail(&self, what: String) {
        self.note("CHECK", format_args!("{what}"));
        self.violation.borrow_mut().get_or_insert(what);
    }

    pub fn violation(&self) -> Option<String> {
        self.violation.borrow().clone()
    }

    pub fn trace(&self) -> String {
        self.trace.borrow().clone()
    }

    pub fn is_cut(&self, one: Node, other: Node) -> bool {
        self.cut.borrow().contains(&(one.min(other), one.max(other)))
    }

    pub fn phone_clock(&self, phone: usize) -> Millis {
        Millis(self.time.now().saturating_add_signed(self.phones[phone].skew.get()))
    }
}

fn site(at: usize, time: &Time, chance: &Chance, integers: bool) -> Site {
    let (time, skew) = (time.clone(), Rc::new(Cell::new(0)));
    let name = char::from(b'a' + at as u8);
    let clock = skew.clone();
    let couch = Couch::new(&name.to_string(), move || time.now().saturating_add_signed(clock.get()));
    for end in DATABASES {
        couch.create(&database(end));
    }
    couch.integer_sequences.set(integers);
    couch.chatty.set(chance.one_in(2));
    couch.accounts.borrow_mut().insert(REPLICATOR.to_owned(), (String::new(), roles(&["replicator", "node:s001", "node:s002"])));
    // Hubs are brought up to date one after the other; all are once the run calms down.
    let mut kinds = couch.kinds.borrow_mut();
    if chance.one_in(3) {
        kinds.lacks.insert(*chance.pick(&[Kind::Report, Kind::StepMarked, Kind::CheckOut]));
    } else {
        kinds.knows.insert(LATER_KIND.0, LATER_KIND.1);
    }
    drop(kinds);
    let node = json!({ "_id": "node:s001", "_rev": "1-00000000000000000000000000000001", "type": "node", "v": 1, "region": REGION });
    couch.databases.borrow_mut().get_mut(&database("public")).unwrap().push(&node);
    Site { couch, skew, secret: Cell::new(1), backup: RefCell::default(), name }
}
