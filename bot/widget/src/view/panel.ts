// The window of the assistant: its parts, its opening and closing. On a phone it is a modal of the whole screen,
// elsewhere a window beside the page, which stays usable.

import { button, el, say } from "../dom";
import { icon } from "../icons";
import type { State } from "../protocol";
import { fill, words } from "../strings";

const PHONE = "(max-width: 30em), (max-height: 26em)";

/** The parts of the window, top to bottom. */
export interface Parts {
  menuOpener: HTMLElement;
  menu: HTMLElement;
  banner: HTMLElement;
  talk: HTMLElement;
  activity: HTMLElement;
  hold: HTMLElement;
  composer: HTMLElement;
  help: HTMLElement;
}

export class Panel {
  readonly root: HTMLDialogElement;
  private readonly title = el("h2", { id: "title", tabindex: "-1" });
  private readonly who = el("p", { class: "who" });
  private readonly phone = matchMedia(PHONE);
  private state: State = "bot";
  private adviser = "";
  private isDiscreet = false;
  private isInPage = false;

  constructor(parts: Parts, minimise: (() => void) | null, leave: () => void) {
    const { menuOpener, menu, banner, talk, activity, hold, composer, help } = parts;
    const fold = { class: "tool", title: words.minimise, "aria-label": words.minimise };
    const tools = el(
      "div",
      { class: "tools" },
      button({ class: "leave", title: words.leaveHelp, onclick: leave }, icon("leave"), el("span", {}, words.leave)),
      menuOpener,
      minimise && button({ ...fold, onclick: minimise }, icon("minimise")),
    );
    this.root = el(
      "dialog",
      { class: "panel", id: "panel", "aria-labelledby": "title" },
      el("header", {}, this.title, tools, this.who),
      menu,
      banner,
      talk,
      activity,
      hold,
      composer,
      help,
    );
    this.phone.addEventListener("change", () => this.isOpen && !this.isInPage && this.changePlace());
    this.root.addEventListener("cancel", (event) => event.preventDefault());
    this.names();
  }

  get isOpen(): boolean {
    return this.root.open;
  }

  /** Show the window; the focus moves only where the browser must hold it. */
  open(): void {
    if (this.isOpen) return;
    if (this.phone.matches) this.root.showModal();
    else this.root.open = true;
  }

  /** As part of a page rather than over it. */
  openInPage(): void {
    this.isInPage = true;
    this.root.classList.add("in-page");
    this.root.open = true;
  }

  close(): void {
    if (this.isOpen) this.root.close();
  }

  /** A first place to read from, that brings no keyboard up on a phone. */
  focusTitle(): void {
    this.title.focus();
  }

  /** Who answers now. */
  talksWith(state: State, adviser: string): void {
    this.state = state;
    this.adviser = adviser;
    this.names();
  }

  discreet(isOn: boolean): void {
    this.isDiscreet = isOn;
    this.names();
  }

  private names(): void {
    const taglines = {
      bot: this.isDiscreet ? words.taglineDiscreet : words.tagline,
      waiting: words.taglineWaiting,
      human: this.adviser ? fill(words.taglineNamed, { name: this.adviser }) : words.taglineHuman,
      closed: words.taglineClosed,
    };
    say(this.title, this.isDiscreet ? words.titleDiscreet : words.title);
    say(this.who, taglines[this.state]);
  }

  private changePlace(): void {
    const focused = (this.root.getRootNode() as ShadowRoot).activeElement;
    this.root.close();
    this.open();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
