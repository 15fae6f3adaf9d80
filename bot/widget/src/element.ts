// <cep-assistant server="https://…">: the element a page puts in, and nothing else of ours on that page.
//
//   server     the assistant's origin; required
//   notice     the page about personal data
//   leave-to   where "quitter vite" leads
//   display    "page": part of the page, always open, rather than a window over it
//   theme      "light": stays light on a device that prefers dark, for pages that do

import { Assistant } from "./assistant";
import { style } from "./view/styles";

const LEAVE_TO = "https://meteofrance.com/";

export class CepAssistant extends HTMLElement {
  private assistant: Assistant | null = null;

  connectedCallback(): void {
    const server = originOf(this.getAttribute("server"));
    if (this.assistant || !server) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.replaceChildren();
    style(root);
    this.lang = "fr";
    this.assistant = new Assistant(root, {
      server,
      notice: webAddress(this.getAttribute("notice")),
      leaveTo: webAddress(this.getAttribute("leave-to")) || LEAVE_TO,
      isInPage: this.getAttribute("display") === "page",
    });
  }

  disconnectedCallback(): void {
    this.assistant?.end();
    this.assistant = null;
  }
}

function originOf(given: string | null): string {
  const address = webAddress(given);
  return address && new URL(address).origin;
}

// Never `javascript:` nor `data:`, whatever writes the attribute.
function webAddress(given: string | null): string {
  try {
    const address = new URL(given ?? "", location.href);
    return given && /^https?:$/.test(address.protocol) ? address.href : "";
  } catch {
    return "";
  }
}
