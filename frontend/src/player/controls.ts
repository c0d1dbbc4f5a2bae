/** Binds the row of buttons below the picture, and hides it while nobody needs it. */

import type { Player } from "./player";
import { clock } from "./words";

const IDLE_MS = 2800;

export function controlsBind(player: Player): void {
  const { root, stage, setup } = player;
  const words = setup.strings;
  const label = (part: string, text: string | undefined): void => {
    const button = player.part(part);
    button?.setAttribute("aria-label", text ?? "");
    button?.setAttribute("title", text ?? "");
  };
  const on = (part: string, act: () => unknown): void =>
    player.part(part)?.addEventListener("click", () => void act());

  on("play", () => player.toggle());
  on("big", () => player.toggle());
  on("mute", () => player.mute());
  on("fullscreen", () => player.fullscreen());
  on("pip", () => player.pictureInPicture());
  on("theatre", () => player.theatre());
  on("next", () => player.dispatchEvent(new Event("next")));
  on("previous", () => player.dispatchEvent(new Event("previous")));

  const volume = player.part<HTMLInputElement>("volume");
  volume.addEventListener("input", () => player.volume(Number(volume.value)));

  const show = (): void => {
    const { video } = player;
    root.dataset["paused"] = String(video.paused);
    root.dataset["muted"] = String(video.muted || video.volume === 0);
    label("play", video.paused ? words["play"] : words["pause"]);
    label("mute", video.muted ? words["unmute"] : words["mute"]);
    volume.value = String(video.muted ? 0 : video.volume);
  };
  for (const name of ["play", "pause", "ended", "volumechange", "swapped"]) {
    stage.addEventListener(name, show);
  }
  show();

  const time = player.part("time");
  const clockShow = (): void => {
    time.textContent = `${clock(player.atS)} / ${clock(player.lengthS)}`;
  };
  for (const name of ["timeupdate", "ended", "durationchange"]) {
    stage.addEventListener(name, clockShow);
  }
  busyBind(player);
  shapeBind(player);
  idleBind(player);
  player.part("pip")?.toggleAttribute("hidden", !document.pictureInPictureEnabled);
  document.addEventListener("fullscreenchange", () => {
    const full = document.fullscreenElement === root;
    root.dataset["full"] = String(full);
    label("fullscreen", full ? words["fullscreenLeave"] : words["fullscreen"]);
  });
}

/** The mark transmits while data are awaited, but not for the blink of an eye. */
function busyBind(player: Player): void {
  let timer = 0;
  const busy = (yes: boolean): void => {
    clearTimeout(timer);
    if (yes) timer = window.setTimeout(() => (player.root.dataset["busy"] = "true"), 300);
    else player.root.dataset["busy"] = "false";
  };
  for (const name of ["waiting", "seeking"]) player.stage.addEventListener(name, () => busy(true));
  for (const name of ["playing", "seeked", "canplay", "ended", "pause", "swapped"]) {
    player.stage.addEventListener(name, () => busy(false));
  }
}

function shapeBind(player: Player): void {
  const shape = (): void => {
    const { videoWidth, videoHeight } = player.video;
    if (!videoWidth) return;
    const portrait = videoHeight > videoWidth;
    player.root.dataset["shape"] = portrait ? "portrait" : "landscape";
  };
  for (const name of ["resize", "loadeddata", "swapped"]) player.stage.addEventListener(name, shape);
}

function idleBind(player: Player): void {
  const { root } = player;
  let timer = 0;
  const rest = (): void => {
    const held = root.querySelector(".player__controls :focus-visible, [data-open='true']");
    if (!player.video.paused && !held) root.dataset["idle"] = "true";
  };
  const wake = (): void => {
    root.dataset["idle"] = "false";
    clearTimeout(timer);
    timer = window.setTimeout(rest, IDLE_MS);
  };
  for (const name of ["pointermove", "pointerdown", "keydown", "focusin"]) {
    root.addEventListener(name, wake);
  }
  root.addEventListener("pointerleave", () => {
    clearTimeout(timer);
    timer = window.setTimeout(rest, 600);
  });
  for (const name of ["play", "pause", "seeked"]) player.stage.addEventListener(name, wake);

  const surface = player.part("surface");
  surface.addEventListener("click", (event) => {
    const touched = (event as PointerEvent).pointerType === "touch";
    if (touched && !player.video.paused && root.dataset["idle"] === "true") wake();
    else if (touched && !player.video.paused) root.dataset["idle"] = "true";
    else player.toggle();
  });
  surface.addEventListener("dblclick", () => void player.fullscreen());
}
