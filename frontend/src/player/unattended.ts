/** How many videos began that nobody asked for by hand: after some of them it stops. */

import { visitForget, visitKeep, visitRead } from "../site/visit";

const KEY = "antenne.unattended";
const MAX = 8;

/** Say whether somebody was seen lately enough for one more to begin by itself. */
export function unattendedMay(): boolean {
  return count() < MAX;
}

/** Count a video that nobody asked for by hand. */
export function unattendedNote(): void {
  visitKeep(KEY, String(count() + 1));
}

/** Somebody is here. */
export function unattendedEnd(): void {
  visitForget(KEY);
}

function count(): number {
  return Number(visitRead(KEY) ?? 0);
}
