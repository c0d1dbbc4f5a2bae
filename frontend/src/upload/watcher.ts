/** Follows one video from its last byte to its last rendition. */

import { rungsOf } from "../player/live";
import { type Playback, type Rung, playbackFetch } from "../player/playback";
import type { Begun } from "./setup";

const POLL_MS = 3000;
// Browsers open six connections to a host; the bytes need some of them.
const STREAMS_MAX = 2;
let streams = 0;

/** Events: `rungs` (detail: Rung[]), `state` (detail: Playback). */
export class Watcher extends EventTarget {
  private events: EventSource | null = null;
  private readonly timer: number;
  private last = "";

  constructor(private readonly begun: Begun) {
    super();
    this.timer = window.setInterval(() => void this.look(), POLL_MS);
    if (streams < STREAMS_MAX) this.listen();
    void this.look();
  }

  stop(): void {
    clearInterval(this.timer);
    if (this.events) streams--;
    this.events?.close();
    this.events = null;
  }

  private listen(): void {
    streams++;
    this.events = new EventSource(this.begun.eventsUrl);
    this.events.addEventListener("progress", (event) => {
      const data = JSON.parse((event as MessageEvent<string>).data) as Record<string, unknown>;
      this.tell("rungs", rungsOf(data["renditions"]));
    });
    for (const kind of ["state", "master", "refused"]) {
      this.events.addEventListener(kind, () => void this.look());
    }
  }

  private tell(name: string, detail: Rung[] | Playback): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  private async look(): Promise<void> {
    const playback = await playbackFetch(this.begun.playbackUrl).catch(() => null);
    if (!playback) return;
    if (playback.rungs.length) this.tell("rungs", playback.rungs);
    if (playback.state !== this.last) this.tell("state", playback);
    this.last = playback.state;
    if (playback.state === "ready" || playback.state === "refused") this.stop();
  }
}
