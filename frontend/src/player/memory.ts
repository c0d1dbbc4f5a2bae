/** What the player remembers in this browser alone: volume, speed, captions, theatre, positions. */

export interface Taste {
  volume: number;
  muted: boolean;
  speed: number;
  captions: string;
  captionSize: string;
  captionLook: string;
  theatre: boolean;
  transcript: boolean;
  dataSaver: boolean;
  autoplayNext: boolean;
  mini: boolean;
  /** Play without asking what some may not want to see. */
  sensitive: boolean;
}

const TASTE = "antenne.taste";
const PLACES = "antenne.places";
const PLACES_MAX = 200;
const usual: Taste = {
  volume: 1,
  muted: false,
  speed: 1,
  captions: "",
  captionSize: "m",
  captionLook: "box",
  theatre: false,
  transcript: false,
  dataSaver: false,
  autoplayNext: true,
  mini: true,
  sensitive: false,
};

function read<Value>(key: string, otherwise: Value): Value {
  try {
    return { ...otherwise, ...JSON.parse(localStorage.getItem(key) ?? "{}") };
  } catch {
    return otherwise; // storage may be forbidden: then nothing is remembered
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // full or forbidden
  }
}

export function tasteRead(): Taste {
  return read(TASTE, usual);
}

export function tasteKeep(change: Partial<Taste>): void {
  write(TASTE, { ...tasteRead(), ...change });
}

/** Return where this video was left, in seconds; 0 at the beginning. */
export function placeRead(id: string): number {
  return read<Record<string, number>>(PLACES, {})[id] ?? 0;
}

/** Keep where a video was left; its very beginning and its end count as not left. */
export function placeKeep(id: string, atS: number, durationS: number): void {
  const places = read<Record<string, number>>(PLACES, {});
  delete places[id];
  if (atS > 5 && atS < durationS - Math.max(5, durationS * 0.03)) places[id] = Math.floor(atS);
  const kept = Object.entries(places).slice(-PLACES_MAX);
  write(PLACES, Object.fromEntries(kept));
}
