// Leaving at once: another page takes the place of this one, and the tab forgets the conversation.

import { fill, words } from "../strings";

const PRESSES = 3;
const MILLISECONDS_BETWEEN = 1500;

/** Counts presses of Shift alone; typing a capital is none. */
export class QuickLeave {
  private presses = 0;
  private isAlone = false;
  private last = 0;

  constructor(
    private readonly leave: () => void,
    private readonly tell: (text: string) => void,
  ) {}

  down(event: KeyboardEvent): void {
    this.isAlone = event.key === "Shift";
    if (!this.isAlone) this.presses = 0;
  }

  up(event: KeyboardEvent): void {
    if (event.key !== "Shift" || !this.isAlone) return;
    const now = Date.now();
    this.presses = now - this.last > MILLISECONDS_BETWEEN ? 1 : this.presses + 1;
    this.last = now;
    if (this.presses === PRESSES) this.leave();
    else if (this.presses > 1) this.tell(fill(words.leaveMore, { count: PRESSES - this.presses }));
  }
}
