//! Long work that pauses now and then, so that a screen has its turn in between. On a laptop it is done at once.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// What is done between two pieces of long work.
pub trait Pauses {
    /// Comes back when the work is to go on. It is asked after every few milliseconds of work, and may come back at once.
    fn pause(&self) -> impl Future<Output = ()>;
}

/// For who has nothing else to do.
#[derive(Clone, Copy, Debug, Default)]
pub struct AtOnce;

impl Pauses for AtOnce {
    async fn pause(&self) {}
}

/// What work comes to that never waits: the same code with pauses that are none.
pub fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
    }
}
