// One conversation with the server: opened, read again, then followed as it happens; each line shown once, in order.

import { type Channel, Gone, TooFast } from "./channel";
import { Delivery, type Line } from "./delivery";
import type { Memory } from "./memory";
import { Patience } from "./patience";
import { isObject, readMessage, readState, type State, text } from "./protocol";
import type { Screen } from "./screen";
import type { ServerEvent } from "./sse";

const MILLISECONDS_HIDDEN_BEFORE_REST = 30_000;
const SECONDS_OF_REST = 3600;

export class Conversation implements Line {
  private readonly patience = new Patience();
  private readonly ended = new AbortController();
  private readonly seen = new Set<number>();
  private readonly delivery: Delivery;
  private resting = new AbortController();
  private cursor = 0;
  private isLoaded = false;
  private isBegun = false;
  private state: State = "bot";
  private tokenCame: () => void = () => {};
  private readonly token = new Promise<void>((resolve) => (this.tokenCame = resolve));

  constructor(
    private readonly channel: Channel,
    private readonly memory: Memory,
    private readonly screen: Screen,
  ) {
    this.delivery = new Delivery(channel, memory, screen, this.patience, this);
    const until = { signal: this.ended.signal };
    window.addEventListener("online", () => this.retry(), until);
    document.addEventListener("visibilitychange", () => this.restOrReturn(), until);
  }

  /** Open it, or take it up again with what could not be sent. */
  begin(): void {
    if (this.isBegun) return;
    this.isBegun = true;
    void this.live();
    this.delivery.resume();
  }

  /** Send these words, or press this choice; shown at once, kept until the server has it. */
  send(words: string, choice?: { message: number; index: number }): void {
    this.begin();
    this.delivery.send(words, choice);
  }

  /** Try again now rather than later. */
  retry(): void {
    this.patience.wake();
  }

  /** Erase it on the server; raises when that failed. */
  async erase(): Promise<void> {
    if (this.memory.kept.token) await this.channel.erase(this.memory.kept.token);
  }

  /** Leave it: nothing more is sent, received or shown. */
  end(): void {
    this.ended.abort();
    this.resting.abort();
    this.patience.wake();
  }

  // --- What the delivery asks ---

  get over(): AbortSignal {
    return this.ended.signal;
  }

  opened(): Promise<void> {
    return this.token;
  }

  isAnsweredByAssistant(): boolean {
    return this.state === "bot" || this.state === "closed";
  }

  lost(isErased = false): void {
    if (this.over.aborted) return;
    const { waiting, draft } = this.memory.kept;
    this.memory.forget();
    // A choice belonged to what is gone; what was typed did not.
    if (!isErased) this.memory.keep({ waiting: waiting.filter((each) => !each.choice), draft });
    this.end();
    this.screen.gone(isErased);
  }

  private async live(): Promise<void> {
    while (!this.over.aborted) {
      try {
        if (!this.memory.kept.token) await this.open();
        this.tokenCame();
        if (!this.isLoaded) await this.load();
        await this.follow();
        await this.patience.wait(1);
      } catch (fault) {
        if (!this.over.aborted) await this.failed(fault);
      }
    }
  }

  private async open(): Promise<void> {
    this.screen.loaded();
    this.screen.writing(true);
    const { token, messages, state } = await this.channel.openSession();
    if (this.over.aborted) return;
    this.memory.keep({ token });
    for (const given of messages) this.take(given, true);
    this.changeState({ state });
    this.isLoaded = true;
  }

  private async load(): Promise<void> {
    const isFirst = this.cursor === 0;
    for (let more = true; more && !this.over.aborted; ) {
      const told = await this.channel.history(this.memory.kept.token, this.cursor);
      if (this.over.aborted) return;
      for (const given of told.messages) this.take(given, !isFirst);
      this.changeState(told.state);
      more = told.more;
    }
    this.isLoaded = true;
    this.screen.loaded();
  }

  private async follow(): Promise<void> {
    this.resting = new AbortController();
    const stream = this.channel.stream(this.memory.kept.token, this.cursor, this.resting.signal, () => {
      this.patience.reset();
      this.patience.wake();
      this.screen.connection("online");
    });
    for await (const event of stream) {
      if (this.over.aborted) return;
      this.hear(event);
    }
  }

  private hear(event: ServerEvent): void {
    const told = parse(event.data);
    if (event.name === "message") this.take(told, true);
    if (!isObject(told)) return;
    if (event.name === "state") this.changeState(told);
    if (event.name === "typing") this.screen.writing(told.typing === true);
    if (event.name === "end" && told.reason === "erased") this.lost(true);
  }

  private async failed(fault: unknown): Promise<void> {
    if (fault instanceof Gone) return this.lost();
    if (fault instanceof TooFast) {
      // Too many windows on one conversation: this one asks again now and then.
      this.isLoaded = false;
      return this.patience.wait(fault.seconds);
    }
    if (this.isAtRest) return this.patience.wait(SECONDS_OF_REST);
    this.screen.connection("away");
    this.screen.writing(false);
    this.delivery.delayed();
    return this.patience.wait();
  }

  private take(given: unknown, isLive: boolean): void {
    const message = readMessage(given);
    if (!message || this.seen.has(message.id)) return;
    this.seen.add(message.id);
    this.cursor = Math.max(this.cursor, message.id);
    if (isLive) this.compareClocks(message.at);
    if (message.author === "user") this.delivery.drop(message.clientId);
    else this.screen.writing(false);
    this.screen.show(message, isLive);
  }

  private compareClocks(serverTime: number): void {
    const clockAhead = Date.now() - serverTime;
    if (Math.abs(clockAhead - this.memory.kept.clockAhead) > 2000) this.memory.keep({ clockAhead });
  }

  private changeState(told: { state?: unknown; author_name?: unknown }): void {
    this.state = readState(told.state);
    this.screen.state(this.state, text(told.author_name));
  }

  // Hidden for a while, it lets its stream go: nobody looks, and a browser has few connections for a server.
  private restOrReturn(): void {
    if (!document.hidden) return this.retry();
    setTimeout(() => document.hidden && this.resting.abort(), MILLISECONDS_HIDDEN_BEFORE_REST);
  }

  private get isAtRest(): boolean {
    return document.hidden && this.resting.signal.aborted;
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
