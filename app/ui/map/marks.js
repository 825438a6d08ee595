// Marks of nodes and hatchings of hazard areas, drawn here so that they follow the theme. A mark's form says what the place is, the sign
// in it how it stands there; only what is verified has a colour.

/** Pixels of the screen for each pixel of a mark. */
export const RATIO = 2;
const SIZE = 34;
export const FORMS = ['shelter', 'air-raid', 'place'];
export const STATES = ['open', 'nearly', 'full', 'closed', 'unknown'];

function canvas(size) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * RATIO;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.scale(RATIO, RATIO);
  return pen;
}

const pixels = (pen, size) => pen.getImageData(0, 0, size * RATIO, size * RATIO);

/** A house for a disaster shelter, a shield for cover against blast, a disc for any other place. */
function outline(pen, form) {
  const [low, high, middle] = [3, SIZE - 3, SIZE / 2];
  pen.beginPath();
  if (form === 'shelter') {
    pen.moveTo(middle, low - 1);
    pen.lineTo(high + 1, low + 11);
    pen.lineTo(high - 1, high);
    pen.lineTo(low + 1, high);
    pen.lineTo(low - 1, low + 11);
    pen.closePath();
  } else if (form === 'air-raid') {
    pen.moveTo(low + 1, low + 1);
    pen.lineTo(high - 1, low + 1);
    pen.lineTo(high - 1, middle + 3);
    pen.quadraticCurveTo(high - 3, high - 3, middle, high + 1);
    pen.quadraticCurveTo(low + 3, high - 3, low + 1, middle + 3);
    pen.closePath();
  } else {
    pen.arc(middle, middle, middle - 3, 0, 2 * Math.PI);
  }
}

/** Open ●, nearly full ◐, full ■, closed ✕, unknown ?: the signs that stand beside a state everywhere in the app. */
function sign(pen, state, isFilled) {
  const [x, y] = [SIZE / 2, SIZE / 2 + 1];
  pen.lineWidth = 2.2;
  pen.beginPath();
  if (state === 'open' || state === 'nearly') {
    pen.arc(x, y, 6, 0, 2 * Math.PI);
    pen.stroke();
    if (!isFilled) return;
    pen.beginPath();
    pen.arc(x, y, 6, state === 'open' ? 0 : Math.PI / 2, state === 'open' ? 2 * Math.PI : Math.PI * 1.5);
    pen.fill();
  } else if (state === 'full') {
    pen.rect(x - 5.5, y - 5.5, 11, 11);
    pen.stroke();
    if (isFilled) pen.fill();
  } else if (state === 'closed') {
    pen.lineWidth = 3;
    for (const [from, to] of [[-5, 5], [5, -5]]) {
      pen.moveTo(x + from, y - 5);
      pen.lineTo(x + to, y + 5);
    }
    pen.stroke();
  } else {
    pen.font = 'bold 17px sans-serif';
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText('?', x, y + 0.5);
  }
}

function mark(form, state, isVerified, colours) {
  const pen = canvas(SIZE);
  const colour = { open: colours.good, nearly: colours.caution, full: colours.danger, closed: colours.ink }[state];
  outline(pen, form);
  pen.fillStyle = isVerified ? colour : colours.surface;
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = isVerified ? colours.surface : colours['ink-2'];
  pen.stroke();
  pen.strokeStyle = pen.fillStyle = isVerified ? colours.surface : colours['ink-2'];
  sign(pen, state, isVerified);
  return pixels(pen, SIZE);
}

/** Slanted lines, the closer the heavier it gets there; crossed for the heaviest. */
function hatching(kind, colours) {
  const size = [16, 10, 10][kind - 1];
  const pen = canvas(size);
  pen.strokeStyle = kind === 3 ? colours.danger : colours.caution;
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
    if (kind === 3) {
      pen.moveTo(shift, 0);
      pen.lineTo(shift + size, size);
    }
  }
  pen.stroke();
  return pixels(pen, size);
}

/** Crosses where something is declared to be so now, dots where it may come. */
function strewn(isNow, colours) {
  const size = 14;
  const pen = canvas(size);
  const [middle, arm] = [size / 2, 2.6];
  pen.strokeStyle = pen.fillStyle = isNow ? colours.danger : colours.caution;
  pen.lineWidth = 1.6;
  pen.beginPath();
  if (isNow) {
    for (const way of [1, -1]) {
      pen.moveTo(middle - arm, middle - way * arm);
      pen.lineTo(middle + arm, middle + way * arm);
    }
    pen.stroke();
  } else {
    pen.arc(middle, middle, 1.6, 0, 2 * Math.PI);
    pen.fill();
  }
  return pixels(pen, size);
}

/** No entry; a warning for a hazard that is there, open in its middle where it only may come. */
function warning(sign, colours) {
  const size = 26;
  const pen = canvas(size);
  const middle = size / 2;
  pen.fillStyle = sign === 'may-come' ? colours.surface : colours.danger;
  pen.strokeStyle = sign === 'may-come' ? colours.caution : colours.surface;
  pen.lineWidth = 2.4;
  pen.lineJoin = 'round';
  pen.beginPath();
  if (sign === 'no-entry') {
    pen.arc(middle, middle, middle - 2, 0, 2 * Math.PI);
  } else {
    pen.moveTo(middle, 2);
    pen.lineTo(size - 2, size - 3);
    pen.lineTo(2, size - 3);
    pen.closePath();
  }
  pen.fill();
  pen.stroke();
  pen.fillStyle = sign === 'may-come' ? colours.caution : colours.surface;
  if (sign === 'no-entry') {
    pen.fillRect(6, middle - 2.4, size - 12, 4.8);
  } else {
    pen.fillRect(middle - 1.5, 9.5, 3, 7);
    pen.fillRect(middle - 1.5, 18, 3, 3);
  }
  return pixels(pen, size);
}

/** All pictures of the map in these colours, by name. */
export function* pictures(colours) {
  for (const form of FORMS) {
    for (const state of STATES) {
      yield [`${form}-${state}`, mark(form, state, false, colours)];
      if (state !== 'unknown') yield [`${form}-${state}-verified`, mark(form, state, true, colours)];
    }
  }
  for (const kind of [1, 2, 3]) yield [`hatching-${kind}`, hatching(kind, colours)];
  yield ['barred', strewn(true, colours)];
  yield ['dotted', strewn(false, colours)];
  for (const sign of ['no-entry', 'warning', 'may-come']) yield [sign, warning(sign, colours)];
}
