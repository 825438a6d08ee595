//! Marks by which any harness can measure the app, and a clock that nobody sets.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

/// Milliseconds since the page opened, by a clock that nobody sets.
pub fn steady() -> u64 {
    window().performance().map_or(0, |performance| performance.now() as u64)
}

/// Sets `performance.mark(name)`.
pub fn mark(name: &str) {
    if let Some(performance) = window().performance() {
        // A browser without marks measures nothing and loses nothing.
        let _unsupported = performance.mark(name);
    }
}

/// Sets a mark with the number of documents in its detail.
pub fn mark_docs(name: &str, docs: usize) {
    // A browser without marks, or without their details, measures nothing and loses nothing.
    let _unsupported = try_mark_docs(name, docs);
}

fn try_mark_docs(name: &str, docs: usize) -> Result<JsValue, JsValue> {
    let (detail, options) = (js_sys::Object::new(), js_sys::Object::new());
    js_sys::Reflect::set(&detail, &"docs".into(), &JsValue::from_f64(docs as f64))?;
    js_sys::Reflect::set(&options, &"detail".into(), &detail)?;
    let performance = js_sys::Reflect::get(&window(), &"performance".into())?;
    let mark: js_sys::Function = js_sys::Reflect::get(&performance, &"mark".into())?.dyn_into()?;
    mark.call2(&performance, &name.into(), &options)
}
