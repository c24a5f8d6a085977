// What of a link can be used: the checks of views/results/links.py, for addresses that people have written or shortened.
const MOVE_FORMS = [`p\\d{4}~${NUMBER_FORM}(?:~\\d{4}~${NUMBER_FORM})*`, `${NUMBER_FORM}(?:[ft]\\d{4})*`, `(?:[xsdft]${NUMBER_FORM})+`];
const MOVE_FORM = new RegExp(`^(?:${MOVE_FORMS.join("|")})$`);
const PLAIN_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

const isInside = ({ low, high }, value) => low <= value && value <= high;

// The move that a link writes for a slider, inside its range; null where it cannot be used.
function allowedMove(slot, text) {
  if (!slot || !MOVE_FORM.test(text)) return null;
  const letters = text.startsWith("p") ? [] : [...text.matchAll(/[xsdft]/g)].map(([letter]) => letter);
  const move = readMove(text);
  const years = move.points.map(([year]) => year);
  const values = [...move.points.map(([, value]) => value), ...(move.hold === null ? [] : [move.hold])];
  const isFine =
    new Set(letters).size === letters.length &&
    [...values, move.shift, move.factor].every(Number.isFinite) &&
    [move.delay, move.first, move.last, ...years].every(Number.isInteger) &&
    YEARS.policy <= move.first && move.first <= move.last && move.last <= YEARS.latest &&
    move.factor >= 0 && move.factor <= LIMITS.factor && Math.abs(move.delay) <= LIMITS.delay &&
    years.every((year, k) => k === 0 || year > years[k - 1]) &&
    (!years.length || (years[0] === YEARS.policy && years.at(-1) <= YEARS.latest)) &&
    values.every((value) => isInside(slot, value)) &&
    (move.factor === 1 || slot.scalable);
  if (!isFine) return null;
  const width = slot.high - slot.low;
  const onStep = (value) => Number((slot.low + Number(fixed((value - slot.low) / slot.step, 0)) * slot.step).toFixed(6));
  return {
    ...move,
    hold: move.hold === null ? null : onStep(move.hold),
    points: move.points.map(([year, value]) => [year, shortened(value)]),
    factor: shortened(move.factor),
    shift: shortened(Math.min(Math.max(move.shift, -width), width)),
  };
}

/**
 * The state that a link opens, and the parts of the link that cannot be used. `known` has the scenarios `bases`, the
 * sliders `slots`, the assumptions `par` and `drv` by id, the names of `charts`, the last years `ends`, and the years of
 * the figures by last year, `shown`.
 */
function usedLink(query, defaults, known) {
  const found = new URLSearchParams(query);
  if (found.has("v") && found.get("v") !== STATE_VERSION) return { state: stateOf("", defaults), refused: [`v=${found.get("v")}`] };
  const state = stateOf("", defaults);
  const refused = [];
  const take = (key, isAllowed, read, standard) => {
    const text = found.get(key) ?? String(standard);
    if (isAllowed(text)) state[key] = read(text);
    else refused.push(`${key}=${text}`);
  };
  take("base", (text) => known.bases.has(text), (text) => text, "as_happened");
  for (const part of (found.get("set") ?? "").split(",").filter(Boolean)) {
    const [, id, text] = part.match(/^([^:]*):?(.*)$/s);
    const move = allowedMove(known.slots.get(id), text);
    if (move === null) refused.push(part);
    else if (changesNothing(move)) delete state.moved[id];
    else state.moved[id] = move;
  }
  for (const key of ["par", "drv"]) {
    for (const part of (found.get(key) ?? "").split(",").filter(Boolean)) {
      const [, id, text] = part.match(/^([^:]*):?(.*)$/s);
      const entry = known[key].get(id);
      if (entry && PLAIN_NUMBER.test(text) && isInside(entry, Number(text))) state[key][id] = shortened(Number(text));
      else refused.push(part);
    }
  }
  take("until", (text) => PLAIN_NUMBER.test(text) && known.ends.includes(Number(text)), Number, defaults.until);
  take("year", (text) => PLAIN_NUMBER.test(text) && known.shown[state.until].includes(Number(text)), Number, defaults.year);
  const charts = (text) => text.split(",").filter(Boolean);
  take("charts", (text) => charts(text).length === defaults.charts.length && charts(text).every((one) => known.charts.has(one)), charts, defaults.charts);
  state.bands = found.get(BANDS) !== "0";
  if (VIEWS.includes(found.get(VIEW))) state.view = found.get(VIEW);
  return { state, refused };
}
