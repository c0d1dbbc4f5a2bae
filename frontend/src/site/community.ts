/** Comments, likes and what answers under the finger. Everything here also works without scripts. */

import { bellBind } from "./bell";
import { saidBind } from "./said";

const SOON_MS = 300;

export function communityBind(): void {
  saidBind();
  bellBind();
  document.addEventListener("submit", likePress, true);
  document.addEventListener("htmx:afterSettle", settle);
  document.addEventListener("htmx:afterRequest", sent);
  document.addEventListener("htmx:sendError", likeUndo);
  document.addEventListener("htmx:responseError", likeUndo);
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event as CustomEvent<{ xhr: XMLHttpRequest; shouldSwap: boolean }>;
    if (detail.xhr.status === 404) detail.shouldSwap = false;
  });
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.closest("[data-comment-cancel]")) target.closest("form")?.remove();
    const stamp = target.closest<HTMLElement>("[data-stamp]");
    if (stamp) stampWrite(stamp);
  });
  settle();
  liveBind();
}

/** A like answers at once; the server's button replaces it with what is true. */
function likePress({ target }: Event): void {
  if (!(target instanceof HTMLFormElement) || !("like" in target.dataset)) return;
  const button = target.querySelector<HTMLButtonElement>("button");
  const count = target.querySelector<HTMLElement>("[data-count]");
  const wish = target.querySelector<HTMLInputElement>("[name=on]");
  if (!button || !count || !wish) return;
  target.dataset["before"] = count.textContent;
  button.setAttribute("aria-pressed", wish.value === "1" ? "true" : "false");
  const before = Number(count.dataset["count"]);
  const after = Math.max(0, before + (wish.value === "1" ? 1 : -1));
  if (before < 999) countShow(count, after);
}

/** A like that did not get through is none. */
function likeUndo({ target }: Event): void {
  if (!(target instanceof HTMLFormElement) || !("like" in target.dataset)) return;
  const wish = target.querySelector<HTMLInputElement>("[name=on]");
  const count = target.querySelector<HTMLElement>("[data-count]");
  target.querySelector("button")?.setAttribute("aria-pressed", String(wish?.value !== "1"));
  if (count) count.textContent = target.dataset["before"] ?? "";
}

/** What scripts add to parts of a page that have just come: cancelling, the moment, the focus. */
function settle(event?: Event): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-comment-cancel][hidden]")) {
    button.hidden = false;
  }
  const playing = document.querySelector("[data-player] video") !== null;
  for (const button of document.querySelectorAll<HTMLElement>("[data-stamp][hidden]")) {
    button.hidden = !playing;
  }
  const target = event?.target;
  if (target instanceof HTMLElement) {
    const field = target.matches(".comment__slot") ? target.querySelector("textarea") : null;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }
}

/** A form that was accepted is emptied, or goes; a button that has opened something is not needed. */
function sent(event: Event): void {
  const { detail } = event as CustomEvent<{
    elt: HTMLElement;
    successful: boolean;
    xhr: XMLHttpRequest;
  }>;
  const { elt, successful, xhr } = detail;
  if (!successful) return;
  if ("opens" in elt.dataset) elt.dataset["opened"] = "true";
  if (!(elt instanceof HTMLFormElement) || !("commentForm" in elt.dataset)) return;
  if (xhr.getResponseHeader("HX-Retarget") || xhr.status === 204) return;
  if ("once" in elt.dataset) elt.remove();
  else {
    elt.reset();
    elt.querySelector("textarea")?.blur();
  }
}

/** Write the moment that plays now into the comment. */
function stampWrite(button: HTMLElement): void {
  const field = button.closest("form")?.querySelector("textarea");
  const video = document.querySelector<HTMLVideoElement>("[data-player] video:not(.player__video--standby)");
  if (!field || !video) return;
  const gap = field.value && !/\s$/.test(field.value) ? " " : "";
  field.value += `${gap}${momentOf(Math.floor(video.currentTime))} `;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

function momentOf(atS: number): string {
  const [hours, minutes, seconds] = [Math.floor(atS / 3600), Math.floor(atS / 60) % 60, atS % 60];
  const two = (number: number): string => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** The numbers of comments and likes are live; new comments are offered, not pushed in. */
function liveBind(): void {
  const section = document.querySelector<HTMLElement>("[data-comments]");
  if (!section) return;
  let own = 0;
  section.addEventListener("htmx:beforeRequest", (event) => {
    const { elt } = (event as CustomEvent<{ elt: HTMLElement }>).detail;
    if (elt.matches("form")) own = Date.now();
  });
  const commented = ({ count = 0, by = 0 }: Numbers): void => {
    setTimeout(() => heard(section, count, by, Date.now() - own < 3000), SOON_MS);
  };
  // On a watch page it is the player that listens.
  document.addEventListener("antenne:comments", (event) => commented((event as CustomEvent).detail));
  document.addEventListener("antenne:likes", (event) => liked((event as CustomEvent).detail));
  const url = section.dataset["eventsUrl"];
  if (url) listenBind(section, url, { comments: commented, likes: liked });
}

type Numbers = Record<string, number>;

/** Listen while the comments are in sight. */
function listenBind(section: HTMLElement, url: string, acts: Record<string, (said: Numbers) => void>): void {
  let events: EventSource | null = null;
  let inSight = false;
  const listen = (): void => {
    const wanted = inSight && !document.hidden;
    if (!wanted) {
      events?.close();
      events = null;
    } else if (!events) {
      events = new EventSource(url);
      for (const [kind, act] of Object.entries(acts)) {
        events.addEventListener(kind, ({ data }: MessageEvent<string>) => act(JSON.parse(data) as Numbers));
      }
    }
  };
  new IntersectionObserver(([entry]) => {
    inSight = Boolean(entry?.isIntersecting);
    listen();
  }).observe(section);
  document.addEventListener("visibilitychange", listen);
}

/** The number of likes of a video or post, on its own page. */
function liked({ count = 0 }: Numbers): void {
  const shown = document.querySelector<HTMLElement>(
    ":is(.watch__head, .post-page > .post) [data-like] [data-count]",
  );
  if (!shown || count >= 1000) return;
  shown.dataset["count"] = String(count);
  countShow(shown, count);
}

/** Write a number of likes; a large button without any says what it is for. */
function countShow(shown: HTMLElement, count: number): void {
  const button = shown.closest("button");
  const word = button?.matches(".button--small") ? "" : button?.querySelector(".unseen")?.textContent.trim();
  shown.textContent = count ? String(count) : (word ?? "");
}

function heard(section: HTMLElement, count: number, by: number, own: boolean): void {
  const shown = section.querySelector<HTMLElement>("[data-comments-count]");
  if (shown && count < 1000) shown.textContent = String(count);
  const fresh = section.querySelector<HTMLElement>("[data-comments-fresh]");
  if (fresh && by > 0 && !own) fresh.hidden = false;
}
