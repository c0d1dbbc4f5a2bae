/** The share dialog: copying, starting at the moment reached, the system's own sheet. */

export function shareBind(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-copy]")) {
    button.addEventListener("click", () => void copy(button));
  }
  const link = document.querySelector<HTMLInputElement>("[data-share-base]");
  const moment = document.querySelector<HTMLInputElement>("[data-share-moment]");
  const shown = document.querySelector("[data-share-time]");
  if (!link || !moment || !shown) return;
  const base = link.dataset["shareBase"] ?? "";
  const update = (): void => {
    const atS = Math.floor(document.querySelector("video")?.currentTime ?? 0);
    shown.textContent = `${Math.floor(atS / 60)}:${String(atS % 60).padStart(2, "0")}`;
    link.value = moment.checked && atS ? `${base}?t=${atS}` : base;
  };
  moment.addEventListener("change", update);
  document.querySelector("[data-dialog=share]")?.addEventListener("click", update);
  const native = document.querySelector<HTMLElement>("[data-share-native]");
  if (native && "share" in navigator) {
    native.hidden = false;
    native.addEventListener("click", () => {
      navigator.share({ title: document.title, url: link.value }).catch(() => undefined);
    });
  }
}

async function copy(button: HTMLElement): Promise<void> {
  const field = document.querySelector<HTMLInputElement>(`#${button.dataset["copy"]}`);
  if (!field) return;
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // pages without HTTPS have no clipboard
  }
  button.dataset["done"] = "true";
}
