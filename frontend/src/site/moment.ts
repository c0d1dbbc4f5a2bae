/** Choosing a moment of a video: a slider over its storyboard, which writes into the field. */

import { Storyboard } from "../player/storyboard";

export function momentBind(form: HTMLFormElement): void {
  const part = <Part extends HTMLElement>(name: string): Part | null =>
    form.querySelector<Part>(`[data-moment-${name}]`);
  const choice = part("choice");
  const box = part("picture");
  const range = part<HTMLInputElement>("range");
  const field = form.querySelector<HTMLInputElement>("input[name=at]");
  const { storyboard, durationMs } = form.dataset;
  if (!choice || !box || !range || !field || !storyboard) return;
  const board = new Storyboard(storyboard);
  range.max = String(Math.max(0, Number(durationMs) - 1));
  const show = (): void => {
    const words = momentWords(Number(range.value));
    range.setAttribute("aria-valuetext", words);
    board.paint(box, Number(range.value) / 1000);
  };
  range.addEventListener("input", () => {
    show();
    field.value = momentWords(Number(range.value));
  });
  field.addEventListener("input", () => {
    range.value = String(momentMs(field.value));
    show();
  });
  void board.ready.then(() => {
    choice.hidden = false;
    show();
  });
}

/** Return milliseconds as `1:02.3` or `1:00:02.3`. */
function momentWords(atMs: number): string {
  const tenths = Math.floor(atMs / 100);
  const [minutes, rest] = [Math.floor(tenths / 600), tenths % 600];
  const seconds = `${String(Math.floor(rest / 10)).padStart(2, "0")}.${rest % 10}`;
  if (minutes < 60) return `${minutes}:${seconds}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${seconds}`;
}

function momentMs(words: string): number {
  const parts = words.trim().replace(",", ".").split(":").map(Number);
  const seconds = parts.reduce((sum, part) => sum * 60 + part, 0);
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}
