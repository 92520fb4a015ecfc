// The words of the interface in two languages, numbers as each writes them, and the
// reader's preferences (language, colors, keys), kept in the browser where it allows that.

const WORDS = JSON.parse(byId("words").textContent);
const PREFERENCES = "aligner-review-preferences";
const preferences = { language: null, theme: "", letters: true, ...kept() };

function kept() {
  try {
    return JSON.parse(localStorage.getItem(PREFERENCES)) || {};
  } catch {
    return {};
  }
}

function prefer(name, value) {
  preferences[name] = value;
  try {
    localStorage.setItem(PREFERENCES, JSON.stringify(preferences));
  } catch {
    // A preference that is not kept harms nobody.
  }
}

/** The language chosen, else the browser's first one that we have, else English. */
function language() {
  if (preferences.language in WORDS) return preferences.language;
  const wanted = (navigator.languages || [navigator.language]).map((tag) => tag.slice(0, 2));
  return wanted.find((tag) => tag in WORDS) || "en";
}

/** The words for `key` with {names} filled in; with several forms, that of `values.count`. */
function say(key, values = {}) {
  let words = WORDS[language()][key] ?? key;
  if (typeof words === "object") {
    const form = new Intl.PluralRules(language()).select(values.count);
    words = words[form] ?? words.other;
  }
  return words.replace(/\{(\w+)\}/g, (_, name) => number(values[name]));
}

/** 12345 -> "12,345" or "12 345"; text stays as it is. */
function number(value) {
  return typeof value === "number" ? value.toLocaleString(language()) : String(value);
}

/** A probability with two digits, never rounded up to 1: "0.99" or "0,99". */
function share(value) {
  const digits = value < 1 ? Math.min(value, 0.99) : 1;
  return digits.toLocaleString(language(), { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** Fills every element that names its words, with the key that does the same in its tip. */
function label(root = document) {
  for (const element of root.querySelectorAll("[data-word]")) {
    element.textContent = say(element.dataset.word);
    if (element.dataset.key) element.title = `${say(element.dataset.word)} (${element.dataset.key})`;
  }
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label));
  }
}
