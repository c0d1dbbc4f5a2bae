/** A card's moving preview is loaded once the pointer rests on it, unless motion or data are spared. */

const REST_MS = 250;

export function previewsBind(): void {
  const spare = matchMedia("(prefers-reduced-motion: reduce), (prefers-reduced-data: reduce)");
  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch" || spare.matches) return;
    const card = (target as HTMLElement).closest(".card");
    const preview = card?.querySelector<HTMLImageElement>("[data-preview]:not([src])");
    if (!card || !preview) return;
    setTimeout(() => {
      if (card.matches(":hover")) preview.src = preview.dataset["preview"] ?? "";
    }, REST_MS);
  });
}
