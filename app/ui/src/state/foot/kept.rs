//! Answers that may take a while: each is worked out once, and whoever asks too early is told when it is there.

use futures::FutureExt;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Answers by what was asked; `None` while one is worked out.
pub struct Kept<K, V>(Rc<RefCell<HashMap<K, Option<V>>>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Rc::default())
    }
}

impl<K: Copy + Eq + Hash + 'static, V: Clone + 'static> Kept<K, V> {
    /// The answer to `asked`; `None` while `work` is at it, and `ready` is told of its end. In a small town that is at once.
    pub fn get<W: Future<Output = V> + 'static>(&self, asked: K, work: impl FnOnce() -> W, ready: impl FnOnce() + 'static) -> Option<V> {
        if let Some(known) = self.0.borrow().get(&asked) {
            return known.clone();
        }
        let mut work = Box::pin(work());
        let found = work.as_mut().now_or_never();
        self.0.borrow_mut().insert(asked, found.clone());
        if found.is_none() {
            let kept = self.0.clone();
            spawn_local(async move {
                let found = work.await;
                kept.borrow_mut().insert(asked, Some(found));
                ready();
            });
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use civmesh_sync::turn::give_way;
    use std::cell::Cell;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn what_takes_a_while_is_worked_out_once_and_told_of() {
        let (kept, times, told) = (Kept::<u8, u8>::default(), Rc::new(Cell::new(0)), Rc::new(Cell::new(false)));
        let ask = |asked| {
            let (times, told) = (times.clone(), told.clone());
            let work = move || async move {
                times.set(times.get() + 1);
                if asked > 9 {
                    give_way().await;
                }
                asked * 2
            };
            kept.get(asked, work, move || told.set(true))
        };
        assert_eq!((ask(4), ask(4), told.get()), (Some(8), Some(8), false));
        assert_eq!((ask(10), ask(10)), (None, None));
        while !told.get() {
            give_way().await;
        }
        assert_eq!((ask(10), times.get()), (Some(20), 2));
    }
}
