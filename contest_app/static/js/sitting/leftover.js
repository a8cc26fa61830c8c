// After the deadline or on a page that cannot answer: what this device still kept goes to the server once, which keeps it
// apart for the organisers. Nothing that was answered is thrown away in silence.

import { Outbox } from "./outbox.js";

for (const element of document.querySelectorAll("[data-leftover]")) {
  const outbox = new Outbox(element.dataset.attempt, "");
  const kept = outbox.read();
  if (kept?.sheet) {
    const headers = { "X-Attempt-Token": kept.token, "Content-Type": "application/json", Accept: "application/json" };
    const body = JSON.stringify({ revision: kept.revision, ...kept.sheet });
    fetch(element.dataset.leftover, { method: "PUT", headers, body, credentials: "omit" })
      .then(async (response) => {
        if (response.status < 500) outbox.forget(true);
        // What had arrived in time is refused as well, but nothing of it is kept apart.
        if (response.status === 409 && (await response.json()).apart) element.hidden = false;
      })
      .catch(() => {}); // the next visit tries again
  }
}
