//! The page's side of the service worker: registering it, hearing of new versions, letting one take over.

use leptos::prelude::window;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

/// What is heard of the worker.
pub enum News {
    /// This version is whole on the phone and serves the app.
    Installed(String),
    /// A newer version is whole on the phone and waits.
    Waiting,
}

fn container() -> Option<ServiceWorkerContainer> {
    let container = js_sys::Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()?;
    container.is_object().then(|| container.unchecked_into())
}

/// Registers the worker and tells `hear` what becomes of it, for as long as the page lives. A worker that is here is followed at once:
/// registering it anew may have to wait while the browser looks for an update.
pub fn register(hear: impl Fn(News) + 'static) {
    let Some(container) = container() else { return };
    let hear: Rc<dyn Fn(News)> = Rc::new(hear);
    let (ready, told) = (container.ready(), hear.clone());
    spawn_local(async move {
        if let Ok(ready) = ready
            && let Ok(registration) = JsFuture::from(ready).await
        {
            ask_version(registration.unchecked_ref(), told);
        }
    });
    spawn_local(async move {
        let registering = container.register("/sw.js");
        let registration = match registration().await {
            Some(registration) => registration,
            None => match JsFuture::from(registering).await {
                Ok(registration) => registration.unchecked_into(),
                Err(_) => return,
            },
        };
        watch(&container, &registration, hear.clone());
        tell(&registration, &hear);
    });
}

/// Listeners live as long as the page, so they are never taken back.
fn watch(container: &ServiceWorkerContainer, registration: &ServiceWorkerRegistration, hear: Rc<dyn Fn(News)>) {
    let found = registration.clone();
    let on_found = Closure::<dyn FnMut()>::new(move || {
        let Some(arriving) = found.installing() else { return };
        let (found, hear) = (found.clone(), hear.clone());
        let on_change = Closure::<dyn FnMut()>::new(move || tell(&found, &hear));
        arriving.set_onstatechange(Some(on_change.as_ref().unchecked_ref()));
        on_change.forget();
    });
    registration.set_onupdatefound(Some(on_found.as_ref().unchecked_ref()));
    on_found.forget();

    // The very first worker takes charge of a page that runs its own version already; only a change of worker needs a fresh start.
    let had_worker = Cell::new(container.controller().is_some());
    let on_takeover = Closure::<dyn FnMut()>::new(move || {
        if had_worker.replace(true) {
            // Where the page can't start anew by itself, the person will.
            let _stays = window().location().reload();
        }
    });
    container.set_oncontrollerchange(Some(on_takeover.as_ref().unchecked_ref()));
    on_takeover.forget();
}

fn tell(registration: &ServiceWorkerRegistration, hear: &Rc<impl Fn(News) + ?Sized>) {
    let is_update = container().is_some_and(|container| container.controller().is_some());
    if is_update && registration.waiting().is_some_and(|worker| worker.state() == ServiceWorkerState::Installed) {
        hear(News::Waiting);
    }
}

fn ask_version(registration: &ServiceWorkerRegistration, hear: Rc<impl Fn(News) + ?Sized + 'static>) {
    let (Some(worker), Ok(channel)) = (registration.active(), web_sys::MessageChannel::new()) else { return };
    let answer = Closure::once_into_js(move |event: web_sys::MessageEvent| {
        let version = js_sys::Reflect::get(&event.data(), &"version".into()).ok().and_then(|version| version.as_string());
        if let Some(version) = version {
            hear(News::Installed(version));
        }
    });
    channel.port1().set_onmessage(Some(answer.unchecked_ref()));
    post(&worker, "version", Some(&channel.port2()));
}

/// Lets the version that waits take over; the page then starts anew with it.
pub fn take_over() {
    spawn_local(async {
        if let Some(registration) = registration().await
            && let Some(waiting) = registration.waiting()
        {
            post(&waiting, "take-over", None);
        }
    });
}

/// Asks whether there is a newer version.
pub fn look_for_update() {
    spawn_local(async {
        if let Some(registration) = registration().await
            && let Ok(asked) = registration.update()
        {
            // Without a network there is no answer, and the version that is here stays.
            let _stays = JsFuture::from(asked).await;
        }
    });
}

/// The worker's registration, if there is one yet.
pub(super) async fn registration() -> Option<ServiceWorkerRegistration> {
    let found = JsFuture::from(container()?.get_registration()).await.ok()?;
    found.is_object().then(|| found.unchecked_into())
}

fn post(worker: &ServiceWorker, kind: &str, port: Option<&web_sys::MessagePort>) {
    let message = js_sys::Object::new();
    let _plain = js_sys::Reflect::set(&message, &"type".into(), &kind.into());
    let ports: js_sys::Array = port.into_iter().collect();
    // A worker that is gone hears nothing; the next opening of the app asks anew.
    let _gone = worker.post_message_with_transferable(&message, &ports);
}
