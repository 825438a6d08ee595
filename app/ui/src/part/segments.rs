//! One of a few, side by side or in a row that wraps.

use crate::state::use_app;
use crate::words::{Words, t};
use civmesh_domain::text::Language;
use leptos::prelude::*;

/// How the choices are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Side by side, as wide as the page.
    Segments,
    /// One after the other, wrapping.
    Chips,
}

/// One of a few values: `is` says which it is now, `choose` hears another.
pub fn one_of<T: Copy + PartialEq + Send + Sync + 'static>(
    (name, legend, shape): (&'static str, Words, Shape),
    all: Vec<T>,
    say: impl Fn(Language, T) -> String + Copy + Send + Sync + 'static,
    is: impl Fn(T) -> bool + Copy + Send + Sync + 'static,
    choose: impl Fn(T) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let app = use_app();
    let (class, label) = match shape {
        Shape::Segments => ("segments", ""),
        Shape::Chips => ("chips wrap", "chip"),
    };
    let one = move |value: T| {
        view! {
            <label class=label>
                <input type="radio" name=name prop:checked=move || is(value) on:change=move |_| choose(value) />
                {move || say(app.language.get(), value)}
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend class="label">{t(legend)}</legend>
            <div class=class>{all.into_iter().map(one).collect_view()}</div>
        </fieldset>
    }
}
