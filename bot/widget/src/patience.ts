// Waiting longer and longer between tries, never in step with everybody else, and never when it is not needed.

const SECONDS = [1, 2, 5, 10, 30];

export class Patience {
  private tries = 0;
  private wakers = new Set<() => void>();

  /** Wait a turn; ends early when woken. */
  wait(seconds = this.next()): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.wakers.delete(end);
        resolve();
      };
      const timer = setTimeout(end, seconds * 1000);
      this.wakers.add(end);
    });
  }

  /** Everybody tries again now. */
  wake(): void {
    for (const end of [...this.wakers]) end();
  }

  /** It worked: the next fault starts from the shortest wait. */
  reset(): void {
    this.tries = 0;
  }

  private next(): number {
    const seconds = SECONDS[Math.min(this.tries, SECONDS.length - 1)] ?? 30;
    this.tries += 1;
    return seconds * (0.75 + Math.random() / 2);
  }
}
