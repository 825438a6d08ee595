// Finding things on a page as people do: by words, labels and roles. What Playwright's locators do, as far as journeys ask it, for browsers
// that Playwright can't drive. It runs in the page, so it must stand alone.

/** The elements at the end of `steps`, in the page's order. Each step is an object with one of the `kinds` below as its key. */
export function find(steps) {
  const tidy = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  const fits = (text, wanted, exact) => {
    if (wanted === undefined) return true;
    if (wanted.source !== undefined) return new RegExp(wanted.source, wanted.flags).test(text);
    return exact ? tidy(text) === wanted : tidy(text).toLowerCase().includes(wanted.toLowerCase());
  };
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const all = (scope, css) => [...scope.querySelectorAll(css)];
  const labels = (element) => [
    element.getAttribute('aria-label'),
    ...(element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => id && document.getElementById(id)?.textContent),
    ...Array.from(element.labels ?? [], (label) => label.textContent),
  ].map(tidy).filter(Boolean);
  const roles = {
    button: 'button, [role=button]',
    link: 'a[href], [role=link]',
    heading: 'h1, h2, h3, h4, h5, h6, [role=heading]',
    dialog: 'dialog, [role=dialog]',
    img: 'img, [role=img]',
  };
  const kinds = {
    css: ({ css }, scope) => all(scope, css),
    text: ({ text, exact }, scope) => {
      const matching = all(scope, '*').filter((element) => !element.matches('script, style') && fits(element.textContent, text, exact));
      return matching.filter((element) => !matching.some((inner) => inner !== element && element.contains(inner)));
    },
    label: ({ label, exact }, scope) => all(scope, '*').filter((element) => labels(element).some((text) => fits(text, label, exact))),
    alt: ({ alt, exact }, scope) => all(scope, '[alt]').filter((element) => fits(element.alt, alt, exact)),
    role: ({ role, name, exact }, scope) =>
      all(scope, roles[role]).filter((element) => isSeen(element) && fits(labels(element)[0] ?? element.alt ?? element.textContent, name, exact)),
  };
  const keep = (elements, { only }) => elements.filter((element) =>
    fits(element.textContent, only.hasText) && (!only.has || follow([element], only.has).length > 0));
  const follow = (scopes, steps) => steps.reduce((found, step) => {
    if (step.only) return keep(found, step);
    if (step.at !== undefined) return found.slice(step.at, step.at + 1 || undefined);
    const kind = kinds[Object.keys(step).find((key) => kinds[key])];
    const inside = new Set(found.flatMap((scope) => kind(step, scope)));
    return [...inside].sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  }, scopes);
  return follow([document], steps);
}

/** What can be said of the elements at the end of `steps`. */
export function look(find, steps) {
  return find(steps).map((element) => ({
    text: element.textContent.replace(/\s+/g, ' ').trim(),
    written: element.innerText,
    value: element.value,
    isChecked: element.checked === true,
    isSeen: element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0,
  }));
}
