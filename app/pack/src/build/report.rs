//! What happened to rows that could not be taken as they stand. Everything is said, nothing stops the build.

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
}

impl Reason {
    /// What becomes of a row with this.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Malformed | Self::NoCoordinates | Self::ZeroCoordinates | Self::OutOfRange => Outcome::Refused,
            Self::Elsewhere | Self::NoName | Self::BadId | Self::NoKind => Outcome::Refused,
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
        write!(f, "{}:{}: {:?}: {}", self.file, self.line, self.reason.outcome(), self.detail)
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
    /// Nodes or places that came of it.
    pub kept: usize,
    /// How many of the report's findings are of this layer.
    pub findings: usize,
}

/// All findings of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// In order of files and rows.
    pub findings: Vec<Finding>,
    /// In order of layers.
    pub layers: Vec<LayerCount>,
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
            lines += &format!("{}: {} rows, {} outside the clip, {} kept\n", layer.file, layer.rows, layer.outside, layer.kept);
            let mut counts = BTreeMap::new();
            for finding in findings.by_ref().take(layer.findings) {
                *counts.entry((finding.reason.outcome(), finding.reason)).or_insert(0) += 1;
            }
            for ((outcome, reason), count) in counts {
                lines += &format!("    {outcome:?} {count}: {reason:?}\n");
            }
        }
        lines
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
