// The web channel over HTTP, one function an address. Every fault is one of four, each with its remedy.

import { events, type ServerEvent } from "./sse";
import { isObject, type Json, list, type Outgoing, text } from "./protocol";

const SECONDS_FOR_AN_ANSWER = 20;
const SECONDS_OF_SILENCE = 50;

/** Nobody answered, or the server is ill: try again later. */
export class Away extends Error {}
/** The token opens nothing any more: start another conversation. */
export class Gone extends Error {}
/** This message will never be accepted. */
export class Refused extends Error {}
/** Too many at once: wait this long. */
export class TooFast extends Error {
  constructor(readonly seconds: number) {
    super();
  }
}

export class Channel {
  constructor(private readonly server: string) {}

  /** A new conversation: its token, which is its only credential, and its first lines. */
  async openSession(): Promise<{ token: string; messages: unknown[]; state: unknown }> {
    const opened = await json(await this.ask("POST", "session", "", {}));
    const token = text(opened.token);
    if (!token) throw new Away();
    return { token, messages: list(opened.messages), state: opened.state };
  }

  /** Leave a message; the same `clientId` twice is one message. */
  async send(token: string, outgoing: Outgoing): Promise<void> {
    const { clientId, words, choice } = outgoing;
    const content = choice ? { choice } : { text: words };
    const told = await json(await this.ask("POST", "messages", token, { client_id: clientId.replace(/:/g, "-"), ...content }));
    if (told.refused) throw new Refused();
  }

  /** What was said after this message, with who has the conversation now, and whether there is more. */
  async history(token: string, after: number): Promise<{ messages: unknown[]; state: Json; more: boolean }> {
    const told = await json(await this.ask("GET", `messages?after=${after}`, token));
    return { messages: list(told.messages), state: told, more: told.more === true };
  }

  /** Everything from this message on, as it is said, until the connection falls or `stop` is called. */
  async *stream(token: string, after: number, stop: AbortSignal, onOpen: () => void): AsyncGenerator<ServerEvent> {
    const silence = new AbortController();
    stop.addEventListener("abort", () => silence.abort());
    let timer = 0;
    const alive = (): void => {
      clearTimeout(timer);
      timer = window.setTimeout(() => silence.abort(), SECONDS_OF_SILENCE * 1000);
    };
    try {
      alive();
      const answer = await this.fetch("GET", `stream?after=${after}`, token, undefined, silence.signal);
      if (!answer.body) throw new Away();
      onOpen();
      yield* events(answer.body, alive);
    } catch (fault) {
      throw fault instanceof Gone || fault instanceof TooFast ? fault : new Away();
    } finally {
      clearTimeout(timer);
      silence.abort();
    }
  }

  /** Erase the conversation; one already erased is no fault. */
  async erase(token: string): Promise<void> {
    await this.ask("DELETE", "conversation", token).catch((fault: unknown) => {
      if (!(fault instanceof Gone)) throw fault;
    });
  }

  private async ask(method: string, path: string, token: string, content?: unknown): Promise<Response> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), SECONDS_FOR_AN_ANSWER * 1000);
    try {
      return await this.fetch(method, path, token, content, limit.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  private async fetch(
    method: string,
    path: string,
    token: string,
    content: unknown,
    signal: AbortSignal,
  ): Promise<Response> {
    const headers: Record<string, string> = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (content) headers["Content-Type"] = "application/json";
    const options: RequestInit = { method, headers, signal, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };
    if (content) options.body = JSON.stringify(content);
    const answer = await fetch(`${this.server}/webhooks/web/${path}`, options).catch(() => {
      throw new Away();
    });
    if (!answer.ok) throw faultOf(answer);
    return answer;
  }
}

async function json(answer: Response): Promise<Json> {
  const told: unknown = await answer.json().catch(() => {
    throw new Away();
  });
  return isObject(told) ? told : {};
}

function faultOf(answer: Response): Error {
  if (answer.status === 429) return new TooFast(Number(answer.headers.get("Retry-After")) || 5);
  if ([401, 404, 410].includes(answer.status)) return new Gone();
  return answer.status < 500 && answer.status !== 408 ? new Refused() : new Away();
}
