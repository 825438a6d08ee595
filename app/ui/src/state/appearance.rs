//! Language and theme, as the page's root element shows them.

use super::{AppState, preference};
use civmesh_domain::text::Language;
use leptos::prelude::*;

/// Light, dark, or as the phone has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the phone has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark: saves an OLED's battery.
    Dark,
}

impl Theme {
    /// The name in the root element and in the preferences.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// Keeps the root element and the preferences in step with the state.
pub fn follow(app: AppState) {
    Effect::new(move || {
        let language = app.language.get();
        let code = if language == Language::Zh { "zh-Hant-TW" } else { "en" };
        set_root("lang", Some(code));
        preference::keep_language(language);
    });
    Effect::new(move || {
        let theme = app.theme.get();
        set_root("data-theme", theme.name());
        preference::keep_theme(theme);
    });
}

fn set_root(attribute: &str, value: Option<&str>) {
    if let Some(root) = document().document_element() {
        // An attribute with a constant name can always be set.
        let _always = match value {
            Some(value) => root.set_attribute(attribute, value),
            None => root.remove_attribute(attribute),
        };
    }
}
