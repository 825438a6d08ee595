// The app's own marks: what began, what ended, and with how many documents.

/** Waits for a mark `done` with at least `docs` documents; returns the milliseconds since the mark `start` before it. */
export async function between(page, start, done, docs) {
  const look = ([start, done, docs]) => {
    const end = performance.getEntriesByName(done).find((mark) => mark.detail?.docs >= docs);
    const begin = end && performance.getEntriesByName(start).findLast((mark) => mark.startTime <= end.startTime);
    return begin && end.startTime - begin.startTime;
  };
  const found = await page.waitForFunction(look, [start, done, docs], { timeout: 180_000, polling: 100 });
  return found.jsonValue();
}
