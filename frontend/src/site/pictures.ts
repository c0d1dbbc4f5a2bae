/** A picture that cannot be had leaves its ground, or the poster's, instead of a broken frame. */

export function picturesBind(): void {
  // What fails does not bubble; a picture may have failed before this script ran.
  document.addEventListener("error", ({ target }) => lost(target), { capture: true });
  for (const picture of document.images) {
    const begun = picture.loading !== "lazy" && picture.src;
    if (begun && picture.complete && !picture.naturalWidth) lost(picture);
  }
}

function lost(target: EventTarget | null): void {
  if (!(target instanceof HTMLImageElement) || target.alt) return;
  if (target.closest(".card__picture, .player, .avatar")) target.hidden = true;
}
