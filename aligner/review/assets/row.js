// One row on the page: both texts in sentences, the link drawn between them, its
// probability as a color and a number, findings with their evidence marked, and, for the
// row that is selected, what can be done with it.

const SEVERITIES = ["error", "warning", "advisory"];

/** The element of a row; `selected` adds the tools and, out of order, the neighbors. */
function rowElement(row, selected) {
  const element = make("div", {
    class: `row ${row.state}${isChanged(row) ? " changed" : ""}`,
    role: "row", "data-row": row.key, "aria-rowindex": row.first + 2,
    "aria-selected": String(selected), tabindex: selected ? "0" : "-1",
  });
  const place = selected && filters.order !== "document" ? model.rows.indexOf(row) : null;
  if (place !== null) element.append(neighbor(model.rows[place - 1], row, "before"));
  element.append(numberCell(row), textCell(row, "src"), linkCell(row), textCell(row, "tgt"));
  if (row.findings.length) element.append(findingsCell(row));
  if (selected) element.append(toolsCell(row));
  if (place !== null) element.append(neighbor(model.rows[place + 1], row, "after"));
  return element;
}

function numberCell(row) {
  const state = row.state === "open" ? null : make("span", { class: "state" }, say(`state.${row.state}`));
  const changed = isChanged(row) ? make("span", { class: "state" }, say("state.changed")) : null;
  return make("div", { class: "number", role: "rowheader" }, numberOf(row), state, changed);
}

function textCell(row, side) {
  const lang = DATA.documents[row.document][side === "src" ? 2 : 3] || null;
  const pieces = row[side].map((piece) => make("p", { dir: "auto" }, ...marked(piece, row)));
  const empty = pieces.length ? [] : [make("p", { class: "none" }, say(`no.${side}`))];
  return make("div", { class: `text ${side}`, role: "gridcell", lang: pieces.length ? lang : null }, ...pieces, ...empty);
}

/** A text cut at the ends of its marks: evidence of findings, and what was searched for. */
function marked(piece, row) {
  const live = piece.marks.filter((mark) => !row.ignored.includes(mark.finding));
  const found = hits(piece.text);
  const edges = [...live, ...found].flatMap(({ start, stop }) => [start, stop]);
  const cuts = [...new Set([0, ...edges, piece.text.length])].sort((one, other) => one - other);
  return cuts.slice(1).map((stop, at) => {
    const start = cuts[at];
    const over = (mark) => mark.start <= start && stop <= mark.stop;
    const severities = live.filter(over).map((mark) => FINDINGS[mark.finding].severity);
    const severity = SEVERITIES.find((name) => severities.includes(name));
    const classes = [severity, found.some(over) && "hit"].filter(Boolean).join(" ");
    const text = piece.text.slice(start, stop);
    return classes ? make("mark", { class: classes }, text) : text;
  });
}

function linkCell(row) {
  const given = row.probability === null;
  const spoken = `${kindOf(row)}, ${given ? "" : `${say("probability")} `}`;
  return make("div", { class: `link ${level(row)}`, role: "gridcell" },
    drawing(row),
    make("span", { class: "hidden" }, spoken),
    make("span", { class: "probability" }, given ? say("given") : share(row.probability)),
    kindOf(row) === "1-1" ? null : make("span", { class: "kind", "aria-hidden": "true" }, kindOf(row)));
}

/** The name of the color of a row: its kind where a side is empty, else its probability. */
function level(row) {
  if (!row.tgt.length) return "omitted";
  if (!row.src.length) return "added";
  if (row.probability === null || row.probability >= DOUBTFUL) return "good";
  return row.probability >= POOR ? "fair" : "poor";
}

/** Sentences as dots, the link as lines between them; a side without any as a cross. */
function drawing(row) {
  const [src, tgt] = SIDES.map((side) => Math.min(sizeOf(row[side]), 8));
  const height = 10 * Math.max(src, tgt, 1) + 6;
  const middle = height / 2;
  const heights = (count) => Array.from({ length: count }, (_, at) => middle + 10 * (at - (count - 1) / 2));
  const picture = makeSvg("svg", { width: 56, height, viewBox: `0 0 56 ${height}`, "aria-hidden": "true" });
  for (const [count, x, other] of [[src, 8, tgt], [tgt, 48, src]]) {
    for (const y of heights(count)) {
      if (other) picture.append(makeSvg("path", { d: `M${x} ${y} Q${(x + 28) / 2} ${y} 28 ${middle}` }));
      picture.append(makeSvg("circle", { cx: x, cy: y, r: 3.5 }));
    }
    if (!count) picture.append(makeSvg("path", { class: "cross", d: `M${x - 4} ${middle - 4}l8 8m0 -8l-8 8` }));
  }
  return picture;
}

function findingsCell(row) {
  const items = row.findings.map((finding) => {
    const { check, severity, message } = FINDINGS[finding];
    const ignored = row.ignored.includes(finding);
    const name = say(ignored ? "unignore" : "ignore");
    return make("li", { class: ignored ? "ignored" : severity },
      make("strong", {}, say(severity)), " ", make("code", {}, check), " ", make("span", { dir: "auto" }, message), " ",
      ignored ? make("em", {}, `(${say("ignored")}) `) : null,
      make("button", { type: "button", class: "small", "aria-label": `${name}: ${check}`,
        click: () => actOn(row, (now) => ignore(now, finding)) }, name));
  });
  return make("div", { class: "findings", role: "gridcell" }, make("ul", {}, ...items));
}

function toolsCell(row) {
  const button = (word, key, click, attributes = {}) =>
    make("button", { type: "button", title: `${say(word)} (${key})`, "data-do": word,
      click: () => actOn(row, click), ...attributes }, say(word));
  const is = (state) => ({ "aria-pressed": String(row.state === state) });
  const moves = make("details", { class: "menu" }, make("summary", {}, say("move")),
    make("div", { class: "menu-items" }, ...MOVES.map(({ side, up, key }) => {
      const word = `move.${side}.${up ? "up" : "down"}`;
      return button(word, key, (now) => move(now, side, up));
    })));
  return make("div", { class: "row-tools", role: "gridcell" },
    button("accept", "A", (now) => decide(now, "accepted"), is("accepted")),
    button("reject", "R", (now) => decide(now, "rejected"), is("rejected")),
    button("edit", "E", edit), button("merge", "M", merge), button("split", "S", split), moves);
}

/** The pair before or after, in grey: what stands around a row shown out of its order. */
function neighbor(other, row, where) {
  if (!other || other.stretch !== row.stretch) return "";
  const text = (side) => make("span", { dir: "auto", class: side }, other[side].map((piece) => piece.text).join(" "));
  return make("div", { class: "neighbor", role: "gridcell" },
    make("span", { class: "where" }, say(where)), text("src"), text("tgt"));
}
