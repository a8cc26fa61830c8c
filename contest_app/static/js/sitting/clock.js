// Time left, by the server's word: the device only measures how long ago the server said it.

export class SittingClock {
  constructor(secondsLeft, secondsTotal) {
    this.secondsTotal = secondsTotal;
    this.set(secondsLeft);
  }

  set(secondsLeft) {
    this.said = secondsLeft;
    // Date, not performance.now(): the latter stands still while some phones sleep.
    this.saidAt = Date.now();
  }

  get left() {
    return Math.max(0, this.said - (Date.now() - this.saidAt) / 1000);
  }

  get elapsed() {
    return Math.max(0, Math.round(this.secondsTotal - this.left));
  }

  text() {
    const left = Math.ceil(this.left);
    const parts = [Math.floor(left / 60) % 60, left % 60].map((part) => String(part).padStart(2, "0"));
    const hours = Math.floor(left / 3600);
    return (hours ? [hours, ...parts] : parts).join(":");
  }
}
