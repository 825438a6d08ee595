//! Candidates that would close the most gaps.
//!
//! Each step takes the candidate that brings most people within the limit who were outside until then, which is known to reach at least
//! 63 % of what the best choice of as many places could (Nemhauser, Wolsey and Fisher, 1978).

use super::access::Access;
use crate::unit::Persons;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A place that was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// The candidate.
    pub candidate: u32,
    /// People whom it brings inside, after those before it.
    pub gains: u64,
}

/// Chooses up to `most` candidates, the one that gains most first, at the same gain the earlier one. `candidates` says which of them each
/// cell reaches; `covered` says which cells need nobody any more. It ends where nobody more is gained.
pub fn sites(candidates: &Access, people: &[Persons], limit: u32, covered: impl Fn(usize) -> bool, most: usize) -> Vec<Site> {
    let mut open: Vec<u64> = people.iter().enumerate().map(|(cell, people)| if covered(cell) { 0 } else { u64::from(people.0) }).collect();
    let mut cells: Vec<Vec<u32>> = vec![Vec::new(); candidates.nodes() as usize];
    for cell in (0..people.len()).filter(|cell| open.get(*cell).is_some_and(|people| *people > 0)) {
        for reached in candidates.reached(cell).iter().take_while(|reached| reached.far <= limit) {
            if let Some(cells) = cells.get_mut(reached.node as usize) {
                cells.push(cell as u32);
            }
        }
    }
    let gain = |open: &[u64], candidate: u32| -> u64 {
        let cells = cells.get(candidate as usize).into_iter().flatten();
        cells.filter_map(|cell| open.get(*cell as usize)).sum()
    };
    // What a candidate gains only ever falls, so one that is still ahead after a second look is the best.
    let all = (0..candidates.nodes()).map(|candidate| (gain(&open, candidate), Reverse(candidate)));
    let mut heap: BinaryHeap<(u64, Reverse<u32>)> = all.filter(|(gains, _)| *gains > 0).collect();
    let mut sites = Vec::new();
    while sites.len() < most
        && let Some((said, Reverse(candidate))) = heap.pop()
    {
        let gains = gain(&open, candidate);
        if gains < said {
            if gains > 0 {
                heap.push((gains, Reverse(candidate)));
            }
            continue;
        }
        sites.push(Site { candidate, gains });
        for cell in cells.get(candidate as usize).into_iter().flatten() {
            if let Some(open) = open.get_mut(*cell as usize) {
                *open = 0;
            }
        }
    }
    sites
}
