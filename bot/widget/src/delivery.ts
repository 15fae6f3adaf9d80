// What the visitor sends leaves in order and once: kept until the server has it, sent again after any failure.

import { type Channel, Gone, Refused, TooFast } from "./channel";
import type { Memory } from "./memory";
import type { Patience } from "./patience";
import type { Outgoing } from "./protocol";
import type { Screen } from "./screen";

/** What the delivery needs of the conversation. */
export interface Line {
  readonly over: AbortSignal;
  /** Resolves once the conversation has its token. */
  opened(): Promise<void>;
  isAnsweredByAssistant(): boolean;
  lost(): void;
}

export class Delivery {
  private isBusy = false;

  constructor(
    private readonly channel: Channel,
    private readonly memory: Memory,
    private readonly screen: Screen,
    private readonly patience: Patience,
    private readonly line: Line,
  ) {}

  /** What an earlier life of the page could not send. */
  resume(): void {
    for (const outgoing of this.waiting) this.screen.showOwn(outgoing);
    void this.run();
  }

  /** These words, or this choice. */
  send(words: string, choice?: { message: number; index: number }): void {
    const clientId = choice ? `choice:${choice.message}:${choice.index}` : newIdentifier();
    if (this.waiting.some((each) => each.clientId === clientId)) return;
    const outgoing: Outgoing = { clientId, words, ...(choice ? { choice } : {}) };
    this.memory.keep({ waiting: [...this.waiting, outgoing] });
    this.screen.showOwn(outgoing);
    void this.run();
  }

  /** The server has it, whoever says so. */
  drop(clientId: string): void {
    const left = this.waiting.filter((each) => each.clientId !== clientId);
    if (left.length !== this.waiting.length) this.memory.keep({ waiting: left });
  }

  /** Nothing leaves for now. */
  delayed(): void {
    for (const { clientId } of this.waiting) this.screen.mark(clientId, "queued");
  }

  private get waiting(): Outgoing[] {
    return this.memory.kept.waiting;
  }

  private async run(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    await this.line.opened();
    for (let next = this.waiting[0]; next && !this.line.over.aborted; next = this.waiting[0]) {
      await this.deliver(next).catch((fault: unknown) => (this.line.over.aborted ? undefined : this.failed(next, fault)));
    }
    this.isBusy = false;
  }

  private async deliver(outgoing: Outgoing): Promise<void> {
    this.screen.mark(outgoing.clientId, "sending");
    // Before the request: its answer may be streamed before the request itself is over.
    this.screen.writing(this.line.isAnsweredByAssistant());
    await this.channel.send(this.memory.kept.token, outgoing);
    if (this.line.over.aborted) return;
    this.drop(outgoing.clientId);
    this.screen.mark(outgoing.clientId, "sent");
  }

  private async failed(outgoing: Outgoing, fault: unknown): Promise<void> {
    this.screen.writing(false);
    if (fault instanceof Gone) return this.line.lost();
    if (fault instanceof Refused) {
      this.drop(outgoing.clientId);
      return this.screen.mark(outgoing.clientId, "refused");
    }
    this.delayed();
    if (fault instanceof TooFast) this.screen.slowedDown(fault.seconds);
    else this.screen.connection("away");
    return this.patience.wait(fault instanceof TooFast ? fault.seconds : undefined);
  }
}

// `randomUUID` exists on secure pages alone.
function newIdentifier(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
