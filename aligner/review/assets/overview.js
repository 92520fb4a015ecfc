// The whole document at a glance: a strip with every row in its color, and the path of
// the alignment as a plot of source against target sentences. Both can be clicked; the
// strip is a slider for keys and screen readers.

const LEVELS = ["good", "added", "omitted", "fair", "poor"]; // rising: the worst of a place shows

function drawOverview() {
  drawStrip();
  drawPath();
  totals();
}

/** A column of pixels is as bad as its worst row; under it stands what was decided. */
function drawStrip() {
  const canvas = byId("strip");
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (!width) return;
  const context = pen(canvas, width, height);
  const colors = Object.fromEntries([...LEVELS, "accepted", "rejected", "error"].map((name) => [name, color(name)]));
  const columns = Array.from({ length: Math.ceil(width) }, () => ({ level: -1, state: "" }));
  const step = width / Math.max(1, model.rows.length);
  model.rows.forEach((row, at) => {
    const rank = LEVELS.indexOf(level(row));
    const error = liveFindings(row).some((finding) => FINDINGS[finding].severity === "error");
    for (let x = Math.floor(at * step); x < Math.max((at + 1) * step, Math.floor(at * step) + 1); x++) {
      const column = columns[Math.min(x, columns.length - 1)];
      column.level = Math.max(column.level, rank);
      column.error ||= error;
      if (row.state !== "open") column.state = row.state;
    }
  });
  const fill = (name, x, top, size) => {
    context.fillStyle = colors[name];
    context.fillRect(x, top, 1, size);
  };
  columns.forEach(({ level: rank, state, error }, x) => {
    if (rank < 0) return;
    const name = LEVELS[rank];
    fill(name, x, ...({ omitted: [4, 9], added: [13, 9] }[name] || [4, 18]));
    if (error) fill("error", x, 0, 3);
    if (state) fill(state, x, height - 4, 4);
  });
  drawPlace();
}

/** Marks the selected row on both pictures, and tells the slider's value. */
function drawPlace() {
  const canvas = byId("strip");
  const at = Math.max(0, model.rows.indexOf(list.selected));
  const marker = byId("marker") || canvas.parentElement.appendChild(make("i", { id: "marker" }));
  marker.style.left = `${(100 * (at + 0.5)) / Math.max(1, model.rows.length)}%`;
  canvas.setAttribute("aria-label", say("strip"));
  canvas.setAttribute("aria-valuemax", Math.max(1, model.rows.length));
  canvas.setAttribute("aria-valuenow", at + 1);
  canvas.setAttribute("aria-valuetext", say("strip.value", { number: at + 1, count: model.rows.length }));
}

/** Where each row stands in sentences of both sides, one stretch after the other. */
function places() {
  const at = [0, 0];
  return model.rows.map((row) => {
    const place = { row, src: at[0], tgt: at[1], sizes: SIDES.map((side) => sizeOf(row[side])) };
    place.sizes.forEach((size, side) => (at[side] += size));
    return place;
  });
}

function drawPath() {
  const canvas = byId("path");
  const size = canvas.clientWidth;
  if (!size) return;
  const context = pen(canvas, size, size);
  const all = places();
  const [src, tgt] = [0, 1].map((side) => all.reduce((sum, place) => sum + place.sizes[side], 0) || 1);
  const edge = 6;
  const scale = [(size - 2 * edge) / src, (size - 2 * edge) / tgt];
  context.strokeStyle = color("line");
  context.strokeRect(0.5, 0.5, size - 1, size - 1);
  const ranked = all.toSorted((one, other) => LEVELS.indexOf(level(one.row)) - LEVELS.indexOf(level(other.row)));
  const colors = Object.fromEntries(LEVELS.map((name) => [name, color(name === "good" ? "path" : name)]));
  for (const place of ranked) {
    const name = level(place.row);
    context.fillStyle = colors[name];
    const [x, y] = [edge + place.src * scale[0], edge + place.tgt * scale[1]];
    const [width, height] = place.sizes.map((count, side) => Math.max(count * scale[side], name === "good" ? 2 : 4));
    context.fillRect(x, y, width, height);
  }
  const counts = countsNow();
  canvas.setAttribute("aria-label", say("path", counts));
}

function countsNow() {
  const counts = { pairs: model.rows.length, omissions: 0, additions: 0, doubtful: 0 };
  const severities = { error: 0, warning: 0, advisory: 0 };
  for (const row of model.rows) {
    if (!row.tgt.length) counts.omissions++;
    else if (!row.src.length) counts.additions++;
    else if (row.probability !== null && row.probability < DOUBTFUL) counts.doubtful++;
    for (const finding of liveFindings(row)) severities[FINDINGS[finding].severity]++;
  }
  return FINDINGS.length ? { ...counts, ...severities } : counts;
}

function totals() {
  const entries = Object.entries(countsNow()).flatMap(([name, count]) =>
    [make("dt", {}, say(`totals.${name}`)), make("dd", {}, number(count))]);
  byId("totals").replaceChildren(...entries);
}

/** The row under a click on the strip, or nearest to one on the plot. */
function rowOnStrip(event) {
  const { left, width } = byId("strip").getBoundingClientRect();
  const at = Math.floor(((event.clientX - left) / width) * model.rows.length);
  return model.rows[Math.max(0, Math.min(model.rows.length - 1, at))];
}

function rowOnPath(event) {
  const { left, top, width } = byId("path").getBoundingClientRect();
  const all = places();
  const last = all.at(-1);
  if (!last) return null;
  const ends = [last.src + last.sizes[0], last.tgt + last.sizes[1]];
  const [x, y] = [(event.clientX - left) / width, (event.clientY - top) / width];
  const away = ({ src, tgt, sizes }) =>
    Math.hypot((src + sizes[0] / 2) / ends[0] - x, (tgt + sizes[1] / 2) / ends[1] - y);
  return all.reduce((best, place) => (away(place) < away(best) ? place : best)).row;
}

/** Goes to a row; one that the filters hide is shown by clearing them. */
function visit(row) {
  if (!row) return;
  if (!list.of.has(row.key)) clearFilters();
  select(row);
  rowBox(row)?.scrollIntoView({ block: "center" });
}
