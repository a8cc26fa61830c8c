// How far a job is, looked at every two seconds; when it is over the page comes anew with what can be done then.
const part = document.querySelector("[data-job]");
const said = document.querySelector("[data-job-said]");

const refresh = async () => {
  if (!document.hidden) {
    try {
      const response = await fetch(part.dataset.job, { headers: { "X-Requested-With": "refresh" } });
      if (response.ok && !response.redirected) {
        part.innerHTML = await response.text();
        const progress = part.querySelector("[data-said]");
        if ("over" in progress.dataset) return location.reload();
        // Spoken only when it changes: the bar itself says the rest to whoever asks.
        if (said.textContent !== progress.dataset.said) said.textContent = progress.dataset.said;
      }
    } catch {
      // The network is away; the next turn tries again.
    }
  }
  setTimeout(refresh, 2000);
};

if (part) setTimeout(refresh, 2000);
