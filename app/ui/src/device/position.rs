//! Where the phone is. Asked for only when a person presses the button.

use civmesh_domain::unit::{Metres, Place};
use leptos::prelude::window;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Why there is no position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPosition {
    /// The person, or a setting, said no.
    Denied,
    /// The phone could not find out.
    Unavailable,
}

type Callback = Closure<dyn FnMut(JsValue)>;

/// Asks the phone where it is; gives up after 15 seconds, accepts what is a minute old.
pub async fn locate() -> Result<(Place, Metres), NoPosition> {
    let geolocation = window().navigator().geolocation().map_err(|_| NoPosition::Unavailable)?;
    let options = web_sys::PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(15_000);
    options.set_maximum_age(60_000);
    let held: Rc<RefCell<Vec<Callback>>> = Rc::default();
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        let found = Closure::once(move |position: JsValue| {
            let _called = resolve.call1(&JsValue::UNDEFINED, &position);
        });
        let refuse = reject.clone();
        let failed = Closure::once(move |error: JsValue| {
            let _called = refuse.call1(&JsValue::UNDEFINED, &error);
        });
        let asked = geolocation.get_current_position_with_error_callback_and_options(
            found.as_ref().unchecked_ref(),
            Some(failed.as_ref().unchecked_ref()),
            &options,
        );
        held.borrow_mut().extend([found, failed]);
        if let Err(error) = asked {
            let _called = reject.call1(&JsValue::UNDEFINED, &error);
        }
    });
    let answer = JsFuture::from(promise).await;
    drop(held);
    read(answer)
}

fn read(answer: Result<JsValue, JsValue>) -> Result<(Place, Metres), NoPosition> {
    match answer {
        Ok(position) => {
            let coordinates = position.unchecked_into::<web_sys::Position>().coords();
            let place = Place::from_degrees(coordinates.latitude(), coordinates.longitude()).ok_or(NoPosition::Unavailable)?;
            Ok((place, Metres(coordinates.accuracy().clamp(0.0, 1e6).round() as u32)))
        }
        Err(error) => {
            let denied = error.dyn_ref::<web_sys::PositionError>().is_some_and(|error| error.code() == 1);
            Err(if denied { NoPosition::Denied } else { NoPosition::Unavailable })
        }
    }
}
