// From moved sliders to the tables of levers, with the operations of the server (see views/component/lever_data.py).

// The pieces of a lever with moved sliders on top: `moves` are pairs of a sector (null for the whole) and a move. Later
// pieces replace earlier ones in the columns that they share.
function movedPieces(lever, moves) {
  const bounds = { low: lever.low, high: lever.high };
  let pieces = lever.pieces;
  const whole = moves.find(([sector]) => sector === null);
  if (whole) pieces = pieces.map((piece) => ({ ...piece, path: movedPath(whole[1], piece.path, piece.before, bounds, piece.share) }));
  for (const [sector, move] of moves) {
    if (sector !== null) pieces = withSector(lever, pieces, sector, move, bounds);
  }
  return pieces;
}

function withSector(lever, pieces, sector, move, bounds) {
  const place = lever.sectors[sector];
  const columns = new Set(place.columns.map(([column]) => column));
  const isInside = (piece) => piece.columns.every(([column]) => columns.has(column));
  const inside = pieces.filter(isInside);
  if (inside.length) {
    const part = (piece) => (piece.sector === sector ? 1 : piece.share / place.share);
    return pieces.map((piece) =>
      isInside(piece) ? { ...piece, path: movedPath(move, piece.path, piece.before, bounds, part(piece)) } : piece,
    );
  }
  const around = pieces.find((piece) => piece.columns.some(([column]) => columns.has(column)));
  const part = place.share / around.share;
  const [path, before] = [around.path, around.before].map((values) => (part === 1 ? values : values.map((each) => each * part)));
  return [...pieces, { ...place, sector, before, path: movedPath(move, path, before, bounds) }];
}

// The table of a lever with its pieces: one row for each year of the run and the year after it.
function leverTable(original, pieces, size) {
  const table = Float64Array.from(original);
  const rows = table.length / size;
  for (const { path, columns } of pieces) {
    for (let row = 0; row < rows; row++) {
      const value = path[Math.min(row, path.length - 1)];
      for (const [column, weight] of columns) table[row * size + column] = value * weight;
    }
  }
  return table;
}

// The path that pieces give to a slider: its own, a total, or the mean of the branches that it covers.
function slotPath(lever, slot, pieces) {
  const wanted = slot.sector === null ? null : new Set(lever.sectors[slot.sector].columns.map(([column]) => column));
  const byColumn = new Map();
  for (const piece of pieces) {
    for (const [column, weight] of piece.columns) {
      if (!wanted || wanted.has(column)) byColumn.set(column, { path: piece.path, weight });
    }
  }
  const covered = [...byColumn.values()];
  const shared = Object.values(lever.sectors).some((place) => place.share !== 1);
  if (covered.every(({ path }) => path === covered[0].path) && !(shared && slot.sector !== null)) return covered[0].path;
  const sum = (k) => covered.reduce((value, { path, weight }) => value + path[k] * (shared ? weight : 1 / covered.length), 0);
  return covered[0].path.map((_, k) => sum(k));
}
