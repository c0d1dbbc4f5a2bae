// Uploads a file as a browser's client would: node tus_js_client.mjs '{"module", "endpoint", ...}'.
import { createReadStream } from "node:fs";
import { pathToFileURL } from "node:url";

const options = JSON.parse(process.argv[2]);
const { Upload } = await import(pathToFileURL(options.module).href);
const reports = { retries: 0, aborted: false };

const upload = new Upload(createReadStream(options.file), {
  endpoint: options.endpoint,
  headers: { "Antenne-Ticket": options.ticket },
  metadata: { filename: "film.mp4" },
  chunkSize: options.chunkSize ?? 1024 * 1024,
  parallelUploads: options.parallel ?? 1,
  retryDelays: [0, 200, 1000, 3000],
  onShouldRetry: () => {
    reports.retries += 1;
    return true;
  },
  onError: (error) => {
    console.log(JSON.stringify({ ...reports, error: String(error) }));
    process.exit(1);
  },
  onSuccess: () => {
    console.log(JSON.stringify({ ...reports, url: upload.url }));
    process.exit(0);
  },
});
upload.start();
