// Brings the page to life: words, filters, keys, and the first view.

const LETTERS = {
  KeyJ: () => select(rowAt(1)), KeyK: () => select(rowAt(-1)),
  KeyN: () => nextDoubtful(1), KeyP: () => nextDoubtful(-1),
  KeyA: () => withRow((row) => decide(row, "accepted")),
  KeyR: () => withRow((row) => decide(row, "rejected")),
  KeyU: () => withRow(reopen), KeyE: () => withRow(edit),
  KeyM: () => withRow(merge), KeyS: () => withRow(split), KeyI: () => withRow(ignore),
  KeyZ: takeBack, KeyY: doAgain, KeyD: saveDecisions,
  KeyF: () => byId("search").focus(), Slash: () => byId("search").focus(),
  KeyO: () => setFilter("order", filters.order === "document" ? "doubtful" : "document"),
  ...Object.fromEntries(MOVES.map(({ side, up, key }) => [
    `Digit${key}`, () => withRow((row) => move(row, side, up))])),
};
const PLAIN = {
  ArrowDown: () => select(rowAt(1)), ArrowUp: () => select(rowAt(-1)),
  PageDown: () => select(rowAt(8)), PageUp: () => select(rowAt(-8)),
  Home: () => select(shownRows()[0]), End: () => select(shownRows().at(-1)),
  Enter: () => withRow(edit),
};

function withRow(action) {
  if (!list.selected) return;
  if (!byId("pairs").contains(document.activeElement)) focusSelected();
  action(list.selected);
}

