//! What stands before the screens of staff while the phone is locked. What was half written stays where it was, covered, for the one who
//! wrote it; for anybody else the screen is drawn anew.

mod enter;
mod new;

use crate::locale::{common, lock as words};
use crate::part::icon::Icon;
use crate::state::profile::{Access, unlock};
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::personnel::profile::{Profile, ProfileId};
use enter::Enter;
use leptos::prelude::*;
use leptos_router::components::A;
pub use new::{NewProfile, SignPicker};

/// For whom a screen was drawn, and the how manieth time.
#[derive(Clone, Copy, Default, PartialEq)]
struct Drawn {
    times: u32,
    holder: Option<ProfileId>,
}

impl Drawn {
    fn follow(self, access: Access) -> Self {
        let anew = |holder| Self { times: self.times + 1, holder };
        match (access, self.holder) {
            (Access::Unknown | Access::Locked(_), _) => self,
            (Access::Free, None) if self.times > 0 => self,
            (Access::Free, _) => anew(None),
            // The first profile of a phone is made while somebody is at work.
            (Access::Open(id), None) if self.times > 0 => Self { holder: Some(id), ..self },
            (Access::Open(id), Some(holder)) if id == holder => self,
            (Access::Open(id), _) => anew(Some(id)),
        }
    }
}

/// A screen of staff, behind the PIN where there is one.
#[component]
pub fn Guarded(screen: impl Fn() -> AnyView + Send + 'static) -> impl IntoView {
    let app = use_app();
    let drawn = Memo::new(move |before: Option<&Drawn>| before.copied().unwrap_or_default().follow(app.access.get()));
    let times = Memo::new(move |_| drawn.get().times);
    let locked = Memo::new(move |_| app.is_locked());
    view! {
        {move || (!locked.get()).then(|| view! { <HolderBar /> })}
        <div class="guarded" hidden=move || locked.get() inert=move || locked.get()>
            {move || if times.get() == 0 && !locked.get() {
                view! { <p class="note" role="status">{t(common::LOADING)}</p> }.into_any()
            } else if times.get() == 0 {
                ().into_any()
            } else {
                screen()
            }}
        </div>
        {move || locked.get().then(|| view! { <Lock /> })}
    }
}

/// Who is at work, and the button that locks: where there is a PIN, or somebody else.
#[component]
fn HolderBar() -> impl IntoView {
    let app = use_app();
    let shared =
        move |profile: &Profile| profile.gate.is_some() || app.profiles.with(|list| list.as_ref().is_some_and(|list| list.list.len() > 1));
    move || {
        app.profile().filter(|profile| matches!(app.access.get(), Access::Open(_)) && shared(profile)).map(|profile| {
            let words = if profile.gate.is_some() { words::LOCK } else { words::SWITCH };
            view! {
                <div class="line holder">
                    <span class="note grow"><Icon name="person" />" "{t(words::sign(profile.sign))}</span>
                    <button class="button quiet" on:click=move |_| unlock::lock_everywhere(app)><Icon name="key" />{t(words)}</button>
                </div>
            }
        })
    }
}

/// Who are you, and the PIN.
#[component]
fn Lock() -> impl IntoView {
    let app = use_app();
    let adding = RwSignal::new(false);
    view! {
        <div class="page-head">
            <h1>{t(words::TITLE)}</h1>
            <p class="note">{t(words::WHAT)}</p>
        </div>
        {move || if adding.get() {
            view! {
                <NewProfile />
                <div class="buttons"><button class="button quiet" on:click=move |_| adding.set(false)>{t(common::CANCEL)}</button></div>
            }.into_any()
        } else {
            view! {
                <Enter />
                <section class="section">
                    <div class="buttons">
                        <A href="/" attr:class="button">{t(common::GO_HOME)}</A>
                        {move || has_room(app).then(|| view! {
                            <button class="button quiet" on:click=move |_| adding.set(true)>{t(words::NEW_HERE)}</button>
                        })}
                    </div>
                </section>
            }.into_any()
        }}
    }
}

/// Whether there is room for another profile.
pub fn has_room(app: AppState) -> bool {
    let count = app.profiles.with(|list| list.as_ref().map_or(0, |list| list.list.len()));
    count < civmesh_domain::personnel::profile::MOST_PROFILES
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_screen_is_kept_for_its_holder_and_drawn_anew_for_anybody_else() {
        let (a, b) = (ProfileId([1; 8]), ProfileId([2; 8]));
        let times = |steps: &[Access]| {
            let mut drawn = Drawn::default();
            steps
                .iter()
                .map(|&access| {
                    drawn = drawn.follow(access);
                    drawn.times
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(times(&[Access::Unknown, Access::Free, Access::Open(a), Access::Locked(a), Access::Open(a)]), [0, 1, 1, 1, 1]);
        assert_eq!(times(&[Access::Locked(a), Access::Open(b), Access::Locked(b), Access::Open(a)]), [0, 1, 1, 2]);
        assert_eq!(times(&[Access::Open(a), Access::Free, Access::Open(b)]), [1, 2, 2]);
    }
}
