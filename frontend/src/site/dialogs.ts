/** Opens dialogs, closes them and menus when one clicks beside, and lets toasts go. */

const TOAST_MS = 5000;

export function dialogsBind(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-dialog]")) {
    button.hidden = false;
    button.addEventListener("click", () => dialogOf(button.dataset["dialog"])?.showModal());
  }
  // Words that are selected up to beyond its edge do not close a dialog: a press begins beside it, too.
  let pressed: EventTarget | null = null;
  document.addEventListener("pointerdown", ({ target }) => (pressed = target));
  document.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLDialogElement && target === pressed) target.close();
    (target as Element).closest("[data-toast-close]")?.closest(".toast")?.remove();
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("[data-menu][open]")) {
      const inside = menu.contains(target as Node);
      if (!inside || (target as HTMLElement).closest(".menu__item")) menu.open = false;
    }
  });
  document.addEventListener("keydown", menuKey);
  document.addEventListener("focusin", ({ target }) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("[data-menu][open]")) {
      if (!menu.contains(target as Node)) menu.open = false;
    }
  });
  const passing = document.querySelectorAll("[data-toasts] .toast:not(.toast--alarm)");
  setTimeout(() => passing.forEach((toast) => toast.remove()), TOAST_MS);
}

/** Arrows walk an open menu; Escape closes it and gives the focus back. */
function menuKey(event: KeyboardEvent): void {
  const { key, target } = event;
  const menus = document.querySelectorAll<HTMLDetailsElement>("[data-menu][open]");
  if (key === "Escape") {
    for (const menu of menus) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  }
  const menu = Array.from(menus).find((one) => one.contains(target as Node));
  if (!menu || !["ArrowDown", "ArrowUp", "Home", "End"].includes(key)) return;
  const items = Array.from(menu.querySelectorAll<HTMLElement>(".menu__item:not([hidden])"));
  const at = items.indexOf(target as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[key] ?? 0;
  items.at(next === items.length ? 0 : next)?.focus();
  event.preventDefault();
}

function dialogOf(id: string | undefined): HTMLDialogElement | null {
  return id ? document.querySelector<HTMLDialogElement>(`dialog#${id}`) : null;
}
