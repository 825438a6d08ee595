//! The way back: the nodes of a pack as a file for a spreadsheet or a map, and the layers of a `region.toml` that read it.
//!
//! All nodes stand in one file, and its column `layer` says of each where it comes from. Each layer of the pack that has nodes becomes a
//! layer which takes its own rows of that file, so that no source loses its licence, its words or its date.

use super::error::BuildError;
use super::layer::default_most_capacity;
use crate::manifest::Layer;
use crate::origin::{entries, origins};
use crate::pack::Pack;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::registry::sheet::{LAYER, PLACE, csv, fields, geojson};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use toml::Value;

/// What the file is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Csv,
    Geojson,
}

impl Kind {
    fn of(path: &Path) -> Result<Self, BuildError> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("csv") => Ok(Self::Csv),
            Some("geojson") => Ok(Self::Geojson),
            _ => {
                let reason = "nodes are written as .csv or as .geojson".to_owned();
                Err(BuildError::Config { path: path.to_owned(), reason })
            }
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Geojson => "geojson",
        }
    }
}

/// Writes the nodes of a pack to `path`, as its ending says, and returns the layers that read them back. A file that is there already is
/// left alone: somebody may have corrected it.
///
/// # Errors
/// Another ending, or a file that is there or can't be written.
pub fn export(pack: &Pack, path: &Path) -> Result<String, BuildError> {
    let kind = Kind::of(path)?;
    let origins = origins(&pack.manifest.layers);
    let entries = entries(&pack.nodes, &origins);
    let text = match kind {
        Kind::Csv => csv(entries),
        Kind::Geojson => geojson(entries),
    };
    let written = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|source| BuildError::File { path: path.to_owned(), source })?;
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let used: BTreeSet<u16> = pack.nodes.iter().map(|node| node.layer).collect();
    let mut text = format!("# Rows of {file} belong to the layer that their column `{LAYER}` names. Rows of yours, with a name of\n");
    text += "# your own there, want a [[layer]] of their own with your licence: rows that no layer names are left out.\n";
    for index in used {
        if let (Some(layer), Some(origin)) = (pack.manifest.layers.get(usize::from(index)), origins.get(usize::from(index))) {
            let nodes = pack.nodes.iter().filter(|node| node.layer == index);
            text += &settings(layer, &origin.layer, (&file, kind), nodes);
        }
    }
    Ok(text)
}

fn settings<'a>(layer: &Layer, name: &str, (file, kind): (&str, Kind), nodes: impl Iterator<Item = &'a Node>) -> String {
    let word = |text: &str| Value::from(text).to_string();
    let mut text = format!("\n[[layer]]\nname = {{ zh = {}, en = {} }}\n", word(&layer.name.zh), word(&layer.name.en));
    let all = [
        ("file", file),
        ("format", kind.name()),
        ("licence", &layer.licence),
        ("attribution", &layer.attribution),
        ("source", &layer.source),
        ("date", &layer.date),
    ];
    for (setting, value) in all {
        // A string takes whatever it is given.
        let _written = writeln!(text, "{setting} = {}", word(value));
    }
    // What was told apart before stays apart, and what was believed is believed.
    text += &format!("only = {{ {LAYER} = [{}] }}\nmerge_metres = 0\n", word(name));
    let most = nodes.filter_map(|node| node.capacity).max().unwrap_or_default();
    if most.0 > default_most_capacity() {
        text += &format!("most_capacity = {}\n", most.0);
    }
    let place = if kind == Kind::Csv { &PLACE[..] } else { &[] };
    let map: Vec<String> = fields().chain(place.iter().copied()).map(|field| format!("{field} = \"{field}\"")).collect();
    text + &format!("map = {{ {} }}\n", map.join(", "))
}
