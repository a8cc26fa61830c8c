// Sends the whole sheet with a rising revision until the server acknowledges it. Nothing is called saved before that.

const TYPING_PAUSE = 400;
const LONGEST_WAIT = 30_000;

export class Saver {
  constructor({ urls, token, revision, outbox, readSheet, merge, tell }) {
    Object.assign(this, { urls, token, revision, outbox, readSheet, merge, tell });
    this.acknowledged = revision;
    this.failures = 0;
    this.isSending = false;
    this.isOver = false;
  }

  get hasUnsaved() {
    return this.revision > this.acknowledged;
  }

  changed() {
    this.revision += 1;
    this.outbox.keep(this.revision, this.readSheet());
    this.tell("saving");
    this.schedule(TYPING_PAUSE);
  }

  schedule(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), milliseconds);
  }

  async send() {
    if (this.isSending || this.isOver || !this.hasUnsaved) return;
    this.isSending = true;
    const revision = this.revision;
    try {
      const response = await this.request("PUT", this.urls.save, { revision, ...this.readSheet() });
      await this.answered(response, revision);
    } catch {
      this.failed("offline");
    } finally {
      this.isSending = false;
    }
    if (this.hasUnsaved && !this.failures) this.schedule(TYPING_PAUSE);
  }

  async answered(response, revision) {
    const answer = await response.json().catch(() => ({}));
    if (response.ok) {
      this.failures = 0;
      this.acknowledged = Math.max(this.acknowledged, revision);
      if (!this.hasUnsaved) this.outbox.forget();
      this.tell("saved", answer);
    } else if (answer.error === "stale") {
      this.failures = 0;
      this.catchUp(answer);
      this.schedule(TYPING_PAUSE);
    } else if (["closed", "overdue", "taken_over"].includes(answer.error)) {
      this.isOver = true;
      this.tell(answer.error, answer);
    } else {
      this.failed(response.status >= 500 || response.status === 429 ? "busy" : "refused", answer);
    }
  }

  // Another tab of this device was ahead: take what it changed later than we did, then send both.
  catchUp(answer) {
    this.merge(answer.sheet ?? {});
    this.acknowledged = answer.revision;
    this.revision = Math.max(this.revision, answer.revision) + 1;
    this.outbox.keep(this.revision, this.readSheet());
  }

  failed(why, answer) {
    this.failures += 1;
    const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** this.failures) * (0.5 + Math.random());
    this.tell(why, answer);
    this.schedule(wait);
  }

  // The tab is going away: one last try that outlives it.
  leave() {
    if (this.hasUnsaved && !this.isOver) {
      this.request("PUT", this.urls.save, { revision: this.revision, ...this.readSheet() }, true).catch(() => {});
    }
  }

  // `isTimeUp` says that no hand pressed the button: the server then submits only if its own clock agrees.
  async submit(isTimeUp) {
    this.revision = Math.max(this.revision, this.acknowledged + 1);
    const body = { revision: this.revision, time_up: isTimeUp, ...this.readSheet() };
    const response = await this.request("POST", this.urls.submit, body);
    const answer = await response.json().catch(() => ({}));
    if (answer.error === "stale") this.catchUp(answer);
    if (answer.state === "closed") {
      this.isOver = true;
      this.outbox.forget(true);
    }
    return answer;
  }

  async state() {
    const response = await this.request("GET", this.urls.state);
    return response.ok ? response.json() : null;
  }

  request(method, url, body, keepalive = false) {
    const headers = { "X-Attempt-Token": this.token, Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    const patience = new AbortController();
    const timer = keepalive ? null : setTimeout(() => patience.abort(), 15_000);
    return fetch(url, {
      method, headers, keepalive, credentials: "omit", body: body && JSON.stringify(body), signal: patience.signal,
    }).finally(() => clearTimeout(timer));
  }
}
