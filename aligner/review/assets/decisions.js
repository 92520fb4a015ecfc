// Decisions as a file and back: what differs from the pairs as they were read.
//
// {"format", "version", "content": of which pairs, "pairs": how many, "decisions":
// [{"pairs": [first, stop], "rows": [{"state", "src"?, "tgt"?}]}], "ignored": [{"pair",
// "check", "source", "target"}]}. Texts stand in it only where a person changed the row.
// `aligner apply` reads it, this page keeps it in the browser and loads it again.

const FORMAT = "aligner-decisions";
const VERSION = 1;

class Unusable extends Error {}

function decisions() {
  return {
    format: FORMAT,
    version: VERSION,
    content: DATA.content,
    pairs: ORIGINALS.length,
    decisions: groups(model.rows).filter(isDecided).map(writtenGroup),
    ignored: [...ignoredFindings(), ...elsewhere],
  };
}

/** Ignored findings of decisions that were loaded, which this page does not show. */
let elsewhere = [];

/** Rows that share pairs, with the pairs they stand for; every pair is in one group. */
function groups(rows) {
  const found = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last && row.first < last.stop) {
      last.rows.push(row);
      last.stop = Math.max(last.stop, row.last);
      continue;
    }
    let start = last ? last.stop : 0;
    while (last && start < row.first && ORIGINALS[start].stretch !== row.stretch) start++;
    if (last) last.stop = start; // pairs whose text was deleted go with a neighbor in their text
    found.push({ start, stop: row.last, rows: [row] });
  }
  if (found.length) found.at(-1).stop = ORIGINALS.length;
  return found;
}

function isDecided({ start, stop, rows }) {
  const [row] = rows;
  const original = ORIGINALS[start];
  return rows.length > 1 || stop - start > 1 || isChanged(row) || row.state !== original.state;
}

function writtenGroup({ start, stop, rows }) {
  const changed = rows.length > 1 || stop - start > 1 || isChanged(rows[0]);
  return {
    pairs: [start, stop],
    rows: rows.map((row) => ({
      state: row.state,
      ...(changed ? { src: row.src.map(writtenPiece), tgt: row.tgt.map(writtenPiece) } : {}),
    })),
  };
}

const writtenPiece = (piece) =>
  piece.size === 1 ? piece.text : { text: piece.text, sentences: piece.size };

function ignoredFindings() {
  const found = new Map();
  for (const row of model.rows) {
    for (const finding of row.ignored) {
      const { pair, check } = FINDINGS[finding];
      const [source, target] = SIDES.map((side) => textOf(ORIGINALS[pair], side));
      found.set(`${pair} ${check}`, { pair, check, source, target });
    }
  }
  return [...found.values()].sort((one, other) => one.pair - other.pair);
}

/** How many decisions there are in a file. */
const countOf = (file) => file.decisions.length + file.ignored.length;

/** The rows that a file of decisions makes of the pairs; Unusable where it does not fit. */
function rowsFrom(file) {
  if (file?.format !== FORMAT || !Array.isArray(file.decisions)) throw new Unusable("json");
  if (file.version !== VERSION) throw new Unusable("version");
  if (file.content !== DATA.content) throw new Unusable("content");
  const rows = [];
  let next = 0;
  for (const { pairs: [start, stop], rows: made } of file.decisions) {
    if (!(next <= start && start < stop && stop <= ORIGINALS.length)) throw new Unusable("json");
    rows.push(...ORIGINALS.slice(next, start), ...rowsOf(start, stop, made));
    next = stop;
  }
  rows.push(...ORIGINALS.slice(next));
  const ignored = new Set((file.ignored || []).map(({ pair, check }) => `${pair} ${check}`));
  const known = new Set(FINDINGS.map(({ pair, check }) => `${pair} ${check}`));
  elsewhere = (file.ignored || []).filter(({ pair, check }) => !known.has(`${pair} ${check}`));
  return rows.map((row) => withIgnored(row, ignored));
}

function rowsOf(start, stop, made) {
  const old = ORIGINALS.slice(start, stop);
  const left = Object.fromEntries(SIDES.map((side) => [side, old.flatMap((row) => row[side])]));
  const findings = old.flatMap((row) => row.findings);
  return made.map(({ state, src, tgt }, at) => {
    if (!["open", "accepted", "rejected"].includes(state)) throw new Unusable("json");
    if (!src) return decided(old[at], state);
    const pieces = { src: taken(left.src, src, start), tgt: taken(left.tgt, tgt, start) };
    const own = findings.filter((finding) => holds(pieces, finding) || (at === 0 && !held(old, finding)));
    const row = withPieces({ ...old[0], findings: own, ignored: [], state }, pieces);
    return stop - start > 1 && made.length === 1
      ? makeRow({ ...row, first: start, last: stop })
      : row;
  });
}

const held = (rows, finding) => rows.some((row) => holds(row, finding));

/** The pieces of these texts, those of the file as long as they are the same. */
function taken(left, texts, pair) {
  return texts.map((value) => {
    const { text, sentences } = typeof value === "string" ? { text: value, sentences: 1 } : value;
    const at = left.findIndex((piece) => piece.text === text && piece.size === sentences);
    if (at < 0) return retold(String(text), left[0]?.pair ?? pair, sentences);
    return left.splice(0, at + 1).at(-1);
  });
}

function withIgnored(row, ignored) {
  const now = row.findings.filter((at) => ignored.has(`${FINDINGS[at].pair} ${FINDINGS[at].check}`));
  return now.length ? makeRow({ ...row, ignored: now }) : row;
}
