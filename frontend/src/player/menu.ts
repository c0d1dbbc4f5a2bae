/** The settings menu: quality, speed, sound, captions and how captions look. */

import type { Captions } from "./captions";
import { button, element } from "./elements";
import { tasteKeep, tasteRead } from "./memory";
import { type Player, SPEEDS } from "./player";

interface Choice {
  text: string;
  chosen: boolean;
  choose(): void;
}

interface Page {
  title: string;
  choices: Choice[];
}

/** Something that is on or off, on the menu's first page. */
interface Switch {
  text: string;
  on: boolean;
  flip(): void;
}

export class Menu {
  private readonly button: HTMLElement;
  private readonly box: HTMLElement;
  private page = "";

  constructor(
    private readonly player: Player,
    private readonly captions: Captions,
  ) {
    this.button = player.part("settings");
    this.box = player.part("menu");
    this.button.addEventListener("click", () => (this.box.hidden ? this.open() : this.close()));
    this.box.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("pointerdown", (event) => {
      const target = event.target as Node;
      if (!this.box.contains(target) && !this.button.contains(target)) this.close();
    });
    for (const name of ["qualities", "quality", "audio", "ratechange"]) {
      player.stage.addEventListener(name, () => this.refresh());
    }
    captions.addEventListener("change", () => this.refresh());
    player.addEventListener("loop", () => this.refresh());
  }

  private pages(): Record<string, Page> {
    const { setup, stage } = this.player;
    const words = setup.strings as Record<string, string>;
    const word = (name: string): string => words[name] ?? "";
    const taste = tasteRead();
    const look = (name: "captionSize" | "captionLook", values: string[]): Choice[] =>
      values.map((value) => ({
        text: word(`${name}.${value}`),
        chosen: taste[name] === value,
        choose: () => this.captions.style({ [name]: value }),
      }));
    const pages: Record<string, Page> = {
      quality: { title: word("quality"), choices: this.qualities(word) },
      speed: {
        title: word("speed"),
        choices: SPEEDS.map((speed) => ({
          text: speed === 1 ? word("speedNormal") : `${speed}×`,
          chosen: this.player.video.playbackRate === speed,
          choose: () => this.player.speed(speed),
        })),
      },
      audio: { title: word("audio"), choices: this.sounds() },
      captions: { title: word("captions"), choices: this.tracks(word) },
      captionSize: { title: word("captionSize"), choices: look("captionSize", ["s", "m", "l", "xl"]) },
      captionLook: {
        title: word("captionLook"),
        choices: look("captionLook", ["box", "shadow", "yellow", "solid"]),
      },
    };
    if (!this.captions.list.length) {
      for (const name of ["captions", "captionSize", "captionLook"]) delete pages[name];
    }
    if ((stage.engine?.audioTracks().length ?? 0) < 2) delete pages["audio"];
    if (!pages["quality"]?.choices.length) delete pages["quality"];
    return pages;
  }

  private switches(): Switch[] {
    const { player } = this;
    const { setup, video } = player;
    const taste = tasteRead();
    const word = (name: string): string => setup.strings[name] ?? "";
    const kept = (name: "autoplayNext" | "mini"): Switch => ({
      text: word(name),
      on: taste[name],
      flip: () => tasteKeep({ [name]: !taste[name] }),
    });
    return [
      { text: word("loop"), on: video.loop, flip: () => player.loop() },
      {
        text: word("dataSaver"),
        on: taste.dataSaver,
        flip: () => player.saver(!taste.dataSaver),
      },
      ...(setup.next && !setup.listed ? [kept("autoplayNext")] : []),
      ...(setup.embedded ? [] : [kept("mini")]),
    ];
  }

  private flip({ text, on, flip }: Switch, index: number): HTMLButtonElement {
    const button = this.item("menuitemcheckbox", text, () => {
      flip();
      this.paint(index);
    });
    button.setAttribute("aria-checked", String(on));
    return button;
  }

  private qualities(word: (name: string) => string): Choice[] {
    const { engine } = this.player.stage;
    const list = engine?.qualities() ?? [];
    if (!engine || !list.length) return [];
    const hand = engine.quality();
    const now = engine.qualityNow()?.name;
    const auto = {
      text: now && hand < 0 ? `${word("auto")} (${now})` : word("auto"),
      chosen: hand < 0,
      choose: () => engine.qualityChoose(-1),
    };
    return [
      auto,
      ...list.map(({ index, name }) => ({
        text: name,
        chosen: hand === index,
        choose: () => engine.qualityChoose(index),
      })),
    ];
  }

