/** What a page may do with the player it has embedded: version 1 of antenne-embed.js's messages. */

import type { Playing } from "./boot";

const VERSION = 1;
const TICK_MS = 250;

type Act = (...args: unknown[]) => unknown;

/** Listen to the page around us; it is answered at the origin from which it first spoke. */
export function embedApiBind({ player, captions }: Playing): void {
  let origin = "";
  const { stage } = player;
  const send = (message: Record<string, unknown>): void => {
    if (origin) parent.postMessage({ antenne: VERSION, ...message }, origin);
  };
  const tell = (event: string, data: Record<string, unknown> = {}): void => send({ event, data });
  const state = (): Record<string, unknown> => stateOf(player, captions);
  const acts = actsOf(player, captions, state);

  addEventListener("message", ({ source, origin: from, data }) => {
    if (source !== parent || data?.antenne !== VERSION || typeof data.method !== "string") return;
    if (data.method === "hello" && !origin && from !== "null") origin = from;
    if (from !== origin) return;
    const act = Object.hasOwn(acts, data.method) ? acts[data.method] : undefined;
    if (!act) {
      send({ id: data.id, error: `unknown method: ${data.method.slice(0, 40)}` });
      return;
    }
    const args = Array.isArray(data.args) ? data.args : [];
    Promise.resolve()
      .then(() => act(...args))
      .then(
        (result) => send({ id: data.id, result: result ?? null }),
        (error: Error) => send({ id: data.id, error: error.message }),
      );
  });

  for (const name of ["play", "pause", "ended"]) stage.addEventListener(name, () => tell(name));
  stage.addEventListener("loadeddata", () => tell("ready", state()));
  stage.addEventListener("volumechange", () => {
    tell("volumechange", { volume: player.video.volume, muted: player.video.muted });
  });
  stage.addEventListener("quality", () => {
    tell("qualitychange", { quality: stage.engine?.qualityNow()?.name ?? "" });
  });
  captions.addEventListener("change", () => tell("captionschange", { captions: spoken(captions) }));
  stage.addEventListener("fatal", (event) => {
    tell("error", { kind: (event as CustomEvent<{ type?: string }>).detail?.type ?? "unknown" });
  });
  player.source.addEventListener("refused", () => tell("error", { kind: "refused" }));
  let toldAt = 0;
  stage.addEventListener("timeupdate", () => {
    if (performance.now() - toldAt < TICK_MS) return;
    toldAt = performance.now();
    tell("timeupdate", { time: player.video.currentTime, duration: player.durationS });
  });
}

function actsOf(
  player: Playing["player"],
  captions: Playing["captions"],
  state: () => unknown,
): Record<string, Act> {
  return {
    hello: () => ({ version: VERSION, state: state() }),
    getState: state,
    play: () => player.play(),
    pause: () => player.video.pause(),
    seek: (to) => player.seek(number(to)),
    setVolume: (to) => player.volume(number(to)),
    setMuted: (to) => {
      if (Boolean(to) !== player.video.muted) player.mute();
    },
    setSpeed: (to) => player.speed(Math.min(4, Math.max(0.1, number(to)))),
    setQuality: (name) => {
      const list = player.stage.engine?.qualities() ?? [];
      const found = list.find((quality) => quality.name === name);
      if (!found && name !== "auto") throw new Error(`no such quality: ${String(name).slice(0, 40)}`);
      player.stage.engine?.qualityChoose(found ? found.index : -1);
    },
    setCaptions: (language) => {
      const index = captions.list.findIndex((track) => track.language === language);
      if (index < 0 && language) throw new Error(`no such captions: ${String(language).slice(0, 40)}`);
      captions.choose(index);
    },
  };
}

function number(value: unknown): number {
  const found = Number(value);
  if (value === null || !Number.isFinite(found)) throw new Error("not a number");
  return found;
}

function spoken(captions: Playing["captions"]): string {
  return captions.list[captions.index]?.language ?? "";
}

function stateOf(
  { setup, source, stage, video, durationS, started }: Playing["player"],
  captions: Playing["captions"],
): Record<string, unknown> {
  return {
    id: setup.id,
    title: setup.title,
    state: source.playback.state,
    started,
    time: video.currentTime,
    duration: durationS,
    paused: video.paused,
    ended: video.ended,
    volume: video.volume,
    muted: video.muted,
    speed: video.playbackRate,
    quality: stage.engine?.qualityNow()?.name ?? "",
    qualities: (stage.engine?.qualities() ?? []).map(({ name }) => name),
    captions: spoken(captions),
    captionTracks: captions.list.map(({ language, label }) => ({ language, label })),
  };
}
