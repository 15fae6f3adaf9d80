// One conversation with the server: what is sent leaves in order and once, what is said arrives in order and once.

import { type Channel, Gone, Refused, TooFast } from "./channel";
import type { Memory } from "./memory";
import { Patience } from "./patience";
import { isObject, type Message, type Outgoing, readMessage, readState, type State } from "./protocol";

export type Fate = "sending" | "queued" | "sent" | "refused";
export type Connection = "quiet" | "online" | "away";

/** Where a conversation is shown. */
export interface Screen {
  show(message: Message, isLive: boolean): void;
  showOwn(outgoing: Outgoing): void;
  mark(clientId: string, fate: Fate): void;
  connection(status: Connection): void;
  slowedDown(seconds: number): void;
  state(state: State): void;
  writing(isWriting: boolean): void;
  loaded(): void;
  gone(): void;
}

const MILLISECONDS_HIDDEN_BEFORE_REST = 30_000;

export class Conversation {
  private readonly patience = new Patience();
  private readonly ended = new AbortController();
  private resting = new AbortController();
  private readonly seen = new Set<number>();
  private cursor = 0;
  private isLoaded = false;
  private isDelivering = false;
  private isListening = false;
  private state: State = "bot";

  constructor(
    private readonly channel: Channel,
    private readonly memory: Memory,
    private readonly screen: Screen,
  ) {
    const until = { signal: this.ended.signal };
    window.addEventListener("online", () => this.retry(), until);
    document.addEventListener("visibilitychange", () => this.restOrReturn(), until);
  }

  /** Take up again what this tab had begun: its messages not yet sent, and the conversation's history. */
  resume(): void {
    for (const outgoing of this.memory.kept.waiting) this.screen.showOwn(outgoing);
    if (this.memory.kept.token) void this.listen();
    if (this.memory.kept.waiting.length) void this.deliver();
  }

  /** Send these words, or press this choice; shown at once, kept until the server has it. */
  send(words: string, choice?: { message: number; index: number }): void {
    const clientId = choice ? `choice:${choice.message}:${choice.index}` : newIdentifier();
    if (this.memory.kept.waiting.some((each) => each.clientId === clientId)) return;
    const outgoing: Outgoing = { clientId, words, ...(choice ? { choice } : {}) };
    this.memory.keep({ waiting: [...this.memory.kept.waiting, outgoing] });
    this.screen.showOwn(outgoing);
    void this.deliver();
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

  private get isOver(): boolean {
    return this.ended.signal.aborted;
  }

  private async deliver(): Promise<void> {
    if (this.isDelivering) return;
    this.isDelivering = true;
    for (let next = this.memory.kept.waiting[0]; next && !this.isOver; next = this.memory.kept.waiting[0]) {
      await this.deliverOne(next).catch((fault: unknown) => (this.isOver ? undefined : this.undelivered(next, fault)));
    }
    this.isDelivering = false;
  }

  private async deliverOne(outgoing: Outgoing): Promise<void> {
    this.screen.mark(outgoing.clientId, "sending");
    if (!this.memory.kept.token) {
      const token = await this.channel.openSession();
      if (this.isOver) return;
      this.memory.keep({ token });
      this.isLoaded = true;
      this.screen.loaded();
    }
    if (!this.isListening) void this.listen();
    // Before the request: its answer may be streamed before the request itself is over.
    this.screen.writing(this.state === "bot" || this.state === "closed");
    await this.channel.send(this.memory.kept.token, outgoing);
    if (this.isOver) return;
    this.dropWaiting(outgoing);
    this.patience.reset();
    this.screen.mark(outgoing.clientId, "sent");
  }

  private async undelivered(outgoing: Outgoing, fault: unknown): Promise<void> {
    this.screen.writing(false);
    if (fault instanceof Gone) return this.lost();
    if (fault instanceof Refused) {
      this.dropWaiting(outgoing);
      return this.screen.mark(outgoing.clientId, "refused");
    }
    this.screen.mark(outgoing.clientId, "queued");
    if (fault instanceof TooFast) {
      this.screen.slowedDown(fault.seconds);
      return this.patience.wait(fault.seconds);
    }
    this.screen.connection("away");
    return this.patience.wait();
  }

  private async listen(): Promise<void> {
    this.isListening = true;
    while (!this.isOver && this.memory.kept.token) {
      try {
        if (!this.isLoaded) await this.load();
        await this.hearStream();
        await this.patience.wait(1);
      } catch (fault) {
        if (this.isOver) return;
        if (fault instanceof Gone) this.lost();
        else await this.afterFault();
      }
    }
    this.isListening = false;
  }

  private async load(): Promise<void> {
    for (let more = true; more; ) {
      const { messages, state } = await this.channel.history(this.memory.kept.token, this.cursor);
      if (this.isOver) return;
      for (const given of messages) this.take(given, false);
      this.changeState(state);
      more = messages.length >= 200;
    }
    this.isLoaded = true;
    this.screen.loaded();
  }

  private async hearStream(): Promise<void> {
    this.resting = new AbortController();
    if (this.ended.signal.aborted) return;
    const stream = this.channel.stream(this.memory.kept.token, this.cursor, this.resting.signal, () => {
      this.patience.reset();
      this.screen.connection("online");
    });
    for await (const event of stream) {
      if (this.isOver) return;
      const told: unknown = parse(event.data);
      if (event.name === "message") this.take(told, true);
      else if (event.name === "state" && isObject(told)) this.changeState(told.state);
    }
  }

  private async afterFault(): Promise<void> {
    // Hidden and at rest: nothing is wrong, and nobody looks.
    if (!this.resting.signal.aborted) this.screen.connection("away");
    await this.patience.wait(this.resting.signal.aborted && document.hidden ? 3600 : undefined);
  }

  private take(given: unknown, isLive: boolean): void {
    const message = readMessage(given);
    if (!message || this.seen.has(message.id)) return;
    this.seen.add(message.id);
    this.cursor = Math.max(this.cursor, message.id);
    if (isLive) this.compareClocks(message);
    if (message.author === "user") this.dropWaiting(message);
    else this.screen.writing(false);
    this.screen.show(message, isLive);
  }

  private compareClocks(message: Message): void {
    const clockAhead = Date.now() - message.at;
    if (Math.abs(clockAhead - this.memory.kept.clockAhead) > 2000) this.memory.keep({ clockAhead });
  }

  private changeState(given: unknown): void {
    this.state = readState(given);
    this.screen.state(this.state);
  }

  private dropWaiting({ clientId }: { clientId: string }): void {
    const waiting = this.memory.kept.waiting.filter((each) => each.clientId !== clientId);
    if (waiting.length !== this.memory.kept.waiting.length) this.memory.keep({ waiting });
  }

  private lost(): void {
    const { waiting, draft } = this.memory.kept;
    this.memory.forget();
    // A choice belonged to what is gone; what was typed did not.
    this.memory.keep({ waiting: waiting.filter((each) => !each.choice), draft });
    this.end();
    this.screen.gone();
  }

  private restOrReturn(): void {
    if (!document.hidden) return this.retry();
    setTimeout(() => document.hidden && this.resting.abort(), MILLISECONDS_HIDDEN_BEFORE_REST);
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

// `randomUUID` exists on secure pages alone.
function newIdentifier(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
