// The options: a button that unfolds a short list of buttons.

import { button, el } from "../dom";
import { icon } from "../icons";
import { words } from "../strings";

/** What the options do; each is called once its list is folded again. */
export interface MenuActions {
  print(): void;
  save(): void;
  discreet(isOn: boolean): void;
  keep(isOn: boolean): void;
  restart(): void;
  erase(): void;
}

export class Menu {
  readonly opener: HTMLButtonElement;
  readonly root: HTMLElement;

  constructor(actions: MenuActions, isDiscreet: boolean, isKept: boolean, notice: string) {
    this.opener = button(
      { class: "tool", title: words.menu, "aria-label": words.menu, "aria-expanded": "false", "aria-controls": "options" },
      icon("menu"),
    );
    this.opener.addEventListener("click", () => this.toggle(!this.isOpen));
    const items = [
      this.item(words.print, () => actions.print()),
      this.item(words.save, () => actions.save()),
      this.toggled(words.discreet, isDiscreet, (isOn) => actions.discreet(isOn)),
      this.toggled(words.keep, isKept, (isOn) => actions.keep(isOn)),
      this.item(words.restart, () => actions.restart()),
      this.item(words.erase, () => actions.erase()),
      notice && el("a", { href: notice, target: "_blank", rel: "noopener" }, words.notice),
    ];
    const list = items.filter(Boolean).map((item) => el("li", {}, item));
    this.root = el("ul", { class: "menu", id: "options", hidden: true }, ...list);
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  /** Unfold or fold; the focus goes to the first option, or back to the button. */
  toggle(isOpen: boolean): void {
    this.root.hidden = !isOpen;
    this.opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) this.root.querySelector("button")?.focus();
    else this.opener.focus();
  }

  private item(name: string, act: () => void): HTMLButtonElement {
    return button({ onclick: () => (this.toggle(false), act()) }, name);
  }

  private toggled(name: string, isOn: boolean, act: (isOn: boolean) => void): HTMLButtonElement {
    const made = button({ "aria-pressed": String(isOn) }, name, icon("check"));
    made.addEventListener("click", () => {
      const wanted = made.getAttribute("aria-pressed") !== "true";
      made.setAttribute("aria-pressed", String(wanted));
      this.toggle(false);
      act(wanted);
    });
    return made;
  }
}
