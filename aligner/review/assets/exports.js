// Files saved from the page: decisions (JSON), and the pairs as they now are (TSV, TMX).
//
// TSV and TMX are those that `aligner align` writes, to the byte, where nothing was
// decided. A rejected link is written as its two texts, each without a partner, so that no
// sentence is lost and no program takes it for a translation.

const COLUMNS = [
  "source", "target", "kind", "score", "probability",
  "source_start", "source_stop", "target_start", "target_stop",
];
const NOT_XML = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** The rows as pairs, with sentence positions counted through each stretch. */
function pairsNow() {
  const pairs = [];
  let stretch = null;
  let at = [0, 0];
  for (const row of model.rows) {
    if (row.stretch !== stretch) {
      const [srcStart, , tgtStart] = DATA.rows[row.first][4];
      [stretch, at] = [row.stretch, [srcStart, tgtStart]];
    }
    for (const pair of pairsOf(row)) {
      const [src, tgt] = pair.sizes;
      pairs.push({ ...pair, spans: [at[0], at[0] + src, at[1], at[1] + tgt] });
      at = [at[0] + src, at[1] + tgt];
    }
  }
  return pairs;
}

/** A row as the pair it is, or, if it was rejected, as two without a partner. */
function pairsOf(row) {
  const [source, target] = SIDES.map((side) => textOf(row, side));
  const sizes = SIDES.map((side) => sizeOf(row[side]));
  const confirmed = row.state === "accepted" ? confirmedBy(row) : "";
  const given = { score: row.score, probability: isNewlyAccepted(row) ? 1 : row.probability ?? 1 };
  const pair = { source, target, sizes, document: row.document, confirmed, ...given };
  if (row.state !== "rejected" || isOneSided(row)) return [pair];
  const alone = { ...pair, score: 0, probability: 1 };
  return [
    { ...alone, target: "", sizes: [sizes[0], 0] },
    { ...alone, source: "", sizes: [0, sizes[1]] },
  ];
}

/** Whether the link is certain because it was accepted here. */
const isNewlyAccepted = (row) =>
  row.state === "accepted" && (isChanged(row) || ORIGINALS[row.first].state !== "accepted");

/** Who confirmed a row: as the file says where it says so. */
const confirmedBy = (row) => (!isChanged(row) && DATA.rows[row.first][6]) || "reviewer";

const kindNow = (pair) => pair.sizes.join("-");
const digits = (value) => value.toFixed(4);

function tsv() {
  const lines = pairsNow().map((pair) => [
    escaped(pair.source), escaped(pair.target), kindNow(pair),
    pair.score === null ? "" : digits(pair.score), digits(pair.probability), ...pair.spans,
  ]);
  return [COLUMNS, ...lines].map((line) => line.map(quoted).join("\t") + "\n").join("");
}

const ESCAPES = { "\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\" };
const escaped = (text) => text.replace(/[\t\n\r]|\\(?=[tnr\\\t\n\r])/g, (found) => ESCAPES[found]);
const quoted = (value) => (/"/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : value);

function tmx() {
  const pairs = pairsNow();
  const common = DATA.documents[pairs[0]?.document ?? 0] || Array(6).fill("");
  const [, , srcLang, tgtLang, encoder, settings] = common;
  const header = element("header", {
    creationtool: "aligner", creationtoolversion: DATA.version, segtype: "sentence",
    "o-tmf": "aligner", adminlang: "en", srclang: srcLang || "und", datatype: "plaintext",
  }, props({ "x-encoder": encoder, "x-settings": settings, "x-target-lang": tgtLang }));
  const units = pairs.map((pair) => unit(pair, common)).filter(Boolean);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n${header}\n<body>\n${
    units.map((text) => `${text}\n`).join("")}</body></tmx>\n`;
}

function unit(pair, common) {
  const made = DATA.documents[pair.document];
  const variants = [[pair.source, made[2]], [pair.target, made[3]]]
    .map(([text, lang]) => [segText(text), lang])
    .filter(([text]) => text)
    .map(([text, lang]) => `${element("tuv", { "xml:lang": lang || "und" }, `<seg>${xml(text)}</seg>`)}\n`);
  if (!variants.length) return null;
  const several = Math.max(...pair.sizes) > 1 ? { segtype: "block" } : {};
  return element("tu", several, unitProps(pair, made, common) + variants.join(""));
}

function unitProps(pair, made, common) {
  const [srcStart, srcStop, tgtStart, tgtStop] = pair.spans;
  const own = props({
    "x-kind": kindNow(pair),
    "x-score": pair.score === null ? "" : digits(pair.score),
    "x-probability": digits(pair.probability),
    "x-source-document": made[0],
    "x-target-document": made[1],
    "x-source-sentences": `${srcStart}:${srcStop}`,
    "x-target-sentences": `${tgtStart}:${tgtStop}`,
    "x-confirmed-by": pair.confirmed,
  });
  if (made[4] === common[4] && made[5] === common[5]) return own;
  return own + prop("x-encoder", made[4]) + prop("x-settings", made[5]);
}

const props = (values) =>
  `\n${Object.entries(values).filter(([, value]) => value).map(([name, value]) => prop(name, value)).join("")}`;
const prop = (type, value) => `${element("prop", { type }, xml(value.replace(NOT_XML, "")))}\n`;

function element(name, attributes, content) {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(value)}"`);
  return `<${name}${written.join("")}${content ? `>${content}</${name}` : "/"}>`;
}

/** A text as a seg can hold it: on one line, without what XML cannot carry. */
const segText = (text) => text
  .replace(NOT_XML, (found) => (/[\s\x1c-\x1f]/.test(found) ? " " : ""))
  .replace(/[ \t]*[\r\n]+[ \t]*/g, " ")
  .trim();

const xml = (text) => text
  .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
  .replaceAll("\r", "&#13;");
const attribute = (text) => xml(text.replace(NOT_XML, "")).replaceAll('"', "&quot;");

/** Hands the browser a file to save. */
function save(extension, text, type) {
  const name = `${DATA.name.replace(/[\/\\:*?"<>|\p{Cc}\p{Cf}]/gu, "_").slice(0, 100)}.${extension}`;
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  announce("said.saved", { name });
}
