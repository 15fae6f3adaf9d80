// The button that opens the assistant, with the count of what was said meanwhile.

import { button, el, say } from "../dom";
import { icon } from "../icons";
import { fill, words } from "../strings";

export class Launcher {
  readonly root: HTMLButtonElement;
  /** Says that something new is there while the assistant is folded. */
  readonly news = el("p", { class: "unseen", role: "status" });
  private readonly badge = el("span", { class: "badge", "aria-hidden": "true", hidden: true });
  private count = 0;
  private isDiscreet = false;

  constructor(open: () => void) {
    const label = el("span", { class: "label", "aria-hidden": "true" }, words.launcher);
    const properties = { class: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-controls": "panel" };
    this.root = button({ ...properties, onclick: open }, icon("chat"), label, this.badge);
    this.name();
  }

  focus(): void {
    this.root.focus();
  }

  discreet(isOn: boolean): void {
    this.isDiscreet = isOn;
    this.name();
  }

  /** One more unread; `isRead` forgets them all. */
  unread(isRead: boolean): void {
    this.count = isRead ? 0 : this.count + 1;
    this.badge.hidden = this.count === 0;
    say(this.badge, String(this.count));
    say(this.news, this.unreadWords());
    this.name();
  }

  private name(): void {
    const opens = this.isDiscreet ? words.openDiscreet : `${words.launcher} ${words.open}`;
    this.root.setAttribute("aria-label", [opens, this.unreadWords()].filter(Boolean).join(", "));
  }

  private unreadWords(): string {
    if (this.count < 2) return this.count ? words.unreadOne : "";
    return fill(words.unreadMany, { count: this.count });
  }
}
