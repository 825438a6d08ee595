//! Rows of a CSV or GeoJSON file, reduced to the columns that the mapping names.

use super::chart::class;
use super::config::{Field, Format, Holds, Layer};
use super::error::BuildError;
use super::ground::way::KEYS;
use super::report::{Finding, Reason};
use super::shape::{Shape, point_on, shape_of};
use super::source::Source;
use civmesh_domain::spatial::sheet::unguarded;
use geojson::Feature;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// The largest source file that is read, in bytes.
const LARGEST_FILE: u64 = 512 * 1024 * 1024;

/// One row: a line of a CSV, or a feature.
#[derive(Clone, Debug)]
pub struct Row {
    /// The line, or the feature's number, from 1.
    pub line: u64,
    /// Its position among the rows of the file, from 1: identifiers are made of it.
    pub number: u64,
    /// The cells of the columns that are used, in the order of [`Table::columns`].
    cells: Vec<String>,
    /// Latitude and longitude of its geometry, where it has one.
    pub point: Option<(f64, f64)>,
    /// Its lines or outlines, where the layer holds such.
    pub shape: Shape,
}

impl Row {
    /// With the cells of [`used_columns`].
    pub fn new(line: u64, number: u64, cells: Vec<String>, point: Option<(f64, f64)>, shape: Shape) -> Self {
        Self { line, number, cells, point, shape }
    }
}

/// The rows of a file.
#[derive(Debug, Default)]
pub struct Table {
    columns: Vec<String>,
    /// Those that may be absent.
    optional: Vec<String>,
    /// The rows that the layer's filter lets through.
    pub rows: Vec<Row>,
    /// Rows that could not be read at all.
    pub findings: Vec<Finding>,
}

impl Table {
    /// Reads the file of a layer.
    ///
    /// # Errors
    /// A file that is not of its format, or lacks a column that the layer names.
    pub fn read(layer: &Layer, source: &Source) -> Result<Self, BuildError> {
        source.at_most(LARGEST_FILE)?;
        let (path, bytes) = (source.path(), source.bytes()?);
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            BuildError::Format {
                path: path.to_owned(),
                format: "UTF-8",
                reason: format!("line {line} holds other bytes; save it as UTF-8"),
            }
        })?;
        let mut table = Self::of(layer);
        match layer.format {
            Format::Csv => table.read_csv(layer, path, text)?,
            Format::Geojson => table.read_geojson(layer, path, text)?,
            Format::OsmPbf => {}
        }
        let mut rows = std::mem::take(&mut table.rows);
        rows.retain(|row| layer.only.iter().all(|(column, values)| values.iter().any(|value| value == table.cell(row, column))));
        Ok(Self { rows, ..table })
    }

    /// Without rows.
    pub fn of(layer: &Layer) -> Self {
        let keys: &[&str] = match layer.holds {
            Holds::Ways => &KEYS,
            Holds::Map | Holds::Buildings => &class::KEYS,
            _ => &[],
        };
        let optional: Vec<String> = keys.iter().map(|key| layer.column_of(key).to_owned()).collect();
        let mut columns = used_columns(layer);
        let unknown: Vec<String> = optional.iter().filter(|column| !columns.contains(column)).cloned().collect();
        columns.extend(unknown);
        Self { columns, optional, ..Self::default() }
    }

    /// The columns of which rows hold the cells, in order.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The cell of a column, without spaces around it; empty where there is none.
    pub fn cell<'a>(&self, row: &'a Row, column: &str) -> &'a str {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| row.cells.get(at)).map_or("", |cell| cell.trim())
    }

    /// What the mapping makes of a row: a column's cell, or words with `{column}` in them, which are empty if no column has anything.
    pub fn expand(&self, row: &Row, expression: &str) -> String {
        if !expression.contains('{') {
            return self.cell(row, expression).to_owned();
        }
        let (mut words, mut found) = (String::new(), false);
        for piece in expression.split('}') {
            let (literal, column) = piece.split_once('{').unwrap_or((piece, ""));
            let cell = self.cell(row, column);
            found |= !cell.is_empty();
            words.push_str(literal);
            words.push_str(cell);
        }
        if found { words } else { String::new() }
    }

    fn read_csv(&mut self, layer: &Layer, path: &Path, text: &str) -> Result<(), BuildError> {
        let malformed = |error: csv::Error| BuildError::Format { path: path.to_owned(), format: "CSV", reason: error.to_string() };
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let header: Vec<String> = reader.headers().map_err(malformed)?.iter().map(|name| name.trim().to_owned()).collect();
        let places = self.places_of(&header, path)?;
        let mut lines = Lines::default();
        for (at, record) in reader.records().enumerate() {
            let record = record.map_err(malformed)?;
            let line = lines.line_of(text.as_bytes(), record.position().map_or(0, csv::Position::byte));
            if record.len() != header.len() {
                let detail = format!("{} columns, where the header has {}", record.len(), header.len());
                self.findings.push(Finding { file: layer.file.clone(), line, reason: Reason::Malformed, detail });
                continue;
            }
            let cells = places.iter().map(|place| unguarded(record.get(*place).unwrap_or_default().trim()).to_owned()).collect();
            self.rows.push(Row::new(line, at as u64 + 1, cells, None, Shape::None));
        }
        Ok(())
    }

    fn read_geojson(&mut self, layer: &Layer, path: &Path, text: &str) -> Result<(), BuildError> {
        let malformed = |reason: String| BuildError::Format { path: path.to_owned(), format: "a GeoJSON FeatureCollection", reason };
        let value: Value = serde_json::from_str(text).map_err(|error| malformed(error.to_string()))?;
        match value.get("type").and_then(Value::as_str) {
            Some("FeatureCollection") => {}
            Some(other) => return Err(malformed(format!("its type is '{other}'"))),
            None => return Err(malformed("it has no 'type'".to_owned())),
        }
        let features = value.get("features").and_then(Value::as_array).ok_or_else(|| malformed("it has no list 'features'".to_owned()))?;
        let columns = property_names(features);
        self.places_of(&columns, path)?;
        for (at, feature) in features.iter().enumerate() {
            let line = at as u64 + 1;
            match Feature::deserialize(feature) {
                Ok(feature) => {
                    let cells = self.columns.iter().map(|column| feature.property(column).map(plain).unwrap_or_default()).collect();
                    let point = feature.geometry.as_ref().and_then(|geometry| point_on(&geometry.value));
                    let shape = match (layer.holds, feature.geometry) {
                        (Holds::Ways | Holds::Areas | Holds::Buildings | Holds::Map, Some(geometry)) => shape_of(geometry.value),
                        _ => Shape::None,
                    };
                    self.rows.push(Row::new(line, line, cells, point, shape));
                }
                Err(error) => {
                    let detail = format!("not a feature: {error}");
                    self.findings.push(Finding { file: layer.file.clone(), line, reason: Reason::Malformed, detail });
                }
            }
        }
        Ok(())
    }

    fn places_of(&self, header: &[String], path: &Path) -> Result<Vec<usize>, BuildError> {
        let place = |column: &String| {
            header.iter().position(|name| name == column).ok_or_else(|| BuildError::Column {
                path: path.to_owned(),
                column: column.clone(),
                columns: header.join(", "),
            })
        };
        // A source need not have every key that says something of a way.
        let optional = |column: &&String| !self.optional.contains(column);
        self.columns.iter().filter(optional).map(place).collect()
    }
}

