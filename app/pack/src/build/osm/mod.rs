//! Reads an extract of OpenStreetMap (PBF) for all layers that want something of it, in two passes: first the ways, then the points
//! that these and the layers need; where all layers have a clip, a pass before them finds the points in it, so that ways elsewhere are
//! let go at once. So the memory that is taken grows with what is wanted, not with the file. A map wants areas that several ways draw
//! together as well, and has a pass for relations before all these; other relations are passed over.

mod block;
mod caught;
pub mod progress;
pub mod relation;
pub mod tag;

use super::chart::class::drawn;
use super::config::{Bounds, Holds, Layer};
use super::error::BuildError;
use super::ground::way::{Walkable, walkable};
use super::shape::{Point, Shape};
use super::source::Source;
use super::table::{Row, Table};
use crate::place::PlaceKind;
use block::Blocks;
use caught::caught;
use civmesh_domain::unit::Place;
use geo::{InteriorPoint, LineString, Polygon};
use osmpbf::{BlobDecode, Element, RelMemberType};
use progress::Progress;
use relation::Area;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The largest extract that is read, in bytes.
const LARGEST_FILE: u64 = 4 * 1024 * 1024 * 1024;
/// The most points that ways of an extract may need.
const MOST_POINTS: usize = 200_000_000;
/// Areas share ways with their neighbours, and have no more than so many times the points that these have.
const MOST_SHARED: usize = 64;

/// A way that can be walked.
pub struct WalkedWay {
    /// Its number in OpenStreetMap.
    pub id: i64,
    /// What it is.
    pub what: Walkable,
    /// Its points, by number; those that the extract does not hold are left out, and cut it.
    pub lines: Vec<Vec<(i64, Place)>>,
}

/// What an extract holds for each layer, by the layer's index.
#[derive(Default)]
pub struct Extract {
    /// Elements, as rows of a table.
    pub tables: BTreeMap<usize, Table>,
    /// Ways that can be walked.
    pub walked: BTreeMap<usize, Vec<WalkedWay>>,
    /// Ways of which not a single stretch lies in the extract, or the clip.
    pub outside: BTreeMap<usize, usize>,
}

/// The points of ways that areas are made of, by the number of the way.
type Members = HashMap<i64, Vec<i64>>;

/// A way on the first pass.
struct Way {
    layer: usize,
    id: i64,
    refs: Vec<i64>,
    use_of: Use,
}

enum Use {
    Walk(Walkable),
    Row(Vec<String>),
}

/// A layer that wants something of an extract, with its index and what it is cut to.
#[derive(Clone, Copy)]
pub struct Wanting<'a> {
    /// Its index.
    pub index: usize,
    /// The layer.
    pub layer: &'a Layer,
    /// What is outside is left out.
    pub clip: Option<&'a Bounds>,
}

