// Which rows are shown, and in which order: filters, search, doubtful ones first.
//
// The view is made when a filter changes and not at every decision, so that a row stays
// where it is while somebody works on it.

const filters = { search: "", order: "document", kind: "", below: "", finding: "", state: "" };
const BELOW = [1, 0.99, 0.9, 0.7, 0.5, 0.3];

/** The rows that pass the filters, in the order chosen. */
function view() {
  const wanted = folded(filters.search.trim());
  const rows = model.rows.filter((row) => passes(row) && (!wanted || foldedRow(row).includes(wanted)));
  return filters.order === "doubtful" ? byUrgency(rows) : rows;
}

function passes(row) {
  return ofKind(row, filters.kind) && isBelow(row) && hasFinding(row, filters.finding) && inState(row);
}

function ofKind(row, kind) {
  if (!kind) return true;
  if (kind === "omission") return !row.tgt.length;
  if (kind === "addition") return !row.src.length;
  if (kind === "merged") return !isOneSided(row) && kindOf(row) !== "1-1";
  return kindOf(row) === kind;
}

const isBelow = (row) =>
  !filters.below || (row.probability !== null && row.probability < Number(filters.below));

function hasFinding(row, wanted) {
  if (!wanted) return true;
  const live = liveFindings(row).map((finding) => FINDINGS[finding]);
  if (wanted === "any") return live.length > 0;
  return live.some(({ severity, check }) => wanted === severity || wanted === `check ${check}`);
}

function inState(row) {
  if (!filters.state) return true;
  if (filters.state === "changed") return isChanged(row);
  if (filters.state === "ignored") return row.ignored.length > 0;
  return row.state === filters.state;
}

/** Errors, then doubtful rows, then the rest; in each the least probable first. */
function byUrgency(rows) {
  const urgency = (row) => {
    const severities = liveFindings(row).map((finding) => FINDINGS[finding].severity);
    if (severities.includes("error")) return 0;
    return isDoubtful(row) ? 1 : 2;
  };
  return rows
    .map((row) => ({ row, urgency: urgency(row), probability: row.probability ?? 1 }))
    .sort((one, other) => one.urgency - other.urgency || one.probability - other.probability)
    .map(({ row }) => row);
}

/** Case and ё make no difference to a search. */
const folded = (text) => text.toLowerCase().replaceAll("ё", "е");

const foldedRows = new WeakMap();

function foldedRow(row) {
  if (!foldedRows.has(row)) {
    const texts = SIDES.flatMap((side) => row[side].map((piece) => piece.text));
    foldedRows.set(row, folded(texts.join("\n")));
  }
  return foldedRows.get(row);
}

/** Where the search is found in a text; nowhere if folding changed its length. */
function hits(text) {
  const wanted = folded(filters.search.trim());
  const where = folded(text);
  const found = [];
  if (!wanted || where.length !== text.length) return found;
  for (let at = where.indexOf(wanted); at >= 0; at = where.indexOf(wanted, at + wanted.length)) {
    found.push({ start: at, stop: at + wanted.length });
  }
  return found;
}

/** The choices of the filters that depend on the pairs: kinds and checks that occur. */
function kindsThatOccur() {
  const kinds = new Set(model.rows.filter((row) => !isOneSided(row)).map(kindOf));
  return [...kinds].sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
}

const checksThatOccur = () => [...new Set(FINDINGS.map(({ check }) => check))].sort();
