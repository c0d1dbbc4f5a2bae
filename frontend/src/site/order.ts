/** Ordering a playlist by hand: drag by the grip, or press up and down; each move is one request. */

import { say } from "./said";

interface Drag {
  item: HTMLElement;
  startY: number;
  from: Element | null;
}

/** One list whose items carry `data-item`, a grip, and forms to move and to take out. */
export class Order {
  private drag: Drag | null = null;

  constructor(private readonly list: HTMLElement) {
    list.addEventListener("pointerdown", (event) => this.take(event));
    list.addEventListener("pointermove", (event) => this.carry(event));
    list.addEventListener("pointerup", () => void this.put());
    list.addEventListener("pointercancel", () => this.back());
    list.addEventListener("submit", (event) => void this.pressed(event));
    list.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.back();
    });
    this.show();
  }

  /** Show the grips: also of items that came later. */
  show(): void {
    for (const grip of this.list.querySelectorAll<HTMLElement>("[data-grip]")) grip.hidden = false;
  }

  private items(): HTMLElement[] {
    return Array.from(this.list.querySelectorAll<HTMLElement>("[data-item]"));
  }

  private take(event: PointerEvent): void {
    const grip = (event.target as HTMLElement).closest("[data-grip]");
    const item = grip?.closest<HTMLElement>("[data-item]");
    if (!item || event.button > 0) return;
    event.preventDefault();
    this.list.setPointerCapture(event.pointerId);
    item.dataset["dragged"] = "true";
    this.drag = { item, startY: event.clientY + scrollY, from: item.nextElementSibling };
  }

  private carry(event: PointerEvent): void {
    const { drag } = this;
    if (!drag) return;
    this.scroll(event.clientY);
    const at = event.clientY;
    const over = this.items().find((item) => {
      const { top, bottom } = item.getBoundingClientRect();
      return item !== drag.item && at >= top && at <= bottom;
    });
    if (over) {
      const { top, height } = over.getBoundingClientRect();
      const below = at > top + height / 2;
      const place = below ? over.nextElementSibling : over;
      if (place !== drag.item && place !== drag.item.nextElementSibling) {
        const before = drag.item.offsetTop;
        this.list.insertBefore(drag.item, place);
        drag.startY += drag.item.offsetTop - before;
      }
    }
    drag.item.style.translate = `0 ${event.clientY + scrollY - drag.startY}px`;
  }

  /** Near an edge of the window, the page comes to meet the hand. */
  private scroll(clientY: number): void {
    const edge = 60;
    if (clientY < edge) scrollBy(0, clientY - edge);
    else if (clientY > innerHeight - edge) scrollBy(0, clientY - innerHeight + edge);
  }

  private async put(): Promise<void> {
    const { drag } = this;
    this.drag = null;
    if (!drag) return;
    this.release(drag.item);
    if (drag.item.nextElementSibling === drag.from) return;
    if (!(await this.send(drag.item))) this.list.insertBefore(drag.item, drag.from);
  }

  private back(): void {
    if (!this.drag) return;
    this.release(this.drag.item);
    this.list.insertBefore(this.drag.item, this.drag.from);
    this.drag = null;
  }

  private release(item: HTMLElement): void {
    item.style.translate = "";
    delete item.dataset["dragged"];
  }

  private async pressed(event: SubmitEvent): Promise<void> {
    const form = event.target as HTMLFormElement;
    const item = form.closest<HTMLElement>("[data-item]");
    if (!item) return;
    event.preventDefault();
    if (form.matches("[data-drop]")) {
      await this.out(item, form);
      return;
    }
    const button = event.submitter as HTMLButtonElement;
    const items = this.items();
    const to = items.indexOf(item) + (button.value === "up" ? -1 : 1);
    const other = items[to];
    if (!other) return;
    const from = item.nextElementSibling;
    this.list.insertBefore(item, button.value === "up" ? other : other.nextElementSibling);
    button.focus();
    if (!(await this.send(item))) this.list.insertBefore(item, from);
  }

  private async out(item: HTMLElement, form: HTMLFormElement): Promise<void> {
    const near = (item.nextElementSibling ?? item.previousElementSibling) as HTMLElement | null;
    if (!(await posted(form.action, new FormData(form)))) return this.failed();
    near?.querySelector<HTMLElement>("[data-drop] button")?.focus();
    item.remove();
  }

  /** Tell the site behind which item this one stands now; false where it would not have it. */
  private async send(item: HTMLElement): Promise<boolean> {
    const form = item.querySelector<HTMLFormElement>("[data-move]");
    const before = item.previousElementSibling as HTMLElement | null;
    if (!form) return false;
    const body = new FormData(form);
    body.set("after", before?.dataset["item"] ?? "");
    const done = await posted(form.action, body);
    const words = this.said().dataset["words"] ?? "";
    const number = String(this.items().indexOf(item) + 1);
    if (done) this.said().textContent = words.replace("%(number)s", number);
    else this.failed();
    return done;
  }

  private said(): HTMLElement {
    return document.querySelector("[data-order-said]") as HTMLElement;
  }

  /** What goes back to its place says why, to everybody. */
  private failed(): void {
    say(this.said().dataset["failed"] ?? "");
  }
}

async function posted(url: string, body: FormData): Promise<boolean> {
  // Who is signed out is told so (401), not led to a page that looks like success.
  const headers = { "X-Requested-With": "fetch", Accept: "application/json" };
  return fetch(url, { method: "POST", body, headers }).then(
    ({ ok }) => ok,
    () => false,
  );
}
