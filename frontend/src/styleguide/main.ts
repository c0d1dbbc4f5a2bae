/** The style guide's living parts: every token with its value, and every icon. */

const SAMPLED: Record<string, RegExp> = {
  Colour: /^--(paper|ink|rule|accent|on-accent|alarm|night|veil)/,
  Type: /^--(type|font)/,
  Space: /^--(space|gutter|edge|page|measure|touch)/,
  Shape: /^--(radius|lift)/,
  Motion: /^--(quick|steady|slow|ease)/,
  Layers: /^--z-/,
};

function tokensShow(): void {
  const box = document.querySelector<HTMLElement>("[data-tokens]");
  if (!box) return;
  const names = [...new Set(tokenNames())];
  const kindOfName = (name: string): string =>
    Object.entries(SAMPLED).find(([, names]) => names.test(name))?.[0] ?? "Other";
  const titles = [...new Set(names.map(kindOfName))];
  const own = (title: string): string[] => names.filter((name) => kindOfName(name) === title);
  box.replaceChildren(...titles.map((title) => kindOf(title, own(title))));
}

/** Return the custom properties of `:root`, as the style sheets of the page list them. */
function tokenNames(): string[] {
  const found: string[] = [];
  const read = (rules: CSSRuleList): void => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule && rule.selectorText === ":root") {
        found.push(...Array.from(rule.style).filter((name) => name.startsWith("--")));
      } else if (rule instanceof CSSLayerBlockRule) read(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) read(sheet.cssRules);
  return found;
}

function kindOf(title: string, names: string[]): HTMLElement {
  const box = document.createElement("div");
  const list = document.createElement("ul");
  list.className = "guide__kind";
  list.append(...names.map((name) => tokenOf(name, title)));
  box.append(worded("h3", title), list);
  return box;
}

function tokenOf(name: string, kind: string): HTMLElement {
  const row = document.createElement("li");
  row.className = "guide__token";
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  row.append(sampleOf(name, kind), worded("code", name), worded("span", value));
  return row;
}

/** Return a sample that uses the token as a component does. */
function sampleOf(name: string, kind: string): HTMLElement {
  const sample = worded("span", kind === "Type" ? "Aa" : "");
  sample.className = "guide__sample";
  sample.setAttribute("aria-hidden", "true");
  const value = `var(${name})`;
  const { style } = sample;
  if (kind === "Colour") style.background = value;
  else if (name.startsWith("--type")) style.fontSize = value;
  else if (name.startsWith("--font")) style.fontFamily = value;
  else if (name.startsWith("--radius")) style.borderRadius = value;
  else if (name.startsWith("--lift")) style.boxShadow = value;
  else if (kind === "Space") style.setProperty("--shown", value);
  sample.dataset["kind"] = kind;
  return sample;
}

function worded(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function iconsShow(): void {
  const list = document.querySelector("[data-icons]");
  list?.replaceChildren(
    ...Array.from(document.querySelectorAll("symbol"), ({ id }) => {
      const row = document.createElement("li");
      row.innerHTML = `<svg class="icon" aria-hidden="true"><use href="#${id}"/></svg>`;
      row.append(id.replace("i-", ""));
      return row;
    }),
  );
}

tokensShow();
iconsShow();
