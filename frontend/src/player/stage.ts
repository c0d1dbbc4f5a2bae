/** The one video element that people see, and its replacement by another without a gap. */

import { type Engine, type Line, engineMake, nativeMake } from "./engine";
import { tasteRead } from "./memory";
import type { Source } from "./source";

const MEDIA_EVENTS = [
  "play", "pause", "playing", "waiting", "seeking", "seeked", "ended", "timeupdate", "progress",
  "durationchange", "volumechange", "ratechange", "resize", "loadeddata", "canplay",
  "enterpictureinpicture", "leavepictureinpicture",
] as const;
const ENGINE_EVENTS = ["qualities", "quality", "audio", "edge"] as const;

const LEAD_S = 1.5;
const READY_MS = 15_000;
const ATTEMPTS = 5;
const ALIGN_MS = 2000;
const ALIGNED_S = 0.015;

/** Re-dispatches the events of whichever element and engine are on stage. */
export class Stage extends EventTarget {
  engine: Engine | null = null;
  private listening = new AbortController();
  private swapping: Promise<void> | null = null;
  private again = "";

  constructor(
    public video: HTMLVideoElement,
    private readonly source: Source,
    private readonly sparing = false,
  ) {
    super();
    this.listen();
  }

  /** Begin to play at *startS*; false where this browser has no way to. */
  start(masterUrl: string, startS: number, { native = false } = {}): boolean {
    this.engine?.destroy();
    this.engine = native
      ? nativeMake(this.video, this.source)
      : engineMake(this.video, this.source, this.line());
    if (!this.engine) return false;
    this.listen();
    this.engine.start(masterUrl, startS);
    return true;
  }

  /** Take up a changed master at the moment reached, behind the curtain; calls join. */
  renew(masterUrl: string): Promise<void> {
    if (this.swapping) {
      this.again = masterUrl;
      return this.swapping;
    }
    this.swapping = this.replace(masterUrl).finally(() => {
      this.swapping = null;
      const next = this.again;
      this.again = "";
      if (next) void this.renew(next);
    });
    return this.swapping;
  }

  stop(): void {
    this.engine?.destroy();
    this.engine = null;
  }

  private line(): Line {
    const sparing = (navigator as Navigator & { connection?: { saveData?: boolean } }).connection;
    const saver = this.sparing || tasteRead().dataSaver || sparing?.saveData === true;
    return { estimateBps: this.engine?.estimateBps() ?? 0, saver };
  }

  private listen(): void {
    this.listening.abort();
    this.listening = new AbortController();
    const { signal } = this.listening;
    const pass = (event: Event): void => void this.dispatchEvent(new Event(event.type));
    for (const name of MEDIA_EVENTS) this.video.addEventListener(name, pass, { signal });
    for (const name of ENGINE_EVENTS) this.engine?.addEventListener(name, pass, { signal });
    this.engine?.addEventListener(
      "fatal",
      (event) =>
        this.dispatchEvent(new CustomEvent("fatal", { detail: (event as CustomEvent).detail })),
      { signal },
    );
  }

  private async replace(masterUrl: string): Promise<void> {
    await this.pictureInPictureOver();
    const standby = this.video.cloneNode(false) as HTMLVideoElement;
    standby.removeAttribute("poster");
    standby.muted = true;
    standby.classList.add("player__video--standby");
    this.video.before(standby);
    const next = engineMake(standby, this.source, this.line());
    let failed = !next;
    next?.addEventListener("fatal", () => (failed = true), { once: true });
    next?.start(masterUrl, this.video.currentTime + (this.video.paused ? 0 : LEAD_S));
    for (let attempt = 0; attempt < ATTEMPTS && next && !failed; attempt++) {
      if (await this.meet(standby, next, attempt)) return;
    }
    next?.destroy();
    standby.remove();
  }

