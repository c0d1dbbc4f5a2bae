/** Statistics for nerds: what is played, from what buffer, over which line. */

import { button, element } from "./elements";
import type { Player } from "./player";

const EVERY_MS = 500;

/** Show the panel over the picture, or take it away. */
export class Nerds {
  private timer = 0;
  private readonly box = element("section", "nerds");
  private readonly list = document.createElement("dl");

  constructor(private readonly player: Player) {
    const word = (name: string): string => player.setup.strings[name] ?? "";
    this.box.setAttribute("aria-label", word("nerds"));
    this.box.hidden = true;
    const copy = button("nerds__button", word("copy"), () => this.copy(word("copied")));
    const close = button("nerds__button", word("close"), () => this.toggle());
    const row = element("p", "nerds__row");
    row.append(copy, close);
    this.box.append(this.list, row);
    player.root.append(this.box);
  }

  toggle(): void {
    this.box.hidden = !this.box.hidden;
    clearInterval(this.timer);
    if (this.box.hidden) return;
    this.paint();
    this.timer = window.setInterval(() => this.paint(), EVERY_MS);
  }

  private rows(): [string, string][] {
    const { video, stage, setup, source } = this.player;
    const word = (name: string): string => setup.strings[`nerds.${name}`] ?? name;
    const facts = stage.engine?.facts();
    const frames = video.getVideoPlaybackQuality?.();
    const view = `${video.clientWidth} × ${video.clientHeight} @ ${devicePixelRatio}`;
    return [
      [word("video"), `${setup.id} · ${source.playback.state}`],
      [word("picture"), `${video.videoWidth} × ${video.videoHeight} → ${view}`],
      [word("codecs"), facts?.codecs || "–"],
      [word("quality"), stage.engine?.qualityNow()?.name ?? "–"],
      [word("bitrate"), rate(facts?.bitrateBps ?? 0)],
      [word("line"), rate(stage.engine?.estimateBps() ?? 0)],
      [word("buffer"), `${bufferedS(video).toFixed(1)} s`],
      [word("frames"), frames ? `${frames.droppedVideoFrames} / ${frames.totalVideoFrames}` : "–"],
      [word("volume"), `${Math.round(video.volume * 100)} %${video.muted ? " · 0" : ""}`],
      [word("moment"), `${video.currentTime.toFixed(2)} / ${this.player.durationS.toFixed(2)} s`],
      [word("engine"), facts?.engine ?? "–"],
    ];
  }

  private paint(): void {
    this.list.replaceChildren(
      ...this.rows().flatMap(([name, value]) => [element("dt", "", name), element("dd", "", value)]),
    );
  }

  private copy(said: string): void {
    const text = this.rows()
      .map(([name, value]) => `${name}: ${value}`)
      .join("\n");
    void navigator.clipboard?.writeText(`${text}\n${navigator.userAgent}`).then(
      () => this.player.say(said),
      () => undefined,
    );
  }
}

function rate(bps: number): string {
  return bps ? `${(bps / 1_000_000).toFixed(2)} Mbit/s` : "–";
}

function bufferedS({ buffered, currentTime }: HTMLVideoElement): number {
  for (let index = 0; index < buffered.length; index++) {
    if (buffered.start(index) <= currentTime + 0.1 && buffered.end(index) >= currentTime) {
      return buffered.end(index) - currentTime;
    }
  }
  return 0;
}
