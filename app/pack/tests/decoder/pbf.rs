//! Writes small extracts of OpenStreetMap: https://wiki.openstreetmap.org/wiki/PBF_Format.

use flate2::{Compression, write::ZlibEncoder};
use std::io::Write;

/// Keys and values.
pub type Tags<'a> = &'a [(&'a str, &'a str)];

/// One block of elements on its way into a file.
#[derive(Default)]
pub struct Block {
    strings: Vec<String>,
    /// Points: number, and latitude and longitude in 1e-7 degrees.
    dense: Vec<(i64, i64, i64)>,
    dense_tags: Vec<u8>,
    elements: Vec<u8>,
}

/// Seven bits in a byte, the lowest first.
pub fn number(bytes: &mut Vec<u8>, mut value: u64) {
    while value > 127 {
        bytes.push(value as u8 | 128);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// A field of bytes.
pub fn field(bytes: &mut Vec<u8>, tag: u8, content: &[u8]) {
    bytes.push(tag << 3 | 2);
    number(bytes, content.len() as u64);
    bytes.extend(content);
}

/// The difference of each to the one before it, zigzag.
fn steps(values: impl IntoIterator<Item = i64>) -> Vec<u8> {
    let (mut bytes, mut last) = (Vec::new(), 0_i64);
    for value in values {
        let step = value - last;
        number(&mut bytes, (step << 1 ^ step >> 63) as u64);
        last = value;
    }
    bytes
}

impl Block {
    /// The place of a word in the table, after the empty one.
    fn word(&mut self, word: &str) -> u64 {
        let at = self.strings.iter().position(|known| known == word).unwrap_or_else(|| {
            self.strings.push(word.to_owned());
            self.strings.len() - 1
        });
        at as u64 + 1
    }

    fn words<'a>(&mut self, words: impl Iterator<Item = &'a str>) -> Vec<u8> {
        let mut bytes = Vec::new();
        words.for_each(|word| {
            let at = self.word(word);
            number(&mut bytes, at);
        });
        bytes
    }

    /// A point.
    pub fn point(&mut self, id: i64, (lat, lon): (i32, i32), tags: Tags<'_>) {
        self.dense.push((id, lat.into(), lon.into()));
        let words = self.words(tags.iter().flat_map(|(key, value)| [*key, *value]));
        self.dense_tags.extend(words);
        self.dense_tags.push(0);
    }

    /// A way of points.
    pub fn way(&mut self, id: i64, points: &[i64], tags: Tags<'_>) {
        let mut way = self.element(id, tags);
        field(&mut way, 8, &steps(points.iter().copied()));
        field(&mut self.elements, 3, &way);
    }

    /// A relation of ways, each with its role.
    pub fn relation(&mut self, id: i64, ways: &[(i64, &str)], tags: Tags<'_>) {
        let mut relation = self.element(id, tags);
        let roles = self.words(ways.iter().map(|(_, role)| *role));
        field(&mut relation, 8, &roles);
        field(&mut relation, 9, &steps(ways.iter().map(|(way, _)| *way)));
        field(&mut relation, 10, &vec![1; ways.len()]);
        field(&mut self.elements, 4, &relation);
    }

    fn element(&mut self, id: i64, tags: Tags<'_>) -> Vec<u8> {
        let mut element = vec![1 << 3];
        number(&mut element, id as u64);
        let keys = self.words(tags.iter().map(|(key, _)| *key));
        let values = self.words(tags.iter().map(|(_, value)| *value));
        field(&mut element, 2, &keys);
        field(&mut element, 3, &values);
        element
    }

    /// As the format has it.
    pub fn bytes(&self) -> Vec<u8> {
        let mut strings = Vec::new();
        field(&mut strings, 1, b"");
        self.strings.iter().for_each(|word| field(&mut strings, 1, word.as_bytes()));
        let mut dense = Vec::new();
        field(&mut dense, 1, &steps(self.dense.iter().map(|point| point.0)));
        field(&mut dense, 8, &steps(self.dense.iter().map(|point| point.1)));
        field(&mut dense, 9, &steps(self.dense.iter().map(|point| point.2)));
        field(&mut dense, 10, &self.dense_tags);
        let mut points = Vec::new();
        field(&mut points, 2, &dense);
        let mut block = Vec::new();
        field(&mut block, 1, &strings);
        field(&mut block, 2, &points);
        field(&mut block, 2, &self.elements);
        block
    }
}

/// A piece of a file: of elements (`OSMData`), or its header (`OSMHeader`).
pub fn piece(kind: &str, content: &[u8], packed: bool) -> Vec<u8> {
    let mut blob = Vec::new();
    if packed {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(content).unwrap();
        blob.push(2 << 3);
        number(&mut blob, content.len() as u64);
        field(&mut blob, 3, &encoder.finish().unwrap());
    } else {
        field(&mut blob, 1, content);
    }
    let mut header = Vec::new();
    field(&mut header, 1, kind.as_bytes());
    header.push(3 << 3);
    number(&mut header, blob.len() as u64);
    [&(header.len() as u32).to_be_bytes(), header.as_slice(), &blob].concat()
}

/// The header of a file.
pub fn head() -> Vec<u8> {
    let mut header = Vec::new();
    field(&mut header, 4, b"OsmSchema-V0.6");
    field(&mut header, 4, b"DenseNodes");
    piece("OSMHeader", &header, false)
}