/// Reads an extract for layers.
///
/// # Errors
/// A file that can't be read or is no such extract.
pub fn read(source: &Source, layers: &[Wanting<'_>]) -> Result<Extract, BuildError> {
    source.at_most(LARGEST_FILE)?;
    let mut tables: BTreeMap<usize, Table> = layers.iter().map(|wanting| (wanting.index, Table::of(wanting.layer))).collect();
    let areas = areas(source, layers, &tables)?;
    let members: HashSet<i64> = areas.iter().flat_map(|area| area.outer.iter().chain(&area.inner)).copied().collect();
    let clips: Option<Vec<&Bounds>> = layers.iter().map(|wanting| wanting.clip).collect();
    let inside = clips.map(|clips| points_inside(source, &clips)).transpose()?;
    let mut outside = BTreeMap::new();
    let is_inside = |refs: &[i64]| inside.as_ref().is_none_or(|inside| refs.iter().any(|id| inside.binary_search(id).is_ok()));
    let (ways, members) = ways(source, layers, &tables, &members, |index, refs| {
        let is_inside = is_inside(refs);
        if !is_inside {
            *outside.entry(index).or_default() += 1;
        }
        is_inside
    })?;
    // An area counts as a whole: one of its ways in the clip is enough.
    let touches = |area: &Area| area.outer.iter().chain(&area.inner).filter_map(|id| members.get(id)).any(|refs| is_inside(refs));
    let (areas, elsewhere): (Vec<Area>, Vec<Area>) = areas.into_iter().partition(touches);
    elsewhere.iter().for_each(|area| *outside.entry(area.layer).or_default() += 1);
    let ids = wanted(&ways, &areas, &members).map_err(|reason| BuildError::Config { path: source.path().to_owned(), reason })?;
    let places = points(source, layers, &mut tables, &ids)?;
    let mut extract = Extract { tables, outside, ..Extract::default() };
    let known = Points { ids, places };
    ways.into_iter().for_each(|way| extract.take(way, &known));
    areas.into_iter().for_each(|area| extract.take_area(area, &members, &known));
    Ok(extract)
}

/// The numbers of the points that ways and areas need, in order.
fn wanted(ways: &[Way], areas: &[Area], members: &Members) -> Result<Vec<i64>, String> {
    let of_areas = || areas.iter().flat_map(|area| area.outer.iter().chain(&area.inner)).filter_map(|id| members.get(id));
    let (once, shared) = (members.values().map(Vec::len).sum::<usize>(), of_areas().map(Vec::len).sum::<usize>());
    let count = ways.iter().map(|way| way.refs.len()).sum::<usize>() + shared;
    if count > MOST_POINTS {
        return Err(format!("its ways need {count} points, and more than {MOST_POINTS} are not taken"));
    }
    if shared > once.saturating_mul(MOST_SHARED) {
        return Err(format!("its areas have {shared} points, of ways that have {once}"));
    }
    let mut ids: Vec<i64> = ways.iter().flat_map(|way| way.refs.iter()).chain(of_areas().flatten()).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// Goes through all elements.
fn each(source: &Source, pass: &str, mut take: impl FnMut(Element<'_>)) -> Result<(), BuildError> {
    let path = source.path();
    let wrong = |reason: String| BuildError::Format { path: path.to_owned(), format: "an extract of OpenStreetMap (PBF)", reason };
    let mut progress = Progress::new(path, pass, source.size());
    let mut blocks = Blocks::new(source.open()?);
    while let Some(file) = blocks.next().map_err(wrong)? {
        progress.at(blocks.at);
        let outcome = caught(|| {
            for blob in file {
                if let BlobDecode::OsmData(block) = blob?.decode()? {
                    block.for_each_element(&mut take);
                }
            }
            Ok::<_, osmpbf::Error>(())
        });
        outcome.ok_or_else(|| wrong("a block holds numbers that can't be".to_owned()))?.map_err(|error| wrong(error.to_string()))?;
    }
    Ok(())
}

/// Areas of several ways, for the layers that hold a map.
fn areas(source: &Source, layers: &[Wanting<'_>], tables: &BTreeMap<usize, Table>) -> Result<Vec<Area>, BuildError> {
    let maps: Vec<_> = layers.iter().filter(|wanting| wanting.layer.holds == Holds::Map).collect();
    let mut areas = Vec::new();
    if maps.is_empty() {
        return Ok(areas);
    }
    each(source, "areas", |element| {
        let Element::Relation(relation) = element else { return };
        let tags = tag::taken(relation.tags());
        if tag::value(&tags, "type") != Some("multipolygon") {
            return;
        }
        for Wanting { index, .. } in maps.iter().filter(|wanting| is_wanted(wanting.layer, &tags)) {
            let of = |hole: bool| {
                let ways = relation.members().filter(|member| matches!(member.member_type, RelMemberType::Way));
                let ways = ways.filter(|member| member.role().is_ok_and(|role| role == "inner") == hole).map(|member| member.member_id);
                // A way that is named twice is drawn once.
                let mut known = HashSet::new();
                ways.filter(|way| known.insert(*way)).collect()
            };
            let cells = tables.get(index).map(|table| cells(table, &tags)).unwrap_or_default();
            areas.push(Area { layer: *index, id: relation.id(), cells, outer: of(false), inner: of(true) });
        }
    })?;
    Ok(areas)
}

/// The numbers of the points in any of these boxes, in order.
fn points_inside(source: &Source, clips: &[&Bounds]) -> Result<Vec<i64>, BuildError> {
    let mut inside = Vec::new();
    let mut take = |id: i64, lat: f64, lon: f64| inside.extend(clips.iter().any(|clip| clip.has(lat, lon)).then_some(id));
    each(source, "points in the clip", |element| match element {
        Element::Node(node) => take(node.id(), node.lat(), node.lon()),
        Element::DenseNode(node) => take(node.id(), node.lat(), node.lon()),
        Element::Way(_) | Element::Relation(_) => {}
    })?;
    inside.sort_unstable();
    Ok(inside)
}

/// The ways that layers ask for, as far as `is_inside` lets them through: by a layer's index and the numbers of a way's points. And the
/// points of those that areas are made of.
fn ways(
    source: &Source,
    layers: &[Wanting<'_>],
    tables: &BTreeMap<usize, Table>,
    members: &HashSet<i64>,
    mut is_inside: impl FnMut(usize, &[i64]) -> bool,
) -> Result<(Vec<Way>, Members), BuildError> {
    let (mut ways, mut of_areas) = (Vec::new(), HashMap::new());
    each(source, "ways", |element| {
        let Element::Way(way) = element else { return };
        let tags = tag::taken(way.tags());
        if members.contains(&way.id()) {
            of_areas.insert(way.id(), way.refs().collect());
        }
        for Wanting { index, layer, .. } in layers.iter().filter(|wanting| is_wanted(wanting.layer, &tags)) {
            let use_of = match layer.holds {
                Holds::Ways => walkable(|key| tag::value(&tags, key)).map(Use::Walk),
                _ => tables.get(index).map(|table| Use::Row(cells(table, &tags))),
            };
            let Some(use_of) = use_of else { continue };
            let refs: Vec<i64> = way.refs().collect();
            if is_inside(*index, &refs) {
                ways.push(Way { layer: *index, id: way.id(), refs, use_of });
            }
        }
    })?;
    Ok((ways, of_areas))
}

/// Whether a layer asks for an element with these tags.
fn is_wanted(layer: &Layer, tags: &[(&str, &str)]) -> bool {
    let only = || layer.only.iter().all(|(key, values)| tag::value(tags, key).is_some_and(|value| values.iter().any(|one| one == value)));
    match layer.holds {
        _ if tags.is_empty() => false,
        Holds::Ways => tag::value(tags, "highway").is_some() && only(),
        Holds::Map => drawn(|key| tag::value(tags, key)).is_some() && only(),
        Holds::Buildings => tag::value(tags, "building").is_some_and(|value| value != "no") && only(),
        _ if layer.only.is_empty() => tag::is_usual(layer, tags),
        _ => only(),
    }
}

fn cells(table: &Table, tags: &[(&str, &str)]) -> Vec<String> {
    table.columns().iter().map(|column| tag::cell(tags, column)).collect()
}

/// The places of the points with these numbers, by position; points that layers ask for become rows.
fn points(
    source: &Source,
    layers: &[Wanting<'_>],
    tables: &mut BTreeMap<usize, Table>,
    ids: &[i64],
) -> Result<Vec<Option<Place>>, BuildError> {
    let mut places = vec![None; ids.len()];
    let mut take = |id: i64, (lat, lon): (f64, f64), tags: &[(&str, &str)]| {
        if let Ok(at) = ids.binary_search(&id) {
            places[at] = Place::from_degrees(lat, lon);
        }
        let has_points = |layer: &Layer| layer.holds == Holds::Nodes && layer.places != Some(PlaceKind::Street);
        for wanting in layers.iter().filter(|wanting| has_points(wanting.layer) && is_wanted(wanting.layer, tags)) {
            tables.entry(wanting.index).and_modify(|table| push(table, id, cells(table, tags), Some((lat, lon)), Shape::None));
        }
    };
    each(source, "points", |element| match element {
        Element::Node(node) => take(node.id(), (node.lat(), node.lon()), &tag::taken(node.tags())),
        Element::DenseNode(node) => take(node.id(), (node.lat(), node.lon()), &tag::taken(node.tags())),
        Element::Way(_) | Element::Relation(_) => {}
    })?;
    Ok(places)
}

fn push(table: &mut Table, id: i64, cells: Vec<String>, point: Option<Point>, shape: Shape) {
    let number = table.rows.len() as u64 + 1;
    table.rows.push(Row::new(id.unsigned_abs(), number, cells, point, shape));
}

/// Places by the numbers of their points, in order.
pub struct Points {
    ids: Vec<i64>,
    places: Vec<Option<Place>>,
}

impl Points {
    fn place(&self, id: i64) -> Option<Place> {
        self.ids.binary_search(&id).ok().and_then(|at| self.places.get(at).copied().flatten())
    }
}

impl Extract {
    fn take_area(&mut self, area: Area, members: &Members, points: &Points) {
        match (area.shape(members, points), self.tables.get_mut(&area.layer)) {
            (Some((point, shape)), Some(table)) => push(table, area.id, area.cells, Some(point), shape),
            _ => *self.outside.entry(area.layer).or_default() += 1,
        }
    }

    fn take(&mut self, way: Way, points: &Points) {
        let places: Vec<Option<(i64, Place)>> = way.refs.iter().map(|id| points.place(*id).map(|place| (*id, place))).collect();
        let lines: Vec<Vec<(i64, Place)>> = places.split(Option::is_none).map(|line| line.iter().flatten().copied().collect()).collect();
        match way.use_of {
            Use::Walk(what) => {
                let lines: Vec<_> = lines.into_iter().filter(|line: &Vec<_>| line.len() > 1).collect();
                if lines.is_empty() {
                    *self.outside.entry(way.layer).or_default() += 1;
                } else {
                    self.walked.entry(way.layer).or_default().push(WalkedWay { id: way.id, what, lines });
                }
            }
            Use::Row(cells) => {
                let line: Vec<Point> = lines.iter().flatten().map(|(_, place)| (place.lat(), place.lon())).collect();
                let is_outline = way.refs.len() > 3 && way.refs.first() == way.refs.last() && lines.len() == 1;
                let point = if is_outline { inside(&line) } else { line.get(line.len() / 2).copied() };
                let shape = if is_outline { Shape::Outlines(vec![vec![line]]) } else { Shape::Lines(vec![line]) };
                self.tables.entry(way.layer).and_modify(|table| push(table, way.id, cells, point, shape));
            }
        }
    }
}

/// A point that lies in an outline, whatever its form.
fn inside(ring: &[Point]) -> Option<Point> {
    let ring = LineString::from(ring.iter().map(|(lat, lon)| (*lon, *lat)).collect::<Vec<_>>());
    Polygon::new(ring, Vec::new()).interior_point().map(|point| (point.y(), point.x()))
}