  /** Bring both to one moment and swap them; false where they missed each other. */
  private async meet(standby: HTMLVideoElement, next: Engine, attempt: number): Promise<boolean> {
    const old = this.video;
    const lead = old.paused ? 0 : LEAD_S * old.playbackRate * (1 + attempt / 2);
    const target = old.currentTime + lead;
    if (attempt > 0 || Math.abs(standby.currentTime - target) > 0.02) {
      if (standby.readyState > 0) standby.currentTime = target;
    }
    if (!(await ready(standby))) return false;
    const moment = standby.currentTime;
    if (old.paused) {
      if (Math.abs(old.currentTime - moment) > 0.1) return false;
    } else {
      if (!(await reached(old, moment))) return false;
      standby.playbackRate = old.playbackRate;
      await standby.play().catch(() => undefined);
      await presented(standby);
      await aligned(standby, old);
    }
    this.swap(standby, next);
    return true;
  }

  private swap(standby: HTMLVideoElement, next: Engine): void {
    const old = this.video;
    const before = this.engine;
    const chosen = before && before.quality() >= 0 ? before.qualityNow() : null;
    const shiftMs = Math.round((standby.currentTime - old.currentTime) * 1000);
    const playing = !old.paused;
    standby.volume = old.volume;
    standby.playbackRate = old.playbackRate;
    standby.loop = old.loop;
    standby.muted = old.muted;
    standby.classList.remove("player__video--standby");
    this.video = standby;
    this.engine = next;
    this.listen();
    old.remove();
    before?.destroy();
    if (playing && standby.paused) void standby.play().catch(() => undefined);
    const same = next.qualities().find((quality) => quality.name === chosen?.name);
    if (same) next.qualityChoose(same.index);
    performance.mark("antenne:switch", { detail: { shiftMs, playing } });
    this.dispatchEvent(new CustomEvent("swapped", { detail: { shiftMs } }));
    for (const name of ["qualities", "quality", "audio", "edge", "timeupdate"]) {
      this.dispatchEvent(new Event(name));
    }
  }

  private async pictureInPictureOver(): Promise<void> {
    const { video } = this;
    if (document.pictureInPictureElement !== video) return;
    await new Promise((resolve) =>
      video.addEventListener("leavepictureinpicture", resolve, { once: true }),
    );
  }
}

/** Wait until the element could play on from where it stands. */
function ready(video: HTMLVideoElement): Promise<boolean> {
  return new Promise((resolve) => {
    const until = performance.now() + READY_MS;
    const look = (): void => {
      if (video.readyState >= 3 && !video.seeking) resolve(true);
      else if (performance.now() > until) resolve(false);
      else setTimeout(look, 25);
    };
    look();
  });
}

/** Wait until *video* plays the moment; false where it paused, jumped or had passed it. */
function reached(video: HTMLVideoElement, momentS: number): Promise<boolean> {
  return new Promise((resolve) => {
    const look = (): void => {
      const leftS = momentS - video.currentTime;
      if (video.paused || video.seeking || leftS < -0.15 || leftS > 12) resolve(false);
      else if (leftS <= 0.03 * video.playbackRate) resolve(true);
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Let the hidden one, still silent, run faster or slower until both show the same moment. */
function aligned(standby: HTMLVideoElement, old: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    const until = performance.now() + ALIGN_MS;
    const look = (): void => {
      const behindS = old.currentTime - standby.currentTime;
      const near = Math.abs(behindS) < ALIGNED_S;
      if (near || old.paused || old.seeking || performance.now() > until) {
        standby.playbackRate = old.playbackRate;
        resolve();
        return;
      }
      standby.playbackRate = old.playbackRate * (1 + Math.max(-0.4, Math.min(0.6, behindS * 3)));
      requestAnimationFrame(look);
    };
    look();
  });
}

/** Wait until the element has shown a frame since it was asked to play. */
function presented(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 400);
    if ("requestVideoFrameCallback" in video) video.requestVideoFrameCallback(() => resolve());
    else setTimeout(resolve, 60);
  });
}
