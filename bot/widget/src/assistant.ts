// The assistant on a page: one window, one conversation at a time, and what joins them.

import { Channel } from "./channel";
import { type Connection, Conversation, type Fate, type Screen } from "./conversation";
import { Memory } from "./memory";
import type { Message, Outgoing, State } from "./protocol";
import { words } from "./strings";
import { Tabs } from "./tabs";
import { Window } from "./view/window";

/** What the page says of itself on the element. */
export interface Options {
  server: string;
  notice: string;
  leaveTo: string;
  isInPage: boolean;
}

export class Assistant implements Screen {
  private readonly memory: Memory;
  private readonly channel: Channel;
  private readonly tabs: Tabs;
  private readonly window: Window;
  private readonly said: Message[] = [];
  private conversation: Conversation;

  constructor(
    root: ShadowRoot,
    private readonly options: Options,
  ) {
    this.memory = new Memory(options.server);
    this.channel = new Channel(options.server);
    this.tabs = new Tabs(options.server, () => this.memory.kept.token, (token) => this.forgottenElsewhere(token));
    this.window = new Window(root, this, this.memory, options);
    this.conversation = new Conversation(this.channel, this.memory, this);
    this.conversation.resume();
    if (options.isInPage || this.memory.kept.isOpen) this.window.restore();
    if (!this.memory.kept.token) this.window.log.listen(true);
  }

  // --- What the person does ---

  async opened(): Promise<void> {
    this.memory.keep({ isOpen: true });
    if (this.memory.kept.token) return;
    const token = (await this.tabs.ask()) || this.memory.laterToken;
    if (!token || this.memory.kept.token) return;
    this.memory.keep({ token });
    this.startAgain(false);
  }

  minimised(): void {
    this.memory.keep({ isOpen: false });
  }

  say(text: string, choice?: { message: number; index: number }): void {
    this.conversation.send(text, choice);
  }

  drafted(draft: string): void {
    this.memory.keep({ draft });
  }

  retry(): void {
    this.conversation.retry();
  }

  keepForLater(isWanted: boolean): void {
    this.memory.keepForLater(isWanted);
    this.window.banner.tellBriefly(isWanted ? words.kept : words.notKept, 8);
  }

  discreet(isDiscreet: boolean): void {
    this.memory.keep({ isDiscreet });
  }

  restart(): void {
    this.forget();
    this.window.banner.tellBriefly(words.restarted);
  }

  async erase(): Promise<void> {
    try {
      await this.conversation.erase();
    } catch {
      return this.window.banner.tellBriefly(words.eraseFailed, 10);
    }
    this.forget();
    this.window.banner.tellBriefly(words.erased, 8);
  }

  leave(): void {
    this.end();
    this.memory.forget(true);
    this.window.hide();
    location.replace(this.options.leaveTo);
  }

  get transcript(): readonly Message[] {
    return this.said;
  }

  /** The element left the page. */
  end(): void {
    this.conversation.end();
    this.tabs.close();
  }

  // --- What the conversation shows ---

  show(message: Message, isLive: boolean): void {
    this.said.push(message);
    this.window.show(message, isLive, this.memory.kept.clockAhead);
  }

  showOwn(outgoing: Outgoing): void {
    this.window.log.showOwn(outgoing);
  }

  mark(clientId: string, fate: Fate): void {
    this.window.log.mark(clientId, fate);
  }

  connection(status: Connection): void {
    this.window.banner.connection(status);
  }

  slowedDown(seconds: number): void {
    this.window.banner.slowedDown(seconds);
  }

  state(state: State): void {
    this.window.panel.talksWith(state);
  }

  writing(isWriting: boolean): void {
    this.window.activity.writing(isWriting);
  }

  loaded(): void {
    // The next frame: what was just put in must not be read aloud.
    requestAnimationFrame(() => this.window.log.listen(true));
  }

  gone(): void {
    this.startAgain(true);
    this.window.banner.tellBriefly(words.gone, 10);
  }

  private forget(): void {
    const { token } = this.memory.kept;
    this.memory.forget();
    this.startAgain(true);
    if (token) this.tabs.forgotten(token);
  }

  private forgottenElsewhere(token: string): void {
    if (token !== this.memory.kept.token) return;
    this.memory.forget();
    this.startAgain(true);
  }

  private startAgain(isNew: boolean): void {
    this.conversation.end();
    this.said.length = 0;
    this.window.clear();
    this.conversation = new Conversation(this.channel, this.memory, this);
    this.conversation.resume();
    if (isNew) this.loaded();
  }
}
