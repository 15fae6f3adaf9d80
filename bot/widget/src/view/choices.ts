// What a message offers to press. A choice is pressed once, and stays readable afterwards.

import { button, el, unseen } from "../dom";
import { icon } from "../icons";
import { words } from "../strings";
import { kept } from "./rich_text";

export class Choices {
  readonly root: HTMLElement;
  private readonly buttons: HTMLButtonElement[];
  private isOpen = true;

  constructor(
    private readonly titles: readonly string[],
    private readonly press: (index: number) => void,
    labels: readonly string[] = titles,
  ) {
    this.buttons = labels.map((label, index) =>
      button({ class: "choice", onclick: (press) => this.pressed(index, (press as UIEvent).detail) }, el("span", {}, kept(label))),
    );
    this.root = el("div", { class: "choices", role: "group", "aria-label": words.choices }, ...this.buttons);
  }

  /** No more to press; `index` was pressed. */
  close(index = -1): void {
    this.isOpen = false;
    this.root.classList.add("closed");
    this.buttons.forEach((each, rank) => {
      // Not `disabled`: the focus would fall back to the top of the page.
      each.setAttribute("aria-disabled", "true");
      each.tabIndex = -1;
      if (rank === index) this.tick(each);
    });
  }

  /** The rank of the choice these words are; -1 when they are none. */
  rankOf(said: string): number {
    return this.titles.findIndex((title) => folded(title) === folded(said));
  }

  // The second press of a double click belongs to the first: what came under the pointer meanwhile was not chosen.
  private pressed(index: number, presses: number): void {
    if (!this.isOpen || presses > 1) return;
    this.close(index);
    this.press(index);
  }

  private tick(chosen: HTMLElement): void {
    chosen.classList.add("chosen");
    chosen.append(icon("check"), unseen(` (${words.chosen})`));
  }
}

function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
}
