//! All tiles, in one block of bytes: vector tiles, each compressed, in a PMTiles archive.

use super::class::{Ground, Street};
use super::project::off_plane;
use super::tile::{EXTENT, Step, Tile, Zoom};
use super::{Chart, Label};
use crate::build::report::MapCount;
use crate::error::PackError;
use crate::later::MAP;
use geo::{Coord, Rect};
use mvt::{GeomEncoder, GeomType};
use pmtiles::{Compression, PmTilesWriter, TileCoord, TileId, TileType};
use std::io::Cursor;

/// The lowest zoom, at which a city fits on a phone.
pub const LOWEST: u8 = 12;
/// The highest zoom; above it tiles are drawn larger.
pub const HIGHEST: u8 = 16;
/// The layers of a tile, in the order in which they are counted.
pub const LAYERS: [&str; 6] = ["green", "water", "stream", "building", "street", "label"];

/// Writes a chart.
///
/// # Errors
/// More than an archive can hold.
pub fn write(chart: &Chart) -> Result<(Vec<u8>, MapCount), PackError> {
    let wrong = |_| PackError::Undecodable { section: MAP, item: 0 };
    let whole = frame(chart).unwrap_or(Rect::new(Coord::zero(), Coord::zero()));
    let (north, west) = off_plane(whole.min());
    let (south, east) = off_plane(whole.max());
    let mut bytes = Cursor::new(Vec::new());
    let mut writer = PmTilesWriter::new(TileType::Mvt)
        .internal_compression(Compression::Gzip)
        .tile_compression(Compression::Gzip)
        .min_zoom(LOWEST)
        .max_zoom(HIGHEST)
        .bounds(west, south, east, north)
        .center(f64::midpoint(west, east), f64::midpoint(south, north))
        .center_zoom(LOWEST)
        .metadata(metadata())
        .create(&mut bytes)
        .map_err(wrong)?;
    let mut count = MapCount { square_metres: square_metres((south, west), (north, east)), ..MapCount::default() };
    for zoom in LOWEST..=HIGHEST {
        let tiles = Zoom::of(chart, zoom, zoom == HIGHEST).tiles;
        let mut numbered = Vec::with_capacity(tiles.len());
        for ((row, column), tile) in &tiles {
            numbered.push((TileCoord::new(zoom, *column, *row).map_err(wrong)?, tile));
        }
        numbered.sort_by_key(|(at, _)| TileId::from(*at).value());
        for (at, tile) in numbered {
            let layers = encode(tile).map_err(|_| PackError::Undecodable { section: MAP, item: 0 })?;
            for (all, layer) in count.layers.iter_mut().zip(&layers) {
                *all += layer.len();
            }
            writer.add_tile(at, &layers.concat()).map_err(wrong)?;
            count.tiles += 1;
        }
    }
    writer.finalize().map_err(wrong)?;
    let bytes = bytes.into_inner();
    count.bytes = bytes.len();
    Ok((bytes, count))
}

