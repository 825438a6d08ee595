//! The frame around every screen, and the routes: the whole state of a screen is in its address, so that back, links and reload work.

use crate::locale::common;
use crate::page;
use crate::part::places::Places;
use crate::part::strip::Strip;
use crate::part::toast::Toasts;
use crate::part::update::UpdateNotice;
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
                    <Routes fallback=page::not_found::NotFound>
                        <Route path=path!("/") view=page::find::Find />
                        <Route path=path!("/place") view=page::place::ChoosePlace />
                        <Route path=path!("/node/:id") view=page::node::NodePage />
                        <Route path=path!("/going/:id") view=page::going::Going />
                        <Route path=path!("/check-in") view=page::check_in::CheckInPage />
                        <Route path=path!("/checklist") view=page::checklist::Checklist />
                        <Route path=path!("/run/:id") view=page::run::RunPage />
                        <Route path=path!("/report") view=page::report::ReportPage />
                        <Route path=path!("/status") view=page::status::StatusPage />
                        <Route path=path!("/records") view=page::records::Records />
                        <Route path=path!("/records/:id") view=page::record::RecordPage />
                        <Route path=path!("/more") view=page::more::More />
                        <Route path=path!("/seat") view=page::seat::SeatPage />
                        <Route path=path!("/region") view=page::region::RegionPage />
                        <Route path=path!("/about") view=page::about::About />
                    </Routes>
                </main>
                <Places />
            </div>
            <Toasts />
        </Router>
    }
}
