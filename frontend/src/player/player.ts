/** What can be done with the player, whoever asks: buttons, keys, chapters, other pages. */

import { tasteKeep, tasteRead } from "./memory";
import type { Setup } from "./playback";
import { Source } from "./source";
import { Stage } from "./stage";

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

/** Events, beside those of `Stage`: `message` (detail: text), `started`, `theatre`, `loop`, `nerds`. */
export class Player extends EventTarget {
  readonly source: Source;
  readonly stage: Stage;
  started = false;

  constructor(
    readonly root: HTMLElement,
    readonly setup: Setup,
  ) {
    super();
    this.source = new Source(setup, setup.partner);
    this.stage = new Stage(this.part<HTMLVideoElement>("video"), this.source, setup.dataSaver);
    const taste = tasteRead();
    this.video.volume = taste.volume;
    this.video.muted = setup.muted || taste.muted;
    this.video.playbackRate = taste.speed;
    this.video.defaultPlaybackRate = taste.speed;
  }

  get video(): HTMLVideoElement {
    return this.stage.video;
  }

  part<Part extends HTMLElement>(name: string): Part {
    return this.root.querySelector(`[data-part="${name}"]`) as Part;
  }

  /** Whole length: what the site knows, not only what has been encoded. */
  get durationS(): number {
    const known = this.source.playback.durationMs / 1000;
    const own = this.video.duration;
    return this.growing || !Number.isFinite(own) ? Math.max(known, 0) : own;
  }

  /** The length as pages say it: an encode may end some frames before its source did. */
  get lengthS(): number {
    const known = this.source.playback.durationMs / 1000;
    return known && Math.abs(known - this.durationS) < 1 ? known : this.durationS;
  }

  /** Where it stands, as people read it: at its end a video has reached its length. */
  get atS(): number {
    const { currentTime, ended } = this.video;
    return ended || currentTime > this.lengthS ? this.lengthS : currentTime;
  }

  /** How far it can be played now. */
  get edgeS(): number {
    return Math.min(this.stage.engine?.edgeS() ?? Infinity, this.durationS || Infinity);
  }

  get growing(): boolean {
    return Number.isFinite(this.stage.engine?.edgeS() ?? Infinity);
  }

  say(text: string | undefined): void {
    if (text) this.dispatchEvent(new CustomEvent("message", { detail: text }));
  }

  async play(): Promise<void> {
    try {
      await this.video.play();
    } catch (error) {
      if ((error as Error).name === "NotAllowedError" && !this.video.muted) {
        this.video.muted = true;
        await this.video.play().catch(() => undefined);
      }
    }
  }

  toggle(): void {
    if (this.video.paused || this.video.ended) void this.play();
    else this.video.pause();
  }

  /** Go to a moment; past what is encoded means as far as it goes, and it is said. */
  seek(toS: number): void {
    const wish = Math.max(0, Math.min(toS, this.durationS || toS));
    if (this.growing && wish > this.edgeS - 1) {
      this.say(this.setup.strings["notYet"]);
      this.video.currentTime = Math.max(0, this.edgeS - 2);
      return;
    }
    this.video.currentTime = wish;
  }

  seekBy(deltaS: number): void {
    this.seek(this.video.currentTime + deltaS);
  }

  volume(to: number): void {
    this.video.volume = Math.max(0, Math.min(1, to));
    this.video.muted = this.video.volume === 0;
    tasteKeep({ volume: this.video.volume, muted: this.video.muted });
  }

  mute(): void {
    this.video.muted = !this.video.muted;
    if (!this.video.muted && this.video.volume === 0) this.video.volume = 0.5;
    tasteKeep({ muted: this.video.muted, volume: this.video.volume });
  }

  speed(to: number): void {
    this.video.playbackRate = to;
    this.video.defaultPlaybackRate = to;
    tasteKeep({ speed: to });
  }

  loop(on = !this.video.loop): void {
    this.video.loop = on;
    this.dispatchEvent(new Event("loop"));
  }

  saver(on: boolean): void {
    tasteKeep({ dataSaver: on });
    this.stage.engine?.saverSet(on);
  }

  speedStep(by: 1 | -1): void {
    const at = SPEEDS.indexOf(this.video.playbackRate);
    const next = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, (at < 0 ? 3 : at) + by))] ?? 1;
    this.speed(next);
    this.say(`${next}×`);
  }

  /** Go one frame on or back while paused; at 30 a second where nobody knows better. */
  frameStep(by: 1 | -1): void {
    if (!this.video.paused) this.video.pause();
    this.video.currentTime = Math.max(0, this.video.currentTime + by / 30);
  }

  async fullscreen(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (this.root.requestFullscreen) await this.root.requestFullscreen();
    else (this.video as HTMLVideoElement & { webkitEnterFullscreen?(): void }).webkitEnterFullscreen?.();
  }

  async pictureInPicture(): Promise<void> {
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else await this.video.requestPictureInPicture().catch(() => undefined);
  }

  theatre(): void {
    const page = document.querySelector("[data-watch]");
    const wide = page?.classList.toggle("watch--theatre") ?? false;
    tasteKeep({ theatre: wide });
    this.dispatchEvent(new Event("theatre"));
  }
}
