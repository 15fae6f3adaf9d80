// Everything on the screen, put together: the launcher, the panel and its parts.

import type { Assistant, Options } from "../assistant";
import type { Memory } from "../memory";
import type { Message } from "../protocol";
import { words } from "../strings";
import { Activity, Banner } from "./banner";
import { Composer, helpBar } from "./composer";
import { confirmed } from "./confirm";
import { HoldBar } from "./hold";
import { Launcher } from "./launcher";
import { QuickLeave } from "./leave";
import { Log } from "./log";
import { Menu } from "./menu";
import { Panel } from "./panel";
import { printSummary, saveSummary } from "./summary";

export class Window {
  readonly banner: Banner;
  readonly activity = new Activity();
  readonly log: Log;
  readonly panel: Panel;
  private readonly launcher: Launcher;
  private readonly composer: Composer;
  private readonly hold: HoldBar;
  private readonly menu: Menu;

  constructor(
    private readonly root: ShadowRoot,
    private readonly assistant: Assistant,
    memory: Memory,
    private readonly options: Options,
  ) {
    const say = (text: string): void => assistant.say(text);
    this.banner = new Banner(() => assistant.retry());
    this.log = new Log({
      say: (text, choice) => assistant.say(text, choice),
      takeBack: (text) => this.composer.takeBack(text),
    });
    this.composer = new Composer(memory.kept.draft, say, (text) => assistant.drafted(text));
    this.hold = new HoldBar(say);
    this.menu = new Menu(this.menuActions(), memory.kept.isDiscreet, memory.isForLater, options.notice);
    this.launcher = new Launcher(() => this.open());
    this.panel = this.makePanel(say);
    this.discreet(memory.kept.isDiscreet);
    root.append(...(options.isInPage ? [] : [this.launcher.news, this.launcher.root]), this.panel.root);
    this.followKeys();
  }

  /** As it was before the page was loaded again; the focus stays where the page put it. */
  restore(): void {
    if (this.options.isInPage) this.panel.openInPage();
    else this.panel.open();
    this.unfolded();
  }

  show(message: Message, isLive: boolean, clockAhead: number): void {
    this.log.show(message, isLive);
    this.hold.follow(message, clockAhead);
    if (isLive && message.author !== "user" && !this.panel.isOpen) this.launcher.unread(false);
  }

  /** An empty conversation. */
  clear(): void {
    this.log.clear();
    this.hold.stop();
    this.activity.writing(false);
    this.panel.talksWith("bot", "");
  }

  hide(): void {
    (this.root.host as HTMLElement).hidden = true;
  }

  private makePanel(say: (words: string) => void): Panel {
    const parts = {
      menuOpener: this.menu.opener,
      menu: this.menu.root,
      banner: this.banner.root,
      talk: this.log.root,
      activity: this.activity.root,
      hold: this.hold.root,
      composer: this.composer.root,
      help: helpBar(say),
    };
    const minimise = this.options.isInPage ? null : (): void => this.minimise();
    return new Panel(parts, minimise, () => this.assistant.leave());
  }

  private open(): void {
    this.panel.open();
    this.unfolded();
    // On a touch screen, the field would bring the keyboard over what is to be read first.
    if (matchMedia("(pointer: coarse)").matches) this.panel.focusTitle();
    else this.composer.focus();
    this.assistant.opened();
  }

  private unfolded(): void {
    this.launcher.root.hidden = true;
    this.launcher.unread(true);
    this.composer.fit();
    if (this.assistant.transcript.length) this.log.toBottom();
  }

  private minimise(): void {
    this.panel.close();
    this.launcher.root.hidden = false;
    this.launcher.focus();
    this.assistant.minimised();
  }

  private menuActions() {
    return {
      print: () => printSummary(this.assistant.transcript, this.root),
      save: () => saveSummary(this.assistant.transcript),
      discreet: (isOn: boolean) => {
        this.assistant.discreet(isOn);
        this.discreet(isOn);
      },
      keep: (isOn: boolean) => this.assistant.keepForLater(isOn),
      restart: () => void this.ask(words.restartTitle, words.restartText, words.restartDo, () => this.assistant.restart()),
      erase: () => void this.ask(words.eraseTitle, words.eraseText, words.eraseDo, () => this.assistant.erase()),
    };
  }

  private async ask(title: string, text: string, agree: string, act: () => unknown): Promise<void> {
    const isAgreed = await confirmed(this.root, title, text, agree);
    if (isAgreed) await act();
    if (isAgreed) this.composer.focus();
  }

  private discreet(isOn: boolean): void {
    this.root.host.toggleAttribute("discreet", isOn);
    this.panel.discreet(isOn);
    this.launcher.discreet(isOn);
  }

  private followKeys(): void {
    const quick = new QuickLeave(
      () => this.assistant.leave(),
      (text) => this.banner.tellBriefly(text),
    );
    this.panel.root.addEventListener("keyup", (event) => quick.up(event));
    this.panel.root.addEventListener("keydown", (event) => {
      quick.down(event);
      if (event.key === "Escape") this.escape(event);
    });
  }

  private escape(event: Event): void {
    event.preventDefault();
    if (this.menu.isOpen) this.menu.toggle(false);
    else if (!this.options.isInPage) this.minimise();
  }
}
