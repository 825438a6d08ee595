//! What CivMesh is, whose idea it is, and the numbers to call first.

use crate::locale::{about, more};
use crate::part::icon::Icon;
use crate::state::use_app;
use crate::words::{Words, t};
use leptos::prelude::*;
use leptos_router::components::A;

const NUMBERS: [(&str, Words); 3] = [("119", about::FIRE), ("110", about::POLICE), ("1991", about::MESSAGE_LINE)];

/// The screen.
#[component]
pub fn About() -> impl IntoView {
    let app = use_app();
    let shell = move || app.update.with(|update| update.installed.clone()).unwrap_or_else(|| t(about::SHELL_NONE)().to_owned());
    view! {
        <div class="page-head">
            <A href="/more" attr:class="back"><Icon name="back" />{t(more::TITLE)}</A>
            <h1>{t(about::TITLE)}</h1>
        </div>
        <p>{t(about::WHAT)}</p>
        <div class="columns">
            <section class="section">
                <h2>{t(about::EMERGENCY)}</h2>
                <p class="note">{t(about::EMERGENCY_NOTE)}</p>
                <div class="buttons">
                    {NUMBERS.map(|(number, who)| view! {
                        <a class="button" href=format!("tel:{number}")>
                            <Icon name="phone" />{move || about::call(app.language.get(), number, who.get(app.language.get()))}
                        </a>
                    })}
                </div>
            </section>
            <section class="section">
                <h2>{t(about::APP)}</h2>
                <dl class="facts">
                    <dt>{t(about::VERSION)}</dt>
                    <dd>{env!("CARGO_PKG_VERSION")}</dd>
                    <dt>{t(about::SHELL)}</dt>
                    <dd class="code">{shell}</dd>
                    <dt>{t(about::LICENCE)}</dt>
                    <dd>{t(about::LICENCE_NOTE)}</dd>
                    <dt>{t(about::IDEA)}</dt>
                    <dd>{t(about::IDEA_NOTE)}</dd>
                    <dt>{t(about::DATA)}</dt>
                    <dd>{t(about::DATA_NOTE)}" "<A href="/region">{t(more::REGION)}</A></dd>
                    <dt>{t(about::PRIVACY)}</dt>
                    <dd>{t(about::PRIVACY_NOTE)}</dd>
                </dl>
            </section>
        </div>
    }
}
