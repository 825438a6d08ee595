//! A whole number by thumb or keyboard. Empty is "not counted", which is not zero.

use super::icon::Icon;
use crate::locale::common;
use crate::words::t;
use leptos::prelude::*;

/// The largest number that can be entered.
const MOST: u32 = 999_999;

/// A number between two buttons.
#[component]
pub fn Stepper(
    /// The number.
    value: RwSignal<Option<u32>>,
    /// The input's identifier, for its label.
    id: &'static str,
    /// The identifier of what describes it: its unit, an error.
    #[prop(default = "")]
    described_by: &'static str,
) -> impl IntoView {
    let less = move |_| value.update(|value| *value = value.map(|count| count.saturating_sub(1)).or(Some(0)));
    let more = move |_| value.update(|value| *value = Some(value.map_or(1, |count| (count + 1).min(MOST))));
    let read = move |event| {
        let digits: String =
            event_target_value(&event).chars().filter_map(|c| c.to_digit(10)).filter_map(|d| char::from_digit(d, 10)).collect();
        value.set(digits.parse::<u32>().ok().map(|count| count.min(MOST)));
    };
    view! {
        <div class="stepper">
            <button class="button round" type="button" aria-label=t(common::FEWER) on:click=less><Icon name="minus" /></button>
            <input
                class="input"
                id=id
                inputmode="numeric"
                autocomplete="off"
                aria-describedby=described_by
                prop:value=move || value.get().map(|count| count.to_string()).unwrap_or_default()
                on:input=read
            />
            <button class="button round" type="button" aria-label=t(common::MORE_OF_IT) on:click=more><Icon name="plus" /></button>
        </div>
    }
}
