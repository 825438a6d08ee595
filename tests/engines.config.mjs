// The main journeys in the engines that Playwright can't drive: `tools/test.sh` runs them;
// `npx playwright test -c tests/engines.config.mjs --project=WebKitGTK` those of one engine.
import { defineConfig } from '@playwright/test';
import journeys from './playwright.config.mjs';

export default defineConfig(journeys, {
  testDir: 'engine',
  projects: [
    // It has no switch for what an older phone lacks.
    { name: 'Firefox', use: { engine: 'firefox' }, grepInvert: /@webkit/ },
    { name: 'WebKitGTK', use: { engine: 'webkit' } },
  ],
});
