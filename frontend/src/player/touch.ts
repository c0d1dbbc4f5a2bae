/** A finger's double tap at the sides goes back or on, as often as it taps; the middle is full screen. */

import type { Player } from "./player";
import { fill } from "./words";

const TWICE_MS = 320;
const STEP_S = 10;

export function touchBind(player: Player): void {
  const surface = player.part("surface");
  let lastAt = 0;
  let lastSide = 0;
  let steps = 0;
  surface.addEventListener(
    "click",
    (event) => {
      if ((event as PointerEvent).pointerType !== "touch") return;
      const side = sideOf(event as PointerEvent, surface);
      const again = event.timeStamp - lastAt < TWICE_MS && side === lastSide && side !== 0;
      steps = again ? steps + 1 : 0;
      lastAt = event.timeStamp;
      lastSide = side;
      if (!again) return;
      event.stopImmediatePropagation();
      player.seekBy(side * STEP_S);
      const name = side < 0 ? "secondsBack" : "secondsOn";
      player.say(fill(player.setup.strings[name] ?? "", { seconds: steps * STEP_S }));
    },
    { capture: true },
  );
  surface.addEventListener(
    "dblclick",
    (event) => {
      if (lastSide !== 0 && performance.now() - lastAt < TWICE_MS * 2) {
        event.stopImmediatePropagation();
      }
    },
    { capture: true },
  );
}

/** Return -1 for the first third, 1 for the last, 0 between; time runs from left to right. */
function sideOf(event: PointerEvent, surface: HTMLElement): -1 | 0 | 1 {
  const { left, width } = surface.getBoundingClientRect();
  const share = (event.clientX - left) / width;
  if (share < 0.34) return -1;
  return share > 0.66 ? 1 : 0;
}
