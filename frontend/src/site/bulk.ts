/** A list of the studio or the desk: choosing a whole page at once, and how many are chosen. */

export function bulkBind(): void {
  const form = document.querySelector<HTMLFormElement>("[data-bulk]");
  const all = form?.querySelector<HTMLInputElement>("[data-bulk-all]");
  const count = form?.querySelector<HTMLOutputElement>("[data-bulk-count]");
  if (!form || !all || !count) return;
  const boxes = [...form.querySelectorAll<HTMLInputElement>(".listing__pick input[name]")];
  const show = (): void => {
    const chosen = boxes.filter(({ checked }) => checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    count.textContent = (count.dataset["words"] ?? "").replace("%(count)s", String(chosen));
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  show();
}
