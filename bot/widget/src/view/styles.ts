// The stylesheet, in a way that a policy without inline styles accepts.

import { el } from "../dom";
import rules from "../style.css";

/** Style this root: an adopted sheet, or a link to the same rules for browsers that adopt none. */
export function style(root: ShadowRoot): void {
  if ("adoptedStyleSheets" in Document.prototype && "replaceSync" in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  root.append(el("link", { rel: "stylesheet", href: new URL("cep-assistant.css", import.meta.url).href }));
}
