/** Opens dialogs, closes them and menus when one clicks beside, and lets toasts go. */

const TOAST_MS = 5000;

export function dialogsBind(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-dialog]")) {
    button.hidden = false;
    button.addEventListener("click", () => dialogOf(button.dataset["dialog"])?.showModal());
  }
  document.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLDialogElement) target.close();
    (target as Element).closest("[data-toast-close]")?.closest(".toast")?.remove();
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("[data-menu][open]")) {
      const inside = menu.contains(target as Node);
      if (!inside || (target as HTMLElement).closest(".menu__item")) menu.open = false;
    }
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  const passing = document.querySelectorAll("[data-toasts] .toast:not(.toast--alarm)");
  setTimeout(() => passing.forEach((toast) => toast.remove()), TOAST_MS);
}

function dialogOf(id: string | undefined): HTMLDialogElement | null {
  return id ? document.querySelector<HTMLDialogElement>(`dialog#${id}`) : null;
}
