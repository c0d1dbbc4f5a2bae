/** The bell counts along: one page of the browser listens and tells the others. */

const CHANNEL = "antenne-bell";

export function bellBind(): void {
  const bell = document.querySelector<HTMLElement>("[data-bell]");
  const url = bell?.dataset["events"];
  if (!bell || !url || !("locks" in navigator)) return;
  const others = new BroadcastChannel(CHANNEL);
  others.onmessage = ({ data }) => ring(bell, Number(data));
  // Connections to the edge are few where it speaks HTTP/1.1: all pages together take one.
  void navigator.locks.request(CHANNEL, () => {
    const events = new EventSource(url);
    events.addEventListener("notice", (event) => {
      const { by } = JSON.parse((event as MessageEvent<string>).data) as { by: number };
      others.postMessage(by);
      ring(bell, by);
    });
    return new Promise<never>(() => undefined);
  });
}

/** Count one more or, where a colleague was faster, less; none where all was read elsewhere. */
function ring(bell: HTMLElement, by: number): void {
  const count = by ? Math.max(0, Number(bell.dataset["count"]) + by) : 0;
  bell.dataset["count"] = String(count);
  const badge = bell.querySelector<HTMLElement>("[data-bell-count]");
  const shown = bell.querySelector("[data-bell-number]");
  if (!badge || !shown) return;
  shown.textContent = String(Math.min(count, 99));
  badge.hidden = !count;
}
