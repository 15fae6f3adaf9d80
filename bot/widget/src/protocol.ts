// What the web channel sends (docs/web-channel.md), read with care: whatever has another shape is left out.

export type Author = "user" | "bot" | "adviser" | "system";
export type State = "bot" | "waiting" | "human" | "closed";

/** A file that comes with a message, such as an appointment's calendar entry. */
export interface Attachment {
  name: string;
  type: string;
  content: string;
}

/** A page of ours that goes with a message. */
export interface PageLink {
  title: string;
  url: string;
}

/** A time kept for the visitor: its end, and the words that ask for longer, when one may. */
export interface Hold {
  until: number;
  renew: string;
}

/** One line of the transcript; times are milliseconds. */
export interface Message {
  id: number;
  author: Author;
  text: string;
  at: number;
  clientId: string;
  authorName: string;
  choices: string[];
  files: Attachment[];
  links: PageLink[];
  hold: Hold | null;
  /** A question's answer: it interrupts a journey and ends nothing. */
  isAside: boolean;
}

/** What a visitor sends: words, or the choice (message, index) that stands for them. */
export interface Outgoing {
  clientId: string;
  words: string;
  choice?: { message: number; index: number };
}

export type Json = Record<string, unknown>;

/** A message, or nothing when it is not one. */
export function readMessage(given: unknown): Message | null {
  if (!isObject(given) || typeof given.id !== "number") return null;
  const extras = isObject(given.extras) ? given.extras : {};
  return {
    id: given.id,
    author: readAuthor(given.author),
    text: text(given.text),
    at: Date.parse(text(given.at)) || Date.now(),
    clientId: text(given.client_id),
    authorName: text(extras.author_name),
    choices: list(given.choices).map((choice) => text(isObject(choice) ? choice.title : choice)),
    files: list(extras.attachments).filter(isFile),
    links: list(extras.links).filter(isLink),
    hold: readHold(extras.hold),
    isAside: Boolean(extras.entry),
  };
}

/** Who has the conversation; the assistant when it is not said. */
export function readState(given: unknown): State {
  return given === "waiting" || given === "human" || given === "closed" ? given : "bot";
}

export function isObject(given: unknown): given is Json {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

export function list(given: unknown): unknown[] {
  return Array.isArray(given) ? given : [];
}

export function text(given: unknown): string {
  return typeof given === "string" ? given : "";
}

function readAuthor(given: unknown): Author {
  return given === "user" || given === "adviser" || given === "system" ? given : "bot";
}

function readHold(given: unknown): Hold | null {
  const until = isObject(given) ? Date.parse(text(given.until)) : Number.NaN;
  return isObject(given) && !Number.isNaN(until) ? { until, renew: text(given.renew) } : null;
}

// Never `javascript:` nor `data:`.
function isLink(given: unknown): given is PageLink {
  return isObject(given) && text(given.title) !== "" && /^https?:\/\//i.test(text(given.url));
}

function isFile(given: unknown): given is Attachment {
  return isObject(given) && [given.name, given.type, given.content].every((part) => typeof part === "string");
}
