/** Asks before a video that some may not want to see: its picture is veiled, nothing is loaded. */

import { visitKeep, visitRead } from "../site/visit";
import { tasteKeep, tasteRead } from "./memory";
import type { Player } from "./player";

const SEEN = "antenne.sensitive";

/** Say whether the player must ask first; once this visit, or never again where one said so. */
export function gateHolds({ setup }: Player): boolean {
  if (!setup.gate || tasteRead().sensitive) return false;
  return visitRead(SEEN) !== "yes";
}

/** Lift the veil, where there is one. */
export function gateOpen(player: Player): void {
  delete player.root.dataset["veiled"];
}

/** Ask; *then* is done once the person wants to watch. */
export function gateShow(player: Player, then: () => void): void {
  if (player.root.querySelector(".gate")) return;
  const word = (name: string): string => player.setup.strings[`sensitive.${name}`] ?? "";
  const box = document.createElement("section");
  box.className = "gate";
  box.setAttribute("aria-label", word("title"));
  const title = line("gate__title", word("title"));
  const text = line("gate__text", word("text"));
  const always = document.createElement("input");
  always.type = "checkbox";
  const label = document.createElement("label");
  label.className = "check";
  label.append(always, ` ${word("always")}`);
  const watch = document.createElement("button");
  watch.type = "button";
  watch.className = "button button--main";
  watch.textContent = word("watch");
  watch.addEventListener("click", () => {
    if (always.checked) tasteKeep({ sensitive: true });
    visitKeep(SEEN, "yes");
    box.remove();
    delete player.root.dataset["gate"];
    gateOpen(player);
    then();
    player.root.querySelector<HTMLElement>("[data-part=play]")?.focus();
  });
  box.append(title, text, watch, label);
  player.root.dataset["gate"] = "true";
  player.root.append(box);
}

function line(name: string, text: string): HTMLElement {
  const box = document.createElement("p");
  box.className = name;
  box.textContent = text;
  return box;
}
