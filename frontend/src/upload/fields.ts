/** Title and visibility, kept by themselves while the bytes travel. */

import { localValue, utcValue } from "../site/times";
import { type Begun, Refused, post } from "./setup";

const REST_MS = 700;
const TOUCHED = "touched";

/** Remember which fields people changed before the site had answered: what they typed stays. */
export function touchesNote(form: HTMLFormElement): void {
  form.addEventListener("input", ({ target }) => {
    (target as HTMLElement).dataset[TOUCHED] = "";
  });
}

export class Fields {
  private timer = 0;
  private chain = Promise.resolve();

  constructor(
    private readonly form: HTMLFormElement,
    private readonly begun: Begun,
    private readonly strings: Record<string, string>,
  ) {
    for (const name of ["title", "visibility"] as const) {
      const control = this.control(name);
      if (TOUCHED in control.dataset) this.later();
      else control.value = begun[name];
    }
    this.show();
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.show());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
  }

  private control(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement;
  }

  /** Show only what the chosen visibility asks for. */
  private show(): void {
    const visibility = this.control("visibility").value;
    for (const box of this.form.querySelectorAll<HTMLElement>("[data-for]")) {
      box.hidden = box.dataset["for"] !== visibility;
    }
    const moment = this.control("publish_at");
    if (visibility === "scheduled" && !moment.value) {
      moment.value = localValue(new Date(Date.now() + 86_400_000));
      this.later();
    }
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.save(), REST_MS);
  }

  private save(): void {
    clearTimeout(this.timer);
    this.chain = this.chain.then(() => this.send());
  }

  private async send(): Promise<void> {
    const moment = this.control("publish_at").value;
    const fields = {
      title: this.control("title").value,
      visibility: this.control("visibility").value,
      publish_at: moment ? utcValue(moment) : "",
      password: this.control("password").value,
    };
    if (fields.visibility === "password" && !fields.password) return;
    this.say(this.strings["saving"]);
    try {
      await post(this.begun.detailsUrl, fields);
      this.say(this.strings["saved"]);
    } catch (error) {
      const reason = error instanceof Refused ? error.message : "";
      this.say([this.strings["notSaved"], reason].filter(Boolean).join(": "));
      if (!(error instanceof Refused)) this.later();
    }
  }

  private say(text: string | undefined): void {
    const line = this.form.querySelector("[data-saved]");
    if (line) line.textContent = text ?? "";
  }
}
