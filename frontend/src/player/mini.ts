/** The small player: in a corner once one scrolls past, and on the next page of this site. */

import { visitForget, visitKeep, visitRead } from "../site/visit";
import { tasteRead } from "./memory";
import type { Player } from "./player";

const KEPT = "antenne.mini";
const FRESH_MS = 20_000;
const LEAVING_MS = 5000;

/** What the next page needs to go on. */
export interface Kept {
  id: string;
  atS: number;
  keptAt: number;
}

/** Put the player into the corner while its place on the page is out of sight. */
export function miniBind(player: Player): void {
  const stage = document.querySelector<HTMLElement>(".watch__stage");
  if (!stage) return;
  const { root } = player;
  const word = (name: string): string => player.setup.strings[name] ?? "";
  let closed = false;
  let away = false;
  const show = (small: boolean): void => {
    stage.style.blockSize = small ? `${stage.offsetHeight}px` : "";
    root.dataset["mini"] = String(small);
  };
  root.append(
    miniButton("mini-back", "expand", word("miniBack"), () => {
      stage.scrollIntoView({ block: "start", behavior: "smooth" });
      root.querySelector<HTMLElement>("[data-part=play]")?.focus({ preventScroll: true });
    }),
    miniButton("mini-close", "close", word("miniClose"), () => {
      closed = true;
      show(false);
      player.video.pause();
    }),
  );
  // What was paused in its corner stays there; what floats above all windows needs no corner.
  const look = (): void => {
    const small = root.dataset["mini"] === "true";
    const elsewhere = document.fullscreenElement ?? document.pictureInPictureElement;
    const going = small || !player.video.paused;
    const wanted = away && !closed && !elsewhere && going && tasteRead().mini;
    if (wanted !== small) show(wanted);
  };
  new IntersectionObserver(([entry]) => {
    away = entry !== undefined && !entry.isIntersecting;
    if (!away) closed = false;
    look();
  }).observe(stage);
  for (const name of ["play", "enterpictureinpicture", "leavepictureinpicture"]) {
    player.stage.addEventListener(name, look);
  }
  leavingBind(player);
}

export function miniButton(
  part: string,
  icon: string,
  label: string,
  act: () => void,
): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `player__button player__${part}`;
  button.setAttribute("aria-label", label);
  button.title = label;
  button.innerHTML = `<svg class="icon" aria-hidden="true"><use href="#i-${icon}"/></svg>`;
  button.addEventListener("click", act);
  return button;
}

/** Keep what plays for the page that is opened from this one, unless that is another video. */
export function leavingBind(player: Player): void {
  let leavingAt = -LEAVING_MS;
  document.addEventListener("click", (event) => {
    const link = (event.target as HTMLElement).closest<HTMLAnchorElement>("a[href]");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || link?.target === "_blank";
    if (link && !elsewhere && stays(link.href)) leavingAt = performance.now();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method === "get" && stays(form.action)) leavingAt = performance.now();
  });
  addEventListener("pagehide", () => {
    const wanted = tasteRead().mini && !player.video.paused && !player.video.ended;
    if (!wanted || performance.now() - leavingAt > LEAVING_MS) return;
    const kept: Kept = {
      id: player.setup.id,
      atS: player.video.currentTime,
      keptAt: Date.now(),
    };
    visitKeep(KEPT, JSON.stringify(kept));
  });
}

/** Say whether a page of ours without a player of its own stands at an address. */
function stays(url: string): boolean {
  const { origin, pathname } = new URL(url, location.href);
  return origin === location.origin && !/^\/(v|embed|studio|upload)(\/|$)/.test(pathname);
}

/** Return what the page before kept, once. */
export function keptTake(): Kept | null {
  try {
    const kept = JSON.parse(visitRead(KEPT) ?? "null") as Kept | null;
    visitForget(KEPT);
    return kept && Date.now() - kept.keptAt < FRESH_MS ? kept : null;
  } catch {
    return null;
  }
}
