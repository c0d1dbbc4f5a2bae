/** What comes after this video: the next one, by button, key or by itself. */

import { tasteRead } from "./memory";
import type { Player } from "./player";
import { unattendedEnd, unattendedMay } from "./unattended";

export function onwardBind(player: Player): void {
  const { setup, stage } = player;
  const go = (url: string | undefined): void => {
    if (url) location.assign(url);
  };
  player.addEventListener("next", () => go(setup.next?.url));
  player.addEventListener("previous", () => {
    if (player.video.currentTime > 5 || !setup.previousUrl) player.seek(0);
    else go(setup.previousUrl);
  });
  player.part("next").hidden = !setup.next || setup.embedded;
  player.part("previous").hidden = !setup.previousUrl;
  for (const name of ["pointerdown", "keydown"]) {
    document.addEventListener(name, unattendedEnd, { once: true });
  }
  let made: Promise<{ show(counting: boolean): void; hide(): void }> | null = null;
  stage.addEventListener("ended", () => {
    if (setup.embedded && !setup.listed) return;
    made ??= import("./ending").then(({ Ending }) => new Ending(player));
    // Without a connection there is no end screen; the next end asks for it again.
    made.then((ending) => ending.show(goesOn(player))).catch(() => (made = null));
  });
  const hide = (): void => void made?.then((ending) => ending.hide());
  for (const name of ["play", "seeking"]) stage.addEventListener(name, hide);
  player.source.addEventListener("refused", hide);
}

/** Say whether the next video may start by itself: asked for, and somebody was seen lately. */
function goesOn({ setup }: Player): boolean {
  const wished = setup.autoplayNext && tasteRead().autoplayNext;
  if (!setup.next || !(setup.listed || wished)) return false;
  return unattendedMay();
}
