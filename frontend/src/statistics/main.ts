/** Draws the pictures of a page of statistics; every number in them also stands in its tables. */

import "uplot/dist/uPlot.min.css";

import { chartDays } from "./days";
import { numbersRead } from "./numbers";
import { chartRetention } from "./retention";

const numbers = numbersRead();
if (numbers) {
  for (const box of document.querySelectorAll<HTMLElement>("[data-chart]")) {
    const key = box.dataset["chart"];
    if (key === "retention") chartRetention(box, numbers);
    else chartDays(box, numbers, key === "hours" ? "hours" : "views");
  }
}
countriesName();

/** Write out the countries, in the language of the page. */
function countriesName(): void {
  const names = new Intl.DisplayNames([document.documentElement.lang], { type: "region" });
  for (const cell of document.querySelectorAll<HTMLElement>("[data-country]")) {
    const code = cell.dataset["country"] ?? "";
    try {
      cell.textContent = names.of(code) ?? code;
    } catch {
      // a code that nobody knows stays as it is
    }
  }
}
