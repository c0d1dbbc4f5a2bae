/** What the page hands to the uploader: the JSON block `#upload`, and the site's answers. */

export interface Setup {
  tusUrl: string;
  beginUrl: string;
  importUrl: string;
  replace: string;
  sizeMaxBytes: number;
  strings: Record<string, string>;
}

/** One upload that may begin or go on. */
export interface Begun {
  upload: string;
  video: string;
  title: string;
  visibility: string;
  state: string;
  ticket: string;
  ticketUrl: string;
  cancelUrl: string;
  detailsUrl: string;
  watchUrl: string;
  editUrl: string;
  playbackUrl: string;
  eventsUrl: string;
}

export function setupRead(): Setup {
  return JSON.parse(document.getElementById("upload")?.textContent ?? "{}") as Setup;
}

/** Into which channel: chosen on the page by whoever has several, else left to the site. */
export function channelChosen(): string {
  return document.querySelector<HTMLSelectElement>("[data-channel]")?.value ?? "";
}

/** The site said no; the message is in the person's language where it gave one. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** Post fields to the site and read its JSON. Throws `Refused`, or TypeError where it is away. */
export async function post<Answer>(url: string, fields: Record<string, string>): Promise<Answer> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token() },
    body: new URLSearchParams(fields),
    credentials: "same-origin",
  });
  const body: unknown = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(messageOf(body), answer.status);
  return body as Answer;
}

/** The cookie knows the token of the present session; the page only that of its own. */
function token(): string {
  const kept = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  return kept ?? document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
}

function messageOf(body: unknown): string {
  const { error, errors } = body as { error?: string; errors?: Record<string, string[]> };
  return error ?? Object.values(errors ?? {})[0]?.[0] ?? "";
}
