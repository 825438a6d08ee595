// Medians and ratios. Only ratios within one run count: machines differ, and so do their moods.

/** How often each way is run; RUNS=1 is for trying a benchmark out. */
export const RUNS = Number(process.env.RUNS ?? 7);

export const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];

/**
 * Runs every way once, then every way again, so that whatever else the machine does meets all of them alike.
 * `ways` maps a name to a function that returns a figure; returned are all figures by name.
 */
export async function race(ways, runs = RUNS) {
  const figures = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const [name, way] of Object.entries(ways)) figures[name].push(await way());
  }
  return figures;
}

const round = (value) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

/** Prints the median of each way, and between which figures it lies. */
export function printFigures(what, unit, figures) {
  const [first] = Object.values(figures);
  console.log(`${what}: median of ${first.length}, least to most`);
  for (const [name, values] of Object.entries(figures)) {
    const spread = `${round(Math.min(...values))} to ${round(Math.max(...values))}`;
    console.log(`  ${round(median(values)).padStart(8)} ${unit}  (${spread})  ${name}`);
  }
}

/**
 * Prints how many times `other` `ours` takes, beside the budget where the table has one. Being over it is said, and nothing more: no time
 * fails a run.
 */
export function printRatio(figures, ours, other, budget) {
  const ratio = median(figures[ours]) / median(figures[other]);
  const verdict = budget ? `; budget ${budget.toFixed(2)}: ${ratio <= budget ? 'within' : 'OVER'}` : '';
  console.log(`  ${ratio.toFixed(2).padStart(8)} times  ${ours} / ${other}${verdict}`);
}
