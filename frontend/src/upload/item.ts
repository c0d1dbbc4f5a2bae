/** One line of the page: a file or an address, from the first byte to the last rendition. */

import type { Playback, Rung } from "../player/playback";
import { rungLines } from "../player/status";
import { fill } from "../player/words";
import { Fields, touchesNote } from "./fields";
import { Sender } from "./sender";
import { type Begun, type Setup, Refused, channelChosen, post } from "./setup";
import { fingerprint, forget, keep, kept } from "./store";
import { Watcher } from "./watcher";
import { left, size } from "./words";

const SIGNED_OUT = 401;

/** Events: `sent` (the turn of the next one), `gone`. */
export class Item extends EventTarget {
  readonly root: HTMLElement;
  private sender: Sender | null = null;
  private begun: Begun | null = null;
  private watcher: Watcher | null = null;

  constructor(
    private readonly setup: Setup,
    name: string,
    private readonly file: File | null,
  ) {
    super();
    const template = document.querySelector<HTMLTemplateElement>("#upload-item");
    this.root = template?.content.firstElementChild?.cloneNode(true) as HTMLElement;
    this.part("name").textContent = name;
    this.say(setup.strings["waiting"]);
    touchesNote(this.part<HTMLFormElement>("fields"));
    this.on("cancel", () => this.cancel());
    this.on("pause", () => this.pause());
    this.on("resume", () => this.resume());
    this.on("close", () => this.leave());
  }

  get unfinished(): boolean {
    return this.sender !== null && this.watcher === null;
  }

  /** Announce the file (or find its announcement again) and send it. */
  async send(): Promise<void> {
    const { file } = this;
    if (!file) return;
    if (file.size > this.setup.sizeMaxBytes) return this.refuse(this.setup.strings["tooLarge"]);
    const print = fingerprint(file);
    try {
      const again = await this.announced(print);
      const begun = again ?? (await this.announce(file));
      keep(print, file.name, begun);
      this.open(begun);
      this.transmit(file, begun, print, again !== null);
    } catch (error) {
      if (error instanceof Refused && error.status !== SIGNED_OUT) return this.refuse(error.message);
      this.fail(error instanceof Refused ? error.message : "");
      this.show("resume", true);
    }
  }

  /** Follow an import that the site fetches by itself. */
  follow(begun: Begun): void {
    this.open(begun);
    this.show("bytes", false);
    this.watch(begun);
  }

  private async announced(print: string): Promise<Begun | null> {
    const found = kept(print);
    if (!found || this.setup.replace) return null;
    const begun = await post<Begun>(found.ticketUrl, {}).catch(() => null);
    if (!begun || begun.state !== "awaiting") {
      forget(print);
      return null;
    }
    return begun;
  }

  private announce(file: File): Promise<Begun> {
    const { beginUrl, replace } = this.setup;
    const size_bytes = String(file.size);
    return post<Begun>(beginUrl, { filename: file.name, size_bytes, replace, channel: channelChosen() });
  }

  private open(begun: Begun): void {
    this.begun = begun;
    new Fields(this.part<HTMLFormElement>("fields"), begun, this.setup.strings);
    this.part<HTMLAnchorElement>("watch").href = begun.watchUrl;
    this.part<HTMLAnchorElement>("edit").href = begun.editUrl;
    this.show("edit", true);
  }

  private transmit(file: File, begun: Begun, print: string, resumed: boolean): void {
    const sender = new Sender(file, begun, this.setup, resumed);
    this.sender = sender;
    sender.addEventListener("bytes", () => this.bytes(sender));
    sender.addEventListener("lost", () => {
      this.part("bytes-left").textContent = "";
      this.say(this.setup.strings["lost"]);
    });
    sender.addEventListener("failed", (event) => {
      this.fail((event as CustomEvent<string>).detail);
      this.show("resume", true);
    });
    sender.addEventListener("done", () => {
      forget(print);
      this.received();
      this.watch(begun);
    });
    this.show("pause", true);
    this.show("cancel", true);
    sender.start();
  }

  private bytes(sender: Sender): void {
    const total = sender.file.size;
    const { strings } = this.setup;
    this.part<HTMLProgressElement>("bytes-bar").value = total ? sender.doneBytes / total : 1;
    this.say(fill(strings["sending"] ?? "", { done: size(sender.doneBytes), total: size(total) }));
    const speed = sender.speedBps;
    const time = speed ? left((total - sender.doneBytes) / speed, strings) : "";
    this.part("bytes-left").textContent = speed
      ? fill(strings["left"] ?? "", { speed: size(speed), time })
      : "";
  }

  private received(): void {
    this.part<HTMLProgressElement>("bytes-bar").value = 1;
    this.part("bytes").classList.add("progress--done");
    this.part("bytes-left").textContent = "";
    this.say(this.setup.strings["received"]);
    for (const name of ["pause", "resume", "cancel"]) this.show(name, false);
  }

  private watch(begun: Begun): void {
    this.watcher = new Watcher(begun);
    this.watcher.addEventListener("rungs", (event) => {
      const rungs = (event as CustomEvent<Rung[]>).detail;
      this.part("rungs").replaceChildren(...rungLines(rungs, this.setup.strings));
    });
    this.watcher.addEventListener("state", (event) =>
      this.state((event as CustomEvent<Playback>).detail),
    );
    this.dispatchEvent(new Event("sent"));
  }

  private state({ state, refusal, masterUrl }: Playback): void {
    const { strings } = this.setup;
    const words: Record<string, string | undefined> = {
      awaiting: this.file ? strings["awaiting"] : strings["fetching"],
      processing: strings["processing"],
      on_air: strings["playable"],
      ready: strings["complete"],
    };
    this.show("watch", Boolean(masterUrl));
    if (state === "refused") this.refuse(refusal);
    else this.say(words[state]);
    if (!this.sender) this.show("bytes", true);
  }

  private async pause(): Promise<void> {
    await this.sender?.pause();
    this.say(this.setup.strings["paused"]);
    this.part("bytes-left").textContent = "";
    this.show("pause", false);
    this.show("resume", true);
  }

  private resume(): void {
    this.part("error").hidden = true;
    this.show("close", false);
    this.show("pause", true);
    this.show("resume", false);
    if (this.sender) this.sender.start();
    else void this.send();
  }

  private async cancel(): Promise<void> {
    if (this.file) forget(fingerprint(this.file));
    await this.sender?.cancel();
    if (this.begun) await post(this.begun.cancelUrl, {}).catch(() => undefined);
    this.leave();
    this.dispatchEvent(new Event("sent"));
  }

  private leave(): void {
    this.root.remove();
    this.dispatchEvent(new Event("gone"));
  }

  /** For good: there is nothing to name any more, only to read why. */
  private refuse(text: string | undefined): void {
    this.fail(text);
    this.show("fields", false);
  }

  private fail(text: string | undefined): void {
    const box = this.part("error");
    box.textContent = text || (this.setup.strings["failed"] ?? "");
    box.hidden = false;
    this.say(this.setup.strings["refused"]);
    this.show("pause", false);
    this.show("cancel", this.unfinished);
    this.show("close", !this.unfinished);
    this.dispatchEvent(new Event("sent"));
  }

  private part<Part extends HTMLElement>(name: string): Part {
    return this.root.querySelector(`[data-${name}]`) as Part;
  }

  private on(name: string, act: () => unknown): void {
    this.part(name).addEventListener("click", () => void act());
  }

  private show(name: string, yes: boolean): void {
    this.part(name).hidden = !yes;
  }

  private say(text: string | undefined): void {
    this.part("bytes-words").textContent = text ?? "";
  }
}
