//! What can go wrong, how often it does in one run, and how often it did.

use crate::chance::Chance;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How bad the world is in one run: each goes wrong once in so many times, never for 0.
#[derive(Clone, Debug)]
pub struct Temper {
    /// A request, or its answer.
    pub network: u64,
    /// A phone dies at an await.
    pub crash: u64,
    /// A transaction finds the device full or the database gone.
    pub store: u64,
    /// Milliseconds between two changes of the weather.
    pub weather: u64,
    /// Whose clocks jump.
    pub clocks: Clocks,
}

/// What is deleted for ever has to be due by two clocks, so in one run either the phones' are wrong by more than an event's clock may be, or
/// the hubs'.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clocks {
    Right,
    /// All, by minutes.
    Minutes,
    /// Phones by days and years, hubs by minutes.
    PhonesFar,
    /// Hubs by days and years, phones by minutes.
    HubsFar,
}

impl Temper {
    pub fn draw(chance: &Chance) -> Self {
        Self {
            network: *chance.pick(&[0, 40, 12, 6, 3]),
            crash: *chance.pick(&[0, 0, 900, 300, 120]),
            store: *chance.pick(&[0, 0, 150, 40]),
            weather: *chance.pick(&[60_000, 30_000, 10_000]),
            clocks: *chance.pick(&[Clocks::Right, Clocks::Minutes, Clocks::PhonesFar, Clocks::PhonesFar, Clocks::HubsFar]),
        }
    }
}

/// What went wrong, by kind.
#[derive(Default)]
pub struct Faults(RefCell<BTreeMap<&'static str, u64>>);

impl Faults {
    pub fn count(&self, kind: &'static str) {
        *self.0.borrow_mut().entry(kind).or_default() += 1;
    }

    pub fn all(&self) -> BTreeMap<&'static str, u64> {
        self.0.borrow().clone()
    }
}

/// What becomes of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Well,
    /// It never arrives.
    LostRequest,
    /// It is done, and its answer is lost.
    LostAnswer,
    /// It arrives when the phone has long given up, and maybe has asked again.
    Late,
    /// Something on the way asks twice.
    Repeated,
    /// It is not done; an answer with this status comes.
    Status(u16),
    /// It is done; the answer is cut off or has become something else.
    Mangled,
    /// The sign-in page of a public network answers.
    Captive,
}

impl Fate {
    pub fn draw(chance: &Chance, network: u64) -> Self {
        if !chance.one_in(network) {
            return Self::Well;
        }
        let statuses = [500, 502, 503, 504, 429, 401, 404, 413, 400, 403];
        match chance.below(10) {
            0 | 1 => Self::LostRequest,
            2..=4 => Self::LostAnswer,
            5 => Self::Late,
            6 => Self::Repeated,
            7 => Self::Status(*chance.pick(&statuses)),
            8 => Self::Mangled,
            _ => Self::Captive,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Well => "none",
            Self::LostRequest => "lost requests",
            Self::LostAnswer => "lost answers",
            Self::Late => "late requests",
            Self::Repeated => "repeated requests",
            Self::Status(_) => "statuses out of turn",
            Self::Mangled => "mangled answers",
            Self::Captive => "sign-in pages",
        }
    }
}
