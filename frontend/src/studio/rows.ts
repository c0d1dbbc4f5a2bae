/** Rows of a moment and a title (chapters): added where the video is, played, taken away. */

import { follow, momentS, momentText, playFrom, videoBeside } from "./moments";

export function rowsBind(form: HTMLFormElement): void {
  const list = form.querySelector<HTMLElement>("[data-rows-list]");
  const add = form.querySelector<HTMLButtonElement>("[data-rows-add]");
  const now = form.querySelector<HTMLElement>("[data-rows-now]");
  const sample = list?.lastElementChild;
  if (!list || !add || !now || !(sample instanceof HTMLElement)) return;
  const blank = sample.cloneNode(true) as HTMLElement;
  for (const row of rowsOf(list)) {
    if (isEmpty(row)) row.remove();
    else rowBind(row, form);
  }
  add.hidden = false;
  follow((atS) => (now.textContent = momentText(Math.floor(atS), 0)));
  add.addEventListener("click", () => {
    const row = blank.cloneNode(true) as HTMLElement;
    const atS = rowsOf(list).length ? Math.floor(videoBeside()?.currentTime ?? 0) : 0;
    fieldOf(row, "at").value = momentText(atS, 0);
    rowBind(row, form);
    const after = rowsOf(list).find((other) => momentS(fieldOf(other, "at").value) > atS);
    list.insertBefore(row, after ?? null);
    fieldOf(row, "title").focus();
    form.dispatchEvent(new Event("input"));
  });
}

function rowBind(row: HTMLElement, form: HTMLFormElement): void {
  const go = row.querySelector<HTMLButtonElement>("[data-rows-go]");
  const drop = row.querySelector<HTMLButtonElement>("[data-rows-drop]");
  if (!go || !drop) return;
  go.hidden = drop.hidden = false;
  go.addEventListener("click", () => playFrom(momentS(fieldOf(row, "at").value)));
  drop.addEventListener("click", () => {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    form.dispatchEvent(new Event("input"));
    (next?.querySelector<HTMLElement>("input") ?? form.querySelector<HTMLElement>("[data-rows-add]"))?.focus();
  });
}

function rowsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(":scope > li")];
}

function fieldOf(row: HTMLElement, name: string): HTMLInputElement {
  return row.querySelector(`input[name=${name}]`) as HTMLInputElement;
}

function isEmpty(row: HTMLElement): boolean {
  return [...row.querySelectorAll("input")].every(({ value }) => !value.trim());
}
