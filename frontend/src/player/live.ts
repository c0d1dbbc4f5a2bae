/** Follows what happens to the video while the page is open: progress, changed master, refusal. */

import type { Player } from "./player";
import type { Rung, State } from "./playback";

const POLL_MS = 10_000;
const JOIN_MS = 400;

/** Events: `state` (detail: State), `rungs` (detail: Rung[]), `master`. */
export class Live extends EventTarget {
  private events: EventSource | null = null;
  private timer = 0;
  private joining = 0;
  private heard = false;

  constructor(private readonly player: Player) {
    super();
    const { eventsUrl, growing, state } = player.source.playback;
    if (!eventsUrl || (!growing && (state === "ready" || state === "refused"))) return;
    this.open(eventsUrl);
    this.timer = window.setInterval(() => void this.poll(), POLL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.events?.close();
  }

  private open(url: string): void {
    this.events = new EventSource(url);
    this.events.onopen = () => (this.heard = true);
    this.events.onerror = () => (this.heard = false);
    const on = (kind: string, act: (data: Record<string, unknown>) => void): void =>
      this.events?.addEventListener(kind, (event) => act(JSON.parse((event as MessageEvent).data)));
    on("progress", (data) => this.tell("rungs", rungsOf(data["renditions"])));
    on("state", () => void this.look());
    on("refused", () => void this.look());
    on("master", () => {
      // Several rungs may end together: one look is enough for all of them.
      clearTimeout(this.joining);
      this.joining = window.setTimeout(() => void this.look(true), JOIN_MS);
    });
  }

  private tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Ask again where nothing can be heard (a proxy may hold events back). */
  private async poll(): Promise<void> {
    if (!this.heard && !document.hidden) await this.look();
  }

  private async look(masterChanged = false): Promise<void> {
    const { source } = this.player;
    const before = source.playback;
    const fresh = await source.refresh().catch(() => null);
    if (!fresh) return;
    this.tell("rungs", fresh.rungs);
    const grown = ended(fresh.rungs) > ended(before.rungs) || fresh.growing !== before.growing;
    const moved = fresh.masterUrl !== source.resolve(before.masterUrl);
    if (masterChanged || grown || moved) this.tell("master");
    if (fresh.state !== before.state) this.tell("state", fresh.state satisfies State);
    if (!fresh.growing && fresh.state === "ready") this.stop();
  }
}

function ended(rungs: Rung[]): number {
  return rungs.filter(({ state }) => state === "ended").length;
}

/** Read the renditions of a progress event, which names things as Python does. */
export function rungsOf(renditions: unknown): Rung[] {
  const rows = Array.isArray(renditions) ? (renditions as Record<string, unknown>[]) : [];
  return rows.map((row) => ({
    name: String(row["name"] ?? ""),
    label: String(row["label"] ?? ""),
    doneMs: Number(row["done_ms"] ?? 0),
    totalMs: Number(row["total_ms"] ?? 0),
    state: String(row["state"] ?? ""),
  }));
}
