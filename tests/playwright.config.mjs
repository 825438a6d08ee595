// Journeys: what people do, on a phone, through the release build and against the embedded hub. `tools/test.sh` runs them all;
// `npx playwright test -c tests shift` one of them; CIVMESH_DIST names another build of the app than dist/.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'journey',
  globalSetup: './support/setup.mjs',
  outputDir: '../test-results',
  // Two cores: a browser and a hub keep both busy.
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
