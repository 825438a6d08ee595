//! Language and theme, changed at once.

use crate::locale::more;
use crate::state::appearance::Theme;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::text::Language;
use leptos::prelude::*;

const THEMES: [(Theme, crate::words::Words); 3] =
    [(Theme::System, more::THEME_SYSTEM), (Theme::Light, more::THEME_LIGHT), (Theme::Dark, more::THEME_DARK)];

/// Both choices.
#[component]
pub fn Appearance() -> impl IntoView {
    let app = use_app();
    // Each language in its own words, so that whoever reads only that one finds it.
    let languages = [(Language::Zh, "中文", "zh-Hant-TW"), (Language::En, "English", "en")];
    view! {
        <fieldset class="field">
            <legend class="label">{t(more::LANGUAGE)}</legend>
            <div class="segments">
                {languages.map(|(language, name, code)| view! {
                    <label lang=code>
                        <input
                            type="radio"
                            name="language"
                            prop:checked=move || app.language.get() == language
                            on:change=move |_| app.language.set(language)
                        />
                        {name}
                    </label>
                })}
            </div>
        </fieldset>
        <fieldset class="field">
            <legend class="label">{t(more::THEME)}</legend>
            <div class="segments">
                {THEMES.map(|(theme, name)| view! {
                    <label>
                        <input type="radio" name="theme" prop:checked=move || app.theme.get() == theme on:change=move |_| app.theme.set(theme) />
                        {t(name)}
                    </label>
                })}
            </div>
        </fieldset>
    }
}
