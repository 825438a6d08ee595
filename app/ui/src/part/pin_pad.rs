//! Big keys for a PIN. The digits are nowhere in the page, so that nothing keeps them: only how many there are is shown.

use super::icon::Icon;
use crate::locale::lock as words;
use crate::state::use_app;
use crate::words::{Words, t};
use civmesh_domain::personnel::profile::pin::{LONGEST, SHORTEST};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// A pad that hands on what was typed when it is done, and is empty again.
#[component]
pub fn PinPad(
    /// What is asked for.
    label: Words,
    /// What the last key says.
    done: Words,
    /// Whether it takes nothing now.
    #[prop(into)]
    off: Signal<bool>,
    /// Told the digits.
    on_done: impl Fn(String) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let app = use_app();
    let digits = RwSignal::new(String::new());
    let count = move || digits.with(String::len);
    let add = move |digit: char| {
        if !off.get_untracked() && digits.with_untracked(String::len) < LONGEST {
            digits.update(|digits| digits.push(digit));
        }
    };
    let finish = move || {
        if !off.get_untracked() && digits.with_untracked(String::len) >= SHORTEST {
            on_done(digits.with_untracked(Clone::clone));
            digits.set(String::new());
        }
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Backspace" => digits.update(|digits| digits.truncate(digits.len().saturating_sub(1))),
        "Enter" if event.target() == event.current_target() => finish(),
        key => key.chars().next().filter(|digit| key.len() == 1 && digit.is_ascii_digit()).into_iter().for_each(add),
    };
    let digit = move |digit: char| {
        view! { <button type="button" class="key" aria-disabled=move || off.get().to_string() on:click=move |_| add(digit)>{digit.to_string()}</button> }
    };
    view! {
        <div class="pin-pad" role="group" aria-label=t(label) tabindex="0" on:keydown=on_key>
            <p class="label" aria-hidden="true">{t(label)}</p>
            <p class="dots">
                <span aria-hidden="true">{move || if count() == 0 { "–".to_owned() } else { "●".repeat(count()) }}</span>
                <span class="visually-hidden" role="status">{move || words::digits(app.language.get(), count())}</span>
            </p>
            <div class="keys">
                {('1'..='9').map(digit).collect_view()}
                <button type="button" class="key" aria-label=t(words::BACKSPACE) on:click=move |_| digits.update(|digits| digits.truncate(digits.len().saturating_sub(1)))>
                    <Icon name="back" />
                </button>
                {digit('0')}
                <button type="button" class="key done" aria-disabled=move || (off.get() || count() < SHORTEST).to_string() on:click=move |_| finish()>
                    {t(done)}
                </button>
            </div>
        </div>
    }
}
