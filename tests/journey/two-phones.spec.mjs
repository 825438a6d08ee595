// Two phones at one node without a network: after both have synced, in either order, both show the same.
import { expect, test } from '../support/journey.mjs';
import { doStep, firstVisit, setState, settled, startRun, takeSeat } from '../support/deed.mjs';

for (const order of [[0, 1], [1, 0]]) {
  test(`two phones, different steps and states, ${order[0] === 0 ? 'first' : 'second'} syncs first`, async ({ open, hub }) => {
    const seats = hub.seatsOf('manager', 's001');
    const phones = [await open(), await open()];
    for (const [at, phone] of phones.entries()) {
      await firstVisit(phone);
      await takeSeat(phone, seats[at]);
    }
    const run = await startRun(phones[0], 's001', 'earthquake-store');
    await settled(phones[0]);
    await phones[1].go('/checklist?node=s001');
    await phones[1].page.locator(`a[href="${run}"]`).click();
    await expect(phones[1].page.locator('#step-title')).toBeVisible();

    for (const phone of phones) await phone.offline();
    const states = ['Nearly full', 'Full'];
    const steps = [];
    for (const [at, phone] of phones.entries()) {
      await phone.go(run);
      // The second one does not take the next step, but the one after it.
      if (at === 1) await phone.page.locator('ol.steps.rows a').first().click();
      await expect(phone.page.locator('#step-title')).toBeVisible();
      steps.push(await doStep(phone.page));
      await setState(phone, 's001', states[at]);
    }
    expect(steps[0]).not.toBe(steps[1]);

    for (const at of order) {
      await phones[at].offline(false);
      await settled(phones[at]);
    }
    expect((await hub.verified(seats)).map(({ kind }) => kind).sort()).toEqual([
      'node_status', 'node_status', 'run_started', 'step_marked', 'step_marked',
    ]);
    const shown = [];
    for (const phone of phones) {
      const { page } = phone;
      await phone.go(run);
      const done = page.locator('ol.steps li.done .title');
      await expect(done).toHaveCount(2);
      expect(await done.allInnerTexts()).toEqual([...steps]);
      const next = await page.locator('#step-title').innerText();
      await phone.go('/node/s001');
      await page.locator('details').filter({ hasText: 'Full' }).locator('summary').first().click().catch(() => {});
      await expect(page.locator('article.answer details .state')).toHaveCount(1);
      shown.push([next, ...(await page.locator('article.answer .state').allInnerTexts())]);
    }
    expect(shown[0]).toEqual(shown[1]);
    expect(shown[0].slice(1).sort()).toEqual([...states].sort());
  });
}
