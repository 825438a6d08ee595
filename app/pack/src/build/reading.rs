//! One row, read field by field. What cannot be read becomes unknown, and is said.

use super::config::{Field, Layer};
use super::report::{Finding, Reason};
use super::table::{Row, Table, fields};
use civmesh_domain::spatial::node::{Facts, Known};
use civmesh_domain::text::Text;
use enumset::{EnumSet, EnumSetType};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use std::collections::BTreeMap;

/// Between the words of a list.
const SEPARATORS: [char; 6] = [',', ';', '、', '，', '；', '|'];

/// A row while it is read.
pub struct Reading<'a> {
    layer: &'a Layer,
    line: u64,
    fields: BTreeMap<Field, String>,
    /// What was wrong so far.
    pub findings: Vec<Finding>,
}

impl<'a> Reading<'a> {
    /// Starts with a row.
    pub fn new(layer: &'a Layer, table: &Table, row: &Row) -> Self {
        Self { layer, line: row.line, fields: fields(layer, table, row), findings: Vec::new() }
    }

    /// Says what is wrong.
    pub fn find(&mut self, reason: Reason, detail: impl Into<String>) {
        self.findings.push(Finding { file: self.layer.file.clone(), line: self.line, reason, detail: detail.into() });
    }

    /// The words of a field; empty where there are none.
    pub fn words(&self, field: Field) -> &str {
        self.fields.get(&field).map_or("", String::as_str)
    }

    /// Two fields as one text.
    pub fn text(&self, zh: Field, en: Field) -> Text {
        Text::new(self.words(zh), self.words(en))
    }

    /// A word of the format, after the layer's own table of words.
    pub fn one<T: for<'de> Deserialize<'de>>(&mut self, field: Field) -> Option<T> {
        let word = self.words(field).to_owned();
        self.translate(field, &word)
    }

    /// A list of words of the format.
    pub fn set<T: EnumSetType + for<'de> Deserialize<'de>>(&mut self, field: Field) -> EnumSet<T> {
        let words = self.words(field).to_owned();
        words.split(SEPARATORS).flat_map(str::split_whitespace).filter_map(|word| self.translate::<T>(field, word)).collect()
    }

    /// Two lists: what is so, and what is not.
    pub fn facts<T: EnumSetType + for<'de> Deserialize<'de>>(&mut self, yes: Field, no: Field) -> Facts<T> {
        Facts { yes: self.set(yes), no: self.set(no) }
    }

    /// Yes, no or unknown.
    pub fn known(&mut self, field: Field) -> Known {
        match self.words(field).to_lowercase().as_str() {
            "" => Known::Unknown,
            "是" | "有" | "yes" | "y" | "true" | "1" => Known::Yes,
            "否" | "無" | "no" | "n" | "false" | "0" => Known::No,
            other => {
                let detail = format!("{field:?}: '{other}' is neither yes nor no; unknown");
                self.find(Reason::UnknownWord, detail);
                Known::Unknown
            }
        }
    }

    /// A whole number; `33.0` and `1,200` are such, `33.5`, `-1` and `many` are not.
    pub fn number(&mut self, field: Field) -> Option<u32> {
        let words = self.words(field).replace(',', "");
        if words.is_empty() {
            return None;
        }
        let number = words.parse::<f64>().ok().filter(|number| (0.0..=f64::from(u32::MAX)).contains(number) && number.fract() == 0.0);
        if number.is_none() {
            self.find(Reason::NotANumber, format!("{field:?}: '{words}' is not a whole number; unknown"));
        }
        number.map(|number| number as u32)
    }

    /// A whole number, after the layer's own table of words.
    pub fn translated_number(&mut self, field: Field) -> Option<u32> {
        if let Some(meant) = self.layer.values.get(&field).and_then(|table| table.get(self.words(field))) {
            self.fields.insert(field, meant.clone());
        }
        self.number(field)
    }

    /// A whole number of at most 65,535.
    pub fn small_number(&mut self, field: Field) -> Option<u16> {
        let number = self.number(field)?;
        if number > u32::from(u16::MAX) {
            self.find(Reason::NotANumber, format!("{field:?}: {number} is beyond belief; unknown"));
        }
        u16::try_from(number).ok()
    }

    fn translate<T: for<'de> Deserialize<'de>>(&mut self, field: Field, word: &str) -> Option<T> {
        let meant = self.layer.values.get(&field).and_then(|table| table.get(word)).map_or(word, String::as_str);
        if meant.is_empty() {
            return None;
        }
        let deserializer: StrDeserializer<'_, Error> = meant.into_deserializer();
        let value = T::deserialize(deserializer).ok();
        if value.is_none() {
            self.find(Reason::UnknownWord, format!("{field:?}: '{word}' is not a word of the format; left out"));
        }
        value
    }
}
