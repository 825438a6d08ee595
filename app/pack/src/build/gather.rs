//! Reads all layers, one after the other, each by what it holds.

use super::chart::Chart;
use super::config::{Field, Format, Holds, Layer, Region};
use super::error::BuildError;
use super::ground::Gathered;
use super::node::{Frame, Taken};
use super::osm::{Extract, Wanting};
use super::reading::Reading;
use super::report::{Finding, LayerCount, Reason, Report};
use super::source::Source;
use super::table::{Row, Table};
use super::{config_error, duplicate, named, osm};
use crate::place::NamedPlace;
use civmesh_domain::id::NodeId;
use civmesh_domain::spatial::node::Node;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// What all layers came to.
#[derive(Default)]
pub struct Gathering {
    /// Nodes of the registry.
    pub nodes: Vec<Node>,
    /// Named places.
    pub places: Vec<NamedPlace>,
    /// What lies between them.
    pub ground: Gathered,
    /// What is drawn of it all.
    pub chart: Chart,
    /// What was wrong with which row.
    pub report: Report,
}

/// Reads all layers, of the files that `source` finds by their names. An extract of OpenStreetMap is read once for all layers that want
/// something of it.
///
/// # Errors
/// A file or setting that makes the whole impossible.
pub fn gather(region: &Region, source: impl Fn(&str) -> Result<Source, BuildError>) -> Result<Gathering, BuildError> {
    let mut all = Gathering::default();
    let mut extracts: HashMap<&str, Extract> = HashMap::new();
    let mut ids = HashSet::new();
    for (index, layer) in region.layers.iter().enumerate() {
        let file = source(&layer.file)?;
        let mut walked = Vec::new();
        let mut count = LayerCount { file: layer.file.clone(), ..LayerCount::default() };
        let mut table = if layer.format == Format::OsmPbf {
            let extract = match extracts.entry(&layer.file) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unread) => unread.insert(osm::read(&file, &layers_of(region, &layer.file))?),
            };
            walked = extract.walked.remove(&index).unwrap_or_default();
            count.outside = extract.outside.get(&index).copied().unwrap_or_default();
            extract.tables.remove(&index).unwrap_or_default()
        } else {
            Table::read(layer, &file)?
        };
        count.rows = table.rows.len() + table.findings.len();
        let before = all.report.findings.len();
        all.report.findings.append(&mut table.findings);
        let clip = layer.clip.as_ref().or(region.clip.as_ref());
        let index = u16::try_from(index).map_err(|_| config_error(file.path(), "there are more layers than a pack can hold"))?;
        let frame = Frame { layer, index, bounds: &region.bounds, clip };
        all.chart.take(&frame, &table, &mut count, &mut all.report);
        if layer.holds != Holds::Nodes {
            all.ground.take(&frame, &table, &walked, &mut count, &mut all.report);
        } else if layer.places.is_some() {
            all.places.append(&mut named_places(&frame, &table, &mut count, &mut all.report));
        } else {
            all.nodes.extend(layer_nodes(&frame, &table, &mut ids, &mut count, &mut all.report));
        }
        count.findings = all.report.findings.len() - before;
        all.report.layers.push(count);
    }
    Ok(all)
}

/// The layers that want something of an extract.
fn layers_of<'a>(region: &'a Region, file: &str) -> Vec<Wanting<'a>> {
    let all = region.layers.iter().enumerate().filter(|(_, layer)| layer.format == Format::OsmPbf && layer.file == file);
    all.map(|(index, layer)| Wanting { index, layer, clip: layer.clip.as_ref().or(region.clip.as_ref()) }).collect()
}

fn layer_nodes(frame: &Frame<'_>, table: &Table, ids: &mut HashSet<NodeId>, count: &mut LayerCount, report: &mut Report) -> Vec<Node> {
    let mut gathering = duplicate::Gathering::new(frame.layer.merge_metres, Vec::new());
    for row in &table.rows {
        match frame.node(table, row) {
            Taken::Outside => count.outside += 1,
            Taken::Refused(mut findings) => report.findings.append(&mut findings),
            Taken::Kept(node, mut findings) => {
                report.findings.append(&mut findings);
                let note = if ids.contains(&node.id) {
                    Some((Reason::BadId, format!("another node has the identifier {}", node.id)))
                } else {
                    let id = node.id.clone();
                    let note = gathering.add(row.line, node);
                    ids.insert(id);
                    note
                };
                report.findings.extend(note.map(|(reason, detail)| finding(frame.layer, row, reason, detail)));
            }
        }
    }
    count.kept = gathering.nodes.len();
    gathering.nodes.into_iter().map(|(_, node)| node).collect()
}

/// A row without a name is no dirt here: most pieces of a network of ways have none.
fn named_places(frame: &Frame<'_>, table: &Table, count: &mut LayerCount, report: &mut Report) -> Vec<NamedPlace> {
    let mut entries = Vec::new();
    for row in &table.rows {
        let mut reading = Reading::new(frame.layer, table, row);
        let name = named::named(reading.text(Field::NameZh, Field::NameEn));
        let (false, Some(kind)) = (name.is_empty(), reading.one(Field::Kind).or(frame.layer.places)) else {
            continue;
        };
        match frame.place::<NamedPlace>(&mut reading, table, row) {
            Ok(place) => {
                entries.push(NamedPlace { name, kind, place });
                report.findings.append(&mut reading.findings);
            }
            Err(Taken::Outside) => count.outside += 1,
            Err(Taken::Refused(mut findings)) => report.findings.append(&mut findings),
            Err(Taken::Kept(..)) => {}
        }
    }
    let places = named::gather(entries, frame.layer.spread);
    count.kept = places.len();
    places
}

pub(crate) fn finding(layer: &Layer, row: &Row, reason: Reason, detail: String) -> Finding {
    Finding { file: layer.file.clone(), line: row.line, reason, detail }
}
