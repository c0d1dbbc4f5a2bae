/** Every page: dialogs, theme, previews, copying, lists that go on. Nothing here is needed to read. */

import "../styles/site.css";
import "htmx.org";

import { dialogsBind } from "./dialogs";
import { choicesBind } from "./choices";
import { previewsBind } from "./previews";
import { shareBind } from "./share";
import { themeBind } from "./theme";
import { timesBind } from "./times";

dialogsBind();
choicesBind();
previewsBind();
shareBind();
themeBind();
timesBind();

const moment = document.querySelector<HTMLFormElement>("[data-moment]");
if (moment) void import("./moment").then(({ momentBind }) => momentBind(moment));
