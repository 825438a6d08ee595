//! What happened to rows that could not be taken as they stand. Everything is said, nothing stops the build.

use super::chart::archive::LAYERS;
use super::shown::Shown;
use civmesh_domain::spatial::people::Basis;
use civmesh_domain::spatial::walk::Counts;
use std::collections::BTreeMap;
use std::fmt;

/// What became of the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Left out.
    Refused,
    /// Kept, with a value put right or left unknown.
    Mended,
    /// Put into an earlier one.
    Merged,
    /// Kept as it is; somebody should look at it.
    Noted,
}

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Its number of columns is not the header's, or it is not a feature.
    Malformed,
    /// No coordinates, or not numbers.
    NoCoordinates,
    /// Latitude or longitude is zero.
    ZeroCoordinates,
    /// Outside the region's bounds.
    OutOfRange,
    /// It says itself that it lies elsewhere.
    Elsewhere,
    /// No name in either language.
    NoName,
    /// Not an identifier, or one that another has.
    BadId,
    /// No kind of place, or not one that is known.
    NoKind,
    /// Latitude and longitude were the wrong way round.
    Swapped,
    /// A number that is none; unknown.
    NotANumber,
    /// A capacity of nought or beyond belief; unknown.
    Capacity,
    /// A word that means nothing here; left out.
    UnknownWord,
    /// Said to be neither indoors nor outdoors; unknown.
    NeitherInNorOut,
    /// The same as another.
    Duplicate,
    /// On the same point as another, with another address or name.
    Stacked,
    /// It should be a line or an outline, and is none.
    NoLine,
}

impl Reason {
    /// What becomes of a row with this.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Malformed | Self::NoCoordinates | Self::ZeroCoordinates | Self::OutOfRange => Outcome::Refused,
            Self::Elsewhere | Self::NoName | Self::BadId | Self::NoKind | Self::NoLine => Outcome::Refused,
            Self::Swapped | Self::NotANumber | Self::Capacity | Self::UnknownWord | Self::NeitherInNorOut => Outcome::Mended,
            Self::Duplicate => Outcome::Merged,
            Self::Stacked => Outcome::Noted,
        }
    }
}

/// One row and what was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file, as region.toml names it.
    pub file: String,
    /// The line of a CSV, or the number of the feature in a GeoJSON, from 1.
    pub line: u64,
    /// What was wrong.
    pub reason: Reason,
    /// In words.
    pub detail: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {:?}: {}", Shown(&self.file), self.line, self.reason.outcome(), Shown(&self.detail))
    }
}

/// How many rows of a layer came to what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayerCount {
    /// The file.
    pub file: String,
    /// Rows in the file that the filter lets through.
    pub rows: usize,
    /// Rows outside the clip: left out without a finding.
    pub outside: usize,
    /// Rows that are nothing of what the layer holds, such as lines on which nobody walks.
    pub passed_over: usize,
    /// Nodes, places, lines, areas or cells that came of it.
    pub kept: usize,
    /// How many of the report's findings are of this layer.
    pub findings: usize,
}

/// All findings of a build.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// In order of files and rows.
    pub findings: Vec<Finding>,
    /// In order of layers.
    pub layers: Vec<LayerCount>,
    /// What lies between the nodes.
    pub ground: GroundCount,
    /// The base map.
    pub map: Option<MapCount>,
}

/// What lies between the nodes, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroundCount {
    /// The walking graph, and its bytes.
    pub walk: Option<(Counts, usize)>,
    /// Hazard areas.
    pub areas: usize,
    /// What the figures of people rest on, cells, and people in all.
    pub people: Option<(Basis, usize, u64)>,
}

impl fmt::Display for GroundCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((counts, bytes)) = self.walk {
            let Counts { lines, merged, joined, split, nodes, edges, components, largest, metres, largest_metres } = counts;
            let share = |part: u64, all: u64| format!("{}.{} %", part * 100 / all.max(1), part * 1000 / all.max(1) % 10);
            writeln!(f, "walking graph: {nodes} nodes, {edges} edges, {} km, {bytes} bytes", metres / 1000)?;
            writeln!(f, "    of {lines} lines; {merged} stretches that were there twice, {joined} ends joined, {split} put on a line")?;
            let (of_nodes, of_metres) = (share(largest.into(), nodes.into()), share(largest_metres, metres));
            writeln!(f, "    {components} parts; the largest has {of_nodes} of the nodes and {of_metres} of the length")?;
        }
        if self.areas > 0 {
            writeln!(f, "hazard areas: {}", self.areas)?;
        }
        if let Some((basis, cells, people)) = self.people {
            let basis = match basis {
                Basis::Counted => "as the source counts them",
                Basis::SpreadOverBuildings => "spread by the ground that buildings cover: no figures of people were given",
            };
            writeln!(f, "people: {people} in {cells} cells, {basis}")?;
        }
        Ok(())
    }
}

/// The base map, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MapCount {
    /// Tiles.
    pub tiles: usize,
    /// Bytes of the archive.
    pub bytes: usize,
    /// Bytes of each layer in all tiles, before they are compressed, in the order of [`LAYERS`].
    pub layers: [usize; 6],
    /// The ground of the box around it.
    pub square_metres: f64,
}

impl fmt::Display for MapCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tiles, bytes, layers, square_metres } = self;
        let square_kilometres = square_metres / 1e6;
        let each = *bytes as f64 / square_kilometres.max(0.01) / 1000.0;
        writeln!(f, "base map: {tiles} tiles, {bytes} bytes, {each:.0} kB for each of {square_kilometres:.1} square kilometres")?;
        let layers: Vec<_> = LAYERS.iter().zip(layers).map(|(name, bytes)| format!("{name} {bytes}")).collect();
        writeln!(f, "    bytes before they are compressed: {}", layers.join(", "))
    }
}

impl Report {
    /// How many findings have this reason.
    pub fn count(&self, reason: Reason) -> usize {
        self.findings.iter().filter(|finding| finding.reason == reason).count()
    }

    /// The findings as CSV: file, line, outcome, reason, detail.
    pub fn to_csv(&self) -> String {
        let mut csv = "file,line,outcome,reason,detail\n".to_owned();
        for finding in &self.findings {
            let Finding { file, line, reason, detail } = finding;
            csv += &format!("{},{line},{:?},{reason:?},{}\n", quoted(file), reason.outcome(), quoted(detail));
        }
        csv
    }

    /// One line for each layer, one for each reason in it.
    pub fn summary(&self) -> String {
        let mut lines = String::new();
        let mut findings = self.findings.iter();
        for layer in &self.layers {
            let LayerCount { file, rows, outside, passed_over, kept, .. } = layer;
            let passed_over = if *passed_over > 0 { format!(", {passed_over} passed over") } else { String::new() };
            lines += &format!("{file}: {rows} rows, {outside} outside the clip{passed_over}, {kept} kept\n");
            let mut counts = BTreeMap::new();
            for finding in findings.by_ref().take(layer.findings) {
                *counts.entry((finding.reason.outcome(), finding.reason)).or_insert(0) += 1;
            }
            for ((outcome, reason), count) in counts {
                lines += &format!("    {outcome:?} {count}: {reason:?}\n");
            }
        }
        let map = self.map.map_or_else(String::new, |map| map.to_string());
        lines + &self.ground.to_string() + &map
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