  private sounds(): Choice[] {
    const { engine } = this.player.stage;
    return (engine?.audioTracks() ?? []).map(({ index, label, language }) => ({
      text: label || language,
      chosen: engine?.audioTrack() === index,
      choose: () => engine?.audioChoose(index),
    }));
  }

  private tracks(word: (name: string) => string): Choice[] {
    const track = (text: string, index: number): Choice => ({
      text,
      chosen: this.captions.index === index,
      choose: () => this.captions.chooseAndKeep(index),
    });
    return [
      track(word("captionsOff"), -1),
      ...this.captions.list.map(({ label, language }, index) => track(label || language, index)),
    ];
  }

  private open(): void {
    this.page = "";
    this.box.hidden = false;
    this.mark();
    this.paint(0);
  }

  private close(): void {
    if (this.box.hidden) return;
    const held = this.box.contains(document.activeElement);
    this.box.hidden = true;
    this.mark();
    if (held) this.button.focus();
  }

  private mark(): void {
    this.button.setAttribute("aria-expanded", String(!this.box.hidden));
    this.box.dataset["open"] = String(!this.box.hidden);
  }

  /** Paint again where it stands, so that an open menu tells the truth. */
  private refresh(): void {
    if (this.box.hidden) return;
    const items = this.items();
    this.paint(Math.max(0, items.indexOf(document.activeElement as HTMLElement)));
  }

  private items(): HTMLElement[] {
    return Array.from(this.box.querySelectorAll<HTMLElement>("[role^=menuitem]"));
  }

  private paint(focus: number): void {
    const pages = this.pages();
    const open = pages[this.page];
    const held = this.box.contains(document.activeElement) || focus === 0;
    this.box.replaceChildren(
      ...(open ? [this.back(open.title), ...open.choices.map((choice) => this.choice(choice))] : []),
      ...(open ? [] : this.first(pages)),
    );
    if (held) this.items()[focus]?.focus();
  }

  private first(pages: Record<string, Page>): HTMLElement[] {
    const entries = Object.entries(pages).map(([name, page]) => this.entry(name, page));
    const switches = this.switches().map((row, index) => this.flip(row, entries.length + index));
    return [...entries, ...switches];
  }

  private item(role: string, text: string, act: () => void): HTMLButtonElement {
    const item = button("player__menu-item", text, act);
    item.setAttribute("role", role);
    item.tabIndex = -1;
    return item;
  }

  private entry(name: string, page: Page): HTMLButtonElement {
    const item = this.item("menuitem", page.title, () => {
      this.page = name;
      this.paint(Math.max(0, page.choices.findIndex(({ chosen }) => chosen)) + 1);
    });
    item.setAttribute("aria-haspopup", "menu");
    const value = page.choices.find(({ chosen }) => chosen)?.text;
    item.append(element("span", "player__menu-value", value));
    return item;
  }

  private back(title: string): HTMLButtonElement {
    const button = this.item("menuitem", title, () => {
      this.page = "";
      this.paint(0);
    });
    button.classList.add("player__menu-back");
    return button;
  }

  private choice({ text, chosen, choose }: Choice): HTMLButtonElement {
    const button = this.item("menuitemradio", text, () => {
      choose();
      this.page = "";
      this.paint(0);
    });
    button.setAttribute("aria-checked", String(chosen));
    return button;
  }

  private key(event: KeyboardEvent): void {
    const items = this.items();
    const at = items.indexOf(document.activeElement as HTMLElement);
    const step: Record<string, number> = {
      ArrowDown: (at + 1) % items.length,
      ArrowUp: (at - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    };
    const next = step[event.key];
    if (next !== undefined) items[next]?.focus();
    else if (event.key === "Escape" || event.key === "ArrowLeft") this.leave(event.key);
    else if (event.key === "ArrowRight") (document.activeElement as HTMLElement).click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private leave(key: string): void {
    if (!this.page && key === "Escape") this.close();
    this.page = "";
    if (!this.box.hidden) this.paint(0);
  }
}
