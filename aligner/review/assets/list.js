// The list of rows, in chunks of which only those near the window have elements.
//
// A chunk far away is an empty box as high as its rows were, or as they are guessed to
// be from the length of their texts; the browser keeps the place while guesses are
// corrected. So 20,000 pairs scroll like 20. For printing all chunks are filled.

const CHUNK = 40;
const NEAR = "1500px";
const list = { chunks: [], of: new Map(), selected: null };

const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const chunk = list.chunks.find((each) => each.box === target);
    if (!chunk) continue;
    if (isIntersecting) fill(chunk);
    else if (chunk.full && !chunk.box.contains(document.activeElement)) empty(chunk);
  }
}, { rootMargin: NEAR });

/** Shows these rows from the start; the selected one is kept if it is among them. */
function showRows(rows) {
  watcher.disconnect();
  Object.assign(list, { chunks: [], of: new Map() });
  const grid = byId("pairs");
  const letters = Math.max(20, (grid.clientWidth - 200) / 16); // on a line of a column
  for (let at = 0; at < rows.length; at += CHUNK) addChunk(rows.slice(at, at + CHUNK), letters);
  grid.replaceChildren(columnNames(), ...list.chunks.map((chunk) => chunk.box));
  grid.setAttribute("aria-rowcount", model.rows.length + 1);
  if (!list.of.has(list.selected?.key)) list.selected = rows[0] || null;
  list.chunks.slice(0, 2).forEach(fill);
  list.chunks.forEach((chunk) => watcher.observe(chunk.box));
}

function addChunk(rows, letters) {
  const box = make("div", { class: "chunk", role: "rowgroup" });
  box.style.height = `${guessed(rows, letters)}px`;
  const chunk = { rows, box, full: false };
  rows.forEach((row) => list.of.set(row.key, chunk));
  list.chunks.push(chunk);
}

function columnNames() {
  const names = ["number", "src", "link", "tgt"].map((column) => {
    const lang = { src: DATA.documents[0]?.[2], tgt: DATA.documents[0]?.[3] }[column];
    const word = say(`column.${column}`);
    const text = lang === "en" || lang === "ru" ? `${word} (${say(`lang.${lang}`)})` : word;
    return make("div", { role: "columnheader" }, text);
  });
  return make("div", { role: "rowgroup", class: "names-group" },
    make("div", { class: "names", role: "row", "aria-rowindex": 1 }, ...names));
}

function fill(chunk) {
  if (chunk.full) return;
  chunk.full = true;
  chunk.box.style.height = "";
  chunk.box.replaceChildren(...chunk.rows.map((row) => rowElement(row, row === list.selected)));
}

function empty(chunk) {
  const { height } = chunk.box.getBoundingClientRect();
  chunk.full = false;
  chunk.box.style.height = `${height}px`;
  chunk.box.replaceChildren();
}

function guessed(rows, letters) {
  const lines = (pieces) => pieces.reduce((sum, { text }) => sum + Math.ceil(text.length / letters), 0);
  return rows.reduce((sum, row) => {
    const texts = Math.max(1, lines(row.src), lines(row.tgt));
    return sum + 24 * texts + 18 + 30 * row.findings.length;
  }, 0);
}

/** Shows a replacement of rows: `after` stands where the first of `before` was. */
function replaceShown({ before, after }, selected) {
  const focused = byId("pairs").contains(document.activeElement);
  const shown = before.filter((row) => list.of.has(row.key));
  const boxes = shown.map(rowBox);
  shown.forEach((row, at) => {
    const chunk = list.of.get(row.key);
    chunk.rows = chunk.rows.toSpliced(chunk.rows.indexOf(row), 1, ...(at ? [] : after));
    if (!at) after.forEach((made) => list.of.set(made.key, chunk));
    list.of.delete(row.key);
  });
  const old = list.selected;
  if (list.of.has(selected?.key)) list.selected = selected;
  boxes[0]?.replaceWith(...after.map((row) => rowElement(row, row === list.selected)));
  boxes.slice(1).forEach((box) => box?.remove());
  for (const row of new Set([old, list.selected])) if (!after.includes(row)) redraw(row);
  if (focused) focusSelected();
}

/** Draws a row again where it has an element. */
function redraw(row) {
  const element = row && rowBox(row);
  if (element) element.replaceWith(rowElement(row, row === list.selected));
}

/** Selects a row that is shown; with `focus` it also gets the keys and is scrolled to. */
function select(row, focus = true) {
  if (!row || !list.of.has(row.key)) return;
  const before = list.selected;
  list.selected = row;
  new Set([before, row]).forEach(redraw);
  if (focus) focusSelected();
  drawPlace();
}

/** The element of a row, if it has one just now. */
const rowBox = (row) => document.querySelector(`[data-row="${row.key}"]`);

function focusSelected() {
  if (!list.selected) return;
  const chunk = list.of.get(list.selected.key);
  if (chunk) fill(chunk);
  const element = rowBox(list.selected);
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "nearest" });
}

/** All rows shown, in order. */
const shownRows = () => list.chunks.flatMap((chunk) => chunk.rows);

/** The row that is `by` places from the selected one among those shown. */
function rowAt(by) {
  const rows = shownRows();
  const at = rows.indexOf(list.selected) + by;
  return rows[Math.max(0, Math.min(rows.length - 1, at))];
}

window.addEventListener("beforeprint", () => list.chunks.forEach(fill));
