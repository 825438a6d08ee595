// Journeys: what people do, on a phone, through the release build and against the embedded hub. `tools/test.sh` runs them all;
// `npx playwright test -c tests shift` one of them; CIVMESH_DIST names another build of the app than dist/.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'journey',
  globalSetup: './support/setup.mjs',
  outputDir: '../test-results',
  // Half of the time a journey waits: for a network that is away, or for the next look at the hub. Each has a hub and phones of its own.
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
