/** What was sent after the session had ended is back in its form once one has signed in again. */

const KEY = "antenne:written";
const ENTRANCE = /^\/(sign-in|account)\b/;
/** Rows that are added and taken away; the last one is empty, and scripts of the studio bind them later. */
const ROWS = "[data-rows-list], [data-cut-list]";
/** What nobody types is the page's own. */
const UNTYPED = ["hidden", "password", "file", "submit", "button"];
const SECRET = /password|token/;

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

interface Written {
  path: string;
  at: number;
  said: [string, string][];
}

export function writtenKeep(at: number, data: FormData): void {
  const said = [...data].filter(
    (pair): pair is [string, string] => typeof pair[1] === "string" && !SECRET.test(pair[0]),
  );
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, at, said }));
  } catch {
    // no room, or none allowed: then it is not kept
  }
}

export function writtenBring(forms: HTMLFormElement[]): void {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (!kept || !document.referrer || !ENTRANCE.test(new URL(document.referrer).pathname)) return;
  const { path, at, said } = JSON.parse(kept) as Written;
  const form = forms[at];
  if (path !== location.pathname || !form) return;
  const list = form.querySelector(ROWS);
  if (list) rowsFill(list, said);
  for (const field of form.elements) {
    if (isTyped(field) && !list?.contains(field)) fill(field, said);
  }
  form.dispatchEvent(new Event("input"));
  form.dispatchEvent(new Event("change"));
}

/** Make a row of each that was sent, in their order, before the empty one. */
function rowsFill(list: Element, said: [string, string][]): void {
  const blank = list.lastElementChild;
  const names = [...(blank?.querySelectorAll("input") ?? [])].map(({ name }) => name);
  const columns = names.map((name) => said.filter(([key]) => key === name).map(([, value]) => value));
  if (!blank || !columns[0]) return;
  const rows = columns[0].map((_, at) => {
    const row = blank.cloneNode(true) as Element;
    row.querySelectorAll("input").forEach((field, n) => (field.value = columns[n]?.[at] ?? ""));
    return row;
  });
  list.replaceChildren(...rows, blank);
}

function isTyped(field: Element): field is Field {
  return "name" in field && "value" in field && !UNTYPED.includes((field as Field).type);
}

function fill(field: Field, said: [string, string][]): void {
  const values = said.filter(([name]) => name === field.name).map(([, value]) => value);
  if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) {
    field.checked = values.includes(field.value);
  } else if (values[0] !== undefined) {
    field.value = values[0];
  }
}
