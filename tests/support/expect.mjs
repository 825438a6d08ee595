// What deeds expect: by Playwright's own `expect`, and by the same words for pages that are driven by WebDriver. Each waits until it is so.
import { expect as playwright } from '@playwright/test';
import { Locator, PATIENCE, Page, until } from './locator.mjs';

/** Whether a text is the wanted one, or holds it. Expressions find what they look for, wherever it is. */
const isText = (text, wanted) => (wanted instanceof RegExp ? wanted.test(text) : text === wanted);
const holdsText = (text, wanted) => (wanted instanceof RegExp ? wanted.test(text) : text.includes(wanted));

// Each looks at what is there and says whether it is so. What needs one element is not so while there are none or several.
const one = (judge) => (found, ...wanted) => found.length === 1 && judge(found[0], ...wanted);
const ofLocator = {
  toBeVisible: one(({ isSeen }) => isSeen),
  toBeHidden: (found) => found.every(({ isSeen }) => !isSeen),
  toContainText: one(({ text }, wanted) => holdsText(text, wanted)),
  toHaveText: (found, wanted) => (Array.isArray(wanted)
    ? found.length === wanted.length && wanted.every((text, at) => isText(found[at].text, text))
    : found.length === 1 && isText(found[0].text, wanted)),
  toHaveCount: (found, count) => found.length === count,
  toHaveValue: one(({ value }, wanted) => value === wanted),
};
const ofPage = { toHaveURL: (url, wanted) => isText(url, wanted) };

function assertions(look, judges, who, negated = false) {
  const said = Object.entries(judges).map(([name, judge]) => [name, async (...wanted) => {
    const { timeout = PATIENCE } = typeof wanted.at(-1) === 'object' && 'timeout' in wanted.at(-1) ? wanted.pop() : {};
    let seen;
    const so = async () => (judge((seen = await look()), ...wanted) !== negated ? true : undefined);
    await until(so, { timeout, what: who }).catch((error) => {
      const expected = `${negated ? 'not.' : ''}${name}(${wanted.map(String).join(', ')})`;
      throw new Error(`expect(${who}).${expected}, but there was ${JSON.stringify(seen)}\n${error.message}`);
    });
  }]);
  return Object.fromEntries([...said, ...(negated ? [] : [['not', assertions(look, judges, who, true)]])]);
}

/** Expects something of a page, a locator, or of whatever Playwright knows. */
export function expect(subject, ...more) {
  if (subject instanceof Locator) return assertions(() => subject.look(), ofLocator, `${subject}`);
  if (subject instanceof Page) return assertions(() => subject.url(), ofPage, 'page');
  return playwright(subject, ...more);
}

/** Expects it of what a function gives, again and again until it is so. */
expect.poll = (...given) => playwright.poll(...given);
