//! The frame around every screen, and the routes: the whole state of a screen is in its address, so that back, links and reload work.

use crate::locale::common;
use crate::page;
use crate::part::later::{KeepingNotices, Later};
use crate::part::places::Places;
use crate::part::strip::Strip;
use crate::part::toast::Toasts;
use crate::part::update::UpdateNotice;
use crate::rest::Screen;
use crate::state::{self, AppState};
use crate::words::t;
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let app = AppState::new();
    provide_context(app);
    state::appearance::follow(app);
    state::boot::start(app);
    view! {
        <Router>
            <a class="skip" href="#page">{t(common::SKIP)}</a>
            <div class="app" class:exercise-frame=move || app.is_exercise()>
                <Strip />
                <main class="page" id="page" tabindex="-1">
                    <UpdateNotice />
                    <KeepingNotices />
                    <Routes fallback=page::not_found::NotFound>
                        <Route path=path!("/") view=page::find::Find />
                        <Route path=path!("/place") view=|| view! { <Later screen=Screen::Place /> } />
                        <Route path=path!("/map") view=|| view! { <Later screen=Screen::Map /> } />
                        <Route path=path!("/node/:id") view=|| view! { <Later screen=Screen::Node /> } />
                        <Route path=path!("/going/:id") view=|| view! { <Later screen=Screen::Going /> } />
                        <Route path=path!("/check-in") view=|| view! { <Later screen=Screen::CheckIn /> } />
                        <Route path=path!("/checklist") view=|| view! { <Later screen=Screen::Checklist /> } />
                        <Route path=path!("/run/:id") view=|| view! { <Later screen=Screen::Run /> } />
                        <Route path=path!("/report") view=|| view! { <Later screen=Screen::Report /> } />
                        <Route path=path!("/status") view=|| view! { <Later screen=Screen::Status /> } />
                        <Route path=path!("/records") view=|| view! { <Later screen=Screen::Records /> } />
                        <Route path=path!("/records/:id") view=|| view! { <Later screen=Screen::Record /> } />
                        <Route path=path!("/more") view=|| view! { <Later screen=Screen::More /> } />
                        <Route path=path!("/seat") view=|| view! { <Later screen=Screen::Seat /> } />
                        <Route path=path!("/join") view=|| view! { <Later screen=Screen::Join /> } />
                        <Route path=path!("/people") view=|| view! { <Later screen=Screen::People /> } />
                        <Route path=path!("/invite") view=|| view! { <Later screen=Screen::Invite /> } />
                        <Route path=path!("/invite/:number") view=|| view! { <Later screen=Screen::Invited /> } />
                        <Route path=path!("/badge") view=|| view! { <Later screen=Screen::Badge /> } />
                        <Route path=path!("/profiles") view=|| view! { <Later screen=Screen::Profiles /> } />
                        <Route path=path!("/region") view=|| view! { <Later screen=Screen::Region /> } />
                        <Route path=path!("/coverage") view=|| view! { <Later screen=Screen::Coverage /> } />
                        <Route path=path!("/zone") view=|| view! { <Later screen=Screen::Zone /> } />
                        <Route path=path!("/correction") view=|| view! { <Later screen=Screen::Correction /> } />
                        <Route path=path!("/danger") view=|| view! { <Later screen=Screen::Danger /> } />
                        <Route path=path!("/declare") view=|| view! { <Later screen=Screen::Declare /> } />
                        <Route path=path!("/upkeep") view=|| view! { <Later screen=Screen::Upkeep /> } />
                        <Route path=path!("/about") view=|| view! { <Later screen=Screen::About /> } />
                    </Routes>
                </main>
                <Places />
            </div>
            <Toasts />
        </Router>
    }
}
