// The map: MapLibre on the region's own tiles. It is loaded when a map is opened, and the app (app/ui/src/device/map.rs) tells it what to
// show; it tells the app what was tapped. It decides nothing and knows no words.
import { LngLatBounds as Bounds, Map as Chart, setWorkerUrl } from './maplibre-gl.js';
import { pictures, RATIO } from './marks.js';
import { coloursOf, layers } from './paint.js';
import { serve } from './tiles.js';

setWorkerUrl(new URL('./maplibre-gl-worker.js', import.meta.url).href);

const NOTHING = { type: 'FeatureCollection', features: [] };
/** How far beside a mark a finger may be, in pixels. */
const FINGER = 14;
/** What is left free around a way, in pixels; and how much of the map's height at most for the card that lies on its foot. */
const AROUND = 48;
const CARD_SHARE = 0.65;

const point = (lon, lat) => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [lon, lat] } });

/** Whether this browser can draw a map at all. */
function canDraw() {
  const canvas = document.createElement('canvas');
  return Boolean(canvas.getContext('webgl2'));
}

/**
 * Opens a map in `container`. `ground` is the archive of the base map, or null; `start` has lon, lat, zoom, language, label and isCalm.
 * `tell` hears 'node' with its number, 'place' with latitude and longitude, 'drawn' once, and 'failed'.
 */
async function open(container, ground, start, tell) {
  if (!canDraw()) {
    tell('failed');
    return null;
  }
  let { language } = start;
  const served = ground && (await serve(ground));
  const picture = () => coloursOf(container);
  const geojson = (more = {}) => ({ type: 'geojson', data: NOTHING, ...more });
  const chart = new Chart({
    container,
    style: {
      version: 8,
      sources: {
        ...(served && { ground: served.source }),
        areas: geojson(),
        declared: geojson(),
        signs: geojson(),
        nodes: geojson({ cluster: true, clusterRadius: 44, clusterMaxZoom: 15 }),
        chosen: geojson(),
        way: geojson(),
        origin: geojson(),
      },
      layers: layers(picture(), language, Boolean(served)),
    },
    center: [start.lon, start.lat],
    zoom: start.zoom,
    minZoom: 10,
    maxZoom: 19,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: start.isCalm ? 0 : 200,
    localIdeographFontFamily: 'system-ui, "PingFang TC", "Noto Sans TC", "Noto Sans CJK TC", "Microsoft JhengHei", sans-serif',
    locale: { 'Map.Title': start.label },
  });
  chart.touchZoomRotate.disableRotation();
  chart.keyboard.disableRotation();
  const move = (to) => (start.isCalm ? chart.jumpTo(to) : chart.easeTo(to));

  const draw = () => {
    for (const [name, data] of pictures(picture())) {
      if (chart.hasImage(name)) chart.updateImage(name, data);
      else chart.addImage(name, data, { pixelRatio: RATIO });
    }
    for (const { id, paint = {}, layout = {} } of layers(picture(), language, Boolean(served))) {
      for (const [key, value] of Object.entries(paint)) chart.setPaintProperty(id, key, value);
      for (const [key, value] of Object.entries(layout)) chart.setLayoutProperty(id, key, value);
    }
  };
  // What is said before the style is there is done once it is.
  const waiting = [];
  let isReady = false;
  const when = (act) => (isReady ? act() : waiting.push(act));
  chart.once('style.load', () => {
    isReady = true;
    draw();
    for (const act of waiting.splice(0)) act();
  });
  chart.once('idle', () => {
    container.dataset.state = 'drawn';
    performance.mark('civmesh:map-drawn');
    tell('drawn');
  });
  chart.on('error', ({ error }) => console.warn('map:', error?.message));

  const at = ({ x, y }, ...of) => chart.queryRenderedFeatures([[x - FINGER, y - FINGER], [x + FINGER, y + FINGER]], { layers: of });
  const near = ({ x, y }, features) => {
    const far = ({ geometry }) => {
      const on = chart.project(geometry.coordinates);
      return Math.hypot(on.x - x, on.y - y);
    };
    return features.sort((one, other) => far(one) - far(other))[0];
  };
  chart.on('click', async ({ point: where, lngLat }) => {
    const cluster = near(where, at(where, 'cluster'));
    const node = near(where, at(where, 'node'));
    if (node) {
      tell('node', node.properties.index);
    } else if (cluster) {
      const zoom = await chart.getSource('nodes').getClusterExpansionZoom(cluster.properties.cluster_id);
      move({ center: cluster.geometry.coordinates, zoom: Math.min(zoom + 0.2, 18) });
    } else {
      tell('place', lngLat.lat, lngLat.lng);
    }
  });

  const show = (source, data) => when(() => chart.getSource(source).setData(data));
  const places = (pairs) => ({ ...NOTHING, features: pairs.map(([lon, lat]) => point(lon, lat)) });
  const handle = {
    nodes: (json, isFirst) => {
      const features = JSON.parse(json);
      if (isFirst) show('nodes', { ...NOTHING, features });
      else when(() => chart.getSource('nodes').updateData({ add: features }));
    },
    areas: (json) => show('areas', JSON.parse(json)),
    declared: (json) => {
      const all = JSON.parse(json);
      show('declared', all.areas);
      show('signs', all.signs);
    },
    origin: (lon, lat) => show('origin', places(Number.isFinite(lon) ? [[lon, lat]] : [])),
    choose: (lon, lat) => show('chosen', places(Number.isFinite(lon) ? [[lon, lat]] : [])),
    way: (json, inSight) => when(() => {
      const line = JSON.parse(json);
      chart.getSource('way').setData(line);
      const places = line.features.flatMap(({ geometry }) => geometry.coordinates);
      if (!inSight || places.length === 0) return;
      const bounds = places.reduce((box, place) => box.extend(place), new Bounds(places[0], places[0]));
      // The card is laid out in this frame.
      requestAnimationFrame(() => {
        const card = container.parentElement?.querySelector('.map-card')?.offsetHeight ?? 0;
        const bottom = Math.min(card + AROUND, container.clientHeight * CARD_SHARE);
        chart.fitBounds(bounds, { padding: { top: AROUND, left: AROUND, right: 2 * AROUND, bottom }, maxZoom: 17, animate: false });
      });
    }),
    speak: (next, label) => when(() => {
      language = next;
      chart.getCanvas().setAttribute('aria-label', label);
      draw();
    }),
    repaint: () => when(draw),
    go: (lon, lat, zoom) => move({ center: [lon, lat], zoom: Math.max(zoom, chart.getZoom()) }),
    zoom: (by) => (start.isCalm ? chart.jumpTo({ zoom: chart.getZoom() + by }) : chart.zoomTo(chart.getZoom() + by)),
    remove: () => {
      chart.remove();
      served?.forget();
    },
    /** For tests: what is drawn of a layer, of which name the first language is taken, and where a place is on the screen. */
    seen: (layer) => chart.queryRenderedFeatures({ layers: [layer] }).map(({ properties, geometry }) => ({ properties, geometry })),
    speaks: () => chart.getLayoutProperty('street-name', 'text-field')[1][1],
    project: (lon, lat) => chart.project([lon, lat]),
  };
  container.map = handle;
  return handle;
}

globalThis.civmeshMap = { open };
