/** Where media come from: one signed prefix, renewed before it runs out and whenever it is refused. */

import { type Playback, PlaybackRefused, playbackFetch } from "./playback";

const RENEW_BEFORE_S = 60;
const RETRY_MS = 4000;

export class Source extends EventTarget {
  private timer = 0;
  private pending: Promise<Playback> | null = null;
  private readonly retired: string[] = [];

  constructor(
    public playback: Playback,
    private readonly partner = "",
  ) {
    super();
    this.plan();
  }

  /** Return an address under the prefix that holds now, whatever prefix it was written with. */
  resolve(url: string): string {
    const old = this.retired.find((prefix) => url.startsWith(prefix));
    return old ? this.playback.prefix + url.slice(old.length) : url;
  }

  /** Return the address to fetch now: under the fresh prefix, in the name of the site around us. */
  asked(url: string): string {
    const now = this.resolve(url);
    if (!this.partner) return now;
    return `${now}${now.includes("?") ? "&" : "?"}p=${encodeURIComponent(this.partner)}`;
  }

  /** Fetch fresh addresses; several callers at once share one request. */
  refresh(): Promise<Playback> {
    this.pending ??= this.fetch().finally(() => {
      this.pending = null;
    });
    return this.pending;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private async fetch(): Promise<Playback> {
    try {
      const fresh = await playbackFetch(this.playback.playbackUrl);
      const { prefix } = this.playback;
      if (prefix && fresh.prefix !== prefix) this.retired.unshift(prefix);
      this.playback = fresh;
      this.plan();
      this.dispatchEvent(new Event("renewed"));
      return fresh;
    } catch (error) {
      if (error instanceof PlaybackRefused && error.status < 500) {
        this.dispatchEvent(new CustomEvent("refused", { detail: error.status }));
      } else {
        this.later(RETRY_MS);
      }
      throw error;
    }
  }

  private plan(): void {
    clearTimeout(this.timer);
    const { expiresS } = this.playback;
    if (expiresS) this.later(Math.max(5, expiresS - RENEW_BEFORE_S - Date.now() / 1000) * 1000);
  }

  private later(delayMs: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.refresh().catch(() => undefined), delayMs);
  }
}
