//! Web Locks: what only one of all pages and workers on this phone does at a time.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// One page or worker syncs at a time.
pub const SYNC: &str = "civmesh-sync";

/// Runs `work` while holding the lock `name`, waiting for it while another page or worker has it. Where the browser has no locks, runs it all the same:
/// the store refuses a write that was overtaken.
pub async fn with<T: 'static>(name: &str, work: impl Future<Output = T> + 'static) -> Option<T> {
    let Some((locks, request)) = manager() else { return Some(work.await) };
    let result = Rc::new(RefCell::new(None));
    let kept = result.clone();
    let granted = Closure::once(move |_lock: JsValue| -> js_sys::Promise {
        future_to_promise(async move {
            let value = work.await;
            kept.borrow_mut().replace(value);
            Ok(JsValue::UNDEFINED)
        })
    });
    if let Ok(promise) = request.call2(&locks, &name.into(), granted.as_ref()) {
        // The work's own result is what counts.
        let _ended = JsFuture::from(promise.unchecked_into::<js_sys::Promise>()).await;
    }
    drop(granted);
    result.borrow_mut().take()
}

/// `navigator.locks` and its `request`, which web-sys does not count as stable yet.
fn manager() -> Option<(JsValue, js_sys::Function)> {
    let navigator = js_sys::Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = js_sys::Reflect::get(&navigator, &"locks".into()).ok()?;
    let request = js_sys::Reflect::get(&locks, &"request".into()).ok()?;
    Some((locks, request.dyn_into().ok()?))
}
