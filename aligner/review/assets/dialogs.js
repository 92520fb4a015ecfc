// What opens over the list or in a row: the keys, the ways to split, the editor.

const KEYS = [
  ["↓ ↑ J K", "key.next"], ["N P", "key.doubtful"], ["Home End", "key.ends"],
  ["A", "accept"], ["R", "reject"], ["U", "reopen"], ["E Enter", "edit"], ["Ctrl+Enter Esc", "key.save"],
  ["M", "merge"], ["S", "split"], ["1 2", "key.move.src"], ["3 4", "key.move.tgt"],
  ["I", "key.ignore"], ["Z Y", "key.undo"], ["/ F", "key.search"], ["O", "key.order"],
  ["D", "key.decisions"], ["?", "help"],
];

function openHelp() {
  const rows = KEYS.flatMap(([keys, word]) => [
    make("dt", {}, ...keys.split(" ").flatMap((key) => [make("kbd", {}, key), " "])),
    make("dd", {}, say(word)),
  ]);
  byId("keys").replaceChildren(...rows);
  byId("letters").checked = preferences.letters;
  byId("help-dialog").showModal();
}

/** Lets the reader choose where to split a row; the most even way is chosen at first. */
function chooseSplit(row, done) {
  const ways = cuts(row);
  const options = ways.map((way, at) => make("label", { class: "way" },
    make("input", { type: "radio", name: "split", value: String(at) }),
    make("span", { class: "way-pairs" }, ...cut(row, way.src, way.tgt).flatMap((part) =>
      SIDES.map((side) => make("span", { class: `way-${side}`, dir: "auto" },
        textOf(part, side) || say(`no.${side}`)))))));
  const legend = byId("splits").querySelector("legend");
  byId("splits").replaceChildren(legend, ...options);
  options[0].querySelector("input").checked = true;
  const dialog = byId("split-dialog");
  const finish = () => {
    const chosen = ways[Number(byId("splits").querySelector(":checked").value)];
    dialog.close();
    done(chosen);
  };
  byId("split-do").onclick = finish;
  dialog.onkeydown = (event) => {
    if (event.key !== "Enter" || event.target.matches("button")) return;
    event.preventDefault();
    finish();
  };
  dialog.showModal();
  options[0].querySelector("input").focus();
}

/** Puts text fields in the place of a row's texts. `done` gets the lines of both sides. */
function openEditor(row, done) {
  const box = rowBox(row);
  if (!box) return;
  const fields = Object.fromEntries(SIDES.map((side) => [side, field(row, side)]));
  const close = () => {
    box.replaceWith(rowElement(row, true));
    focusSelected();
  };
  const finish = () => {
    const same = SIDES.every((side) => fields[side].value === fields[side].dataset.before);
    close();
    if (!same) done(Object.fromEntries(SIDES.map((side) => [side, fields[side].value.split("\n")])));
  };
  for (const side of SIDES) box.querySelector(`.${side}.text`).replaceChildren(fields[side]);
  box.querySelector(".row-tools").replaceChildren(
    make("button", { type: "button", class: "main", click: finish }, say("save.edit")),
    make("button", { type: "button", click: close }, say("cancel")),
    make("span", { class: "hint" }, say("edit.hint")));
  box.classList.add("editing");
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) finish();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  fields[row.tgt.length ? "tgt" : "src"].focus();
}

function field(row, side) {
  const lines = row[side].map((piece) => onOneLine(piece.text));
  const letters = lines.reduce((sum, line) => sum + Math.ceil((line.length + 1) / 45), 0);
  const area = make("textarea", { rows: Math.max(2, letters + 1), "aria-label": say(`edit.${side}`), dir: "auto", spellcheck: "true" });
  area.value = lines.join("\n");
  area.dataset.before = area.value;
  return area;
}
