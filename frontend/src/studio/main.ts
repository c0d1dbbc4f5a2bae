/** What is edited beside a video: each page fetches its own part. */

const rows = document.querySelector<HTMLFormElement>("form[data-rows]");
if (rows) void import("./rows").then(({ rowsBind }) => rowsBind(rows));

const cut = document.querySelector<HTMLFormElement>("form[data-cut]");
if (cut) void import("./cut").then(({ cutBind }) => cutBind(cut));

const cues = document.querySelector<HTMLFormElement>("form[data-cues]");
if (cues) void import("./cues").then(({ cuesBind }) => cuesBind(cues));
