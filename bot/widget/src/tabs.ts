// The other tabs of the same site: a new one asks for the conversation, an erased one is erased in all.

import { isObject, text } from "./protocol";

const MILLISECONDS_TO_ANSWER = 150;

export class Tabs {
  private readonly air: BroadcastChannel | null;
  private found: ((token: string) => void) | null = null;

  /** `token` is what this tab tells who asks; `onForgotten` is called when another tab drops that conversation. */
  constructor(
    server: string,
    private readonly token: () => string,
    private readonly onForgotten: (token: string) => void,
  ) {
    this.air = "BroadcastChannel" in window ? new BroadcastChannel(`cep-assistant ${server}`) : null;
    this.air?.addEventListener("message", (event) => this.hear(event.data));
  }

  /** The conversation another tab has; empty when none answers. */
  ask(): Promise<string> {
    if (!this.air) return Promise.resolve("");
    return new Promise((resolve) => {
      this.found = resolve;
      this.air?.postMessage({ asks: true });
      setTimeout(() => resolve(""), MILLISECONDS_TO_ANSWER);
    });
  }

  /** Tell the others that this conversation is no more. */
  forgotten(token: string): void {
    this.air?.postMessage({ forgotten: token });
  }

  close(): void {
    this.air?.close();
  }

  private hear(said: unknown): void {
    if (!isObject(said)) return;
    if (said.asks && this.token()) this.air?.postMessage({ token: this.token() });
    if (said.token) this.found?.(text(said.token));
    if (said.forgotten) this.onForgotten(text(said.forgotten));
  }
}
