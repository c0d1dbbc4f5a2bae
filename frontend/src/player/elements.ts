/** What the player's scripts add to the page: elements with a class and a text, never HTML. */

export function element<Kind extends keyof HTMLElementTagNameMap>(
  kind: Kind,
  name: string,
  text = "",
): HTMLElementTagNameMap[Kind] {
  const made = document.createElement(kind);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}

export function button(name: string, text: string, act: () => void): HTMLButtonElement {
  const made = element("button", name, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}
