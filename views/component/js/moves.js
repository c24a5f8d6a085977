// How a slider changes the path of a lever: the forms of views/results/moves.py, written in the same way.
const YEARS = { start: 2010, policy: 2016, latest: 2035 }; // set from the texts (see explore.js)
const LETTERS = { x: "factor", s: "shift", d: "delay", f: "first", t: "last" };
const NUMBER_FORM = "-?\\d+(?:\\.\\d+)?(?:e-?\\d+)?";
const WRITTEN_DIGITS = 6;

const noMove = () => ({ hold: null, points: [], factor: 1, shift: 0, delay: 0, first: YEARS.policy, last: YEARS.latest });

const shortened = (value) => Number(value.toPrecision(WRITTEN_DIGITS));

const isChange = (move) => move.hold === null && move.points.length === 0;

// Whether the path stays as it is, whatever it is.
const changesNothing = (move) => isChange(move) && move.factor === 1 && move.shift === 0 && move.delay === 0;

function writeMove(move) {
  if (move.points.length) return `p${move.points.map(([year, value]) => `${year}~${shortened(value)}`).join("~")}`;
  const unchanged = noMove();
  const changes = Object.entries(LETTERS).filter(([, name]) => move[name] !== unchanged[name]);
  const text = changes.map(([letter, name]) => `${letter}${shortened(move[name])}`).join("");
  return (move.hold === null ? "" : String(shortened(move.hold))) + text;
}

// The move that a link writes. The server checks links; here they have been written by this component or by the server.
function readMove(text) {
  const move = noMove();
  if (text.startsWith("p")) {
    const numbers = text.slice(1).split("~").map(Number);
    for (let k = 0; k < numbers.length; k += 2) move.points.push([numbers[k], numbers[k + 1]]);
    return move;
  }
  const value = text.match(new RegExp(`^${NUMBER_FORM}`));
  if (value) move.hold = Number(value[0]);
  for (const [, letter, number] of text.matchAll(new RegExp(`([xsdft])(${NUMBER_FORM})`, "g"))) {
    move[LETTERS[letter]] = Number(number);
  }
  return move;
}

// The value of straight lines between points in a year; the last value holds after the last point.
function valueBetween(points, year) {
  const next = points.findIndex(([at]) => at > year);
  if (next < 0) return points.at(-1)[1];
  const [[x, y], [x1, y1]] = [points[next - 1], points[next]];
  return ((y1 - y) / (x1 - x)) * (year - x) + y;
}

/**
 * The yearly values of a path from 2010 to 2035 under a move. `before` has the values as happened until 2015, which hold
 * there when the path is replaced; `share` is the part of a total that this path is, for amounts that the move gives.
 */
function movedPath(move, path, before, { low, high }, share = 1) {
  const clip = (value) => Math.min(Math.max(value, low), high);
  const year = (k) => YEARS.start + k;
  const inside = (k) => move.first <= year(k) && year(k) <= move.last;
  const policy = YEARS.policy - YEARS.start;
  if (move.points.length) {
    const points = move.points.map(([at, value]) => [at, value * share]);
    return path.map((_, k) => (k < policy ? before[k] : valueBetween(points, year(k))));
  }
  if (move.hold !== null) {
    const whole = move.first === YEARS.policy && move.last === YEARS.latest;
    return path.map((value, k) => (inside(k) ? move.hold * share : whole && k < policy ? before[k] : value));
  }
  let values = path;
  if (move.delay) {
    const from = (k) => Math.min(Math.max(k - move.delay, policy - 1), path.length - 1);
    values = path.map((value, k) => (k < policy ? value : path[from(k)]));
  }
  if (move.factor !== 1) values = values.map((value, k) => clip(inside(k) ? value * move.factor : value));
  if (move.shift) values = values.map((value, k) => clip(inside(k) ? value + move.shift * share : value));
  return values;
}

// The fewest points whose straight lines give the path from 2016 to a last year exactly.
function pointsOf(path, last) {
  const from = YEARS.policy - YEARS.start;
  const to = last - YEARS.start;
  const points = [];
  for (let k = from; k <= to; k++) {
    const straight = k > from && k < to && Math.abs(path[k] - path[k - 1] - (path[k + 1] - path[k])) < 1e-9;
    if (!straight) points.push([YEARS.start + k, shortened(path[k])]);
  }
  return points;
}
