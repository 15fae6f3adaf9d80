// What is said about the connection and the turn in progress: one place each, read aloud without moving the focus.

import { button, el, say } from "../dom";
import type { Connection } from "../screen";
import { fill, words } from "../strings";

const SECONDS_SHOWN = 4;
const SECONDS_BEFORE_SLOW = 20;

/** The connection: silent while all is well. */
export class Banner {
  readonly root: HTMLElement;
  private readonly text = el("span", { role: "status" });
  private readonly again: HTMLButtonElement;
  private wasAway = false;
  private timer = 0;

  constructor(retry: () => void) {
    this.again = button({ onclick: retry, hidden: true }, words.retry);
    this.root = el("div", { class: "banner" }, this.text, this.again);
  }

  connection(status: Connection): void {
    if (status === "away") this.tell(words.away, true);
    else if (this.wasAway) this.tellBriefly(words.back);
    this.wasAway = status === "away";
  }

  /** Sending waits this long. */
  slowedDown(seconds: number): void {
    this.tellBriefly(fill(words.tooFast, { seconds }), seconds);
  }

  tellBriefly(text: string, seconds = SECONDS_SHOWN): void {
    this.tell(text, false);
    this.timer = window.setTimeout(() => this.tell("", false), seconds * 1000);
  }

  private tell(text: string, isAway: boolean): void {
    clearTimeout(this.timer);
    this.again.hidden = !isAway;
    this.root.classList.toggle("away", isAway);
    say(this.text, text);
  }
}

/** The assistant writes, and says so when it is long. */
export class Activity {
  readonly root: HTMLElement;
  private readonly text = el("span");
  private timer = 0;

  constructor() {
    const dots = el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.root = el("p", { class: "activity", role: "status" }, dots, this.text);
  }

  writing(isWriting: boolean): void {
    clearTimeout(this.timer);
    this.root.classList.toggle("on", isWriting);
    say(this.text, isWriting ? words.typing : "");
    if (isWriting) this.timer = window.setTimeout(() => this.slow(), SECONDS_BEFORE_SLOW * 1000);
  }

  private slow(): void {
    this.root.classList.remove("on");
    say(this.text, words.slow);
  }
}