/// Counts lines as an editor does; the `csv` crate's own count is one behind in files whose lines end in CR LF.
#[derive(Default)]
struct Lines {
    byte: usize,
    ended: u64,
}

impl Lines {
    /// The line, from 1, of the record that starts at `byte` or behind the line ends which follow it. Records come in order.
    fn line_of(&mut self, text: &[u8], byte: u64) -> u64 {
        let from = usize::try_from(byte).unwrap_or(text.len()).clamp(self.byte, text.len());
        let start = text[from..].iter().position(|byte| !matches!(byte, b'\r' | b'\n')).map_or(text.len(), |skipped| from + skipped);
        self.ended += text[self.byte..start].iter().filter(|byte| **byte == b'\n').count() as u64;
        self.byte = start;
        self.ended + 1
    }
}

/// The columns that a layer names anywhere.
fn used_columns(layer: &Layer) -> Vec<String> {
    let mut columns: Vec<String> = layer.only.keys().chain(layer.within.keys()).cloned().collect();
    for expression in layer.map.values() {
        if expression.contains('{') {
            let inside = expression.split('{').skip(1).filter_map(|piece| piece.split_once('}'));
            columns.extend(inside.map(|(column, _)| column.to_owned()));
        } else {
            columns.push(expression.clone());
        }
    }
    columns.sort();
    columns.dedup();
    columns
}

/// What each field says in a row: the mapped cell, or what is fixed for the layer.
pub fn fields(layer: &Layer, table: &Table, row: &Row) -> BTreeMap<Field, String> {
    let mut fields = layer.fixed.clone();
    for (field, expression) in &layer.map {
        let words = table.expand(row, expression);
        if !words.is_empty() {
            fields.insert(*field, words);
        }
    }
    fields
}

/// The names of all properties, in the order in which they first appear.
fn property_names(features: &[Value]) -> Vec<String> {
    let mut seen = HashSet::new();
    let maps = features.iter().filter_map(|feature| feature.get("properties").and_then(Value::as_object));
    maps.flat_map(|map| map.keys()).filter(|key| seen.insert(key.as_str())).cloned().collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
