/** The upload page: takes files and addresses, sends two at a time, and shows what becomes of them. */

import { fill } from "../player/words";
import { Item } from "./item";
import { pickBind } from "./pick";
import { type Begun, type Setup, Refused, channelChosen, post, setupRead } from "./setup";
import { forget, keptAll } from "./store";

const AT_ONCE = 2;

const root = document.querySelector<HTMLElement>("[data-upload]");
if (root) begin(root);

function begin(page: HTMLElement): void {
  const setup = setupRead();
  const list = page.querySelector("[data-items]");
  const waiting: Item[] = [];
  const sending = new Set<Item>();

  const next = (): void => {
    while (sending.size < AT_ONCE) {
      const item = waiting.shift();
      if (!item) return;
      sending.add(item);
      void item.send();
    }
  };

  const add = (item: Item): void => {
    page.classList.add("upload--busy");
    list?.append(item.root);
    item.addEventListener("sent", () => {
      sending.delete(item);
      next();
    });
  };

  pickBind(page, (files) => {
    for (const file of setup.replace ? files.slice(0, 1) : files) {
      const item = new Item(setup, file.name, file);
      add(item);
      waiting.push(item);
    }
    next();
  });

  importBind(page, setup, (begun) => {
    const item = new Item(setup, begun.title, null);
    add(item);
    item.follow(begun);
  });

  unfinishedShow(page, setup.strings["again"] ?? "");
  addEventListener("beforeunload", (event) => {
    if ([...sending].some((item) => item.unfinished)) event.preventDefault();
  });
}

function importBind(page: HTMLElement, setup: Setup, began: (begun: Begun) => void): void {
  const form = page.querySelector<HTMLFormElement>("[data-import]");
  let asking = false;
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (asking) return;
    asking = true;
    const field = form.elements.namedItem("url") as HTMLInputElement;
    const fault = form.querySelector("[data-import-error]");
    const asked = post<Begun>(setup.importUrl, { url: field.value, channel: channelChosen() });
    asked.then(
      (begun) => {
        field.value = "";
        if (fault) fault.textContent = "";
        began(begun);
      },
      (error: unknown) => {
        const words = error instanceof Refused ? error.message : "";
        if (fault) fault.textContent = words || (setup.strings["failed"] ?? "");
      },
    );
    void asked.catch(() => undefined).then(() => (asking = false));
  });
}

/** Uploads of an earlier visit cannot read their file again by themselves: say which to choose. */
function unfinishedShow(page: HTMLElement, words: string): void {
  for (const [print, { name }] of keptAll()) {
    const note = document.createElement("p");
    note.className = "notice notice--live";
    note.append(fill(words, { name }));
    const close = document.createElement("button");
    close.type = "button";
    close.className = "link-button";
    close.textContent = "×";
    close.addEventListener("click", () => {
      forget(print);
      note.remove();
    });
    note.append(close);
    page.querySelector("[data-drop]")?.after(note);
  }
}
