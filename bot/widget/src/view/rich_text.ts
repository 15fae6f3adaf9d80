// The assistant's and advisers' plain text laid out: paragraphs, lists, and safe links. A visitor's own words are never
// laid out, and nothing is ever read as markup.

import { el, unseen } from "../dom";
import { words } from "../strings";

const ITEM = /^(?:[•-]|(\d{1,2})\.)\s+(.+)$/;
const SOURCE = /^Sources?\s*:/;
const LINK = new RegExp(
  [
    "https://[^\\s<>\"«»]+",
    "(?:[a-z0-9-]+\\.)+(?:fr|org)(?:/[^\\s<>\"«»]*)?",
    "0[1-9](?:[\\s.]?\\d\\d){4}(?!\\d)",
    "(?:\\ble\\s)(?:3\\d{3}|11[2-9])(?!\\d)",
  ].join("|"),
  "gi",
);

/** A link that leaves the page where it is. */
export const ELSEWHERE = { target: "_blank", rel: "noopener noreferrer" };

/** Says so to who does not see it. */
export function elsewhere(): HTMLElement {
  return unseen(` ${words.opensElsewhere}`);
}

/** The blocks of a text. */
export function laidOut(text: string): HTMLElement[] {
  const blocks: HTMLElement[] = [];
  for (const line of kept(text).split("\n").map((each) => each.trim())) {
    const item = ITEM.exec(line);
    if (item) listFor(blocks, item[1]).append(el("li", item[1] ? { value: item[1] } : {}, ...linked(item[2] ?? "")));
    else if (line) blocks.push(el("p", { class: SOURCE.test(line) ? "source" : undefined }, ...linked(line)));
  }
  return blocks;
}

/** The text with the spaces that must not end a line: before high punctuation, inside quotes, after a number. */
export function kept(text: string): string {
  const joined = text.replace(/ (?=[;:!?»]|(?:h|km|min|€)(?!\p{L}))/gu, "\u00a0");
  return joined.replace(/« /g, "«\u00a0").replace(/(\d\u00a0h) (?=\d)/g, "$1\u00a0");
}

function listFor(blocks: HTMLElement[], number: string | undefined): HTMLElement {
  const last = blocks[blocks.length - 1];
  const tag = number ? "ol" : "ul";
  if (last?.localName === tag) return last;
  const made = el(tag);
  blocks.push(made);
  return made;
}

function linked(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    const shown = found[0].replace(/[.,;:!?)]+$/, "");
    const before = text[found.index - 1] ?? " ";
    // The end of an e-mail address or of a longer number is no link.
    if (/[\w@.-]/.test(before)) continue;
    parts.push(text.slice(from, found.index), ...link(shown));
    from = found.index + shown.length;
  }
  return [...parts, text.slice(from)];
}

function link(shown: string): (Node | string)[] {
  const lead = /^le\s/i.exec(shown)?.[0] ?? "";
  const rest = shown.slice(lead.length);
  if (/^\d/.test(rest)) return [lead, el("a", { href: `tel:${rest.replace(/\D/g, "")}` }, rest)];
  const href = /^https:/i.test(rest) ? rest : `https://${rest}`;
  return [el("a", { href, ...ELSEWHERE }, rest.replace(/^https:\/\//i, ""), elsewhere())];
}
