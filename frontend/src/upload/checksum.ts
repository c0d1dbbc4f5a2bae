/** Sends the SHA-256 of every piece along, where the browser lets us count it (HTTPS or localhost). */

import { DefaultHttpStack, type HttpRequest, type HttpStack } from "tus-js-client";

async function digest(piece: Blob): Promise<string> {
  const sum = await crypto.subtle.digest("SHA-256", await piece.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(sum)));
}

/** tus's own requests, each PATCH with its `Upload-Checksum`. */
export class ChecksumStack implements HttpStack {
  private readonly plain = new DefaultHttpStack({});

  createRequest(method: string, url: string): HttpRequest {
    const request = this.plain.createRequest(method, url);
    if (method !== "PATCH" || !globalThis.crypto?.subtle) return request;
    const send = request.send.bind(request);
    request.send = async (body: unknown) => {
      if (body instanceof Blob) {
        request.setHeader("Upload-Checksum", `sha256 ${await digest(body)}`);
      }
      return send(body);
    };
    return request;
  }

  getName(): string {
    return "ChecksumStack";
  }
}
