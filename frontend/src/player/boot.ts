/** Brings a player to life: binds its parts, starts it, follows what happens to its video. */

import { beaconsBind } from "./beacons";
import { Captions } from "./captions";
import { chaptersBind } from "./chapters";
import { controlsBind } from "./controls";
import { gateHolds, gateOpen, gateShow } from "./gate";
import { keyboardBind } from "./keyboard";
import { Live } from "./live";
import { placeKeep, placeRead, tasteRead } from "./memory";
import { Menu } from "./menu";
import { onwardBind } from "./onward";
import type { Rung, Setup, State } from "./playback";
import { Player } from "./player";
import { remoteBind } from "./remote";
import { seekbarBind } from "./seekbar";
import { sessionBind } from "./session";
import { comingShow, messagesBind, posterBind, Sheet } from "./status";
import { touchBind } from "./touch";

const RESTARTS_MAX = 3;
const KEEP_EVERY_S = 5;

/** A player that plays, and how to end it. */
export interface Playing {
  player: Player;
  captions: Captions;
  sheet: Sheet;
  live: Live;
  menu: Menu;
}

/** Start the player of *root*: the watch page's, an embed's, the small one's. */
export function playerBegin(root: HTMLElement, setup: Setup): Playing {
  const player = new Player(root, setup);
  const { stage, source } = player;
  const captions = new Captions(player);
  const sheet = new Sheet(player, () => restart(player, sheet));
  messagesBind(player);
  posterBind(player);
  controlsBind(player);
  seekbarBind(player);
  if (!setup.mini) chaptersBind(player);
  onwardBind(player);
  sessionBind(player);
  touchBind(player);
  remoteBind(player);
  const menu = new Menu(player, captions);
  player.part("captions-button").hidden = !captions.list.length;
  player.part("captions-button").addEventListener("click", () => captions.toggle());
  keyboardBind(player, captions, () => helpShow());
  if (tasteRead().theatre && !player.setup.embedded) player.theatre();
  const live = follow(player, sheet);
  keepPlace(player);
  beaconsBind(player);
  faultsBind(player, sheet);
  stage.addEventListener("qualities", () => comingShow(player, source.playback.rungs));
  stage.addEventListener("ended", () => placeKeep(player.setup.id, 0, 0));
  apply(player, sheet, source.playback.state);
  return { player, captions, sheet, live, menu };
}

/** Start, or say why not, according to how far the video has come. */
function apply(player: Player, sheet: Sheet, state: State): void {
  const { playback } = player.source;
  if (state === "refused") sheet.show("refused", { text: playback.refusal });
  else if (state === "removed") sheet.show("removed");
  else if (!playback.masterUrl) sheet.show("processing");
  else if (!player.started && gateHolds(player)) {
    gateShow(player, () => apply(player, sheet, player.source.playback.state));
  } else if (!player.started) {
    gateOpen(player);
    start(player, sheet, beginning(player));
  }
  sheet.progress(playback.rungs);
  comingShow(player, playback.rungs);
}

/** Where to begin: the address's moment, else where this browser, else this person left the video. */
function beginning(player: Player): number {
  const { startS, id, resumeS } = player.setup;
  const wish = startS || placeRead(id) || (resumeS ?? 0);
  const durationS = player.source.playback.durationMs / 1000;
  return durationS && wish >= durationS - 1 ? 0 : wish;
}

function start(player: Player, sheet: Sheet, atS: number): void {
  player.started = true;
  sheet.hide();
  if (!player.stage.start(player.source.playback.masterUrl, atS)) {
    sheet.show("unsupported");
    return;
  }
  if (atS > 0) untilEdge(player, atS);
  if (player.setup.autoplay) void player.play();
  player.dispatchEvent(new Event("started"));
}

/** A start past the encoded part begins where that part ends, and says so. */
function untilEdge(player: Player, wishS: number): void {
  const look = (): void => {
    if (!player.stage.engine) return;
    if (player.growing && wishS > player.edgeS - 1) player.seek(wishS);
  };
  player.stage.addEventListener("edge", look, { once: true });
}

function follow(player: Player, sheet: Sheet): Live {
  const live = new Live(player);
  let count = 0;
  live.addEventListener("rungs", (event) => {
    const rungs = (event as CustomEvent<Rung[]>).detail;
    sheet.progress(rungs);
    comingShow(player, rungs);
  });
  live.addEventListener("state", (event) =>
    apply(player, sheet, (event as CustomEvent<State>).detail),
  );
  live.addEventListener("master", () => {
    const { masterUrl } = player.source.playback;
    if (!masterUrl || !player.started) return;
    const best = player.stage.engine?.qualities()[0]?.shortSidePx ?? 0;
    // Masters are cached for half a minute: a query nobody reads asks for the one of now.
    void player.stage.renew(`${masterUrl}?changed=${++count}`).then(() => {
      const now = player.stage.engine?.qualities()[0];
      comingShow(player, player.source.playback.rungs);
      if (now && now.shortSidePx > best) {
        player.say(player.setup.strings["arrived"]?.replace("%(quality)s", now.name));
      }
    });
  });
  player.source.addEventListener("refused", (event) => {
    const status = (event as CustomEvent<number>).detail;
    live.stop();
    player.stage.stop();
    sheet.show(status === 404 || status === 410 ? "removed" : "private");
  });
  return live;
}

function keepPlace(player: Player): void {
  let keptS = 0;
  const keep = (): void => {
    keptS = player.video.currentTime;
    placeKeep(player.setup.id, keptS, player.durationS);
  };
  player.stage.addEventListener("timeupdate", () => {
    if (Math.abs(player.video.currentTime - keptS) > KEEP_EVERY_S) keep();
  });
  player.stage.addEventListener("pause", keep);
  addEventListener("pagehide", () => player.started && keep());
}

/** A lost network or a broken stream: try again by ourselves a few times, then let people try. */
function faultsBind(player: Player, sheet: Sheet): void {
  let restarts = 0;
  player.stage.addEventListener("playing", () => (restarts = 0));
  player.stage.addEventListener("fatal", () => {
    if (!navigator.onLine) sheet.show("offline", { retry: true });
    else if (restarts++ < RESTARTS_MAX) {
      setTimeout(() => void restart(player, sheet), 800 * 2 ** restarts);
    } else sheet.show("broken", { retry: true });
  });
  addEventListener("offline", () => player.say(player.setup.strings["offlineNow"]));
  addEventListener("online", () => {
    if (player.root.dataset["state"] === "offline") void restart(player, sheet);
  });
}

async function restart(player: Player, sheet: Sheet): Promise<void> {
  const atS = player.video.currentTime;
  const playing = player.started;
  const fresh = await player.source.refresh().catch(() => null);
  if (!fresh?.masterUrl) {
    player.stage.dispatchEvent(new Event("fatal"));
    return;
  }
  start(player, sheet, atS);
  if (playing) void player.play();
}

function helpShow(): void {
  document.querySelector<HTMLDialogElement>("#keys")?.showModal();
}
