/** Moments in forms: the server speaks UTC, people see their own time. */

export function timesBind(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("input[data-utc]")) {
    if (input.value) input.value = localValue(new Date(`${input.value}Z`));
    const label = document.querySelector(`label[for="${input.id}"]`);
    if (label) label.textContent = (label.textContent ?? "").replace(/\s*\(UTC\)/, "");
    input.form?.addEventListener("formdata", ({ formData }) => {
      if (input.value) formData.set(input.name, utcValue(input.value));
    });
  }
}

/** Return a moment as a `datetime-local` field of this time zone shows it. */
export function localValue(moment: Date): string {
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** Return what a `datetime-local` field says, in UTC. */
export function utcValue(local: string): string {
  return new Date(local).toISOString().slice(0, 16);
}
