// The rows under review, and every change to them as one reversible replacement.
//
// A row is frozen: {key, document, stretch, first, last, src, tgt, state, score,
// probability, findings, ignored}. It holds pieces (sentences) of both texts and stands
// for the pairs first … last - 1 of the file. A piece is frozen too; while its text is
// as it was, it is the very object that was read, with its marks. So a row is unchanged
// where its pieces are those of its pair, and undoing is putting back the rows of before.

const DATA = JSON.parse(byId("data").textContent);
const DOUBTFUL = 0.9;
const POOR = 0.5;
const SIDES = ["src", "tgt"];

const FINDINGS = DATA.findings.map(([pair, check, severity, message]) =>
  Object.freeze({ pair, check, severity, message }));
let lastKey = 0;
const ORIGINALS = originals();
const model = { rows: [...ORIGINALS], done: [], undone: [] };

function originals() {
  const marks = DATA.rows.map(() => ({ src: new Map(), tgt: new Map() }));
  const findings = DATA.rows.map(() => []);
  DATA.findings.forEach(([pair, , , , src, tgt], finding) => {
    findings[pair].push(finding);
    for (const [side, spans] of [["src", src], ["tgt", tgt]]) {
      for (const [at, start, stop] of spans) {
        const of = marks[pair][side];
        of.set(at, [...(of.get(at) || []), { start, stop, finding }]);
      }
    }
  });
  return DATA.rows.map(([document, stretch, src, tgt, , [score, probability], by], pair) =>
    makeRow({
      document, stretch, score, probability, first: pair, last: pair + 1,
      src: src.map((value, at) => readPiece(value, pair, marks[pair].src.get(at))),
      tgt: tgt.map((value, at) => readPiece(value, pair, marks[pair].tgt.get(at))),
      state: by ? "accepted" : "open", findings: findings[pair], ignored: [],
    }));
}

function readPiece(value, pair, marks = []) {
  const [text, size] = Array.isArray(value) ? value : [value, 1];
  return Object.freeze({ text, size, pair, marks });
}

function makeRow(values) {
  lastKey += 1;
  return Object.freeze({ ...values, key: lastKey });
}

const kindOf = (row) => SIDES.map((side) => sizeOf(row[side])).join("-");
const sizeOf = (pieces) => pieces.reduce((sum, piece) => sum + piece.size, 0);
const isOneSided = (row) => !row.src.length || !row.tgt.length;
const liveFindings = (row) => row.findings.filter((finding) => !row.ignored.includes(finding));
const isSame = (pieces, others) =>
  pieces.length === others.length && pieces.every((piece, at) => piece === others[at]);

/** Whether a person gave this row other texts or other sentences than the file has. */
function isChanged(row) {
  const original = ORIGINALS[row.first];
  return row.last !== row.first + 1 || SIDES.some((side) => !isSame(row[side], original[side]));
}

/** Whether somebody should look at the row. */
function isDoubtful(row) {
  if (row.probability !== null && row.probability < DOUBTFUL) return true;
  if (isOneSided(row)) return true;
  return liveFindings(row).some((finding) => FINDINGS[finding].severity !== "advisory");
}

/** The text of a side: as the file has it where nothing was changed. */
function textOf(row, side) {
  const whole = DATA.rows[row.first]?.[7][SIDES.indexOf(side)];
  if (whole !== null && isSame(row[side], ORIGINALS[row.first][side])) return whole;
  return row[side].map((piece) => piece.text).join(" ");
}

/** "12", or "12–13" for a row made of several pairs, counted from 1. */
const numberOf = (row) =>
  row.last - row.first > 1 ? `${row.first + 1}–${row.last}` : String(row.first + 1);

/** Puts `after` in the place of `count` rows; can be undone. */
function replaceRows(at, count, after) {
  const step = { at, before: model.rows.slice(at, at + count), after };
  model.rows.splice(at, count, ...after);
  model.done.push(step);
  model.undone = [];
  return step;
}

/** Takes the last step back; null where there is none. */
function undo() {
  const step = model.done.pop();
  if (!step) return null;
  model.rows.splice(step.at, step.after.length, ...step.before);
  model.undone.push(step);
  return { at: step.at, before: step.after, after: step.before };
}

function redo() {
  const step = model.undone.pop();
  if (!step) return null;
  model.rows.splice(step.at, step.before.length, ...step.after);
  model.done.push(step);
  return step;
}

/** The row with other values, its pairs found anew from its pieces. */
function withPieces(row, values) {
  const next = { ...row, ...values };
  const pairs = SIDES.flatMap((side) => next[side].map((piece) => piece.pair));
  if (pairs.length) [next.first, next.last] = [Math.min(...pairs), Math.max(...pairs) + 1];
  const original = ORIGINALS[next.first];
  const { score, probability } = isChanged(next) ? { score: null, probability: null } : original;
  return makeRow({ ...next, score, probability });
}

const decided = (row, state) => makeRow({ ...row, state });

