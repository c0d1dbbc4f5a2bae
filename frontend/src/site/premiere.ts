/** Counts down to a premiere, and opens it at its moment. */

import { clock } from "../player/words";

const DAY_S = 86_400;
const SPREAD_MS = 1200;

export function premiereBind(box: HTMLElement): void {
  // Ours may go wrong by hours: what is counted is the time since the page was made.
  const begunAt = performance.now();
  const leftS = Number(box.dataset["premiere"]);
  const tick = (): void => {
    const nowS = Math.ceil(leftS - (performance.now() - begunAt) / 1000);
    if (nowS <= 0) {
      clearInterval(timer);
      // Everybody waits for the same second: they do not all ask in the same instant.
      setTimeout(() => location.reload(), Math.random() * SPREAD_MS);
    } else if (nowS < DAY_S) box.textContent = clock(nowS);
  };
  const timer = window.setInterval(tick, 1000);
  tick();
}
