// Text must be legible in sunlight and in the dark: the pairs of colours that are used together, computed from tokens.css.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

const css = await readFile(new URL('tokens.css', import.meta.url), 'utf8');
const block = (selector) => {
  const start = css.indexOf(`${selector} {`);
  assert.notEqual(start, -1, selector);
  const body = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries([...body.matchAll(/(--[\w-]+|color-scheme):\s*([^;]+);/g)].map((match) => [match[1], match[2]]));
};
const light = block(':root');
const chosenDark = block(':root[data-theme="dark"]');
const wishedDark = block(':root:not([data-theme="light"])');

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function contrast(one, other) {
  const luminance = (hex) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

const PAIRS = [
  [7, 'ink', ['paper', 'surface', 'sunken', 'tint', 'good-bg', 'caution-bg', 'danger-bg', 'exercise-bg']],
  [7, 'ink-2', ['paper', 'surface']],
  [7, 'on-accent', ['accent', 'accent-strong']],
  [7, 'exercise', ['exercise-bg']],
  [7, 'on-danger', ['danger']],
  [6, 'ink-2', ['sunken', 'tint']],
  [6, 'accent', ['paper', 'surface', 'tint']],
  [6, 'good', ['paper', 'surface', 'good-bg']],
  [6, 'caution', ['paper', 'surface', 'caution-bg']],
  [6, 'danger', ['paper', 'surface', 'danger-bg']],
  [3, 'edge', ['paper', 'surface']],
];

for (const [theme, tokens] of Object.entries({ light, dark: chosenDark })) {
  test(`contrast, ${theme}`, () => {
    for (const [least, front, backs] of PAIRS) {
      for (const back of backs) {
        const ratio = contrast(tokens[`--${front}`], tokens[`--${back}`]);
        assert.ok(ratio >= least, `${front} on ${back}: ${ratio.toFixed(2)}, wanted ${least}`);
      }
    }
  });
}

test('the two dark themes are one, and name every colour of the light one', () => {
  assert.deepEqual(wishedDark, chosenDark);
  const colours = Object.keys(light).filter((name) => /#|rgb/.test(light[name]) || name === 'color-scheme');
  assert.deepEqual(Object.keys(chosenDark).sort(), colours.sort());
});

test('what is written on the map can be read, and its two dark themes are alike', async () => {
  const sheet = await readFile(new URL('map.css', import.meta.url), 'utf8');
  const colours = (selector) => {
    const body = sheet.slice(sheet.indexOf(`${selector} {`)).split('}')[0];
    return Object.fromEntries([...body.matchAll(/(--map-[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
  };
  const dark = colours(':root[data-theme="dark"] .map');
  assert.deepEqual(colours(':root:not([data-theme="light"]) .map'), dark);
  for (const [tokens, map] of [[light, colours('\n.map')], [chosenDark, dark]]) {
    for (const ground of ['--map-land', '--map-street', '--map-building', '--map-green', '--map-water']) {
      const least = ground === '--map-land' ? 7 : 4.5;
      assert.ok(contrast(tokens['--ink'], map[ground]) >= least, `ink on ${ground}: ${contrast(tokens['--ink'], map[ground])}`);
    }
    assert.ok(contrast(tokens['--ink-2'], map['--map-land']) >= 7);
    assert.ok(contrast(map['--map-water-ink'], map['--map-water']) >= 4.5);
  }
});
