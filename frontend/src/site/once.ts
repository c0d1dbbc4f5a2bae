/** A form that was sent is not sent again by a second, impatient press. */

const AGAIN_MS = 8000;

export function onceBind(): void {
  const sent = new WeakSet<HTMLFormElement>();
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    // What scripts send (htmx, a playlist's order) is theirs to look after.
    if (event.defaultPrevented || form.method !== "post") return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    form.setAttribute("aria-busy", "true");
    // A file that is fetched leaves the page where it is.
    setTimeout(() => again(form), AGAIN_MS);
    addEventListener("pageshow", () => again(form), { once: true });
  });

  function again(form: HTMLFormElement): void {
    sent.delete(form);
    form.removeAttribute("aria-busy");
  }
}
