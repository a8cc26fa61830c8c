// What has been answered but not yet acknowledged, kept on this device so that a reload or a dead battery loses nothing.

export class Outbox {
  constructor(attemptId, token) {
    this.key = `bai-thi-${attemptId}`;
    this.token = token;
  }

  keep(revision, sheet) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ revision, sheet, token: this.token }));
    } catch {
      // Private mode or a full disk: the page still holds the sheet.
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  forget(alsoFlags = false) {
    try {
      localStorage.removeItem(this.key);
      if (alsoFlags) localStorage.removeItem(`${this.key}-xem-lai`);
    } catch {
      // Nothing was kept.
    }
  }

  // Flags for later are no answers: they stay here and travel with the next answer, so that they cost nobody time.
  keepFlags(flags) {
    try {
      localStorage.setItem(`${this.key}-xem-lai`, JSON.stringify(flags));
    } catch {
      // Only a convenience.
    }
  }

  flags() {
    try {
      return JSON.parse(localStorage.getItem(`${this.key}-xem-lai`)) ?? [];
    } catch {
      return [];
    }
  }

  // A newer sheet from this very seat: to be sent before anything else.
  unsent(serverRevision) {
    const kept = this.read();
    return kept && kept.token === this.token && kept.revision > serverRevision ? kept : null;
  }

  // A sheet from before another device took over: only the contestant knows whether it is still wanted.
  fromEarlierSeat() {
    const kept = this.read();
    return kept && kept.token !== this.token ? kept : null;
  }
}
