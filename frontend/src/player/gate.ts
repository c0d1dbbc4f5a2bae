/** Asks before a video that some may not want to see: its picture is veiled, nothing is loaded. */

import { visitKeep, visitRead } from "../site/visit";
import { tasteKeep, tasteRead } from "./memory";
import { button, element } from "./elements";
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
  const box = element("section", "gate");
  box.setAttribute("aria-label", word("title"));
  const title = element("p", "gate__title", word("title"));
  const text = element("p", "gate__text", word("text"));
  const always = document.createElement("input");
  always.type = "checkbox";
  const label = element("label", "check");
  label.append(always, ` ${word("always")}`);
  const watch = button("button button--main", word("watch"), () => {
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
