//! One thread, many tasks, and time that passes only when nobody has anything to do. Which of the tasks that can go on goes on next is
//! drawn, so that every await is a place where anything else may happen first, and where a phone may die.

use crate::chance::Chance;
use futures::future::LocalBoxFuture;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// Whose task it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Dies with the phone.
    Phone(usize),
    /// The network, the hubs, the weather.
    World,
}

/// Time as it really is, in milliseconds. Phones and hubs have clocks of their own.
#[derive(Clone, Default)]
pub struct Time(Rc<Inner>);

#[derive(Default)]
struct Inner {
    now: Cell<u64>,
    count: Cell<u64>,
    timers: RefCell<BTreeMap<(u64, u64), Waker>>,
    born: RefCell<Vec<(Owner, LocalBoxFuture<'static, ()>)>>,
}

impl Time {
    pub fn starting(at: u64) -> Self {
        let time = Self::default();
        time.0.now.set(at);
        time
    }

    pub fn now(&self) -> u64 {
        self.0.now.get()
    }

    /// Lets so much time pass for everybody at once.
    pub fn leap(&self, milliseconds: u64) {
        self.0.now.set(self.now() + milliseconds);
    }

    pub fn sleep(&self, milliseconds: u64) -> Sleep {
        self.0.count.set(self.0.count.get() + 1);
        Sleep { time: self.clone(), key: (self.now() + milliseconds, self.0.count.get()), begun: false }
    }

    /// Lets anybody else go first.
    pub fn turn(&self) -> Sleep {
        self.sleep(0)
    }

    /// Begins a task.
    pub fn spawn(&self, owner: Owner, task: impl Future<Output = ()> + 'static) {
        self.0.born.borrow_mut().push((owner, Box::pin(task)));
    }

    /// Moves on to the next moment at which somebody wants to be woken.
    fn pass(&self) -> bool {
        let Some((&key, _)) = self.0.timers.borrow().first_key_value() else { return false };
        self.0.now.set(self.now().max(key.0));
        self.ring();
        true
    }

    fn ring(&self) {
        let due: Vec<(u64, u64)> = self.0.timers.borrow().range(..=(self.now(), u64::MAX)).map(|(&key, _)| key).collect();
        let wakers: Vec<Waker> = due.iter().filter_map(|key| self.0.timers.borrow_mut().remove(key)).collect();
        wakers.into_iter().for_each(Waker::wake);
    }
}

/// Ready once the time has come, and never at once.
pub struct Sleep {
    time: Time,
    key: (u64, u64),
    begun: bool,
}

impl Future for Sleep {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut timers = self.time.0.timers.borrow_mut();
        if self.begun && !timers.contains_key(&self.key) {
            return Poll::Ready(());
        }
        timers.insert(self.key, context.waker().clone());
        drop(timers);
        self.begun = true;
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.time.0.timers.borrow_mut().remove(&self.key);
    }
}

struct Alarm {
    task: u64,
    woken: Arc<Mutex<BTreeSet<u64>>>,
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.woken.lock().unwrap().insert(self.task);
    }
}

/// What a step was.
pub enum Step {
    /// A task of this owner went on, and waits again or has ended.
    Polled(Owner),
    /// Nobody has anything to do any more.
    Quiet,
}

pub struct Executor {
    time: Time,
    tasks: BTreeMap<u64, (Owner, LocalBoxFuture<'static, ()>)>,
    woken: Arc<Mutex<BTreeSet<u64>>>,
    count: u64,
}

impl Executor {
    pub fn new(time: &Time) -> Self {
        Self { time: time.clone(), tasks: BTreeMap::new(), woken: Arc::default(), count: 0 }
    }

    /// Ends all tasks of this owner where they stand.
    pub fn kill(&mut self, owner: Owner) {
        self.adopt();
        self.tasks.retain(|_, (of, _)| *of != owner);
    }

    fn adopt(&mut self) {
        for (owner, task) in self.time.0.born.take() {
            self.count += 1;
            self.tasks.insert(self.count, (owner, task));
            self.woken.lock().unwrap().insert(self.count);
        }
    }

    fn draw(&mut self, chance: &Chance) -> Option<u64> {
        let mut woken = self.woken.lock().unwrap();
        woken.retain(|task| self.tasks.contains_key(task));
        let at = chance.below(woken.len() as u64) as usize;
        let task = woken.iter().nth(at).copied()?;
        woken.remove(&task);
        Some(task)
    }

    /// Lets one task go on.
    pub fn step(&mut self, chance: &Chance) -> Step {
        loop {
            self.adopt();
            self.time.ring();
            let Some(id) = self.draw(chance) else {
                if self.time.pass() {
                    continue;
                }
                return Step::Quiet;
            };
            let waker = Arc::new(Alarm { task: id, woken: self.woken.clone() }).into();
            let (owner, task) = self.tasks.get_mut(&id).unwrap();
            let owner = *owner;
            if task.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
                self.tasks.remove(&id);
            }
            return Step::Polled(owner);
        }
    }
}
