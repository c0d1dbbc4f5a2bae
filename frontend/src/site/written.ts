/** What was sent after the session had ended is back in its form once one has signed in again. */

import { visitForget, visitKeep, visitRead } from "./visit";

const KEY = "antenne:written";
const ENTRANCE = /^\/(sign-in|account)\b/;
/** Rows that are added and taken away; the last one is empty, and scripts of the studio bind them later. */
const ROWS = "[data-rows-list], [data-cut-list]";
/** What nobody types is the page's own. */
const UNTYPED = ["hidden", "password", "file", "submit", "button"];
const SECRET = /password|token/;

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Forms that are looked after; comments come to the page later. */
const FORMS = "form[data-guard], form[data-comment-form]";

interface Written {
  path: string;
  form: string;
  said: [string, string][];
}

export function writtenBind(): void {
  document.addEventListener("formdata", ({ target, formData }) => {
    if (target instanceof HTMLFormElement && target.matches(FORMS)) keep(target, formData);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { successful, xhr } = (event as CustomEvent<{ successful: boolean; xhr: XMLHttpRequest }>).detail;
    if (successful && !xhr.getResponseHeader("HX-Redirect")) visitForget(KEY);
  });
  const kept = visitRead(KEY);
  if (!kept || ENTRANCE.test(location.pathname)) return;
  visitForget(KEY);
  if (!document.referrer || !ENTRANCE.test(new URL(document.referrer).pathname)) return;
  const written = JSON.parse(kept) as Written;
  if (written.path !== location.pathname || bring(written)) return;
  const later = (): void => {
    if (bring(written)) document.removeEventListener("htmx:afterSettle", later);
  };
  document.addEventListener("htmx:afterSettle", later);
}

function keep(form: HTMLFormElement, data: FormData): void {
  const said = [...data].filter(
    (pair): pair is [string, string] => typeof pair[1] === "string" && !SECRET.test(pair[0]),
  );
  const written: Written = { path: location.pathname, form: nameOf(form), said };
  visitKeep(KEY, JSON.stringify(written));
}

/** Say whether the form was there, and is filled. */
function bring({ form: name, said }: Written): boolean {
  const form = forms().find((each) => nameOf(each) === name);
  if (!form) return false;
  const list = form.querySelector(ROWS);
  if (list) rowsFill(list, said);
  for (const field of form.elements) {
    if (isTyped(field) && !list?.contains(field)) fill(field, said);
  }
  form.dispatchEvent(new Event("input"));
  form.dispatchEvent(new Event("change"));
  return true;
}

function forms(): HTMLFormElement[] {
  return [...document.querySelectorAll<HTMLFormElement>(FORMS)];
}

/** What tells forms of a page apart: the field of a comment, which says what it answers, or the place. */
function nameOf(form: HTMLFormElement): string {
  if ("commentForm" in form.dataset) return form.querySelector("textarea")?.id ?? "";
  return String(forms().filter((each) => "guard" in each.dataset).indexOf(form));
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
