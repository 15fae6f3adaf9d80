// One question before what cannot be undone. The browser keeps the focus inside and gives it back.

import { button, el } from "../dom";
import { words } from "../strings";

/** Ask in `where`; resolves to whether the person agreed. */
export function confirmed(where: ParentNode, title: string, text: string, agree: string): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = button({ class: "plain", onclick: () => asked.close() }, words.cancel);
    const go = button({ class: "danger", onclick: () => asked.close("yes") }, agree);
    const asked = el(
      "dialog",
      { class: "confirm", role: "alertdialog", "aria-labelledby": "ask", "aria-describedby": "ask-more" },
      el("h3", { id: "ask" }, title),
      el("p", { id: "ask-more" }, text),
      el("div", { class: "row" }, cancel, go),
    );
    asked.addEventListener("close", () => {
      asked.remove();
      resolve(asked.returnValue === "yes");
    });
    // The panel's own Escape must not hear this one.
    asked.addEventListener("keydown", (event) => event.stopPropagation());
    where.append(asked);
    asked.showModal();
    cancel.focus();
  });
}
