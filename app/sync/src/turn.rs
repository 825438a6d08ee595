//! Giving the screen its turn in the middle of long work.
//!
//! By a message to oneself: a timer set again and again waits 4 ms each time, and `scheduler.yield` comes back before the answers of database
//! and network, which the work goes on with.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// Comes back once the browser has done what was waiting: input, painting, answers. Where it has no channels, comes back at once.
pub async fn give_way() {
    let Ok(channel) = MessageChannel::new() else { return };
    let received = js_sys::Promise::new(&mut |resolve, _| channel.port1().set_onmessage(Some(&resolve)));
    if channel.port2().post_message(&JsValue::NULL).is_ok() {
        // It is a message: there is nothing in it to go wrong.
        let _received = JsFuture::from(received).await;
    }
    channel.port1().close();
}
