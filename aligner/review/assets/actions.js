// What a person can do with a row. Each action is one step that can be undone, is kept in
// the browser, and is said to screen readers.

const MOVES = [
  { side: "src", up: true, key: "1" }, { side: "src", up: false, key: "2" },
  { side: "tgt", up: true, key: "3" }, { side: "tgt", up: false, key: "4" },
];

const FEW = 4; // rows that a step of one action replaces; loading decisions replaces all

/** Does something with a row that a button belongs to. */
function actOn(row, action) {
  if (row !== list.selected) select(row);
  action(row);
}

/** Replaces rows, shows and keeps it. `next` is the row to select then. */
function step(at, count, after, said, next = after[0]) {
  const label = numberOf(model.rows[at]);
  const done = replaceRows(at, count, after);
  finished(done, next);
  announce(said, { number: label });
}

/** Shows a step by its own rows; one of many rows, or of hidden ones, by all rows anew. */
function finished(done, next) {
  const isShown = done.before.some((row) => list.of.has(row.key));
  if (isShown && done.before.length <= FEW) replaceShown(done, next);
  else refresh();
  keep();
  drawOverview();
  progress();
}

/** Accepts or rejects a row, or takes that back when it was so already; then the next one. */
function decide(row, state) {
  const now = row.state === state ? "open" : state;
  const next = now === "open" ? undefined : rowAt(1);
  const after = decided(row, now);
  step(model.rows.indexOf(row), 1, [after], `said.${now}`, next === row ? after : next ?? after);
}

function reopen(row) {
  if (row.state !== "open") step(model.rows.indexOf(row), 1, [decided(row, "open")], "said.open");
}

function edit(row) {
  openEditor(row, (lines) => {
    const after = edited(row, lines);
    if (!after) announce("cannot.empty");
    else step(model.rows.indexOf(row), 1, [after], "said.edit");
  });
}

function merge(row) {
  const at = model.rows.indexOf(row);
  const next = model.rows[at + 1];
  if (!next || next.stretch !== row.stretch) return announce("cannot.merge");
  return step(at, 2, [merged(row, next)], "said.merge");
}

function split(row) {
  if (row.src.length + row.tgt.length < 2) return announce("cannot.split");
  return chooseSplit(row, ({ src, tgt }) => {
    step(model.rows.indexOf(row), 1, cut(row, src, tgt), "said.split");
    focusSelected();
  });
}

/** Moves the first piece of a side to the row before, or the last one to the row after. */
function move(row, side, up) {
  const at = model.rows.indexOf(row) - (up ? 1 : 0);
  const [upper, lower] = [model.rows[at], model.rows[at + 1]];
  if (!row[side].length || !upper || !lower || upper.stretch !== lower.stretch) return announce("cannot.move");
  const after = moved(upper, lower, side, up);
  return step(at, 2, after, "said.move", after[up ? after.length - 1 : 0]);
}

function ignore(row, finding = nextFinding(row)) {
  if (finding === undefined) return announce("cannot.ignore");
  const said = row.ignored.includes(finding) ? "said.unignored" : "said.ignored";
  return step(model.rows.indexOf(row), 1, [ignoring(row, finding)], said);
}

/** The first finding that is not ignored; where all are, the first to bring back. */
const nextFinding = (row) => liveFindings(row)[0] ?? row.findings[0];

function takeBack() {
  back(undo(), "undo");
}

function doAgain() {
  back(redo(), "redo");
}

function back(done, name) {
  if (!done) {
    announce(`cannot.${name}`);
    return;
  }
  finished(done, done.after[0]);
  select(done.after[0]);
  announce(`said.${name}`);
}

/** The next doubtful row in a direction that nobody has decided on. */
function nextDoubtful(by) {
  const rows = shownRows();
  for (let at = rows.indexOf(list.selected) + by; at >= 0 && at < rows.length; at += by) {
    if (rows[at].state === "open" && isDoubtful(rows[at])) return visit(rows[at]);
  }
  return announce("cannot.find");
}

function saveDecisions() {
  save("decisions.json", `${JSON.stringify(decisions(), null, 1)}\n`, "application/json");
}

async function loadDecisions(file) {
  let rows;
  try {
    rows = rowsFrom(JSON.parse(await file.text()));
  } catch (error) {
    notify("notice.load", { reason: say(`reason.${error instanceof Unusable ? error.message : "json"}`) });
    return;
  }
  finished(replaceRows(0, model.rows.length, rows));
  announce("said.loaded", { count: countOf(decisions()) });
}

/** Tells screen readers, and shows for a moment, what was done or why it cannot be. */
function announce(key, values = {}) {
  const box = byId("said");
  box.textContent = say(key, values);
  box.classList.toggle("shown", true);
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => box.classList.remove("shown"), 3000);
}

/** Shows something that the reader has to know before going on. */
function notify(key, values = {}) {
  const box = byId("notice");
  box.textContent = say(key, values);
  box.hidden = false;
}
