/** The keys people know from elsewhere. */

import type { Captions } from "./captions";
import type { Player } from "./player";

const TYPING = "input:not([type=range]), textarea, select, [contenteditable], dialog[open] *";

export function keyboardBind(player: Player, captions: Captions, help: () => void): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest(TYPING)) return;
    if (target.closest("[role='menu']") && /^(Arrow|Home|End|Enter| )/.test(event.key)) return;
    const pressing = target.closest("button, a, summary") && /^( |Enter)$/.test(event.key);
    const volume = target.matches("[data-part='volume']") && event.key.startsWith("Arrow");
    if (pressing || volume) return;
    if (player.setup.mini && !player.root.contains(target)) return;
    const inside = player.root.contains(target) || player.setup.embedded;
    if (act(player, captions, event.key, inside, help)) event.preventDefault();
  });
}

/** Do what a key stands for; false where it stands for nothing. Arrows scroll outside the player. */
function act(
  player: Player,
  captions: Captions,
  key: string,
  inside: boolean,
  help: () => void,
): boolean {
  if (/^[NP]$/.test(key)) {
    player.dispatchEvent(new Event(key === "N" ? "next" : "previous"));
    return true;
  }
  if (/^\d$/.test(key)) {
    player.seek((player.durationS * Number(key)) / 10);
    return true;
  }
  const keys: Record<string, () => unknown> = {
    k: () => player.toggle(),
    " ": () => player.toggle(),
    j: () => player.seekBy(-10),
    l: () => player.seekBy(10),
    ArrowLeft: () => player.seekBy(-5),
    ArrowRight: () => player.seekBy(5),
    m: () => player.mute(),
    f: () => player.fullscreen(),
    t: () => player.theatre(),
    i: () => player.pictureInPicture(),
    c: () => captions.toggle(),
    r: () => player.loop(),
    ",": () => player.frameStep(-1),
    ".": () => player.frameStep(1),
    "<": () => player.speedStep(-1),
    ">": () => player.speedStep(1),
    "?": help,
  };
  const scrolling: Record<string, () => unknown> = {
    ArrowUp: () => player.volume(player.video.volume + 0.05),
    ArrowDown: () => player.volume(player.video.volume - 0.05),
    Home: () => player.seek(0),
    End: () => player.seek(player.durationS),
  };
  const name = key.length === 1 ? key.toLowerCase() : key;
  const doing = keys[name] ?? (inside ? scrolling[name] : undefined);
  doing?.();
  return doing !== undefined;
}
