/** Long texts show their beginning and a button for the rest; without scripts they stand whole. */

const LEAST_HIDDEN_PX = 48;

export function foldsBind(): void {
  for (const text of document.querySelectorAll<HTMLElement>("[data-fold]:not([data-folded])")) {
    text.dataset["folded"] = "true";
    if (text.scrollHeight - text.clientHeight > LEAST_HIDDEN_PX) buttonAdd(text);
    else text.dataset["folded"] = "never";
  }
}

function buttonAdd(text: HTMLElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  const show = (): void => {
    const folded = text.dataset["folded"] === "true";
    button.textContent = (folded ? text.dataset["more"] : text.dataset["less"]) ?? "";
    button.setAttribute("aria-expanded", String(!folded));
  };
  button.addEventListener("click", () => {
    text.dataset["folded"] = text.dataset["folded"] === "true" ? "false" : "true";
    show();
  });
  // A link inside what is hidden would take the focus out of sight.
  text.addEventListener("focusin", () => {
    text.dataset["folded"] = "false";
    show();
  });
  show();
  text.after(button);
}
