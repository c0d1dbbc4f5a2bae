/** Sends one file by tus 1.0, and goes on after whatever interrupts it. */

import { type DetailedError, Upload } from "tus-js-client";

import { ChecksumStack } from "./checksum";
import { type Begun, type Setup, post } from "./setup";

// A piece counts once its checksum is right: what is lost by an interruption is at most this.
const PIECE_BYTES = 8 * 1024 * 1024;
const RETRIES_MS = [0, 1000, 2000, 4000, 8000, 15_000, ...Array<number>(60).fill(30_000)];
const SPEED_OVER_MS = 8000;
const TICKET_STATUS = [401, 403];
const RETRY_STATUS = [0, 409, 423, 429, 460];

/** Events: `bytes`, `done`, `lost`, `failed` (detail: text). */
export class Sender extends EventTarget {
  doneBytes = 0;
  private readonly upload: Upload;
  private readonly past: [number, number][] = [];
  private ticket: string;
  private renewing: Promise<void> | null = null;
  private waits = false;
  private readonly online = (): void => void this.hurry();

  constructor(
    readonly file: File,
    private readonly begun: Begun,
    setup: Setup,
    resumed: boolean,
  ) {
    super();
    this.ticket = begun.ticket;
    this.upload = new Upload(file, {
      endpoint: setup.tusUrl,
      uploadUrl: resumed ? `${setup.tusUrl}/${begun.upload}` : null,
      chunkSize: PIECE_BYTES,
      retryDelays: RETRIES_MS,
      storeFingerprintForResuming: false,
      metadata: { filename: file.name, filetype: file.type },
      httpStack: new ChecksumStack(),
      onBeforeRequest: async (request) => {
        await this.renewing;
        request.setHeader("Antenne-Ticket", this.ticket);
      },
      onShouldRetry: (error) => this.retry(error as DetailedError),
      onProgress: (sent) => this.progress(sent),
      onSuccess: () => {
        this.stop();
        this.dispatchEvent(new Event("done"));
      },
      onError: (error) => {
        this.stop();
        this.dispatchEvent(new CustomEvent("failed", { detail: messageOf(error as DetailedError) }));
      },
    });
  }

  start(): void {
    this.past.length = 0;
    addEventListener("online", this.online);
    this.upload.start();
  }

  async pause(): Promise<void> {
    this.stop();
    await this.upload.abort();
  }

  /** The network is back: go on now rather than when the pause between two attempts is over. */
  private async hurry(): Promise<void> {
    if (!this.waits) return;
    this.waits = false;
    await this.upload.abort();
    this.start();
  }

  private stop(): void {
    this.waits = false;
    removeEventListener("online", this.online);
  }

  /** Give up, and let the bytes that have arrived be deleted. */
  async cancel(): Promise<void> {
    this.stop();
    await this.upload.abort(true).catch(() => undefined); // the site deletes them all the same
  }

  /** Bytes a second over the last moments; 0 while nobody can tell. */
  get speedBps(): number {
    const [first, last] = [this.past[0], this.past[this.past.length - 1]];
    if (!first || !last || last[0] - first[0] < 500) return 0;
    return ((last[1] - first[1]) * 1000) / (last[0] - first[0]);
  }

  private progress(sent: number): void {
    const now = performance.now();
    this.doneBytes = sent;
    this.waits = false;
    this.past.push([now, sent]);
    while (this.past[0] && now - this.past[0][0] > SPEED_OVER_MS) this.past.shift();
    this.dispatchEvent(new Event("bytes"));
  }

  private retry(error: DetailedError): boolean {
    const status = error.originalResponse?.getStatus() ?? 0;
    const ticket = TICKET_STATUS.includes(status);
    if (ticket) this.renewing = this.renew();
    const again = ticket || status >= 500 || RETRY_STATUS.includes(status);
    this.waits = again;
    if (again) this.dispatchEvent(new Event("lost"));
    return again;
  }

  private async renew(): Promise<void> {
    const fresh = await post<Begun>(this.begun.ticketUrl, {}).catch(() => null);
    if (fresh) this.ticket = fresh.ticket;
    this.renewing = null;
  }
}

function messageOf(error: DetailedError): string {
  const body = error.originalResponse?.getBody() ?? "";
  return body.length > 0 && body.length < 200 && !body.includes("<") ? body : "";
}
