/** The player of a watch page or an embed, from its JSON block; what is rarely used comes when asked. */

import { tasteRead } from "./memory";
import { miniBind } from "./mini";
import { type Setup, setupRead } from "./playback";
import type { Player } from "./player";

const UNSEEN_MS = 250;

const setup = setupRead();
const root = document.querySelector<HTMLElement>("[data-player]");
if (setup && root) void begin(root, setup);

/**
 * Until the poster stands there the line and the processor are its own: the player comes behind it.
 * A page that nobody sees is never drawn (an embed far down another page): there it does not wait.
 */
async function begin(root: HTMLElement, setup: Setup): Promise<void> {
  const unseen = new Promise((done) => setTimeout(done, document.hidden ? 0 : UNSEEN_MS));
  await Promise.race([new Promise(requestAnimationFrame), unseen]);
  await new Promise((done) => setTimeout(done));
  const { playerBegin } = await import("./boot");
  const playing = playerBegin(root, setup);
  const { player } = playing;
  transcriptBind(player);
  nerdsBind(player);
  if (!setup.embedded) miniBind(player);
  else if (parent !== window) {
    void import("./embed_api").then(({ embedApiBind }) => embedApiBind(playing));
  }
}

/** The panel's script is fetched when it is opened, or was open on the page before. */
function transcriptBind(player: Player): void {
  const panel = document.querySelector<HTMLElement>("[data-transcript]");
  if (!panel) return;
  let made: Promise<{ toggle(): void }> | null = null;
  const toggle = (): void => {
    made ??= import("./transcript").then(({ Transcript }) => new Transcript(player, panel));
    void made.then((transcript) => transcript.toggle());
  };
  for (const button of document.querySelectorAll<HTMLElement>("[data-transcript-open]")) {
    button.hidden = false;
    button.addEventListener("click", toggle);
  }
  if (tasteRead().transcript) toggle();
}

function nerdsBind(player: Player): void {
  let made: Promise<{ toggle(): void }> | null = null;
  const toggle = (): void => {
    made ??= import("./nerds").then(({ Nerds }) => new Nerds(player));
    void made.then((nerds) => nerds.toggle());
  };
  player.addEventListener("nerds", toggle);
  for (const button of document.querySelectorAll<HTMLElement>("[data-nerds-open]")) {
    button.hidden = false;
    button.addEventListener("click", toggle);
  }
}

/** The playlist beside the player shows the video that plays. */
function queueShow(): void {
  const queue = document.querySelector<HTMLElement>("[data-queue]");
  const now = queue?.querySelector<HTMLElement>("[aria-current]");
  if (queue && now) queue.scrollTop = now.offsetTop - queue.clientHeight / 3;
}

queueShow();
