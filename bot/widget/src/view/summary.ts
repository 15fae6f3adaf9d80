// What a person takes away: their appointments first, then the exchange, printed or saved on their device.

import { el } from "../dom";
import type { Message } from "../protocol";
import { fill, words } from "../strings";
import { authorOf, download } from "./message";

/** Print it, and only it: the page around stays out of the paper. */
export function printSummary(said: readonly Message[], where: ParentNode): void {
  const frame = el("iframe", { class: "paper", title: words.summaryTitle, "aria-hidden": "true", tabindex: "-1" });
  where.append(frame);
  const paper = frame.contentWindow;
  if (!paper) return;
  const page = paper.document;
  page.documentElement.lang = "fr";
  page.title = words.summaryTitle;
  page.body.append(...lines(said).map(([tag, text]) => node(page, tag, text)));
  paper.addEventListener("afterprint", () => frame.remove());
  paper.focus();
  paper.print();
}

/** Save it as a text file. */
export function saveSummary(said: readonly Message[]): void {
  const text = lines(said).map(([tag, line]) => (tag === "p" ? line : `\n${line.toUpperCase()}\n`));
  download(`${words.summaryFile}-${new Date().toISOString().slice(0, 10)}.txt`, "text/plain;charset=utf-8", text.join("\n"));
}

type Line = ["h1" | "h2" | "p", string];

function lines(said: readonly Message[]): Line[] {
  const booked = said.filter((each) => each.files.length);
  return [
    ["h1", words.summaryTitle],
    ["p", fill(words.summaryMadeOn, { date: new Date().toLocaleDateString("fr-FR", { dateStyle: "long" }) })],
    ["p", words.summaryNote],
    ...(booked.length ? [["h2", words.summaryBookings] as Line] : []),
    ...booked.map((each): Line => ["p", each.text]),
    ["h2", words.summaryTalk],
    ...said.map((each): Line => ["p", `${authorOf(each)}\u00a0: ${each.text}`]),
  ];
}

function node(page: Document, tag: string, text: string): HTMLElement {
  const made = page.createElement(tag);
  for (const [rank, line] of text.split("\n").entries()) {
    if (rank) made.append(page.createElement("br"));
    made.append(line);
  }
  return made;
}