/// What every reader of vector tiles wants to be told of their layers.
fn metadata() -> String {
    let fields = |layer: &str| match layer {
        "street" => r#"{"class":"String","zh":"String","en":"String","bridge":"Boolean","tunnel":"Boolean"}"#,
        "label" => r#"{"kind":"String","zh":"String","en":"String"}"#,
        _ => "{}",
    };
    let layers = LAYERS.map(|layer| format!(r#"{{"id":"{layer}","fields":{}}}"#, fields(layer)));
    format!(r#"{{"vector_layers":[{}]}}"#, layers.join(","))
}

/// The box of all that is drawn.
pub fn frame(chart: &Chart) -> Option<Rect<f64>> {
    let rings = chart.grounds.iter().flat_map(|(_, polygon)| polygon.exterior().0.iter());
    let lines = chart.streets.iter().flat_map(|(_, line)| line.iter());
    let points: Vec<Coord<f64>> = rings.chain(lines).copied().collect();
    super::cut::box_of(&points)
}

fn square_metres((south, west): (f64, f64), (north, east): (f64, f64)) -> f64 {
    use geo::ChamberlainDuquetteArea;
    Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north }).to_polygon().chamberlain_duquette_unsigned_area()
}

/// A tile's layers, each as bytes that can stand one behind the other.
fn encode(tile: &Tile) -> Result<[Vec<u8>; 6], mvt::Error> {
    let ground = |ground: Ground| {
        tile.grounds.get(&ground).map_or(Ok(Vec::new()), |rings| layer(ground.name(), [(GeomType::Polygon, rings, &[][..])]))
    };
    let streets: Vec<_> = tile.streets.iter().map(|(street, lines)| (GeomType::Linestring, lines, street_tags(street))).collect();
    let labels: Vec<_> = tile.labels.iter().map(|(label, at)| (vec![vec![*at]], label_tags(label))).collect();
    let streams = (!tile.streams.is_empty()).then_some((GeomType::Linestring, &tile.streams, &[][..]));
    Ok([
        ground(Ground::Green)?,
        ground(Ground::Water)?,
        layer("stream", streams)?,
        ground(Ground::Building)?,
        layer("street", streets.iter().map(|(kind, lines, tags)| (*kind, *lines, tags.as_slice())))?,
        layer("label", labels.iter().map(|(at, tags)| (GeomType::Point, at, tags.as_slice())))?,
    ])
}

/// A value of a feature.
enum Value<'a> {
    Word(&'a str),
    Yes,
}

type Tags<'a> = Vec<(&'static str, Value<'a>)>;

fn names<'a>(tags: &mut Tags<'a>, zh: &'a str, en: &'a str) {
    let said = [("zh", zh), ("en", en)].into_iter().filter(|(_, name)| !name.is_empty());
    tags.extend(said.map(|(key, name)| (key, Value::Word(name))));
}

fn street_tags(street: &Street) -> Tags<'_> {
    let mut tags = vec![("class", Value::Word(street.class.word()))];
    names(&mut tags, &street.name.0, &street.name.1);
    let traits = [("bridge", street.bridge), ("tunnel", street.tunnel)].into_iter().filter(|(_, is)| *is);
    tags.extend(traits.map(|(key, _)| (key, Value::Yes)));
    tags
}

fn label_tags(label: &Label) -> Tags<'_> {
    let mut tags = vec![("kind", Value::Word(label.kind))];
    names(&mut tags, &label.name.zh, &label.name.en);
    tags
}

fn layer<'a>(
    name: &str,
    features: impl IntoIterator<Item = (GeomType, &'a Vec<Vec<Step>>, &'a [(&'static str, Value<'a>)])>,
) -> Result<Vec<u8>, mvt::Error> {
    let mut tile = mvt::Tile::new(EXTENT as u32);
    let mut layer = tile.create_layer(name);
    for (kind, parts, tags) in features {
        let mut encoder = GeomEncoder::<i32>::new(kind);
        let mut last = None;
        for part in parts {
            // A ring that begins where the one before it ended would be taken for its continuation.
            let turn = usize::from(part.len() > 2 && kind == GeomType::Polygon && part.first().copied() == last);
            for at in 0..part.len() {
                let (x, y) = part[(at + turn) % part.len()];
                encoder.add_point(x, y)?;
                last = Some((x, y));
            }
            if kind != GeomType::Point {
                encoder.complete_geom()?;
            }
        }
        let mut feature = layer.into_feature(encoder.encode()?);
        for (key, value) in tags {
            match value {
                Value::Word(word) => feature.add_tag_string(key, word),
                Value::Yes => feature.add_tag_bool(key, true),
            }
        }
        layer = feature.into_layer();
    }
    if layer.num_features() == 0 {
        return Ok(Vec::new());
    }
    tile.add_layer(layer)?;
    tile.to_bytes()
}
