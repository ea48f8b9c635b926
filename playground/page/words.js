// @ts-check
/**
 * The page's own words in the language of who is typing. English stands where it is said; each other
 * language is a file beside this one, by the English sentence: `fr.json`.
 */

/** @type {Record<string, string>} */
let words = {};
let spoken = "en-US";

/** The language that the page speaks, for dates and numbers too. */
export function locale() {
  return spoken;
}

/**
 * Learn a language and say the document's own words in it; where none has been learnt, the words
 * stay English.
 *
 * @param {string} wanted As Discord names it.
 * @param {string[]} languages Those that have a file.
 */
export async function speak(wanted, languages) {
  const language = [wanted, wanted.split("-")[0]].find((one) => languages.includes(one));
  words = language ? await (await fetch(`./${language}.json`)).json() : {};
  spoken = wanted;
  document.documentElement.lang = language ?? "en";
  for (const element of document.querySelectorAll("[data-say]")) {
    element.textContent = say(element.textContent ?? "");
  }
  for (const element of document.querySelectorAll("[data-say-label]")) {
    element.setAttribute("aria-label", say(element.getAttribute("aria-label") ?? ""));
  }
}

/**
 * Say a sentence with what stands in its `{fields}`.
 *
 * @param {string} sentence
 * @param {Record<string, string | number | undefined>} [fields]
 */
export function say(sentence, fields = {}) {
  return parts(sentence, fields).join("");
}

/**
 * Say a sentence in whose fields elements stand, too.
 *
 * @template {Node | string | number | undefined} Field
 * @param {string} sentence
 * @param {Record<string, Field>} fields
 * @returns {(string | NonNullable<Field>)[]}
 */
export function parts(sentence, fields) {
  const pieces = (words[sentence] ?? sentence).split(/\{(\w+)\}/);
  return pieces.map((piece, place) => (place % 2 ? (fields[piece] ?? "") : piece));
}
