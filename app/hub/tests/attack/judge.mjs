// Runs validation functions outside of any hub: reads { functions, rows } from the standard input, writes what becomes of each row.
import { readFileSync } from 'node:fs';

const { variants, rows } = JSON.parse(readFileSync(0, 'utf8'));

/** `ok`, the code of a refusal, or what went wrong. */
function judged(check, { document, user }) {
  try {
    check(document, null, user, {});
    return 'ok';
  } catch (thrown) {
    if (thrown.forbidden) return thrown.forbidden.split(':')[0];
    if (thrown.unauthorized) return 'unauthorized';
    return `crash ${thrown}`;
  }
}

// One variant: the functions by database. Most differ from the first one in a single function: the others need not be run again.
const [first] = variants;
const compiled = (text) => new Function(`return (${text})`)();
const judge = (functions) => {
  const checks = Object.fromEntries(Object.entries(functions).map(([database, text]) => [database, compiled(text)]));
  return (row) => judged(checks[row.database], row);
};
const honest = rows.map(judge(first));
const answers = variants.map((functions) => {
  const again = judge(functions);
  return rows.map((row, at) => (functions[row.database] === first[row.database] ? honest[at] : again(row)));
});
process.stdout.write(JSON.stringify(answers));
