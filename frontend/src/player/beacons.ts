/** Says what was watched: a start, stretches every few seconds, an end. The site counts with it. */

import type { Player } from "./player";

const EARLY_MS = 10_000;
const LATER_MS = 30_000;
const LATER_AFTER_MS = 300_000;
const AT_ONCE = 20;
const KEPT = 60;
const STRETCHES = 40;
const JUMP_S = 1.5;
const SHORTEST_MS = 200;
const PAGES = 20;
const NUMBERS = "antenne.beacons";

type Kind = "start" | "progress" | "end";
type Stretch = [beginMs: number, endMs: number];

interface Beacon {
  n: number;
  k: Kind;
  x: number;
  r: Stretch[];
}

/** Begin to tell the site what *player* plays; nothing is sent before it plays. */
export function beaconsBind(player: Player): void {
  const { beacon } = player.setup;
  if (beacon?.url && beacon.ticket) new Beacons(player, beacon.url, beacon.ticket);
}

class Beacons {
  private begun = false;
  private fromS = -1;
  private lastS = -1;
  private stretches: Stretch[] = [];
  /** What the site has not acknowledged: sent again as it was, so that it counts once. */
  private waiting: Beacon[] = [];
  private sending = false;
  private refused = false;
  private beganMs = 0;
  private timer = 0;

  constructor(
    private readonly player: Player,
    private readonly url: string,
    private readonly ticket: string,
  ) {
    const { stage } = player;
    stage.addEventListener("playing", () => this.start());
    stage.addEventListener("timeupdate", () => this.follow());
    stage.addEventListener("seeking", () => this.cut());
    stage.addEventListener("pause", () => this.tell("progress"));
    stage.addEventListener("ended", () => this.tell("end"));
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.leave();
    });
  }

  private start(): void {
    this.fromS = this.lastS = this.player.video.currentTime;
    if (this.begun) return;
    this.begun = true;
    this.beganMs = Date.now();
    this.tell("start");
    this.plan();
  }

  private plan(): void {
    const every = Date.now() - this.beganMs > LATER_AFTER_MS ? LATER_MS : EARLY_MS;
    this.timer = window.setTimeout(() => {
      if (!this.player.video.paused || this.waiting.length) this.tell("progress");
      this.plan();
    }, every);
  }

  /** Go on with the stretch that plays; a jump ends it. */
  private follow(): void {
    const nowS = this.player.video.currentTime;
    const stepS = nowS - this.lastS;
    const mostS = JUMP_S * Math.max(1, this.player.video.playbackRate);
    if (this.fromS < 0 || stepS < 0 || stepS > mostS) {
      this.cut();
      this.fromS = nowS;
    }
    this.lastS = nowS;
  }

  private cut(): void {
    const stretch: Stretch = [Math.round(this.fromS * 1000), Math.round(this.lastS * 1000)];
    if (this.fromS >= 0 && stretch[1] - stretch[0] >= SHORTEST_MS) this.stretches.push(stretch);
    this.fromS = -1;
  }

  private tell(kind: Kind): void {
    if (!this.begun || this.refused) return;
    const plays = this.fromS >= 0 && !this.player.video.paused && kind !== "end";
    if (kind !== "start") this.follow();
    this.cut();
    if (plays) this.fromS = this.lastS;
    if (kind === "progress" && !this.stretches.length) return void this.send();
    this.waiting.push({
      n: numberNext(this.ticket),
      k: kind,
      x: Math.max(0, Math.round(this.player.video.currentTime * 1000)),
      r: this.stretches.splice(0, STRETCHES),
    });
    this.waiting = this.waiting.slice(-KEPT);
    void this.send();
  }

  private async send(): Promise<void> {
    if (this.sending || !this.waiting.length) return;
    this.sending = true;
    const sent = this.waiting.slice(0, AT_ONCE);
    try {
      // Plain text needs no preflight; keepalive lets it end after the page.
      const answer = await fetch(this.url, {
        method: "POST",
        body: this.body(sent),
        keepalive: true,
        credentials: "omit",
      });
      if (answer.ok) this.waiting = this.waiting.filter((beacon) => !sent.includes(beacon));
      else if (answer.status < 429 && answer.status !== 408) this.stop();
    } catch {
      // offline: said again with the next
    } finally {
      this.sending = false;
    }
  }

  /** The page may not come back: hand over everything that is left, in one go. */
  private leave(): void {
    this.tell("progress");
    const left = this.waiting.slice(-AT_ONCE);
    if (left.length && !this.refused) navigator.sendBeacon(this.url, this.body(left));
  }

  private body(events: Beacon[]): string {
    return JSON.stringify({ t: this.ticket, e: events });
  }

  private stop(): void {
    this.refused = true;
    this.waiting = [];
    clearTimeout(this.timer);
  }
}

/** Number what one ticket says, whichever page of this tab says it. */
function numberNext(ticket: string): number {
  const name = ticket.slice(-16);
  let used: Record<string, number> = {};
  try {
    used = JSON.parse(sessionStorage.getItem(NUMBERS) ?? "{}") as Record<string, number>;
    const number = used[name] ?? 0;
    delete used[name];
    const kept = [...Object.entries(used).slice(-PAGES), [name, number + 1] as const];
    sessionStorage.setItem(NUMBERS, JSON.stringify(Object.fromEntries(kept)));
    return number;
  } catch {
    return (counted[name] = (counted[name] ?? -1) + 1); // storage may be forbidden
  }
}

const counted: Record<string, number> = {};
