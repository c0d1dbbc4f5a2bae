/** Goes on with a video in a corner of a page that is about something else. */

import { playerBegin } from "./boot";
import { type Kept, leavingBind, miniButton } from "./mini";
import type { Setup } from "./playback";

export async function miniOpen({ id, atS, keptAt }: Kept): Promise<void> {
  const answer = await fetch(`/v/${encodeURIComponent(id)}/mini`).catch(() => null);
  if (!answer?.ok) return;
  const box = document.createElement("aside");
  box.className = "mini";
  box.innerHTML = await answer.text();
  const block = box.querySelector("#mini-playback");
  const root = box.querySelector<HTMLElement>("[data-player]");
  if (!block?.textContent || !root) return;
  const setup = JSON.parse(block.textContent) as Setup;
  setup.startS = atS + Math.min(2, (Date.now() - keptAt) / 1000 / 4);
  setup.autoplay = true;
  box.setAttribute("aria-label", setup.title);
  document.body.append(box);
  const { player, live } = playerBegin(root, setup);
  root.dataset["mini"] = "true";
  const word = (name: string): string => setup.strings[name] ?? "";
  root.append(
    miniButton("mini-back", "expand", word("miniBack"), () => {
      location.assign(`${setup.watchUrl}?t=${Math.floor(player.video.currentTime)}`);
    }),
    miniButton("mini-close", "close", word("miniClose"), () => {
      player.video.pause();
      live.stop();
      player.stage.stop();
      player.source.stop();
      box.remove();
    }),
  );
  leavingBind(player);
}
