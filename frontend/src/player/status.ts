/** What stands over the picture when there is something to say: messages, progress, refusals, loss. */

import { element } from "./elements";
import type { Player } from "./player";
import type { Rung } from "./playback";
import { fill } from "./words";

const MESSAGE_MS = 2600;

/** Show short messages for a moment; they are read aloud by screen readers. */
export function messagesBind(player: Player): void {
  const box = player.part("message");
  let timer = 0;
  player.addEventListener("message", (event) => {
    box.textContent = (event as CustomEvent<string>).detail;
    box.dataset["shown"] = "true";
    clearTimeout(timer);
    timer = window.setTimeout(() => (box.dataset["shown"] = "false"), MESSAGE_MS);
  });
}

/** The sheet over the picture: processing, refused, private, removed, offline, broken. */
export class Sheet {
  private readonly box: HTMLElement;

  constructor(
    private readonly player: Player,
    private readonly retry: () => void,
  ) {
    this.box = player.part("state");
    player.part("state-retry").addEventListener("click", () => this.retry());
  }

  hide(): void {
    this.box.hidden = true;
    this.player.root.dataset["state"] = "";
  }

  /** Show the words of `strings["<name>.title"]` and `.text`; *text* takes the latter's place. */
  show(name: string, { text = "", retry = false } = {}): void {
    const words = this.player.setup.strings;
    this.box.hidden = false;
    this.box.dataset["name"] = name;
    this.player.root.dataset["state"] = name;
    this.player.part("state-title").textContent = words[`${name}.title`] ?? "";
    this.player.part("state-text").textContent = text || (words[`${name}.text`] ?? "");
    this.player.part("state-retry").hidden = !retry;
    this.player.part("state-rungs").replaceChildren();
    const mark = this.box.querySelector(".mark");
    mark?.classList.toggle("mark--busy", name === "processing");
  }

  /** Show how far each rendition has come, while nothing can be played yet. */
  progress(rungs: Rung[]): void {
    if (this.box.hidden || this.box.dataset["name"] !== "processing") return;
    const { strings } = this.player.setup;
    this.player.part("state-rungs").replaceChildren(...rungLines(rungs, strings));
  }
}

/** Return a line of progress for each picture size; for each sound track where there is no picture. */
export function rungLines(rungs: Rung[], strings: Record<string, string>): HTMLElement[] {
  const pictures = rungs.filter(isPicture);
  const nameOf = ({ name, label }: Rung): string =>
    name === "air" ? fill(strings["air"] ?? "", { quality: label }) : label;
  return (pictures.length ? pictures : rungs).map((rung) => rungLine(rung, nameOf(rung)));
}

function isPicture({ label }: Rung): boolean {
  return /^\d+p/.test(label);
}

/** Return one line of progress: name, per cent, bar. */
function rungLine({ doneMs, totalMs, state }: Rung, name: string): HTMLElement {
  const share = state === "ended" ? 1 : totalMs ? Math.min(1, doneMs / totalMs) : 0;
  const line = element("div", `progress${share === 1 ? " progress--done" : ""}`);
  const label = element("span", "", name);
  const words = element("span", "progress__words tabular", `${Math.floor(share * 100)} %`);
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = share;
  bar.setAttribute("aria-label", name);
  line.append(label, words, bar);
  return line;
}

/** Take the poster away once there are moving pictures; over sound alone it stays. */
export function posterBind(player: Player): void {
  const poster = player.root.querySelector<HTMLElement>("[data-part=poster]");
  const look = (): void => {
    if (poster && player.video.videoWidth) poster.hidden = true;
  };
  player.stage.addEventListener("playing", look);
  player.stage.addEventListener("seeked", look);
}

/** Keep the note beside the clock true: which better quality is still on its way. */
export function comingShow(player: Player, rungs: Rung[]): void {
  const note = player.part("coming");
  const have = player.stage.engine?.qualities()[0]?.shortSidePx ?? 0;
  const better = rungs.filter(({ state, label }) => waits(state) && parseInt(label) > have);
  const best = better.sort((a, b) => parseInt(b.label) - parseInt(a.label))[0];
  note.hidden = !best;
  if (!best) return;
  const share = best.totalMs ? Math.floor((100 * best.doneMs) / best.totalMs) : 0;
  note.textContent = fill(player.setup.strings["coming"] ?? "", { quality: best.label });
  note.title = `${share} %`;
}

function waits(state: string): boolean {
  return state === "waiting" || state === "growing";
}
