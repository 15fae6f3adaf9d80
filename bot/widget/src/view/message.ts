// One message as it is shown: who says it, its words, its files.

import { button, el, unseen } from "../dom";
import { icon } from "../icons";
import type { Attachment, Message } from "../protocol";
import { fill, words } from "../strings";
import { ELSEWHERE, elsewhere, laidOut } from "./rich_text";

const NUMBER = /^\d{1,2}\.\s+/;

/** What a visitor wrote, to the letter. */
export function ownMessage(text: string): HTMLElement {
  // Not live: nobody needs to be read what they have just written.
  return el("div", { class: "message user", "aria-live": "off" }, by(words.you), el("p", { class: "own bubble" }, text));
}

/** What somebody else said. */
export function message(said: Message): HTMLElement {
  const isNamed = said.author !== "bot";
  const author = authorOf(said);
  return el(
    "div",
    { class: `message ${said.author}` },
    isNamed ? el("p", { class: "author" }, author, unseen("\u00a0:")) : by(author),
    el("div", { class: "bubble" }, ...laidOut(withoutOffers(said))),
    ...said.files.map(fileButton),
    ...said.links.map(({ title, url }) => el("a", { class: "page", href: url, ...ELSEWHERE }, title, elsewhere())),
  );
}

/** Who says it, in words. */
export function authorOf(said: Message): string {
  if (said.author === "user") return words.you;
  if (said.author === "system") return words.information;
  if (said.author === "bot") return words.assistant;
  return said.authorName ? fill(words.adviserNamed, { name: said.authorName }) : words.adviser;
}

/** The choices' labels: with the number that may be typed instead, when the text gives one. */
export function numbered(said: Message): string[] {
  const lines = said.text.split("\n").map((line) => line.trim());
  return said.choices.map((title) => lines.find((line) => NUMBER.test(line) && line.replace(NUMBER, "") === title) ?? title);
}

/** Give the visitor a file made here. */
export function download(name: string, type: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// A numbered line that a choice repeats is shown once, as the choice, which keeps its number.
function withoutOffers(said: Message): string {
  const offered = new Set(numbered(said).filter((label) => NUMBER.test(label)));
  return said.text
    .split("\n")
    .filter((line) => !offered.has(line.trim()))
    .join("\n");
}

function by(author: string): HTMLElement {
  return unseen(`${author}\u00a0: `);
}

function fileButton(file: Attachment): HTMLElement {
  const isCalendar = file.type.startsWith("text/calendar");
  return button(
    { class: "file", onclick: () => download(file.name, file.type, file.content) },
    icon(isCalendar ? "calendar" : "down"),
    isCalendar ? words.calendar : fill(words.file, { name: file.name }),
  );
}
