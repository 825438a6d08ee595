//! Nearest entries by an index, lazily, with tags to filter by.
//!
//! Points lie on the unit sphere, where chord length orders like arc length, and neither the poles nor the antimeridian are special; what
//! is shown is the Haversine distance.
//!
//! The entries stand in one list, ordered as a k-d tree: the middle of a part splits it along one axis, what is less along it stands before
//! the middle and what is more behind, and so on down to a few entries. Each middle knows the tags of its whole part, so a filter that few
//! pass skips most of the list.

use crate::unit::{Metres, Place};
use geo::{Bearing, Distance, Haversine, Point};
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::ops::{BitOr, Range};
use std::slice::from_ref;

/// Up to 32 facts about an entry, one in each bit. What they mean is up to who builds the index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tags(pub u32);

impl Tags {
    /// Whether all of `wanted` are among these.
    pub fn include(self, wanted: Tags) -> bool {
        self.0 & wanted.0 == wanted.0
    }
}

impl BitOr for Tags {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// An entry that was found. Of two, the nearer one is less, and at the same distance the earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Near {
    chord: Chord,
    /// Its position among what the index was built from.
    pub at: usize,
}

/// An index over tagged places.
pub struct NearestIndex {
    entries: Vec<Entry>,
}

struct Entry {
    point: [f64; 3],
    at: usize,
    tags: Tags,
    /// The tags of the part whose middle this is, all together.
    part: Tags,
}

impl NearestIndex {
    /// Indexes `places`.
    pub fn new(places: impl Iterator<Item = (Place, Tags)>) -> Self {
        let mut draft = IndexDraft::default();
        places.for_each(|(place, tags)| draft.add(place, tags));
        draft.arrange(usize::MAX);
        draft.finish()
    }

    /// All entries with all of the `wanted` tags, nearest to `from` first, at the same distance the earlier one first, lazily.
    pub fn nearest(&self, from: Place, wanted: Tags) -> Walk<'_> {
        let whole = Part { bound: Chord::default(), axis: 0, entries: &self.entries };
        Walk { from: on_sphere(from), wanted, ahead: BinaryHeap::from([whole]), found: BinaryHeap::new() }
    }
}

/// So few entries are looked at one by one: splitting them further costs more than it spares.
const FEW: usize = 32;

/// An index that is being made, a piece at a time: entries are added, then arranged, and then it is finished.
#[derive(Default)]
pub struct IndexDraft {
    entries: Vec<Entry>,
    /// Parts of the list in the order in which they are split: each before the two that come of it.
    parts: Vec<Stretch>,
    /// The first that is still to be split.
    next: usize,
}

/// A part of the list by its place in it, split along an axis.
#[derive(Clone)]
struct Stretch {
    range: Range<usize>,
    axis: usize,
}

impl IndexDraft {
    /// Adds an entry. After the first call of [`IndexDraft::arrange`] it is too late.
    pub fn add(&mut self, place: Place, tags: Tags) {
        self.entries.push(Entry { point: on_sphere(place), at: self.entries.len(), tags, part: tags });
    }

    /// Goes on arranging, for about `most` entries, and says whether there is more to do.
    pub fn arrange(&mut self, most: usize) -> bool {
        if self.parts.is_empty() {
            self.parts.push(Stretch { range: 0..self.entries.len(), axis: 0 });
        }
        let mut done = 0;
        while let Some(part) = self.parts.get(self.next).filter(|_| done < most).cloned() {
            done += part.range.len();
            self.split(&part);
            self.next += 1;
        }
        self.next < self.parts.len()
    }

    /// Brings what is less along the axis before the middle, and what is more behind it.
    fn split(&mut self, Stretch { range, axis }: &Stretch) {
        let along = |one: &Entry, other: &Entry| one.point[*axis].total_cmp(&other.point[*axis]);
        if range.len() > FEW
            && let Some(entries) = self.entries.get_mut(range.clone())
        {
            entries.select_nth_unstable_by(range.len() / 2, along);
            let middle = middle(range);
            let axis = next(*axis);
            self.parts.extend([range.start..middle, middle + 1..range.end].map(|range| Stretch { range, axis }));
        }
    }

    /// The index, once nothing is left to arrange.
    pub fn finish(self) -> NearestIndex {
        let Self { mut entries, parts, .. } = self;
        // What comes of a part stands after it: from the last to the first each finds its halves done.
        for Stretch { range, .. } in parts.into_iter().rev() {
            let tags = gather(&entries, &range);
            if let Some(middle) = entries.get_mut(middle(&range)) {
                middle.part = tags;
            }
        }
        NearestIndex { entries }
    }
}

