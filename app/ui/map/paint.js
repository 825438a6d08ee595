// How everything is drawn, in the colours and words of the moment. style/map.css says which colours there are.

/** What is read of the page's own sheets. */
const COLOURS = ['paper', 'surface', 'ink', 'ink-2', 'edge', 'accent', 'good', 'caution', 'danger', 'map-land', 'map-water', 'map-water-ink', 'map-green', 'map-building', 'map-building-edge', 'map-street', 'map-street-edge', 'map-path'];

export function coloursOf(element) {
  const style = getComputedStyle(element);
  return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim() || '#888']));
}

const wide = (...stops) => ['interpolate', ['exponential', 1.6], ['zoom'], ...stops];
/** The phone's own fonts: no font is fetched from anywhere. */
const FONT = { plain: ['Noto Sans TC', 'sans-serif'], strong: ['Noto Sans TC Bold', 'sans-serif'] };
const WIDTHS = {
  motorway: [12, 2, 15, 8, 18, 40],
  major: [12, 1.4, 15, 7, 18, 36],
  medium: [13, 1.2, 15, 5, 18, 28],
  minor: [14, 1, 15, 3.2, 18, 20],
};

/** The layers of the map, from the ground up. */
export function layers(colours, language, hasGround) {
  const other = language === 'zh' ? 'en' : 'zh';
  const name = ['coalesce', ['get', language], ['get', other], ''];
  const is = (...classes) => ['match', ['get', 'class'], classes, true, false];
  const halo = { 'text-halo-color': colours['map-land'], 'text-halo-width': 1.6 };
  const street = (kind) => [
    {
      id: `${kind}-edge`, source: 'ground', 'source-layer': 'street', type: 'line', filter: is(kind),
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': colours['map-street-edge'], 'line-width': wide(...WIDTHS[kind].map((value, at) => (at % 2 ? value + 1.6 : value))) },
    },
    {
      id: kind, source: 'ground', 'source-layer': 'street', type: 'line', filter: is(kind),
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': colours['map-street'], 'line-width': wide(...WIDTHS[kind]), 'line-opacity': ['case', ['to-boolean', ['get', 'tunnel']], 0.45, 1] },
    },
  ];
  const streets = ['minor', 'medium', 'major', 'motorway'].map(street);
  const ground = [
    { id: 'green', source: 'ground', 'source-layer': 'green', type: 'fill', paint: { 'fill-color': colours['map-green'] } },
    { id: 'water', source: 'ground', 'source-layer': 'water', type: 'fill', paint: { 'fill-color': colours['map-water'] } },
    { id: 'stream', source: 'ground', 'source-layer': 'stream', type: 'line', paint: { 'line-color': colours['map-water'], 'line-width': wide(12, 0.8, 16, 4) } },
    { id: 'building', source: 'ground', 'source-layer': 'building', type: 'fill', paint: { 'fill-color': colours['map-building'], 'fill-outline-color': colours['map-building-edge'] } },
    { id: 'rail', source: 'ground', 'source-layer': 'street', type: 'line', filter: is('rail'), paint: { 'line-color': colours.edge, 'line-width': 1.6, 'line-dasharray': [3, 2] } },
    { id: 'path', source: 'ground', 'source-layer': 'street', type: 'line', filter: is('path'), paint: { 'line-color': colours['map-path'], 'line-width': wide(15, 1.2, 18, 4), 'line-dasharray': [3, 1.5] } },
    { id: 'steps', source: 'ground', 'source-layer': 'street', type: 'line', filter: is('steps'), paint: { 'line-color': colours['map-path'], 'line-width': wide(15, 2.4, 18, 8), 'line-dasharray': [0.6, 0.6] } },
    ...streets.map(([edge]) => edge),
    ...streets.map(([, top]) => top),
  ];
  const danger = ['match', ['get', 'class'], 3, colours.danger, colours.caution];
  const areas = [
    { id: 'area-tint', source: 'areas', type: 'fill', paint: { 'fill-color': danger, 'fill-opacity': 0.14 } },
    { id: 'area-hatching', source: 'areas', type: 'fill', paint: { 'fill-pattern': ['concat', 'hatching-', ['to-string', ['get', 'class']]], 'fill-opacity': 0.6 } },
    { id: 'area-edge', source: 'areas', type: 'line', paint: { 'line-color': danger, 'line-width': 1.4 } },
  ];
  // What was declared since: told apart by its pattern, its broken edge and a sign that is seen from far off.
  const isNow = ['to-boolean', ['get', 'now']];
  const declaredInk = ['case', isNow, colours.danger, colours.caution];
  const declared = [
    { id: 'declared-tint', source: 'declared', type: 'fill', paint: { 'fill-color': declaredInk, 'fill-opacity': 0.16 } },
    { id: 'declared-pattern', source: 'declared', type: 'fill', paint: { 'fill-pattern': ['case', isNow, 'barred', 'dotted'], 'fill-opacity': 0.8 } },
    { id: 'declared-under', source: 'declared', type: 'line', paint: { 'line-color': colours.surface, 'line-width': 4 } },
    { id: 'declared-edge', source: 'declared', type: 'line', paint: { 'line-color': declaredInk, 'line-width': 3, 'line-dasharray': [2, 1] } },
  ];
  const signs = [
    {
      id: 'sign', source: 'signs', type: 'symbol',
      layout: {
        'icon-image': ['get', 'sign'], 'icon-allow-overlap': true,
        'text-field': ['get', 'title'], 'text-font': FONT.strong, 'text-size': 13, 'text-optional': true, 'text-anchor': 'top', 'text-offset': [0, 1.1], 'text-max-width': 9,
      },
      paint: { 'text-color': colours.ink, ...halo },
    },
  ];
  const label = (id, kinds, more, paint) => ({
    id, source: 'ground', 'source-layer': 'label', type: 'symbol', filter: ['match', ['get', 'kind'], kinds, true, false],
    layout: { 'text-field': name, 'text-font': FONT.plain, 'text-size': 13, 'text-max-width': 8, 'text-padding': 4, ...more },
    paint: { 'text-color': colours['ink-2'], ...halo, ...paint },
  });
  const labels = [
    {
      id: 'street-name', source: 'ground', 'source-layer': 'street', type: 'symbol', minzoom: 13, filter: ['any', ['has', 'zh'], ['has', 'en']],
      layout: { 'symbol-placement': 'line', 'symbol-spacing': 260, 'text-field': name, 'text-font': FONT.plain, 'text-size': 13, 'text-padding': 3 },
      paint: { 'text-color': colours.ink, ...halo },
    },
    label('building-name', ['building', 'landmark'], {}, {}),
    label('green-name', ['green'], {}, {}),
    label('water-name', ['water'], {}, { 'text-color': colours['map-water-ink'] }),
    label('station-name', ['station'], { 'text-font': FONT.strong }, { 'text-color': colours.ink }),
    label('village-name', ['village'], { 'text-size': 15, 'text-font': FONT.strong, 'text-letter-spacing': 0.08 }, { 'text-color': colours.ink }),
  ];
  const round = { 'line-cap': 'round', 'line-join': 'round' };
  const way = [
    { id: 'way-edge', source: 'way', type: 'line', layout: round, paint: { 'line-color': colours.surface, 'line-width': 9 } },
    { id: 'way', source: 'way', type: 'line', layout: round, paint: { 'line-color': colours.accent, 'line-width': 5 } },
  ];
  const isCluster = ['has', 'point_count'];
  const nodes = [
    { id: 'origin-around', source: 'origin', type: 'circle', paint: { 'circle-radius': 18, 'circle-color': colours.accent, 'circle-opacity': 0.2 } },
    {
      id: 'cluster', source: 'nodes', type: 'circle', filter: isCluster,
      paint: { 'circle-radius': ['step', ['get', 'point_count'], 17, 10, 20, 100, 24], 'circle-color': colours.surface, 'circle-stroke-color': colours.accent, 'circle-stroke-width': 2.5 },
    },
    {
      id: 'cluster-count', source: 'nodes', type: 'symbol', filter: isCluster,
      layout: { 'text-field': ['get', 'point_count_abbreviated'], 'text-font': FONT.strong, 'text-size': 15, 'text-allow-overlap': true, 'text-padding': 12 },
      paint: { 'text-color': colours.ink },
    },
    {
      id: 'chosen', source: 'chosen', type: 'circle',
      paint: { 'circle-radius': 24, 'circle-color': colours.accent, 'circle-opacity': 0.25, 'circle-stroke-color': colours.accent, 'circle-stroke-width': 3 },
    },
    {
      id: 'node', source: 'nodes', type: 'symbol', filter: ['!', isCluster],
      layout: {
        'icon-image': ['get', 'mark'], 'icon-allow-overlap': true, 'symbol-sort-key': ['get', 'rank'],
        'text-field': ['coalesce', ['get', language], ['get', other], ''], 'text-font': FONT.plain, 'text-size': 13, 'text-optional': true, 'text-anchor': 'top', 'text-offset': [0, 1.35], 'text-max-width': 8,
      },
      paint: { 'text-color': colours.ink, ...halo },
    },
    { id: 'origin', source: 'origin', type: 'circle', paint: { 'circle-radius': 8, 'circle-color': colours.accent, 'circle-stroke-color': colours.surface, 'circle-stroke-width': 3 } },
  ];
  return [
    { id: 'land', type: 'background', paint: { 'background-color': colours['map-land'] } },
    ...(hasGround ? ground : []),
    ...areas,
    ...declared,
    ...way,
    ...(hasGround ? labels : []),
    ...signs,
    ...nodes,
  ];
}
