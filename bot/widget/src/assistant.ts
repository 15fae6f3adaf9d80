// The assistant on a page: one window, one conversation at a time, and what joins them.

import { Channel } from "./channel";
import { Conversation } from "./conversation";
import { Memory } from "./memory";
import type { Message, Outgoing, State } from "./protocol";
import type { Connection, Fate, Screen } from "./screen";
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
    const { token, isOpen } = this.memory.kept;
    if (options.isInPage || isOpen) this.window.restore();
    if (token || isOpen) this.conversation.begin();
    else if (options.isInPage) void this.join();
  }

  // --- What the person does ---

  opened(): void {
    this.memory.keep({ isOpen: true });
    void this.join();
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
    const { conversation } = this;
    try {
      await conversation.erase();
    } catch {
      return this.window.banner.tellBriefly(words.eraseFailed, 10);
    }
    // The stream may have said it first.
    if (this.conversation === conversation) this.forget();
    this.window.banner.tellBriefly(words.erased, 10);
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

  state(state: State, adviser: string): void {
    this.window.panel.talksWith(state, adviser);
  }

  writing(isWriting: boolean): void {
    this.window.activity.writing(isWriting);
  }

  loaded(): void {
    // The next frame: what was just put in must not be read aloud.
    requestAnimationFrame(() => this.window.log.listen(true));
  }

  gone(isErased: boolean): void {
    this.startAgain();
    this.window.banner.tellBriefly(isErased ? words.erased : words.gone, 10);
  }

  // The conversation of this tab, of another one, of an earlier day, or a new one.
  private async join(): Promise<void> {
    const token = this.memory.kept.token || (await this.tabs.ask()) || this.memory.laterToken;
    if (token && !this.memory.kept.token) this.memory.keep({ token });
    this.conversation.begin();
  }

  private forget(): void {
    const { token } = this.memory.kept;
    this.memory.forget();
    this.startAgain();
    if (token) this.tabs.forgotten(token);
  }

  private forgottenElsewhere(token: string): void {
    if (token !== this.memory.kept.token) return;
    this.memory.forget();
    this.startAgain();
  }

  private startAgain(): void {
    this.conversation.end();
    this.said.length = 0;
    this.window.clear();
    this.conversation = new Conversation(this.channel, this.memory, this);
    if (this.memory.kept.isOpen || this.options.isInPage) this.conversation.begin();
  }
}