/** The row with these lines as its texts; null where they leave no text at all. */
function edited(row, lines) {
  const [src, tgt] = SIDES.map((side) => matched(row, side, lines[side]));
  if (!src.length && !tgt.length) return null;
  const linked = src.length === row.src.length && tgt.length === row.tgt.length;
  const { score, probability } = linked ? row : { score: null, probability: null };
  return makeRow({ ...row, src, tgt, score, probability });
}

/** Pieces for these lines: those of the file or the row where the text is the same, else new ones. */
function matched(row, side, lines) {
  const texts = lines.map(onOneLine).filter(Boolean);
  const isOld = (piece, text) => onOneLine(piece.text) === text;
  for (const pieces of [ORIGINALS[row.first][side], row[side]]) {
    if (texts.length === pieces.length && texts.every((text, at) => isOld(pieces[at], text))) return pieces;
  }
  const pieces = row[side];
  let next = 0;
  return texts.map((text, line) => {
    if (texts.length === pieces.length) {
      return isOld(pieces[line], text) ? pieces[line] : retold(text, pieces[line].pair, pieces[line].size);
    }
    const at = pieces.findIndex((piece, index) => index >= next && isOld(piece, text));
    if (at >= 0) next = at + 1;
    return at >= 0 ? pieces[at] : retold(text, pieces[Math.min(next, pieces.length - 1)]?.pair ?? row.first);
  });
}

const onOneLine = (text) => text.replace(/\s+/g, " ").trim();
const retold = (text, pair, size = 1) => Object.freeze({ text, size, pair, marks: [] });

function merged(row, next) {
  return withPieces(row, {
    src: [...row.src, ...next.src],
    tgt: [...row.tgt, ...next.tgt],
    findings: [...row.findings, ...next.findings],
    ignored: [...row.ignored, ...next.ignored],
    state: "open",
  });
}

/** The row cut behind its first `src` source and first `tgt` target pieces. */
function cut(row, src, tgt) {
  const parts = [
    { src: row.src.slice(0, src), tgt: row.tgt.slice(0, tgt) },
    { src: row.src.slice(src), tgt: row.tgt.slice(tgt) },
  ];
  const second = row.findings.filter((finding) => !holds(parts[0], finding) && holds(parts[1], finding));
  const first = row.findings.filter((finding) => !second.includes(finding));
  return parts.map((part, at) => {
    const findings = at ? second : first;
    const ignored = row.ignored.filter((finding) => findings.includes(finding));
    return withPieces(row, { ...part, findings, ignored, state: "open" });
  });
}

/** Whether the evidence of a finding stands in these pieces, or its pair begins there. */
const holds = (part, finding) =>
  SIDES.some((side) => part[side].some((piece) => piece.marks.some((mark) => mark.finding === finding)));

/** All ways to cut a row in two that leave text in both, the most even ones first. */
function cuts(row) {
  const found = [];
  for (let src = 0; src <= row.src.length; src++) {
    for (let tgt = 0; tgt <= row.tgt.length; tgt++) {
      const whole = src === row.src.length && tgt === row.tgt.length;
      if ((src || tgt) && !whole) found.push({ src, tgt, cost: unevenness(row, src, tgt) });
    }
  }
  return found.sort((one, other) => one.cost - other.cost || other.src - one.src);
}

/** How unlike the shares of both texts before the cut are; sides left empty come last. */
function unevenness(row, src, tgt) {
  const lengths = (pieces) => pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  const [a, b] = [[row.src, src], [row.tgt, tgt]].map(([pieces, at]) =>
    lengths(pieces) ? lengths(pieces.slice(0, at)) / lengths(pieces) : 0);
  const empty = [[row.src, src], [row.tgt, tgt]].filter(([pieces, at]) =>
    pieces.length && (at === 0 || at === pieces.length)).length;
  return Math.abs(a - b) + empty;
}

/** Two neighboring rows with a piece of one side moved up or down between them. */
function moved(upper, lower, side, up) {
  const [above, below] = [upper[side], lower[side]];
  const [first, second] = up
    ? [[...above, below[0]], below.slice(1)]
    : [above.slice(0, -1), [above.at(-1), ...below]];
  const rows = [
    { ...upper, [side]: first, state: "open" },
    { ...lower, [side]: second, state: "open" },
  ];
  const full = rows.filter((row) => row.src.length || row.tgt.length);
  if (full.length === 2) return rows.map((row) => withPieces(row, {}));
  const findings = [...upper.findings, ...lower.findings];
  return [withPieces(full[0], { findings, ignored: [...upper.ignored, ...lower.ignored] })];
}

/** The row with the findings of one check on one pair ignored, or no longer. */
function ignoring(row, finding) {
  const { pair, check } = FINDINGS[finding];
  const same = row.findings.filter((at) => FINDINGS[at].pair === pair && FINDINGS[at].check === check);
  const ignored = row.ignored.includes(finding)
    ? row.ignored.filter((at) => !same.includes(at))
    : [...new Set([...row.ignored, ...same])];
  return makeRow({ ...row, ignored });
}
