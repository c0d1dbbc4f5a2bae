/** The end screen: again, or the next video, which starts by itself unless somebody says no. */

import { button, element } from "./elements";
import type { Player } from "./player";
import { unattendedNote } from "./unattended";
import { clock, fill } from "./words";

const COUNT_S = 8;
const COUNT_LISTED_S = 4;

export class Ending {
  private readonly box = element("section", "ending");
  private readonly counter = element("p", "ending__count");
  private readonly cancel: HTMLButtonElement;
  private timer = 0;
  private leftS = 0;

  constructor(private readonly player: Player) {
    const word = (name: string): string => player.setup.strings[name] ?? "";
    this.box.setAttribute("aria-label", word("upNext"));
    this.counter.setAttribute("role", "timer");
    this.cancel = button("button", word("cancel"), () => this.stop(true));
    const again = button("button", word("again"), () => {
      this.hide();
      player.seek(0);
      void player.play();
    });
    const row = element("p", "ending__row");
    const { next } = player.setup;
    if (next) {
      const go = element("a", "button button--main", word("playNow"));
      go.href = next.url;
      row.append(go);
    }
    row.append(this.cancel, again);
    this.box.append(...(next ? [this.counter, this.card()] : []), row);
    player.root.append(this.box);
  }

  show(counting: boolean): void {
    this.box.hidden = false;
    this.player.root.dataset["ending"] = "true";
    this.cancel.hidden = !counting;
    const { setup } = this.player;
    this.counter.textContent = setup.strings["upNext"] ?? "";
    if (!counting) return;
    this.leftS = setup.listed ? COUNT_LISTED_S : COUNT_S;
    this.box.style.setProperty("--count", `${this.leftS}s`);
    this.box.dataset["counting"] = "true";
    this.paint();
    clearInterval(this.timer);
    this.timer = window.setInterval(() => this.tick(), 1000);
  }

  hide(): void {
    this.stop(false);
    this.box.hidden = true;
    delete this.player.root.dataset["ending"];
  }

  private tick(): void {
    if (isWriting()) return this.stop(false);
    this.leftS -= 1;
    this.paint();
    if (this.leftS > 0) return;
    this.stop(false);
    unattendedNote();
    this.player.dispatchEvent(new Event("next"));
  }

  /** Stop counting; by hand, the focus stays where it is of use. */
  private stop(byHand: boolean): void {
    clearInterval(this.timer);
    delete this.box.dataset["counting"];
    this.cancel.hidden = true;
    this.counter.textContent = this.player.setup.strings["upNext"] ?? "";
    if (byHand) this.box.querySelector<HTMLElement>("a.button")?.focus();
  }

  private paint(): void {
    const words = this.player.setup.strings["upNextIn"] ?? "";
    this.counter.textContent = fill(words, { seconds: this.leftS });
  }

  private card(): HTMLElement {
    const { next } = this.player.setup;
    const card = element("a", "ending__card");
    card.href = next?.url ?? "";
    const picture = element("span", "ending__picture");
    if (next?.posterUrl) {
      const image = document.createElement("img");
      image.src = next.posterUrl;
      image.alt = "";
      picture.append(image);
    }
    const words = clock((next?.durationMs ?? 0) / 1000);
    const length = element("span", "badge badge--on-picture card__badge", words);
    length.hidden = !next?.durationMs;
    picture.append(length);
    card.append(picture, line("ending__title", next?.title), line("ending__who", next?.channel));
    return card;
  }
}

function line(name: string, text = ""): HTMLElement {
  const box = element("span", name, text);
  box.dir = "auto";
  return box;
}

/** Say whether somebody writes on this page: the next video does not take it away. */
function isWriting(): boolean {
  const fields = [...document.querySelectorAll<HTMLTextAreaElement>("form[method=post] textarea")];
  return fields.some((field) => field.value !== field.defaultValue);
}
