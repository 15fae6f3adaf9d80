// What the browser keeps, under one name for each server: nothing before the assistant is opened, in the tab
// alone unless the person asks for more, and nothing once it is erased.

import { isObject, list, type Outgoing, text } from "./protocol";

/** What survives a reload of the page. */
export interface Kept {
  token: string;
  draft: string;
  isOpen: boolean;
  isDiscreet: boolean;
  /** How far this device's clock is ahead of the server's, in milliseconds. */
  clockAhead: number;
  waiting: Outgoing[];
}

const NOTHING: Kept = { token: "", draft: "", isOpen: false, isDiscreet: false, clockAhead: 0, waiting: [] };

export class Memory {
  kept: Kept;
  private readonly name: string;

  constructor(server: string) {
    this.name = `cep-assistant ${server}`;
    this.kept = { ...NOTHING, ...read(tabStore(), this.name) };
  }

  /** Change what is kept, and write it. */
  keep(changes: Partial<Kept>): void {
    this.kept = { ...this.kept, ...changes };
    attempt(() => tabStore()?.setItem(this.name, JSON.stringify(this.kept)));
    if (changes.token && this.isForLater) this.keepForLater(true);
  }

  /** Whether the conversation is found again after the browser was closed. */
  get isForLater(): boolean {
    return this.laterToken !== "";
  }

  /** The conversation kept on this device, if any. */
  get laterToken(): string {
    return read(deviceStore(), this.name).token ?? "";
  }

  keepForLater(isWanted: boolean): void {
    const token = this.kept.token;
    attempt(() => {
      if (isWanted && token) deviceStore()?.setItem(this.name, JSON.stringify({ token }));
      else deviceStore()?.removeItem(this.name);
    });
  }

  /** Forget the conversation; how the window looks stays, unless everything goes. */
  forget(isEverything = false): void {
    const { isOpen, isDiscreet } = this.kept;
    attempt(() => deviceStore()?.removeItem(this.name));
    if (!isEverything) return this.keep({ ...NOTHING, isOpen, isDiscreet });
    this.kept = { ...NOTHING };
    attempt(() => tabStore()?.removeItem(this.name));
  }
}

function read(store: Storage | undefined, name: string): Partial<Kept> {
  const found: unknown = attempt(() => JSON.parse(store?.getItem(name) ?? "null"));
  if (!isObject(found)) return {};
  return {
    token: text(found.token),
    draft: text(found.draft),
    isOpen: found.isOpen === true,
    isDiscreet: found.isDiscreet === true,
    clockAhead: Number(found.clockAhead) || 0,
    waiting: list(found.waiting).filter(isOutgoing),
  };
}

function isOutgoing(given: unknown): given is Outgoing {
  return isObject(given) && text(given.clientId) !== "" && text(given.words) !== "";
}

function tabStore(): Storage | undefined {
  return attempt(() => window.sessionStorage);
}

function deviceStore(): Storage | undefined {
  return attempt(() => window.localStorage);
}

// A browser may refuse any of it (private browsing, full, blocked): the conversation then lives with the page.
function attempt<Result>(what: () => Result): Result | undefined {
  try {
    return what();
  } catch {
    return undefined;
  }
}
