/** Suggestions below the search box: a combobox with a list (WAI-ARIA), and "/" to get there. */

const REST_MS = 120;

export function searchBind(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-search]").forEach((form) => new SearchBox(form));
  document.addEventListener("keydown", slashFocus);
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-filters]")) {
    form.addEventListener("change", () => form.requestSubmit());
    form.addEventListener("submit", () => emptyLeaveOut(form));
  }
}

function slashFocus(event: KeyboardEvent): void {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if ((event.target as HTMLElement).closest("input, textarea, select, [contenteditable], dialog")) return;
  const inputs = document.querySelectorAll<HTMLInputElement>("form[data-search] input");
  const input = [...inputs].find((one) => one.checkVisibility());
  if (!input) return;
  event.preventDefault();
  input.focus();
  input.select();
}

/** An address says only what is asked. */
function emptyLeaveOut(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLSelectElement>("select")) {
    if (!field.value || field.value === "relevance") field.disabled = true;
  }
}

class SearchBox {
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly said: HTMLElement | null;
  private readonly known = new Map<string, string>();
  private typed = "";
  private at = -1;
  private timer = 0;
  private asking: AbortController | null = null;

  constructor(private readonly form: HTMLFormElement) {
    this.input = form.querySelector("input[type=search]") as HTMLInputElement;
    this.list = form.querySelector("[role=listbox]") as HTMLElement;
    this.said = form.querySelector("[data-search-count]");
    const { input, list } = this;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => {
      const option = (target as HTMLElement).closest<HTMLElement>("[role=option]");
      if (option) this.go(option);
    });
  }

  private get options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private wait(): void {
    this.typed = this.input.value;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(this.typed), REST_MS);
  }

  private async ask(text: string): Promise<void> {
    this.asking?.abort();
    if (text.trim().length < 2) return this.close();
    const known = this.known.get(text);
    if (known !== undefined) return this.show(known);
    this.asking = new AbortController();
    try {
      const url = `${this.form.dataset["search"]}?q=${encodeURIComponent(text)}`;
      const answer = await fetch(url, { signal: this.asking.signal });
      if (!answer.ok) return this.close();
      const html = await answer.text();
      this.known.set(text, html);
      if (text === this.input.value) this.show(html);
    } catch {
      // Gone on typing, or offline: the form still works.
    }
  }

  private show(html: string): void {
    this.list.innerHTML = html;
    this.at = -1;
    for (const option of this.options) option.id = `${this.list.id}-${option.id}`;
    const any = this.options.length > 0 && document.activeElement === this.input;
    this.list.hidden = !any;
    this.input.setAttribute("aria-expanded", String(any));
    this.input.removeAttribute("aria-activedescendant");
    if (this.said) this.said.textContent = any ? (this.said.dataset["words"] ?? "") : "";
  }

  private close(): void {
    window.clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.input.value = this.typed;
      return this.close();
    }
    if (event.key === "Enter" && this.at >= 0 && !this.list.hidden) {
      event.preventDefault();
      return this.go(this.options[this.at] as HTMLElement);
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) return void this.ask(this.input.value);
      this.move(event.key === "ArrowDown" ? 1 : -1);
    }
  }

  /** From the box through the options and back to the box. */
  private move(by: number): void {
    const { options } = this;
    const places = options.length + 1;
    this.at = ((this.at + 1 + by + places) % places) - 1;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === this.at)));
    const option = options[this.at];
    this.input.value = option?.dataset["text"] ?? this.typed;
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  private go(option: HTMLElement): void {
    location.assign(option.dataset["url"] ?? "/search");
  }
}