fn middle(range: &Range<usize>) -> usize {
    range.start + range.len() / 2
}

/// All tags of a part together, where its halves have theirs.
fn gather(entries: &[Entry], range: &Range<usize>) -> Tags {
    let all = |some: &[Entry], tags: fn(&Entry) -> Tags| some.iter().map(tags).fold(Tags::default(), BitOr::bitor);
    if range.len() <= FEW {
        return all(entries.get(range.clone()).unwrap_or_default(), |entry| entry.tags);
    }
    let at = middle(range);
    let halves = [range.start..at, at + 1..range.end].map(|half| entries.get(middle(&half)).map_or(Tags::default(), |entry| entry.part));
    halves.into_iter().fold(all(entries.get(at..=at).unwrap_or_default(), |entry| entry.tags), BitOr::bitor)
}

fn next(axis: usize) -> usize {
    (axis + 1) % 3
}

/// The square of a chord on the unit sphere, as the bits of a float, which order as it does because it is never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Chord(u64);

impl Chord {
    fn between(one: &[f64; 3], other: &[f64; 3]) -> Self {
        let [x, y, z] = [one[0] - other[0], one[1] - other[1], one[2] - other[2]];
        Self((x * x + y * y + z * z).to_bits())
    }

    /// Between two points that lie so far apart along one axis, at least: rounding keeps the order, and the other terms only add.
    fn at_least(apart: f64) -> Self {
        Self((apart * apart).to_bits())
    }
}

/// A part of the list that is still to be opened; nothing in it is nearer than `bound`.
struct Part<'a> {
    bound: Chord,
    axis: usize,
    entries: &'a [Entry],
}

/// The nearer part is greater, so that a heap gives it first.
impl Ord for Part<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.bound.cmp(&self.bound)
    }
}

impl PartialOrd for Part<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Part<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.bound == other.bound
    }
}

impl Eq for Part<'_> {}

/// A search under way, from near to far.
pub struct Walk<'a> {
    from: [f64; 3],
    wanted: Tags,
    ahead: BinaryHeap<Part<'a>>,
    found: BinaryHeap<Reverse<Near>>,
}

impl Iterator for Walk<'_> {
    type Item = Near;

    /// What was found is next once everything that is still ahead is farther.
    fn next(&mut self) -> Option<Near> {
        while let Some(part) = self.ahead.peek()
            && self.found.peek().is_none_or(|Reverse(near)| near.chord >= part.bound)
        {
            let part = self.ahead.pop()?;
            self.open(part);
        }
        self.found.pop().map(|Reverse(near)| near)
    }
}

impl<'a> Walk<'a> {
    /// From here on passes over what lacks any of the `wanted` tags, apart from the few entries that were looked at in advance.
    pub fn skip_without(&mut self, wanted: Tags) {
        self.wanted = wanted;
    }

    /// Goes down to where `from` lies or would lie, and leaves the other sides for later.
    fn open(&mut self, Part { bound, mut axis, mut entries }: Part<'a>) {
        while let (before, [middle, behind @ ..]) = entries.split_at(entries.len() / 2)
            && middle.part.include(self.wanted)
        {
            if entries.len() <= FEW {
                return self.look(entries);
            }
            self.look(from_ref(middle));
            let apart = self.from[axis] - middle.point[axis];
            let (near, far) = if apart < 0.0 { (before, behind) } else { (behind, before) };
            axis = next(axis);
            self.ahead.push(Part { bound: bound.max(Chord::at_least(apart)), axis, entries: far });
            entries = near;
        }
    }

    fn look(&mut self, entries: &[Entry]) {
        let wanted = entries.iter().filter(|entry| entry.tags.include(self.wanted));
        self.found.extend(wanted.map(|entry| Reverse(Near { chord: Chord::between(&self.from, &entry.point), at: entry.at })));
    }
}

/// How far and which way `to` lies from `from`.
pub fn measure(from: Place, to: Place) -> (Metres, u16) {
    let bearing = Haversine.bearing(point(from), point(to)).rem_euclid(360.0).round() as u16 % 360;
    (Metres(metres_between(from, to).round() as u32), bearing)
}

/// How many metres `to` lies from `from`.
pub(super) fn metres_between(from: Place, to: Place) -> f64 {
    Haversine.distance(point(from), point(to))
}

fn point(place: Place) -> Point {
    Point::new(place.lon(), place.lat())
}

fn on_sphere(place: Place) -> [f64; 3] {
    let (lat, lon) = (place.lat().to_radians(), place.lon().to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

#[cfg(test)]
mod tests;
