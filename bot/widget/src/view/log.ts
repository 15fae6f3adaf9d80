// The transcript on the screen. It is a live log: what arrives is read aloud once, in order; history is not.

import { button, el } from "../dom";
import { icon } from "../icons";
import type { Message, Outgoing } from "../protocol";
import type { Fate } from "../screen";
import { words } from "../strings";
import { Choices } from "./choices";
import { message, numbered, ownMessage } from "./message";

const MARGIN = 12;

/** What the log asks of the rest. */
export interface LogActions {
  say(words: string, choice?: { message: number; index: number }): void;
  takeBack(words: string): void;
}

export class Log {
  readonly root: HTMLElement;
  private readonly below: HTMLButtonElement;
  private readonly scroll: HTMLElement;
  private lines = el("div", { class: "lines" });
  private pending = new Map<string, HTMLElement>();
  private texts = new Map<string, string>();
  private offers = new Map<number, Choices>();
  private isNewTurn = true;
  private isFollowed = true;
  private placed = 0;
  private turnStart: HTMLElement | null = null;

  constructor(private readonly actions: LogActions) {
    this.scroll = el("div", {
      class: "log",
      role: "log",
      "aria-live": "off",
      "aria-relevant": "additions",
      "aria-label": words.conversation,
      tabindex: "0",
      onscroll: () => this.scrolled(),
    });
    const below = { class: "below", hidden: true, onclick: () => this.toBottom() };
    this.below = button(below, icon("down"), el("span", {}, words.newBelow));
    this.root = el("div", { class: "talk" }, this.scroll, this.below);
    // A bar that appears, or the keyboard of a phone, must not hide what was just said.
    new ResizeObserver(() => this.isFollowed && this.reveal()).observe(this.scroll);
    this.clear();
  }

  /** An empty conversation. */
  clear(): void {
    this.lines = el("div", { class: "lines" });
    this.pending.clear();
    this.texts.clear();
    this.offers.clear();
    this.isNewTurn = true;
    this.turnStart = null;
    this.listen(false);
    this.scroll.replaceChildren(this.lines);
    this.showBelow(false);
  }

  /** From now on, or no more, what is added is read aloud. */
  listen(isLive: boolean): void {
    this.scroll.setAttribute("aria-live", isLive ? "polite" : "off");
  }

  /** The visitor's own words, before the server has them. */
  showOwn({ clientId, words: said }: Outgoing): void {
    if (this.pending.has(clientId)) return;
    const own = ownMessage(said);
    this.pending.set(clientId, own);
    this.texts.set(clientId, said);
    this.lines.append(own);
    this.follow(own);
  }

  /** What became of the visitor's own words. */
  mark(clientId: string, fate: Fate): void {
    const own = this.pending.get(clientId);
    if (!own) return;
    own.querySelector(".fate")?.remove();
    own.classList.toggle("unsent", fate === "queued" || fate === "refused");
    if (fate === "queued") own.append(el("p", { class: "fate" }, words.queued));
    if (fate === "refused") own.append(this.refusal(clientId));
    if (this.isFollowed) this.reveal();
  }

  /** One message of the transcript. */
  show(said: Message, isLive: boolean): void {
    if (said.author === "user") return this.showConfirmed(said);
    const made = message(said);
    if (said.choices.length) made.append(this.offer(said).root);
    this.insert(made);
    if (!isLive) return this.toBottom();
    // A person's lines come one at a time: each is a turn of its own.
    if (said.author === "adviser") this.turnStart = made;
    if (this.isFollowed) this.reveal();
    else this.showBelow(true);
  }

  /** Show the end. */
  toBottom(): void {
    this.place(this.scroll.scrollHeight);
    this.showBelow(false);
  }

  private offer(said: Message): Choices {
    if (this.isNewTurn) this.closeOffers();
    this.isNewTurn = false;
    const press = (index: number): void => {
      this.closeOffers(said.id);
      this.actions.say(said.choices[index] ?? "", { message: said.id, index });
    };
    const choices = new Choices(said.choices, press, numbered(said));
    this.offers.set(said.id, choices);
    return choices;
  }

  private closeOffers(except = -1): void {
    for (const [id, choices] of this.offers) if (id !== except) choices.close();
    this.offers.clear();
  }

  private showConfirmed(said: Message): void {
    const own = this.pending.get(said.clientId) ?? ownMessage(said.text);
    this.mark(said.clientId, "sent");
    this.pending.delete(said.clientId);
    this.texts.delete(said.clientId);
    this.insert(own);
    this.turnStart = own;
    this.isNewTurn = true;
    this.closeSaid(said);
  }

  // A choice pressed in another tab names itself; one that was typed is known by its words.
  private closeSaid({ clientId, text }: Message): void {
    const [, id, index] = /^choice:(\d+):(\d+)$/.exec(clientId) ?? [];
    for (const [offering, choices] of this.offers) {
      const rank = Number(id) === offering ? Number(index) : choices.rankOf(text);
      if (rank < 0) continue;
      choices.close(rank);
      return this.closeOffers();
    }
  }

  // What the server has comes before what it does not have yet.
  private insert(made: HTMLElement): void {
    const [firstPending] = this.pending.values();
    if (made.parentNode === this.lines && made.nextSibling === (firstPending ?? null)) return;
    this.lines.insertBefore(made, firstPending ?? null);
  }

  private refusal(clientId: string): HTMLElement {
    const back = button({ class: "link", onclick: () => this.actions.takeBack(this.texts.get(clientId) ?? "") });
    back.append(words.takeBack);
    return el("p", { class: "fate" }, words.refused, " ", back);
  }

  private follow(own: HTMLElement): void {
    this.turnStart = own;
    this.toBottom();
  }

  // A long answer is shown from its beginning, with the question above it.
  private reveal(): void {
    const end = this.scroll.scrollHeight - this.scroll.clientHeight;
    const start = this.turnStart ? this.turnStart.offsetTop - MARGIN : end;
    this.place(Math.min(end, Math.max(start, 0)));
    this.showBelow(!this.isAtBottom);
  }

  private place(top: number): void {
    this.scroll.scrollTop = top;
    this.placed = this.scroll.scrollTop;
    this.isFollowed = true;
  }

  // Who scrolls up to read again is left there.
  private scrolled(): void {
    if (Math.abs(this.scroll.scrollTop - this.placed) > 4) this.isFollowed = this.isAtBottom;
    if (this.isAtBottom) this.showBelow(false);
  }

  private get isAtBottom(): boolean {
    return this.scroll.scrollHeight - this.scroll.clientHeight - this.scroll.scrollTop < 40;
  }

  private showBelow(isShown: boolean): void {
    this.below.hidden = !isShown;
  }
}
