/** The transcript beside the video: it follows, every line is a way to its moment, it can be searched. */

import { button, element } from "./elements";
import { tasteKeep } from "./memory";
import type { Player } from "./player";
import { clock, fill } from "./words";

const STILL_MS = 4000;

interface Line {
  startS: number;
  text: string;
  button: HTMLButtonElement;
}

/** One panel for one player; made when it is first opened. */
export class Transcript {
  private lines: Line[] = [];
  private current: HTMLElement | null = null;
  private touchedAt = 0;
  private readonly list: HTMLElement;
  private readonly search: HTMLInputElement;
  private readonly track: HTMLSelectElement;

  constructor(
    private readonly player: Player,
    private readonly panel: HTMLElement,
  ) {
    this.list = this.part("lines");
    this.search = this.part("search");
    this.track = this.part("track");
    this.part("close").addEventListener("click", () => this.toggle(false));
    this.track.addEventListener("change", () => void this.load());
    this.search.addEventListener("input", () => this.find());
    // Whoever reads elsewhere in it is not pulled back for a while.
    for (const name of ["wheel", "touchmove", "keydown"]) {
      this.list.addEventListener(name, () => (this.touchedAt = performance.now()), { passive: true });
    }
    player.stage.addEventListener("timeupdate", () => this.follow());
    player.stage.addEventListener("seeked", () => {
      this.touchedAt = 0;
      this.follow();
    });
  }

  toggle(open = this.panel.hidden): void {
    this.panel.hidden = !open;
    tasteKeep({ transcript: open });
    if (open && !this.lines.length) void this.load();
    if (open) this.panel.scrollIntoView({ block: "nearest" });
  }

  private part<Part extends HTMLElement>(name: string): Part {
    return this.panel.querySelector(`[data-transcript-${name}]`) as Part;
  }

  private async load(): Promise<void> {
    const { source, setup } = this.player;
    const caption = source.playback.captions[Number(this.track.value)];
    const text = await fetch(source.resolve(caption?.url ?? ""))
      .then((answer) => (answer.ok ? answer.text() : ""))
      .catch(() => "");
    this.lines = cuesRead(text).map((cue) => this.line(cue.startS, cue.text));
    this.list.lang = caption?.language ?? "";
    this.list.replaceChildren(...this.lines.map(({ button }) => itemOf(button)));
    this.none(this.lines.length ? "" : (setup.strings["transcriptNone"] ?? ""));
    this.current = null;
    this.find();
    this.follow();
  }

  private line(startS: number, text: string): Line {
    const line = button("transcript__line", "", () => this.player.seek(startS));
    const words = element("span", "", text);
    words.dir = "auto";
    line.append(element("span", "transcript__time", clock(startS)), words);
    return { startS, text, button: line };
  }

  private none(text: string): void {
    const note = this.part("none");
    note.textContent = text;
    note.hidden = !text;
  }

  /** Mark the line that is spoken, and bring it into the panel's sight unless somebody reads there. */
  private follow(): void {
    if (this.panel.hidden) return;
    const atS = this.player.video.currentTime + 0.05;
    let now: HTMLElement | null = null;
    for (const { startS, button } of this.lines) {
      if (startS > atS) break;
      now = button;
    }
    if (now === this.current) return;
    this.current?.removeAttribute("aria-current");
    now?.setAttribute("aria-current", "true");
    this.current = now;
    if (!now || this.search.value || performance.now() - this.touchedAt < STILL_MS) return;
    const item = now.parentElement as HTMLElement;
    const top = item.offsetTop - this.list.clientHeight / 2 + item.offsetHeight / 2;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.list.scrollTo({ top, behavior: still ? "instant" : "smooth" });
  }

  private find(): void {
    const wish = folded(this.search.value.trim());
    let found = 0;
    for (const { text, button } of this.lines) {
      const hit = !wish || folded(text).includes(wish);
      (button.parentElement as HTMLElement).hidden = !hit;
      marked(button.lastElementChild as HTMLElement, text, wish);
      found += Number(hit);
    }
    const words = this.player.setup.strings;
    this.part("found").textContent = wish
      ? fill(words["transcriptFound"] ?? "", { count: found })
      : "";
    if (this.lines.length) this.none(found ? "" : (words["transcriptMissed"] ?? ""));
  }
}

function itemOf(button: HTMLElement): HTMLElement {
  const item = document.createElement("li");
  item.append(button);
  return item;
}

/** Return a text without case and accents, letter for letter. */
function folded(text: string): string {
  const plain = (letter: string): string =>
    letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase() || letter;
  return Array.from(text, plain).join("");
}

/** Write *text*, with the places that match marked where letters stand one for one. */
function marked(box: HTMLElement, text: string, wish: string): void {
  const plain = folded(text);
  if (!wish || plain.length !== text.length) {
    box.textContent = text;
    return;
  }
  const parts: (string | Node)[] = [];
  let from = 0;
  for (let at = plain.indexOf(wish); at >= 0; at = plain.indexOf(wish, from)) {
    const mark = document.createElement("mark");
    mark.textContent = text.slice(at, at + wish.length);
    parts.push(text.slice(from, at), mark);
    from = at + wish.length;
  }
  box.replaceChildren(...parts, text.slice(from));
}

/** Read the cues of a WebVTT file: where they begin and what they say, without its marks. */
export function cuesRead(text: string): { startS: number; text: string }[] {
  const blocks = text.replace(/\r\n?/g, "\n").split(/\n{2,}/);
  const cues: { startS: number; text: string }[] = [];
  for (const block of blocks) {
    const found = /^(?:[^\n]*\n)?([\d:.]+)\s+-->[^\n]*\n([\s\S]+)$/.exec(block.trim());
    if (!found) continue;
    const startS = (found[1] ?? "").split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
    const words = plainOf(found[2] ?? "");
    if (words) cues.push({ startS, text: words });
  }
  return cues;
}

function plainOf(cue: string): string {
  const holder = document.createElement("textarea");
  holder.innerHTML = cue.replace(/<[^>]*>/g, "").replace(/</g, "&lt;");
  return holder.value.replace(/\s+/g, " ").trim();
}
