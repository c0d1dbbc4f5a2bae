/** Captions drawn by us, so that people can choose how they look. */

import { tasteKeep, tasteRead } from "./memory";
import type { Player } from "./player";

/** Shows one of the video's caption tracks, or none; remembers the language. */
export class Captions extends EventTarget {
  private readonly box: HTMLElement;
  private element: HTMLTrackElement | null = null;
  index = -1;

  constructor(private readonly player: Player) {
    super();
    this.box = player.part("captions");
    this.look();
    player.stage.addEventListener("swapped", () => this.choose(this.index));
    const { captions } = tasteRead();
    const wanted = this.list.findIndex(({ language }) => captions && language === captions);
    if (wanted >= 0) this.choose(wanted);
  }

  get list(): { language: string; label: string; url: string }[] {
    return this.player.source.playback.captions;
  }

  choose(index: number): void {
    this.element?.remove();
    this.element = null;
    this.box.replaceChildren();
    this.index = this.list[index] ? index : -1;
    const chosen = this.list[index];
    if (chosen) this.load(chosen.url, chosen.language, chosen.label);
    this.player.part("captions-button")?.setAttribute("aria-pressed", String(this.index >= 0));
    this.dispatchEvent(new Event("change"));
  }

  /** Choose as a person: also for the next video. */
  chooseAndKeep(index: number): void {
    this.choose(index);
    tasteKeep({ captions: this.list[index]?.language ?? "" });
  }

  toggle(): void {
    if (!this.list.length) this.player.say(this.player.setup.strings["captionsNone"]);
    else this.chooseAndKeep(this.index >= 0 ? -1 : this.preferred());
  }

  style(change: { captionSize?: string; captionLook?: string }): void {
    tasteKeep(change);
    this.look();
    this.dispatchEvent(new Event("change"));
  }

  private look(): void {
    const { captionSize, captionLook } = tasteRead();
    this.box.dataset["size"] = captionSize;
    this.box.dataset["look"] = captionLook;
  }

  private preferred(): number {
    const languages = [tasteRead().captions, document.documentElement.lang, ...navigator.languages];
    for (const wish of languages) {
      const found = this.list.findIndex(
        ({ language }) => wish && language.split("-")[0] === wish.split("-")[0],
      );
      if (found >= 0) return found;
    }
    return 0;
  }

  private load(url: string, language: string, label: string): void {
    const element = document.createElement("track");
    element.kind = "captions";
    element.srclang = language;
    element.label = label;
    element.src = this.player.source.resolve(url);
    this.player.video.append(element);
    element.track.mode = "hidden";
    element.track.addEventListener("cuechange", () => this.paint(element.track, language));
    this.element = element;
  }

  private paint(track: TextTrack, language: string): void {
    const lines = Array.from(track.activeCues ?? [], (cue) => {
      const line = document.createElement("p");
      line.lang = language;
      line.dir = "auto";
      const words = document.createElement("span");
      words.append((cue as VTTCue).getCueAsHTML());
      line.append(words);
      return line;
    });
    this.box.replaceChildren(...lines);
  }
}
