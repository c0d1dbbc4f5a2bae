/** What the server says beside an action (`HX-Trigger: said`) appears as a toast. */

const TOAST_MS = 5000;

export function saidBind(): void {
  document.addEventListener("said", (event) => {
    const { words } = (event as CustomEvent<{ words?: string }>).detail;
    if (words) say(words);
  });
  for (const name of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(name, (event) => lost((event as CustomEvent<Lost>).detail));
  }
}

interface Lost {
  requestConfig: { verb: string };
}

/** What a person has sent and nobody has taken is not passed over; what a page asks by itself is. */
function lost({ requestConfig }: Lost): void {
  const words = document.querySelector<HTMLElement>("[data-toasts]")?.dataset["lost"];
  if (words && requestConfig.verb !== "get") say(words);
}

export function say(words: string): void {
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = words;
  document.querySelector("[data-toasts]")?.append(toast);
  setTimeout(() => toast.remove(), TOAST_MS);
}
