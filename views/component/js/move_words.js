// Moves in words, as views/results/move_texts.py writes them.

const slotUnit = (slot) => ({ factor: slot.factor, text: slot.unit, digits: slot.digits });
const slotFigure = (slot, value) => numberText(value * slot.factor, slot.digits);
const slotQuantity = (slot, value) => (value === slot.off.value && slot.off.text ? slot.off.text : withUnit(slotUnit(slot), slotFigure(slot, value)));

function periodWords(move) {
  if (move.last !== YEARS.latest) return [say("move.period", { first: move.first, last: move.last })];
  return move.first === YEARS.policy ? [] : [say("move.from", { first: move.first })];
}

function delayWords(years) {
  const key = (years > 0 ? "move.later" : "move.earlier") + (Math.abs(years) === 1 ? "_one" : "");
  return say(key, { years: Math.abs(years) });
}

const shiftWords = (slot, shift) => withUnit(slotUnit(slot), numberText(shift * slot.factor, slot.digits, true));

// What a move does to the path, such as "× 1.2, 2 years later, from 2018".
function moveWords(slot, move) {
  if (move.points.length) return say("move.points");
  const parts = [];
  if (move.hold !== null) parts.push(say("move.held", { value: slotQuantity(slot, move.hold) }));
  if (move.factor !== 1) parts.push(say("move.scaled", { factor: numberText(move.factor, 2) }));
  if (move.shift) parts.push(shiftWords(slot, move.shift));
  if (move.delay) parts.push(delayWords(move.delay));
  return [...parts, ...periodWords(move)].join(locale.marks.list);
}

// The level of a lever that a value is at or between.
function levelWords(slot, value) {
  const near = Math.min(Math.max(slot.step, 0.03 * (slot.high - slot.low)), slot.step * 1.01);
  const levels = slot.levels.toSorted((one, other) => one.value - other.value);
  const at = levels.find((level) => Math.abs(level.value - value) <= near);
  if (at) return at.text;
  const below = levels.findLast((level) => level.value < value);
  const above = levels.find((level) => level.value > value);
  if (!below && !above) return "";
  if (!below) return say("component.below", { level: above.text });
  if (!above) return say("component.above", { level: below.text });
  return say("component.between", { low: below.short, high: above.short });
}
