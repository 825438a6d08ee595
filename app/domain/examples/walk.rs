//! Walking distance from one place to all on a graph of 100,000 edges: ours beside a flat search over plain lists, which is the floor, and
//! beside petgraph. `tests/bench/walk.mjs` runs it; it prints microseconds by way, one list for each, as JSON.
//!
//! The three are asked in turn, from the same places, after they have given the same answers.

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::main();
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use civmesh_domain::spatial::walk::{Costs, Pace, Reach, WalkDraft, WalkGraph, Way};
    use civmesh_domain::text::Text;
    use civmesh_domain::unit::Place;
    use petgraph::graph::{NodeIndex, UnGraph};
    use std::cmp::Reverse;
    use std::collections::BinaryHeap;
    use std::hint::black_box;
    use std::ops::ControlFlow;
    use std::time::Instant;

    /// Rows and columns of crossings: about 100,000 streets between them.
    const ROWS: i64 = 200;
    const COLUMNS: i64 = 262;
    /// Places from which each way is asked in a run.
    const STARTS: usize = 10;

    pub fn main() {
        let runs: usize = std::env::args().nth(1).and_then(|runs| runs.parse().ok()).unwrap_or(7);
        let graph = town();
        let costs = Costs::new(&graph, &Pace::default());
        let (flat, other) = (Flat::of(&graph), reference(&graph));
        let starts: Vec<u32> = (0..STARTS as u32).map(|at| (at * 7_919) % graph.nodes()).collect();
        let mut reach = Reach::default();
        agree(&graph, &costs, &mut reach, &flat, &other);
        let mut figures = [Vec::new(), Vec::new(), Vec::new()];
        for _ in 0..runs {
            let ours = timed(&starts, |from| search(&graph, &costs, &mut reach, from));
            let floor = timed(&starts, |from| drop(black_box(flat.search(from))));
            let petgraph = timed(&starts, |from| drop(black_box(ask(&other, from))));
            for (list, figure) in figures.iter_mut().zip([ours, floor, petgraph]) {
                list.push(figure);
            }
        }
        let [ours, floor, petgraph] = figures;
        println!("{{\"edges\":{},\"bytes\":{},\"opening\":{}", graph.edges(), graph.block().len(), opening(&graph));
        println!(",\"ours\":{ours:?},\"floor\":{floor:?},\"petgraph\":{petgraph:?}}}");
    }

    /// Microseconds for each start.
    fn timed(starts: &[u32], mut ask: impl FnMut(u32)) -> f64 {
        let begin = Instant::now();
        starts.iter().for_each(|from| ask(*from));
        begin.elapsed().as_secs_f64() * 1e6 / starts.len() as f64
    }

    /// Microseconds to open the block, its check included.
    fn opening(graph: &WalkGraph) -> f64 {
        let block = graph.block().to_vec();
        let begin = Instant::now();
        let _ = black_box(WalkGraph::open(block).map(|graph| graph.edges()));
        begin.elapsed().as_secs_f64() * 1e6
    }

    fn search(graph: &WalkGraph, costs: &Costs, reach: &mut Reach, from: u32) {
        reach.search_from(graph, costs, [(from, 0)], u32::MAX - 1, |_, _| ControlFlow::Continue(()));
        black_box(reach.cost(0));
    }

    /// A town of crooked streets, some of which are missing.
    #[allow(clippy::expect_used, reason = "a benchmark without a town is none")]
    fn town() -> WalkGraph {
        let mut state = 1u32;
        let mut random = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % below
        };
        let crossings: Vec<Place> = (0..ROWS * COLUMNS)
            .map(|at| Place {
                lat_e7: 250_000_000 + (at / COLUMNS) as i32 * 9_000 + random(6_000) as i32,
                lon_e7: 1_215_000_000 + (at % COLUMNS) as i32 * 9_900 + random(6_600) as i32,
            })
            .collect();
        let mut draft = WalkDraft::default();
        let ways = [Way::Residential, Way::Footway, Way::Steps, Way::Tertiary];
        for at in 0..ROWS * COLUMNS {
            let beside = [(at % COLUMNS + 1 < COLUMNS).then_some(at + 1), (at / COLUMNS + 1 < ROWS).then_some(at + COLUMNS)];
            for to in beside.into_iter().flatten() {
                if random(25) == 0 {
                    continue;
                }
                let ends = [at, to].map(|at| (at, crossings[at as usize]));
                let _ = draft.numbered_line(ends, ways[random(4) as usize].into(), &Text::default());
            }
        }
        let built = draft.build().expect("a town fits");
        WalkGraph::open(built.block).expect("what was built opens")
    }

    fn agree(graph: &WalkGraph, costs: &Costs, reach: &mut Reach, flat: &Flat, other: &UnGraph<(), u32>) {
        search(graph, costs, reach, 0);
        let (flat, other) = (flat.search(0), ask(other, 0));
        for node in 0..graph.nodes() {
            let ours = reach.cost(node);
            assert_eq!(ours, Some(flat[node as usize]).filter(|cost| *cost < u32::MAX));
            assert_eq!(ours, other.get(&NodeIndex::new(node as usize)).copied());
        }
    }

    fn cost(graph: &WalkGraph, costs: &Costs, edge: civmesh_domain::spatial::walk::EdgeId) -> u32 {
        graph.edge(edge).and_then(|edge| costs.millis(&edge)).unwrap_or(u32::MAX)
    }

    /// Lists of heads and costs, and nothing else.
    struct Flat {
        first: Vec<u32>,
        arcs: Vec<(u32, u32)>,
    }

    impl Flat {
        fn of(graph: &WalkGraph) -> Self {
            let costs = Costs::new(graph, &Pace::default());
            let mut flat = Self { first: vec![0], arcs: Vec::new() };
            for node in 0..graph.nodes() {
                flat.arcs.extend(graph.neighbours(node).map(|(head, edge)| (head, cost(graph, &costs, edge))));
                flat.first.push(flat.arcs.len() as u32);
            }
            flat
        }

        fn search(&self, from: u32) -> Vec<u32> {
            let mut best = vec![u32::MAX; self.first.len() - 1];
            let mut heap = BinaryHeap::from([Reverse((0u32, from))]);
            best[from as usize] = 0;
            while let Some(Reverse((cost, node))) = heap.pop() {
                if cost > best[node as usize] {
                    continue;
                }
                for (head, more) in &self.arcs[self.first[node as usize] as usize..self.first[node as usize + 1] as usize] {
                    let over = cost + more;
                    if over < best[*head as usize] {
                        best[*head as usize] = over;
                        heap.push(Reverse((over, *head)));
                    }
                }
            }
            best
        }
    }

    fn reference(graph: &WalkGraph) -> UnGraph<(), u32> {
        let costs = Costs::new(graph, &Pace::default());
        let mut other = UnGraph::default();
        for _ in 0..graph.nodes() {
            other.add_node(());
        }
        for edge in graph.all_edges() {
            other.add_edge(NodeIndex::new(edge.from as usize), NodeIndex::new(edge.to as usize), cost(graph, &costs, edge.id));
        }
        other
    }

    fn ask(other: &UnGraph<(), u32>, from: u32) -> std::collections::HashMap<NodeIndex, u32> {
        petgraph::algo::dijkstra(other, NodeIndex::new(from as usize), None, |edge| *edge.weight())
    }
}
