/** A form that was refused comes back with the first field that is to be mended in sight, under the hand. */

const TO_MEND = "main form [aria-invalid=true]:not([type=hidden])";

export function refusedShow(): void {
  const field = document.querySelector<HTMLElement>(TO_MEND);
  if (!field) return;
  const fold = field.closest("details");
  if (fold) fold.open = true;
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "center" });
}