function onKey(event) {
  const { key, code } = event;
  if (event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  // A dialog that has just closed keeps the focus until the next frame
  const target = event.target.closest("dialog") ? document.body : event.target;
  const typing = target.matches("input:not([type=checkbox]), textarea, select");
  if ((event.ctrlKey || event.metaKey) && !typing) {
    if (code === "KeyZ") run(event, event.shiftKey ? doAgain : takeBack);
    if (code === "KeyY") run(event, doAgain);
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  if (typing) {
    if (key === "Escape") focusSelected();
    return;
  }
  const onRow = target.matches("[role=row], #pairs, body");
  if (onRow && PLAIN[key]) run(event, PLAIN[key]);
  else if (!preferences.letters) return;
  else if (key === "?" || (event.shiftKey && code === "Slash")) run(event, openHelp);
  else if (code === "KeyZ" && event.shiftKey) run(event, doAgain);
  else if (LETTERS[code] && !event.shiftKey) run(event, LETTERS[code]);
}

function run(event, action) {
  event.preventDefault();
  action();
}

function onStripKey(event) {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 20, PageUp: -20 }[event.key];
  const ends = { Home: 0, End: model.rows.length - 1 };
  if (by === undefined && !(event.key in ends)) return;
  const at = event.key in ends ? ends[event.key] : model.rows.indexOf(list.selected) + by;
  event.preventDefault();
  event.stopPropagation();
  visit(model.rows[Math.max(0, Math.min(model.rows.length - 1, at))]);
  byId("strip").focus();
}

/** Makes the view anew after a filter has changed. */
function refresh() {
  const rows = view();
  showRows(rows);
  byId("shown").textContent = say("shown", { shown: rows.length, count: model.rows.length });
  byId("clear").hidden = !["search", "kind", "below", "finding", "state"].some((name) => filters[name]);
  byId("nothing").hidden = rows.length > 0;
  drawOverview();
  progress();
}

function progress() {
  const counts = { count: model.rows.length, accepted: 0, rejected: 0, changed: 0, decided: 0 };
  for (const row of model.rows) {
    if (row.state !== "open") counts[row.state]++;
    if (isChanged(row)) counts.changed++;
  }
  counts.decided = counts.accepted + counts.rejected;
  byId("progress").textContent = say("progress", counts);
  byId("undo").disabled = !model.done.length;
  byId("redo").disabled = !model.undone.length;
}

function setFilter(name, value) {
  filters[name] = value;
  byId(name).value = value;
  if (name === "order" && value === "doubtful") list.selected = null; // the first one, then
  refresh();
}

function clearFilters() {
  for (const name of ["search", "kind", "below", "finding", "state"]) {
    filters[name] = "";
    byId(name).value = "";
  }
  refresh();
}

/** The choices of a filter, each value with its words. */
function choices(id, entries) {
  const options = entries.map(([value, text]) => make("option", { value }, text));
  byId(id).replaceChildren(...options);
  byId(id).value = filters[id];
}

function fillFilters() {
  const named = (name, values) => values.map((value) => [value, say(`${name}.${value}`)]);
  choices("kind", [...named("kind", ["", "merged", "omission", "addition"]),
    ...kindsThatOccur().map((kind) => [kind, kind])]);
  choices("below", [["", say("below.")], ...BELOW.map((value) =>
    [String(value), say("below.value", { value: value.toLocaleString(language()) })])]);
  choices("finding", [...named("finding", ["", "any", "error", "warning", "advisory"]),
    ...checksThatOccur().map((check) => [`check ${check}`, check])]);
  choices("state", named("state", ["", "open", "accepted", "rejected", "changed", "ignored"]));
  byId("finding").closest("label").hidden = !FINDINGS.length;
}

/** All words in the language of the moment, and the colors of the theme. */
function dress() {
  document.documentElement.lang = language();
  document.documentElement.dataset.theme = preferences.theme;
  label();
  byId("language").textContent = say("language");
  byId("language").title = say("language.label");
  byId("language").lang = language() === "en" ? "ru" : "en";
  byId("pairs").setAttribute("aria-label", say("pairs"));
  byId("theme").value = preferences.theme;
  fillFilters();
  refresh();
}

function listenToFilters() {
  let waiting;
  byId("search").addEventListener("input", (event) => {
    clearTimeout(waiting);
    filters.search = event.target.value;
    waiting = setTimeout(refresh, 150);
  });
  for (const name of ["order", "kind", "below", "finding", "state"]) {
    byId(name).addEventListener("change", (event) => setFilter(name, event.target.value));
  }
  byId("clear").form.addEventListener("submit", (event) => event.preventDefault());
  byId("clear").addEventListener("click", (event) => run(event, clearFilters));
}

function listenToTools() {
  const clicks = {
    undo: takeBack, redo: doAgain, help: openHelp, "save-decisions": saveDecisions,
    "save-tmx": () => save("tmx", tmx(), "application/xml"),
    "save-tsv": () => save("tsv", tsv(), "text/tab-separated-values"),
    language: () => wear("language", language() === "en" ? "ru" : "en"),
  };
  for (const [id, action] of Object.entries(clicks)) byId(id).addEventListener("click", () => action());
  byId("load").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (file) await loadDecisions(file);
    event.target.value = "";
  });
  byId("theme").addEventListener("change", (event) => wear("theme", event.target.value));
  byId("letters").addEventListener("change", (event) => prefer("letters", event.target.checked));
}

function wear(name, value) {
  prefer(name, value);
  dress();
}

function listenToRows() {
  byId("pairs").addEventListener("click", (event) => {
    const box = event.target.closest(".row");
    if (!box || event.target.closest("button, summary, textarea") || String(getSelection())) return;
    const chunk = list.of.get(Number(box.dataset.row));
    select(chunk?.rows.find((row) => row.key === Number(box.dataset.row)));
  });
  byId("strip").addEventListener("click", (event) => visit(rowOnStrip(event)));
  byId("strip").addEventListener("keydown", onStripKey);
  byId("path").addEventListener("click", (event) => visit(rowOnPath(event)));
}

function listenToWindow() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target) || event.target.closest("button")) menu.open = false;
    }
    event.target.closest("button.close")?.closest("dialog").close();
  });
  byId("overview").addEventListener("toggle", drawOverview);
  window.addEventListener("resize", drawOverview);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawOverview);
}

byId("title").textContent = DATA.title || DATA.name;
listenToFilters();
listenToTools();
listenToRows();
listenToWindow();
byId("overview").open = !matchMedia("(max-width: 60rem)").matches; // there it stands above the list
restore();
dress();
