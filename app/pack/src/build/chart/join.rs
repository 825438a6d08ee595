//! Pieces of one street become one line: fewer bytes, and room for its name.

use super::Line;
use super::class::Street;
use geo::Coord;
use std::collections::HashMap;

/// The end of a line, to the millionth of a tile.
fn key(at: Coord<f64>) -> (u64, u64) {
    let whole = |value: f64| (value * 2f64.powi(36)) as u64;
    (whole(at.x), whole(at.y))
}

/// Joins lines of the same kind that meet end to end, two at a time, in the order in which they came. A line that is there twice, the
/// same way or the other way round, is kept once.
pub fn joined(streets: Vec<(Street, Line)>) -> Vec<(Street, Line)> {
    let mut kinds: Vec<Street> = Vec::new();
    let mut lines: HashMap<Street, Vec<Line>> = HashMap::new();
    for (street, line) in streets {
        let known = lines.entry(street.clone()).or_insert_with(|| {
            kinds.push(street);
            Vec::new()
        });
        let turned = || line.iter().rev();
        if !known.iter().rev().take(64).any(|other| *other == line || other.iter().eq(turned())) {
            known.push(line);
        }
    }
    kinds.sort();
    let mut all = Vec::new();
    for street in kinds {
        let lines = lines.remove(&street).unwrap_or_default();
        all.extend(chained(lines).into_iter().map(|line| (street.clone(), line)));
    }
    all
}

fn chained(lines: Vec<Line>) -> Vec<Line> {
    let mut ends: HashMap<(u64, u64), Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        for end in [line.first(), line.last()].into_iter().flatten() {
            ends.entry(key(*end)).or_default().push(at);
        }
    }
    let mut left: Vec<Option<Line>> = lines.into_iter().map(Some).collect();
    let mut chains = Vec::new();
    for at in 0..left.len() {
        let Some(mut chain) = left[at].take() else { continue };
        // From its end on, then from its beginning, which is its end once it is turned.
        for _ in 0..2 {
            while let Some(next) = next(&chain, &ends, &mut left) {
                chain.extend(next.into_iter().skip(1));
            }
            chain.reverse();
        }
        chains.push(chain);
    }
    chains
}

/// The first line that is left and goes on where this one ends, turned so that it does.
fn next(chain: &Line, ends: &HashMap<(u64, u64), Vec<usize>>, left: &mut [Option<Line>]) -> Option<Line> {
    let end = key(*chain.last()?);
    let at = ends.get(&end)?.iter().copied().find(|at| left.get(*at).is_some_and(Option::is_some))?;
    let mut line = left.get_mut(at)?.take()?;
    if line.first().is_some_and(|first| key(*first) != end) {
        line.reverse();
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::chart::class::StreetClass;

    fn street(name: &str) -> Street {
        Street { class: StreetClass::Minor, bridge: false, tunnel: false, name: (name.to_owned(), String::new()) }
    }

    fn line(points: &[(f64, f64)]) -> Line {
        points.iter().map(|(x, y)| Coord { x: x / 1024.0, y: y / 1024.0 }).collect()
    }

    #[test]
    fn pieces_of_one_street_are_one_and_other_streets_stay_apart() {
        let pieces = vec![
            (street("甲"), line(&[(1.0, 1.0), (2.0, 1.0)])),
            (street("乙"), line(&[(2.0, 1.0), (2.0, 5.0)])),
            (street("甲"), line(&[(3.0, 1.0), (2.0, 1.0)])),
            (street("甲"), line(&[(0.0, 1.0), (1.0, 1.0)])),
            (street("甲"), line(&[(1.0, 1.0), (0.0, 1.0)])),
            (street("甲"), line(&[(8.0, 8.0), (9.0, 9.0)])),
        ];
        let joined = joined(pieces);
        assert_eq!(joined.len(), 3);
        let mut long = joined.iter().find(|(street, line)| street.name.0 == "甲" && line.len() == 4).unwrap().1.clone();
        if long[0].x > long[3].x {
            long.reverse();
        }
        assert_eq!(long, line(&[(0.0, 1.0), (1.0, 1.0), (2.0, 1.0), (3.0, 1.0)]));
    }
}
