// Decisions kept in the browser under the content of the pairs, so that they survive a
// reload and another page for the same pairs finds them. Where nothing can be kept, the page says so.

const PLACE = `aligner-review:${DATA.content}`;

/** Keeps what was decided so far; called after every step. */
function keep() {
  const file = decisions();
  try {
    if (countOf(file)) localStorage.setItem(PLACE, JSON.stringify(file));
    else localStorage.removeItem(PLACE);
  } catch (error) {
    const reason = error.name === "QuotaExceededError" ? "full" : "blocked";
    notify("notice.storage", { reason: say(`reason.${reason}`) });
  }
}

/** The decisions that the browser kept, if any. */
function restore() {
  let text = null;
  try {
    text = localStorage.getItem(PLACE);
    if (text) model.rows = rowsFrom(JSON.parse(text));
  } catch (error) {
    if (text === null) {
      notify("notice.storage", { reason: say("reason.blocked") });
      return;
    }
    setAside(text);
  }
}

/** What cannot be read is a person's work all the same: the next step must not write over it. */
function setAside(text) {
  try {
    localStorage.setItem(`${PLACE}:damaged`, text);
    notify("notice.damaged");
  } catch {
    notify("notice.storage", { reason: say("reason.full") });
  }
}

window.addEventListener("storage", (event) => {
  if (event.key === PLACE) notify("notice.other");
});
