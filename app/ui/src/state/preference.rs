//! Small preferences, in localStorage: language, theme, last region, last place. Losing them loses nothing of worth.

use super::appearance::Theme;
use super::origin::Origin;
use civmesh_domain::id::RegionId;
use civmesh_domain::text::Language;
use civmesh_domain::unit::Millis;
use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::window;

const LANGUAGE: &str = "civmesh.language";
const THEME: &str = "civmesh.theme";
const REGION: &str = "civmesh.region";
const ORIGIN: &str = "civmesh.origin";
const REACHED: &str = "civmesh.reached";
const DESK: &str = "civmesh.desk";
const ERASING: &str = "civmesh.tidy";

fn keep(name: &str, value: &impl serde::Serialize) {
    // Where localStorage is closed to the app, a preference lasts as long as the page.
    let _best_effort = LocalStorage::set(name, value);
}

/// The chosen language, else the phone's: any Chinese is zh-TW, everything else English.
pub fn language() -> Language {
    match LocalStorage::get::<String>(LANGUAGE).as_deref() {
        Ok("zh") => Language::Zh,
        Ok("en") => Language::En,
        _ if window().navigator().language().is_some_and(|code| code.starts_with("zh")) => Language::Zh,
        _ => Language::En,
    }
}

/// Keeps the language.
pub fn keep_language(language: Language) {
    keep(LANGUAGE, &if language == Language::Zh { "zh" } else { "en" });
}

/// The chosen theme.
pub fn theme() -> Theme {
    match LocalStorage::get::<String>(THEME).as_deref() {
        Ok("light") => Theme::Light,
        Ok("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Keeps the theme.
pub fn keep_theme(theme: Theme) {
    keep(THEME, &theme.name().unwrap_or("system"));
}

/// The region that was shown last.
pub fn region() -> Option<RegionId> {
    LocalStorage::get(REGION).ok()
}

/// Keeps the region.
pub fn keep_region(region: RegionId) {
    keep(REGION, &region);
}

/// The place from which distances were measured last.
pub fn origin() -> Option<Origin> {
    LocalStorage::get::<Origin>(ORIGIN).ok().map(Origin::into_last_known)
}

/// Keeps the place.
pub fn keep_origin(origin: &Origin) {
    keep(ORIGIN, origin);
}

/// The node at which this phone works.
pub fn desk() -> Option<civmesh_domain::id::NodeId> {
    LocalStorage::get(DESK).ok()
}

/// Keeps the node at which this phone works.
pub fn keep_desk(node: &civmesh_domain::id::NodeId) {
    keep(DESK, node);
}

/// When the hub last answered.
pub fn reached() -> Option<Millis> {
    LocalStorage::get(REACHED).ok()
}

/// Keeps when the hub last answered.
pub fn keep_reached(at: Millis) {
    keep(REACHED, &at);
}

/// Notes that everything but the public is being erased.
pub fn note_erasing() {
    keep(ERASING, &true);
}

/// Strikes that note out.
pub fn strike_erasing() {
    LocalStorage::delete(ERASING);
}

/// Whether erasing was begun and not ended.
pub fn is_erasing() -> bool {
    LocalStorage::get(ERASING).unwrap_or(false)
}

/// Forgets where this phone works, where it was, and when it met the hub: all but language, theme and region.
pub fn forget_places() {
    [DESK, ORIGIN, REACHED].into_iter().for_each(LocalStorage::delete);
    super::going::forget();
}
