/** Every page: dialogs, theme, previews, copying, lists that go on. Nothing here is needed to read. */

import "../styles/site.css";
import htmx from "htmx.org";

import { bulkBind } from "./bulk";
import { dialogsBind } from "./dialogs";
import { choicesBind } from "./choices";
import { foldsBind } from "./fold";
import { communityBind } from "./community";
import { glyphsBind } from "./glyphs";
import { guardBind } from "./guard";
import { onceBind } from "./once";
import { keptTake } from "../player/mini";
import { picturesBind } from "./pictures";
import { placesShow } from "./places";
import { previewsBind } from "./previews";
import { refusedShow } from "./refused";
import { searchBind } from "./search";
import { shareBind } from "./share";
import { themeBind } from "./theme";
import { timesBind } from "./times";
import { writtenBind } from "./written";

// What our policy allows: no styles in the page, no words as code, nothing from elsewhere.
Object.assign(htmx.config, { includeIndicatorStyles: false, allowEval: false, selfRequestsOnly: true });

bulkBind();
dialogsBind();
choicesBind();
foldsBind();
glyphsBind();
communityBind();
guardBind();
onceBind();
picturesBind();
placesShow();
previewsBind();
searchBind();
shareBind();
themeBind();
timesBind();
writtenBind();
refusedShow();

/** The studio's choice of a moment; its panel is fetched again while a picture is taken. */
function momentLook(): void {
  const form = document.querySelector<HTMLFormElement>("[data-moment]:not([data-bound])");
  if (!form) return;
  form.dataset["bound"] = "true";
  void import("./moment").then(({ momentBind }) => momentBind(form));
}

momentLook();
document.addEventListener("htmx:afterSettle", momentLook);

if (document.querySelector("[data-passkey], [data-passkey-only]")) {
  void import("../account/passkeys").then(({ passkeysBind }) => passkeysBind());
}

/** A playlist that its reader may order. */
function orderLook(): void {
  const list = document.querySelector<HTMLElement>("[data-order]");
  if (!list) return;
  void import("./order").then(({ Order }) => {
    const order = new Order(list);
    document.addEventListener("htmx:afterSettle", () => order.show());
  });
}

orderLook();

const premiere = document.querySelector<HTMLElement>("[data-premiere]");
if (premiere) void import("./premiere").then(({ premiereBind }) => premiereBind(premiere));

/** A video that played on the page before goes on in a corner of this one. */
const kept = document.querySelector("[data-player]") ? null : keptTake();
if (kept) void import("../player/mini_page").then(({ miniOpen }) => miniOpen(kept));
