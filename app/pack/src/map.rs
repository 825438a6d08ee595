//! The base map: vector tiles (Mapbox Vector Tile 2.1) in an archive (PMTiles 3). What is inside the tiles is for what draws them; here
//! the archive's header is read, so that a damaged one is told before a map is opened.

use crate::error::PackError;
use crate::later::MAP;
use bytes::Bytes;

/// The length of an archive's header.
const HEADER: usize = 127;
const MAGIC: &[u8; 8] = b"PMTiles\x03";
/// The highest zoom that tiles of a pack may have.
pub const HIGHEST_ZOOM: u8 = 18;
/// Vector tiles, as the header says it.
const VECTOR: u8 = 1;
/// Not compressed, or with gzip, as the header says it.
const COMPRESSIONS: [u8; 2] = [1, 2];

/// A base map, as the pack's bytes hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseMap {
    /// The whole archive, shared with the pack.
    pub bytes: Bytes,
    /// The lowest zoom that has tiles.
    pub lowest: u8,
    /// The highest zoom that has tiles; above it these are drawn larger.
    pub highest: u8,
    /// West, south, east and north, in 1e-7 degrees.
    pub bounds: [i32; 4],
}

impl BaseMap {
    /// Reads an archive's header.
    ///
    /// # Errors
    /// What is no archive of vector tiles, or has parts that are not inside it.
    pub fn open(bytes: Bytes) -> Result<Self, PackError> {
        let wrong = PackError::Undecodable { section: MAP, item: 0 };
        let header = bytes.first_chunk::<HEADER>().filter(|header| header.starts_with(MAGIC)).ok_or(wrong.clone())?;
        let long = |at: usize| header.get(at..at + 8).and_then(|part| part.try_into().ok()).map_or(u64::MAX, u64::from_le_bytes);
        let whole = |at: usize| header.get(at..at + 4).and_then(|part| part.try_into().ok()).map_or(i32::MAX, i32::from_le_bytes);
        // Root, metadata, leaves and tiles: each with its offset and its length.
        let fits = |at: usize| long(at).checked_add(long(at + 8)).is_some_and(|end| end <= bytes.len() as u64);
        let [internal, tiles, kind, lowest, highest] = [header[97], header[98], header[99], header[100], header[101]];
        let bounds = [102, 106, 110, 114].map(whole);
        let [west, south, east, north] = bounds;
        let on_globe = west >= -1_800_000_000 && east <= 1_800_000_000 && south >= -900_000_000 && north <= 900_000_000;
        let is_good = [8, 24, 40, 56].into_iter().all(fits)
            && COMPRESSIONS.contains(&internal)
            && COMPRESSIONS.contains(&tiles)
            && kind == VECTOR
            && lowest <= highest
            && highest <= HIGHEST_ZOOM
            && on_globe
            && west <= east
            && south <= north;
        if is_good { Ok(Self { bytes, lowest, highest, bounds }) } else { Err(wrong) }
    }
}
