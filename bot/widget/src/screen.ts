// Where a conversation is shown: what it tells, without knowing how it looks.

import type { Message, Outgoing, State } from "./protocol";

/** What becomes of the visitor's own words. */
export type Fate = "sending" | "queued" | "sent" | "refused";
export type Connection = "online" | "away";

export interface Screen {
  show(message: Message, isLive: boolean): void;
  showOwn(outgoing: Outgoing): void;
  mark(clientId: string, fate: Fate): void;
  connection(status: Connection): void;
  slowedDown(seconds: number): void;
  /** Who has the conversation, and the adviser's name when it is one. */
  state(state: State, authorName: string): void;
  writing(isWriting: boolean): void;
  /** The history is there: what comes next is new. */
  loaded(): void;
  /** The server no longer has this conversation; `isErased` when somebody asked for it. */
  gone(isErased: boolean): void;
}
