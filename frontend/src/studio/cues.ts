/** The words of a caption track as a table beside the video; the form sends them as WebVTT. */

import { follow, momentS, momentText, playFrom, videoBeside } from "./moments";

interface Cue {
  startS: number;
  endS: number;
  words: string;
}

const NEW_CUE_S = 2;
const SHORTEST_S = 0.1;

export function cuesBind(form: HTMLFormElement): void {
  const text = form.querySelector<HTMLTextAreaElement>("[data-cues-text]");
  const list = form.querySelector<HTMLElement>("[data-cues-list]");
  const add = form.querySelector<HTMLButtonElement>("[data-cues-add]");
  const sample = document.querySelector<HTMLTemplateElement>("template[data-cue]");
  if (!text || !list || !add || !sample) return;
  new Table(form, text, list, add, sample);
}

/** The table of cues; rows hold the truth, the text area is written when the form is sent. */
class Table {
  constructor(
    private readonly form: HTMLFormElement,
    private readonly text: HTMLTextAreaElement,
    private readonly list: HTMLElement,
    add: HTMLButtonElement,
    private readonly sample: HTMLTemplateElement,
  ) {
    list.replaceChildren(...cuesRead(text.value).map((cue) => this.row(cue)));
    const field = text.closest<HTMLElement>(".field");
    if (field && !field.querySelector(".field__error")) field.hidden = true;
    list.hidden = add.hidden = false;
    text.required = false;
    form.addEventListener("submit", () => (text.value = this.written()));
    add.addEventListener("click", () => this.add());
    const now = form.querySelector<HTMLElement>("[data-cues-now]");
    follow((atS) => {
      if (now) now.textContent = momentText(atS);
      this.mark(atS);
    });
  }

  private row(cue: Cue): HTMLElement {
    const row = this.sample.content.firstElementChild?.cloneNode(true) as HTMLElement;
    this.fill(row, cue);
    const on = (name: string, act: () => void): void =>
      row.querySelector(`[data-cue-${name}]`)?.addEventListener("click", act);
    on("play", () => playFrom(cueOf(row).startS));
    on("split", () => this.split(row));
    on("merge", () => this.merge(row));
    on("drop", () => this.drop(row));
    for (const name of ["start", "end"]) {
      const field = part<HTMLInputElement>(row, name);
      field.addEventListener("change", () => {
        field.setAttribute("aria-invalid", String(Number.isNaN(momentS(field.value))));
      });
    }
    return row;
  }

  private fill(row: HTMLElement, cue: Cue): void {
    part<HTMLInputElement>(row, "start").value = momentText(cue.startS, 3);
    part<HTMLInputElement>(row, "end").value = momentText(cue.endS, 3);
    part<HTMLTextAreaElement>(row, "words").value = cue.words;
    row.setAttribute("aria-label", momentText(cue.startS));
  }

  private add(): void {
    const atS = videoBeside()?.currentTime ?? 0;
    const row = this.row({ startS: atS, endS: atS + NEW_CUE_S, words: "" });
    const after = this.rows().find((other) => cueOf(other).startS > atS);
    this.list.insertBefore(row, after ?? null);
    this.changed();
    part(row, "words").focus();
  }

  /** Cut a cue in two where the cursor stands in its words; time is shared by their length. */
  private split(row: HTMLElement): void {
    const { startS, endS, words } = cueOf(row);
    const cursor = part<HTMLTextAreaElement>(row, "words").selectionStart;
    const at = cursor > 0 && cursor < words.length ? cursor : middle(words);
    const cutS = startS + (endS - startS) * (words.length ? at / words.length : 0.5);
    this.fill(row, { startS, endS: cutS, words: words.slice(0, at).trim() });
    const second = this.row({ startS: cutS, endS, words: words.slice(at).trim() });
    row.after(second);
    this.changed();
    part(second, "words").focus();
  }

  private merge(row: HTMLElement): void {
    const next = row.nextElementSibling;
    if (!(next instanceof HTMLElement)) return;
    const [first, second] = [cueOf(row), cueOf(next)];
    const words = [first.words, second.words].filter(Boolean).join(" ");
    this.fill(row, { startS: first.startS, endS: Math.max(first.endS, second.endS), words });
    next.remove();
    this.changed();
    part(row, "words").focus();
  }

  private drop(row: HTMLElement): void {
    const near = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    this.changed();
    near?.querySelector<HTMLElement>("[data-cue-words]")?.focus();
  }

  private mark(atS: number): void {
    for (const row of this.rows()) {
      const { startS, endS } = cueOf(row);
      row.toggleAttribute("data-now", startS <= atS && atS < endS);
    }
  }

  private rows(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>(":scope > .cue")];
  }

  private changed(): void {
    this.form.dispatchEvent(new Event("input"));
  }

  private written(): string {
    const cues = this.rows().map(cueOf).filter(({ startS, words }) => words && !Number.isNaN(startS));
    if (!cues.length && this.text.value.trim() && !this.rows().length) return this.text.value;
    const blocks = cues.map(({ startS, endS, words }) => {
      const lastS = endS > startS ? endS : startS + SHORTEST_S;
      return `${stamp(startS)} --> ${stamp(lastS)}\n${escaped(words)}\n`;
    });
    return ["WEBVTT\n", ...blocks].join("\n");
  }
}

function part<Part extends HTMLElement>(row: HTMLElement, name: string): Part {
  return row.querySelector(`[data-cue-${name}]`) as Part;
}

function cueOf(row: HTMLElement): Cue {
  return {
    startS: momentS(part<HTMLInputElement>(row, "start").value),
    endS: momentS(part<HTMLInputElement>(row, "end").value),
    words: part<HTMLTextAreaElement>(row, "words").value.trim(),
  };
}

function middle(words: string): number {
  const half = Math.floor(words.length / 2);
  const space = words.indexOf(" ", half);
  return space > 0 ? space : half;
}

/** Read WebVTT that the site wrote: times and plain words. */
export function cuesRead(text: string): Cue[] {
  const cues: Cue[] = [];
  for (const block of text.replace(/\r/g, "").split(/\n{2,}/)) {
    const lines = block.split("\n");
    const at = lines.findIndex((line) => line.includes("-->"));
    const [start, end] = (lines[at] ?? "").split("-->");
    if (at < 0 || !start || !end) continue;
    const words = unescaped(lines.slice(at + 1).join("\n")).trim();
    cues.push({ startS: momentS(start), endS: momentS(end.trim().split(" ")[0] ?? ""), words });
  }
  return cues;
}

function stamp(atS: number): string {
  const ms = Math.round(atS * 1000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, "0")}`;
}

function escaped(words: string): string {
  const lines = words.split("\n").filter((line) => line.trim());
  return lines.join("\n").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function unescaped(words: string): string {
  return words.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
