// Where the visitor writes. What is typed is kept at every key; faults are said in words beside the field.

import { button, el, say } from "../dom";
import { icon } from "../icons";
import { fill, words } from "../strings";

const LONGEST = 1000;
const WARNED_UNDER = 100;

export class Composer {
  readonly root: HTMLFormElement;
  private readonly field: HTMLTextAreaElement;
  private readonly remark: HTMLElement;

  constructor(
    draft: string,
    private readonly send: (text: string) => void,
    private readonly onDraft: (text: string) => void,
  ) {
    this.remark = el("p", { class: "remark", id: "remark", role: "status" });
    this.field = el("textarea", {
      id: "field",
      rows: 1,
      maxlength: LONGEST,
      autocomplete: "off",
      "aria-describedby": "remark hint",
      oninput: () => this.changed(),
      onkeydown: (event) => this.onKey(event as KeyboardEvent),
    });
    this.field.value = draft;
    this.root = el(
      "form",
      { class: "composer", novalidate: true, onsubmit: (event) => this.submit(event) },
      el("label", { for: "field" }, words.label),
      el("p", { class: "unseen", id: "hint" }, words.hint),
      el("div", { class: "row" }, this.field, this.sendButton()),
      this.remark,
    );
  }

  focus(): void {
    this.field.focus();
  }

  /** Put a text back, after what is already typed. */
  takeBack(text: string): void {
    this.field.value = [this.field.value, text].filter(Boolean).join("\n").slice(0, LONGEST);
    this.changed();
    this.focus();
  }

  clear(): void {
    this.field.value = "";
    this.changed();
  }

  /** The field takes the height of its text; only possible once it is on the screen. */
  fit(): void {
    this.field.rows = 1;
    const line = Number.parseFloat(getComputedStyle(this.field).lineHeight) || 24;
    const lines = Math.round((this.field.scrollHeight - line / 2) / line);
    this.field.rows = Math.min(Math.max(lines, 1), 5);
  }

  private sendButton(): HTMLElement {
    return el("button", { type: "submit", class: "send", title: words.send, "aria-label": words.send }, icon("send"));
  }

  private onKey(event: KeyboardEvent): void {
    // While a word is being composed (accents, other scripts), Enter only ends the composition.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    this.submit(event);
  }

  private submit(event: Event): void {
    event.preventDefault();
    const text = this.field.value.trim();
    this.fault(text ? "" : words.empty);
    this.focus();
    if (!text) return;
    this.clear();
    this.send(text);
  }

  private changed(): void {
    const left = LONGEST - this.field.value.length;
    this.fault("");
    if (left < WARNED_UNDER) say(this.remark, left ? fill(words.left, { count: left }) : words.full);
    this.onDraft(this.field.value);
    this.fit();
  }

  private fault(text: string): void {
    say(this.remark, text);
    this.field.setAttribute("aria-invalid", String(Boolean(text)));
  }
}

/** The way to a person, at the same place in every state. */
export function helpBar(say: (words: string) => void): HTMLElement {
  const phone = words.phone.replace(/\D/g, "");
  return el(
    "div",
    { class: "help" },
    button({ class: "person", onclick: () => say(words.personWords) }, icon("person"), words.person),
    el(
      "a",
      { href: `tel:${phone}`, "aria-label": fill(words.phoneName, { phone: words.phone }) },
      icon("phone"),
      words.phone,
    ),
  );
}
