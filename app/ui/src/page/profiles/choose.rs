//! Choosing a PIN: typed, and typed once more.

use crate::locale::lock as words;
use crate::part::icon::Icon;
use crate::part::pin_pad::PinPad;
use crate::words::{Words, t};
use civmesh_domain::personnel::profile::pin::{BadPin, Pin};
use leptos::prelude::*;

/// Two steps on one pad.
#[component]
pub fn ChoosePin(#[prop(into)] busy: Signal<bool>, on_chosen: impl Fn(Pin) + Copy + Send + Sync + 'static) -> impl IntoView {
    let (first, error) = (RwSignal::new(None::<String>), RwSignal::new(None::<Words>));
    let take = move |digits: String| {
        error.set(None);
        match first.get_untracked() {
            None => match Pin::chosen(&digits) {
                Ok(_) => first.set(Some(digits)),
                Err(bad) => error.set(Some(why_bad(bad))),
            },
            Some(before) => {
                first.set(None);
                match Pin::chosen(&digits).ok().filter(|_| before == digits) {
                    Some(pin) => on_chosen(pin),
                    None => error.set(Some(words::NOT_THE_SAME)),
                }
            }
        }
    };
    let is_second = Memo::new(move |_| first.with(Option::is_some));
    view! {
        <p class="hint">{t(words::PIN_HINT)}</p>
        {move || if is_second.get() {
            view! { <PinPad label=words::PIN_AGAIN done=words::SET off=busy on_done=take /> }.into_any()
        } else {
            view! { <PinPad label=words::PIN_NEW done=words::NEXT off=busy on_done=take /> }.into_any()
        }}
        <div role="alert">
            {move || busy.get().then(|| view! { <p class="note">{t(words::SETTING)}</p> })}
            {move || error.get().map(|words| view! { <p class="error"><Icon name="alert" />{t(words)}</p> })}
        </div>
    }
}

fn why_bad(bad: BadPin) -> Words {
    match bad {
        BadPin::TooShort | BadPin::TooLong | BadPin::NotDigits => words::PIN_HINT,
        BadPin::TooSimple => words::TOO_SIMPLE,
    }
}
