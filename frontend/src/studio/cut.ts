/** Parts of a video that stay: a timeline over its storyboard, rows that say them exactly. */

import { Storyboard } from "../player/storyboard";
import { fill } from "../player/words";
import { follow, momentS, momentText, playFrom, videoBeside } from "./moments";

const FRAMES = 12;
const LEAST_S = 0.2;

export function cutBind(form: HTMLFormElement): void {
  new Cutting(form);
}

class Cutting {
  private readonly durationS: number;
  private readonly list: HTMLElement;
  private readonly blank: HTMLElement;
  private watching = false;

  constructor(private readonly form: HTMLFormElement) {
    this.durationS = Number(form.dataset["durationMs"]) / 1000;
    this.list = this.part("list");
    this.blank = this.list.lastElementChild?.cloneNode(true) as HTMLElement;
    for (const row of this.rows()) {
      if (this.field(row, "from").value || this.field(row, "to").value) this.bind(row);
      else row.remove();
    }
    this.part("timeline").hidden = this.part("tools").hidden = false;
    this.on("split", () => this.split(this.nowS()));
    this.on("begin", () => this.trim(this.nowS(), this.durationS));
    this.on("end", () => this.trim(0, this.nowS()));
    this.on("watch", () => this.watch());
    const range = this.part<HTMLInputElement>("range");
    range.addEventListener("input", () => this.seek(Number(range.value) / 1000));
    form.addEventListener("change", () => this.show());
    follow((atS) => this.moved(atS));
    void this.framesPaint();
    this.show();
  }

  private nowS(): number {
    return videoBeside()?.currentTime ?? Number(this.part<HTMLInputElement>("range").value) / 1000;
  }

  private seek(atS: number): void {
    const video = videoBeside();
    if (video) video.currentTime = atS;
    this.place(atS);
  }

  private moved(atS: number): void {
    this.place(atS);
    if (!this.watching) return;
    const parts = this.parts();
    if (parts.some(([start, end]) => start - 0.05 <= atS && atS < end)) return;
    const next = parts.find(([start]) => start > atS);
    if (next) playFrom(next[0]);
    else {
      this.watching = false;
      videoBeside()?.pause();
    }
  }

  private place(atS: number): void {
    const range = this.part<HTMLInputElement>("range");
    range.value = String(Math.round(atS * 1000));
    range.setAttribute("aria-valuetext", momentText(atS));
    this.part("at").textContent = momentText(atS);
    this.part("now").style.insetInlineStart = this.share(atS);
  }

  /** Play what would be left, without what would be cut out. */
  private watch(): void {
    const [first] = this.parts();
    if (!first) return;
    this.watching = true;
    playFrom(first[0]);
  }

  private split(atS: number): void {
    const row = this.rows().find((each) => {
      const [start, end] = this.read(each);
      return start + LEAST_S <= atS && atS <= end - LEAST_S;
    });
    if (!row) return;
    const second = this.blank.cloneNode(true) as HTMLElement;
    this.field(second, "from").value = momentText(atS, 3);
    this.field(second, "to").value = this.field(row, "to").value;
    this.field(row, "to").value = momentText(atS, 3);
    this.bind(second);
    row.after(second);
    this.changed();
  }

  /** Keep only what lies between two moments. */
  private trim(startS: number, endS: number): void {
    for (const row of this.rows()) {
      const [start, end] = this.read(row);
      const [first, last] = [Math.max(start, startS), Math.min(end, endS)];
      if (last - first < LEAST_S) row.remove();
      else {
        this.field(row, "from").value = momentText(first, 3);
        this.field(row, "to").value = momentText(last, 3);
      }
    }
    this.changed();
  }

  private bind(row: HTMLElement): void {
    for (const name of ["go", "drop"]) {
      const button = row.querySelector<HTMLElement>(`[data-cut-${name}]`);
      if (button) button.hidden = false;
    }
    row.querySelector("[data-cut-go]")?.addEventListener("click", () => {
      this.watching = false;
      playFrom(this.read(row)[0]);
    });
    row.querySelector("[data-cut-drop]")?.addEventListener("click", () => {
      row.remove();
      this.changed();
      this.part("split").focus();
    });
  }

  private changed(): void {
    this.form.dispatchEvent(new Event("input"));
    this.show();
  }

  private show(): void {
    for (const row of this.rows()) {
      const [start, end] = this.read(row);
      const length = row.querySelector("[data-cut-length]");
      if (length) length.textContent = end > start ? momentText(end - start) : "–";
    }
    const parts = this.parts();
    const ends = [0, ...parts.map(([, end]) => end)];
    const starts = [...parts.map(([start]) => start), this.durationS];
    const gaps = ends.map((end, n): [number, number] => [end, starts[n] ?? end]);
    const bars = gaps.filter(([start, end]) => end > start).map(([start, end]) => {
      const bar = document.createElement("span");
      bar.style.insetInlineStart = this.share(start);
      bar.style.inlineSize = this.share(end - start);
      return bar;
    });
    this.part("parts").replaceChildren(...bars);
    const left = parts.reduce((total, [start, end]) => total + end - start, 0);
    const sum = this.part("sum");
    const said = { left: momentText(left), whole: momentText(this.durationS) };
    sum.textContent = fill(sum.dataset["words"] ?? "", said);
  }

  private share(seconds: number): string {
    return `${(100 * seconds) / (this.durationS || 1)}%`;
  }

  private parts(): [number, number][] {
    const found = this.rows().map((row) => this.read(row));
    return found.filter(([start, end]) => end > start).sort(([a], [b]) => a - b);
  }

  private read(row: HTMLElement): [number, number] {
    return [momentS(this.field(row, "from").value), momentS(this.field(row, "to").value)];
  }

  private rows(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>(":scope > li")];
  }

  private field(row: HTMLElement, name: string): HTMLInputElement {
    return row.querySelector(`input[name=${name}]`) as HTMLInputElement;
  }

  private part<Part extends HTMLElement>(name: string): Part {
    return this.form.querySelector(`[data-cut-${name}]`) as Part;
  }

  private on(name: string, act: () => void): void {
    this.part(name).addEventListener("click", act);
  }

  /** Pictures of the storyboard along the timeline, each in a box of its shape. */
  private async framesPaint(): Promise<void> {
    const address = this.form.dataset["storyboard"];
    if (!address) return;
    const board = new Storyboard(address);
    await board.ready;
    const boxes = Array.from({ length: FRAMES }, () => document.createElement("div"));
    this.part("frames").replaceChildren(
      ...boxes.map((box) => {
        const frame = document.createElement("div");
        frame.append(box);
        return frame;
      }),
    );
    boxes.forEach((box, n) => board.paint(box, (this.durationS * (n + 0.5)) / FRAMES));
  }
}
