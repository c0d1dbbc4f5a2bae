/** Shows a field only while the choice it belongs to is made: `data-with` names the choice's value (or values). */

export function choicesBind(): void {
  const fields = document.querySelectorAll<HTMLInputElement>("[data-with]");
  for (const field of fields) {
    const row = field.closest<HTMLElement>(".field");
    const form = field.form;
    if (!row || !form) continue;
    const show = (): void => {
      const chosen = Array.from(form.querySelectorAll("select"), ({ value }) => value);
      row.hidden = !(field.dataset["with"] ?? "").split(" ").some((value) => chosen.includes(value));
    };
    form.addEventListener("change", show);
    show();
  }
}
