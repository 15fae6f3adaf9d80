// How long the chosen time is still kept: shown, announced before its end, and renewable when it may be.

import { button, el, say } from "../dom";
import type { Hold, Message } from "../protocol";
import { fill, words } from "../strings";

const WARNED_AT_SECONDS = 120;

export class HoldBar {
  readonly root: HTMLElement;
  private readonly left = el("span", { "aria-hidden": "true" });
  private readonly spoken = el("span", { class: "unseen", role: "status" });
  private readonly renew: HTMLButtonElement;
  private timer = 0;
  private endsAt = 0;
  private isWarned = false;
  private asks = "";

  constructor(ask: (words: string) => void) {
    this.renew = button({ onclick: () => ask(this.asks) }, words.holdRenew);
    this.root = el("div", { class: "hold", hidden: true }, this.left, this.spoken, this.renew);
  }

  /** The bar follows the last turn: an answer given aside leaves it, any other line without a hold ends it. */
  follow(said: Message, clockAhead: number): void {
    if (said.hold) this.start(said.hold, clockAhead);
    else if (said.author === "bot" && !said.isAside) this.stop();
  }

  stop(): void {
    clearInterval(this.timer);
    this.root.hidden = true;
    say(this.spoken, "");
  }

  private start(hold: Hold, clockAhead: number): void {
    clearInterval(this.timer);
    this.endsAt = hold.until + clockAhead;
    this.asks = hold.renew;
    this.isWarned = false;
    this.renew.hidden = !hold.renew;
    this.root.hidden = false;
    say(this.spoken, "");
    this.timer = window.setInterval(() => this.tick(), 1000);
    this.tick();
  }

  private tick(): void {
    const seconds = Math.ceil((this.endsAt - Date.now()) / 1000);
    if (seconds <= 0) return this.over();
    const minutes = Math.ceil(seconds / 60);
    say(this.left, fill(seconds > 60 ? words.holdMinutes : words.holdSeconds, { minutes, seconds }));
    this.root.classList.toggle("soon", seconds <= WARNED_AT_SECONDS);
    if (seconds <= WARNED_AT_SECONDS && !this.isWarned) say(this.spoken, fill(words.holdSoon, { minutes }));
    this.isWarned ||= seconds <= WARNED_AT_SECONDS;
  }

  private over(): void {
    clearInterval(this.timer);
    this.renew.hidden = true;
    say(this.left, words.holdOver);
    say(this.spoken, words.holdOver);
  }
}
