/** Forms marked `data-guard`: says that something is not saved, and asks before the page is left. */

export function guardBind(): void {
  const forms = [...document.querySelectorAll<HTMLFormElement>("form[data-guard]")];
  if (!forms.length) return;
  const changed = new Set<HTMLFormElement>();
  for (const form of forms) {
    const note = form.querySelector<HTMLElement>("[data-guard-note]");
    const change = (): void => {
      changed.add(form);
      if (note) note.hidden = false;
    };
    form.addEventListener("input", change);
    if (form.querySelector("[aria-invalid=true], .notice--alarm")) change(); // what was refused is not kept
    form.addEventListener("submit", () => changed.delete(form));
  }
  addEventListener("beforeunload", (event) => {
    if (changed.size) event.preventDefault();
  });
}
