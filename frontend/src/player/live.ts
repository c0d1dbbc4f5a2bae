/** Follows what happens to the video while the page is open: progress, changed master, refusal. */

import type { Player } from "./player";
import type { Rung, State } from "./playback";

const POLL_MS = 10_000;
const REST_POLL_MS = 60_000;
const JOIN_MS = 400;
const HIDDEN_MS = 30_000;
const RESYNC_WITHIN_MS = 8000;

/**
 * Events: `state` (detail: State), `rungs` (detail: Rung[]), `master`.
 *
 * A page listens as long as it is open and seen: also a complete video may be closed to its
 * viewer. One that is hidden for a while hangs up, and asks once when it is seen again.
 */
export class Live extends EventTarget {
  private events: EventSource | null = null;
  private timer = 0;
  private hiding = 0;
  private joining = 0;
  private heard = false;
  private readonly over = new AbortController();

  constructor(private readonly player: Player) {
    super();
    if (!player.source.playback.eventsUrl) return;
    this.open();
    this.pace();
    const { signal } = this.over;
    document.addEventListener("visibilitychange", () => this.seen(), { signal });
  }

  stop(): void {
    this.over.abort();
    clearInterval(this.timer);
    clearTimeout(this.hiding);
    this.hangUp();
  }

  /** Ask again where nothing can be heard (a proxy may hold events back): seldom once complete. */
  private pace(): void {
    clearInterval(this.timer);
    const { growing, state } = this.player.source.playback;
    const rests = !growing && (state === "ready" || state === "refused");
    const look = (): void => {
      if (!this.heard && !document.hidden) void this.look();
    };
    this.timer = window.setInterval(look, rests ? REST_POLL_MS : POLL_MS);
  }

  private seen(): void {
    clearTimeout(this.hiding);
    if (document.hidden) {
      this.hiding = window.setTimeout(() => this.hangUp(), HIDDEN_MS);
    } else if (!this.events) {
      this.open();
      void this.look();
    }
  }

  private hangUp(): void {
    this.events?.close();
    this.events = null;
    this.heard = false;
  }

  private open(): void {
    this.events = new EventSource(this.player.source.playback.eventsUrl);
    this.events.onopen = () => (this.heard = true);
    this.events.onerror = () => (this.heard = false);
    const on = (kind: string, act: (data: Record<string, unknown>) => void): void =>
      this.events?.addEventListener(kind, (event) => act(JSON.parse((event as MessageEvent).data)));
    on("progress", (data) => this.tell("rungs", rungsOf(data["renditions"])));
    for (const kind of ["state", "refused"]) on(kind, () => void this.look());
    // The page around a player of its own tells what is said and liked (site/community.ts).
    for (const kind of this.player.setup.embedded ? [] : ["comments", "likes"]) {
      on(kind, (detail) => document.dispatchEvent(new CustomEvent(`antenne:${kind}`, { detail })));
    }
    // Every open page hears this at once: they ask one after the other.
    on("resync", () => setTimeout(() => void this.look(), Math.random() * RESYNC_WITHIN_MS));
    on("master", () => {
      // Several rungs may end together: one look is enough for all of them.
      clearTimeout(this.joining);
      this.joining = window.setTimeout(() => void this.look(true), JOIN_MS);
    });
  }

  private tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
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
    this.pace();
    if (this.events?.readyState === EventSource.CLOSED) {
      this.hangUp(); // the ticket had run out, or the edge was full
      this.open();
    }
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
