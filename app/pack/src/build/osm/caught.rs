//! The library trusts a file's own numbers in places, and panics where they can't be. That is caught here, and nothing is printed of it: what
//! is wrong is the file, and whoever reads it says so.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook, take_hook};
use std::sync::Once;

/// In the paths of their sources.
const LIBRARIES: [&str; 2] = ["osmpbf-", "protobuf-"];

/// What a thread is doing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Elsewhere,
    Reading,
    /// The library has panicked.
    Wrong,
}

thread_local! {
    static STATE: Cell<State> = const { Cell::new(State::Elsewhere) };
}

/// What `read` returns; `None` where the library panicked in it. A panic of anything else goes on.
pub fn caught<T>(read: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            let is_theirs = panic.location().is_some_and(|at| LIBRARIES.iter().any(|name| at.file().contains(name)));
            if is_theirs && STATE.get() == State::Reading { STATE.set(State::Wrong) } else { before(panic) }
        }));
    });
    STATE.set(State::Reading);
    let outcome = catch_unwind(AssertUnwindSafe(read));
    match (outcome, STATE.replace(State::Elsewhere)) {
        (Ok(value), _) => Some(value),
        (Err(_), State::Wrong) => None,
        (Err(panic), _) => resume_unwind(panic),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_that_is_not_the_librarys_goes_on() {
        assert_eq!(caught(|| 5), Some(5));
        assert!(catch_unwind(|| caught(|| assert_eq!(1, 2))).is_err());
        assert!(STATE.get() == State::Elsewhere);
    }
}
