/** What the page hands to the player: the JSON block `#playback`, also answered by playback.json. */

export interface Caption {
  language: string;
  label: string;
  url: string;
}

export interface Chapter {
  startMs: number;
  title: string;
}

export interface Rung {
  name: string;
  /** As people name it: `720p`, or the language of a sound track. */
  label: string;
  doneMs: number;
  totalMs: number;
  state: string;
}

export type State = "awaiting" | "processing" | "on_air" | "ready" | "refused" | "removed";

export interface Playback {
  id: string;
  state: State;
  /** Signed address of everything of this video; replaced as a whole when it has run out. */
  prefix: string;
  masterUrl: string;
  playbackUrl: string;
  posterUrl: string;
  storyboardUrl: string;
  captions: Caption[];
  chapters: Chapter[];
  durationMs: number;
  /** Whether better qualities, or the rest of this one, are still being made. */
  growing: boolean;
  rungs: Rung[];
  eventsUrl: string;
  /** Unix seconds; 0 where the prefix never runs out. */
  expiresS: number;
  refusal: string;
}

/** A video to go on with. */
export interface Next {
  url: string;
  title: string;
  channel: string;
  posterUrl: string;
  durationMs: number;
}

export interface Setup extends Playback {
  title: string;
  channel: string;
  watchUrl: string;
  next: Next | null;
  previousUrl: string;
  /** Whether what is next belongs to a playlist, which goes on by itself. */
  listed: boolean;
  /** What must be asked before it plays; empty where nothing must. */
  gate: string;
  /** What the person has said in their account; a stranger's browser remembers by itself. */
  autoplayNext: boolean;
  dataSaver: boolean;
  startS: number;
  /** Where this person left it, on whatever device; 0 where nowhere. */
  resumeS?: number;
  autoplay: boolean;
  muted: boolean;
  embedded: boolean;
  /** In a corner of a page that is about something else. */
  mini?: boolean;
  /** The site around an embed; media are asked for in its name, for the network bill. */
  partner?: string;
  /** Where and with which ticket to say what was watched; empty where nobody listens. */
  beacon?: { url: string; ticket: string };
  strings: Record<string, string>;
}

/** Read the JSON block of the page, or nothing where the page has no player. */
export function setupRead(): Setup | null {
  const block = document.getElementById("playback");
  return block?.textContent ? (JSON.parse(block.textContent) as Setup) : null;
}

/** The video is not to be watched any more by this person; `status` says why. */
export class PlaybackRefused extends Error {
  constructor(readonly status: number) {
    super(`playback ${status}`);
  }
}

/** Ask the site for fresh addresses. Throws `PlaybackRefused`, or TypeError where it is away. */
export async function playbackFetch(url: string): Promise<Playback> {
  const answer = await fetch(url, {
    headers: { Accept: "application/json" },
    credentials: "same-origin",
    cache: "no-store",
  });
  if (!answer.ok) throw new PlaybackRefused(answer.status);
  return (await answer.json()) as Playback;
}
