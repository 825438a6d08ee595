//! For `make bench`, row `build`: writes the extract of a made-up town, and counts the elements of an extract by the library alone, which is
//! the least that reading one can take.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a program for a benchmark")]

#[path = "../tests/decoder/pbf.rs"]
#[allow(dead_code, reason = "a town needs a part of it")]
mod pbf;

use pbf::Block;
use std::io::Write;

/// The side of a block between four streets, 1e-7 degrees of latitude: some hundred metres.
const SIDE: i32 = 9_000;
/// Houses of a block, in rows of four.
const HOUSES: i32 = 12;
/// Elements that writers put into one block of a file.
const TOGETHER: usize = 8_000;
const CORNER: (i32, i32) = (250_000_000, 1_215_000_000);

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", file, blocks] => write(file, blocks.parse().unwrap()),
        ["count", file] => println!("{}", count(file)),
        _ => panic!("write FILE BLOCKS, or count FILE"),
    }
}

fn count(file: &str) -> usize {
    let mut count = 0;
    osmpbf::ElementReader::from_path(file).unwrap().for_each(|_| count += 1).unwrap();
    count
}

/// A file on its way.
struct Town {
    file: std::fs::File,
    block: Block,
    held: usize,
    elements: usize,
    chance: u64,
}

impl Town {
    fn put(&mut self, add: impl FnOnce(&mut Block)) {
        add(&mut self.block);
        self.elements += 1;
        self.held += 1;
        if self.held == TOGETHER {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let block = std::mem::take(&mut self.block);
        self.held = 0;
        self.file.write_all(&pbf::piece("OSMData", &block.bytes(), true)).unwrap();
    }

    /// A little off a place, the same in every run, so that the file is not smaller than a real one.
    fn near(&mut self, (lat, lon): (i32, i32)) -> (i32, i32) {
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let off = |bits: u64| (bits % 200) as i32;
        (CORNER.0 + lat + off(self.chance >> 33), CORNER.1 + lon + off(self.chance >> 45))
    }
}

/// The number of a block's point: the crossing, two points on each street, three of a footway, a shop, then the corners of houses.
fn id(side: i32, (row, column): (i32, i32), point: i32) -> i64 {
    i64::from(row * side + column) * 64 + i64::from(point) + 1
}

/// `side` blocks each way: streets with names, houses, a footway through each block, and shops and schools.
fn write(file: &str, side: i32) {
    let mut town = Town { file: std::fs::File::create(file).unwrap(), block: Block::default(), held: 0, elements: 0, chance: 7 };
    town.file.write_all(&pbf::head()).unwrap();
    let blocks = || (0..side).flat_map(move |row| (0..side).map(move |column| (row, column)));
    blocks().for_each(|at| points(&mut town, side, at));
    town.flush();
    blocks().for_each(|at| ways(&mut town, side, at));
    town.flush();
    let metres = f64::from(side) * f64::from(SIDE) / 1e7 * 111_195.0;
    let square_kilometres = metres * metres * (f64::from(CORNER.0) / 1e7).to_radians().cos() / 1e6;
    println!("{{\"elements\":{},\"squareKilometres\":{square_kilometres:.1}}}", town.elements);
}

fn points(town: &mut Town, side: i32, at: (i32, i32)) {
    let (south, west) = (at.0 * SIDE, at.1 * SIDE);
    let third = SIDE / 3;
    let streets = [(0, 0), (0, third), (0, 2 * third), (third, 0), (2 * third, 0)];
    let footway = [(third, third / 2), (2 * third, third), (SIDE, SIDE / 2)];
    for (point, (lat, lon)) in (0..).zip(streets.into_iter().chain(footway)) {
        let place = town.near((south + lat, west + lon));
        town.put(|block| block.point(id(side, at, point), place, &[]));
    }
    let name = format!("第{}號", id(side, at, 0));
    let kind = [("shop", "convenience"), ("amenity", "school"), ("amenity", "cafe"), ("amenity", "bench")][((at.0 + at.1) % 4) as usize];
    let place = town.near((south + SIDE / 2, west + SIDE / 2));
    town.put(|block| block.point(id(side, at, 8), place, &[kind, ("name", &name)]));
    for house in 0..HOUSES {
        let (lat, lon) = (south + 1_000 + house / 4 * 2_500, west + 1_000 + house % 4 * 1_900);
        for (corner, (up, right)) in (0..).zip([(0, 0), (0, 1_200), (1_500, 1_200), (1_500, 0)]) {
            let place = town.near((lat + up, lon + right));
            town.put(|block| block.point(id(side, at, 9 + house * 4 + corner), place, &[]));
        }
    }
}

fn ways(town: &mut Town, side: i32, at: (i32, i32)) {
    let number = |way: i32| id(side, at, way);
    let of = |point| id(side, at, point);
    let next = |row: i32, column: i32| {
        let (row, column) = (at.0 + row, at.1 + column);
        (row < side && column < side).then(|| id(side, (row, column), 0))
    };
    let streets = [(next(0, 1), [0, 1, 2], format!("{}街", at.0)), (next(1, 0), [0, 3, 4], format!("{}路", at.1))];
    for (way, (end, points, name)) in (0..).zip(streets) {
        let points: Vec<i64> = points.into_iter().map(of).chain(end).collect();
        let class = if name.starts_with('1') { "secondary" } else { "residential" };
        town.put(|block| block.way(number(way), &points, &[("highway", class), ("name", &name)]));
    }
    let through: Vec<i64> = [0, 5, 6, 7].map(of).into();
    town.put(|block| block.way(number(2), &through, &[("highway", "footway")]));
    for house in 0..HOUSES {
        let first = 9 + house * 4;
        let ring: Vec<i64> = [first, first + 1, first + 2, first + 3, first].map(of).into();
        town.put(|block| block.way(number(3 + house), &ring, &[("building", "yes")]));
    }
}
