//! Deterministic simulation: many phones and hubs, everything that can go wrong, one seed for each run. See `docs/simulation.md`.
//!
//! # Layout
//! - `chance`, `executor`: numbers from a seed, tasks in a drawn order, time.
//! - `scene`: who takes part. `fault`: what can go wrong with a request, and how often.
//! - `network`, `shelf`: a phone's hub and store, with awaits and faults. `broken`: with a rule broken on purpose.
//! - `phone`, `writing`: what a phone and the people at it do. `replication`, `weather`, `region`: the rest of the world.
//! - `check`: what is looked at after each change. `healed`: what has to hold in the end. `run`: one run.
#![allow(dead_code, clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod broken;
mod chance;
mod check;
mod executor;
mod fault;
mod healed;
#[path = "../model/mod.rs"]
mod model;
mod network;
mod phone;
mod region;
mod replication;
mod run;
mod scene;
mod shelf;
mod weather;
#[path = "../world/mod.rs"]
mod world;
mod writing;

use broken::Flaw;
use run::{Ended, run};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// Seeds where nobody says how many: `make test` runs thousands of them in a stage of its own, and `make soak` as many as one likes.
const SEEDS: u64 = 40;
/// A broken rule is found within so many seeds.
const WITHIN: u64 = 150;
/// After so many seeds that failed no other is begun.
const MOST_FAILED: usize = 8;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(default)
}

fn told(flaw: Flaw, (seed, what): &(u64, String)) -> Option<Flaw> {
    println!("{flaw:?}: found at seed {seed}: {what}");
    None
}

/// What a person needs to look into a seed that failed.
fn tell(seed: u64, ended: &Ended) -> String {
    let lines: Vec<&str> = ended.trace.lines().collect();
    let tail = lines[lines.len().saturating_sub(60)..].join("\n");
    let what = ended.violation.as_deref().unwrap_or_default();
    format!(
        "{tail}\n\nseed {seed}: {what}\n(trace {}; the whole of it, the same again: make soak FROM={seed} SEEDS=1)",
        ended.fingerprint()
    )
}

#[derive(Default)]
struct Sum {
    seeds: u64,
    events: usize,
    steps: u64,
    faults: BTreeMap<&'static str, u64>,
    /// What was found, and the trace to it.
    failed: BTreeMap<u64, (String, String)>,
}

impl Sum {
    fn add(&mut self, seed: u64, ended: &Ended) {
        self.seeds += 1;
        self.events += ended.events;
        self.steps += ended.steps;
        for (kind, count) in &ended.faults {
            *self.faults.entry(kind).or_default() += count;
        }
        if let Some(what) = &ended.violation {
            self.failed.insert(seed, (what.clone(), tell(seed, ended)));
        }
    }
}

/// Runs all these seeds on all cores, each on one thread from beginning to end.
fn run_all(from: u64, seeds: u64) -> Sum {
    let (next, sum) = (Arc::new(AtomicU64::new(from)), Arc::new(Mutex::new(Sum::default())));
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let (next, sum) = (next.clone(), sum.clone());
        move || loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= from + seeds || sum.lock().unwrap().failed.len() >= MOST_FAILED {
                return;
            }
            let ended = run(seed, None);
            if seeds == 1 {
                println!("{}(trace {})", ended.trace, ended.fingerprint());
            }
            sum.lock().unwrap().add(seed, &ended);
        }
    };
    let threads: Vec<_> = (0..cores).map(|_| thread::spawn(work())).collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    Arc::into_inner(sum).unwrap().into_inner().unwrap()
}

#[test]
fn whatever_goes_wrong_nothing_is_lost_doubled_or_invented_and_all_see_the_same() {
    let (from, seeds) = (setting("FROM", 0), setting("SEEDS", SEEDS));
    let sum = run_all(from, seeds);
    println!("{} seeds from {from}, {} events, {} steps", sum.seeds, sum.events, sum.steps);
    for (kind, count) in &sum.faults {
        println!("{count:>9} {kind}");
    }
    if let Some((_, told)) = sum.failed.first_key_value() {
        let all: Vec<String> = sum.failed.iter().map(|(seed, (what, _))| format!("seed {seed}: {what}")).collect();
        panic!("{}\n\n{} of {} seeds failed:\n{}", told.1, all.len(), sum.seeds, all.join("\n"));
    }
    assert!(sum.events > 0 && (seeds < 200 || sum.faults.len() > 15), "{:?}", sum.faults);
}

#[test]
fn the_same_seed_is_the_same_run_step_by_step() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..12 {
        let runs = [run(seed, None), run(seed, None)];
        assert_eq!(runs[0].trace, runs[1].trace, "seed {seed}");
        assert_eq!(runs[0].steps, runs[1].steps, "seed {seed}");
        assert!(seen.insert(runs[0].fingerprint()), "another seed is another run");
    }
}

#[test]
fn every_rule_of_the_protocol_that_is_broken_on_purpose_is_found() {
    let find = |flaw| (0..WITHIN).find_map(|seed| run(seed, Some(flaw)).violation.map(|what| (seed, what)));
    let missed = thread::scope(|scope| {
        let searches: Vec<_> = Flaw::ALL.iter().map(|&flaw| (flaw, scope.spawn(move || find(flaw)))).collect();
        let found = searches.into_iter().map(|(flaw, search)| (flaw, search.join().unwrap()));
        found.filter_map(|(flaw, found)| found.map_or(Some(flaw), |found| told(flaw, &found))).collect::<Vec<_>>()
    });
    assert_eq!(missed, [], "not found in {WITHIN} seeds");
}
