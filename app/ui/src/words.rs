//! Words by keys, in both languages side by side, checked by the compiler: a key that is missing, or a language, does not build.
//!
//! `words!` makes constants, `phrases!` functions with values inside. Files in `locale/` hold nothing else.

use crate::state::use_app;
use civmesh_domain::text::{Language, Text};
use leptos::prelude::*;

/// Words in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Traditional Chinese (zh-TW).
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The words in `language`.
    pub const fn get(self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }
}

/// The words in the language of the moment; changes with it.
pub fn t(words: Words) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let language = use_app().language;
    move || words.get(language.get())
}

/// A text that came as data, in the language of the moment; changes with it.
pub fn tt(text: Text) -> impl Fn() -> String + Clone + Send + Sync + 'static {
    let language = use_app().language;
    move || text.get(language.get()).to_owned()
}

/// Constants of [`Words`]: `NAME: "中文", "English";`
#[macro_export]
macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        $(pub const $name: $crate::words::Words = $crate::words::Words { zh: $zh, en: $en };)*
    };
}

/// Functions that put values into words: `fn name(n: u32): "{n} 人", "{n} people";`
#[macro_export]
macro_rules! phrases {
    ($(fn $name:ident($($value:ident: $kind:ty),*): $zh:literal, $en:literal;)*) => {
        $(pub fn $name(language: civmesh_domain::text::Language, $($value: $kind),*) -> String {
            match language {
                civmesh_domain::text::Language::Zh => format!($zh),
                civmesh_domain::text::Language::En => format!($en),
            }
        })*
    };
}
