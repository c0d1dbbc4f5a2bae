/** What the server says beside an action (`HX-Trigger: said`) appears as a toast. */

const TOAST_MS = 5000;

export function saidBind(): void {
  document.addEventListener("said", (event) => {
    const { words } = (event as CustomEvent<{ words?: string }>).detail;
    if (words) say(words);
  });
}

export function say(words: string): void {
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = words;
  document.querySelector("[data-toasts]")?.append(toast);
  setTimeout(() => toast.remove(), TOAST_MS);
}
