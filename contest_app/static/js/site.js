// Small helps that pages can do without: printing, asking before a decision, copying a link, counting down, adding rows.

// Pictures that wait to be looked at are fetched before the button prints: paper would stay white where they belong.
const fetched = (picture) => new Promise((resolve) => {
  if (picture.complete && picture.naturalWidth) return resolve();
  picture.addEventListener("load", resolve, { once: true });
  picture.addEventListener("error", resolve, { once: true });
  picture.loading = "eager";
});
const pictures = document.querySelectorAll("img[loading=lazy]");
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    await Promise.all([...pictures].map(fetched));
    button.disabled = false;
    window.print();
  });
}

for (const form of document.querySelectorAll("form[data-confirm]")) {
  form.addEventListener("submit", (event) => {
    if (!window.confirm(form.dataset.confirm)) event.preventDefault();
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  });
}

// The server's clock: the page was made at data-now, whatever this device believes.
for (const element of document.querySelectorAll("[data-countdown]")) {
  const skew = new Date(element.dataset.now) - Date.now();
  const until = new Date(element.dataset.countdown);
  const show = () => {
    const left = Math.max(0, Math.floor((until - Date.now() - skew) / 1000));
    const days = Math.floor(left / 86400);
    const clock = [Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60, left % 60];
    const text = clock.map((part) => String(part).padStart(2, "0")).join(":");
    element.textContent = days ? `${days} ${element.dataset.days} ${text}` : text;
    // Everybody's page reaches zero at once: come back at different moments.
    if (left === 0 && element.dataset.reload) setTimeout(() => location.reload(), 500 + Math.random() * 8000);
    else setTimeout(show, 1000 - ((Date.now() + skew) % 1000));
  };
  show();
}

// Repeated rows of a form: an empty copy of the last one, its numbers one higher.
for (const button of document.querySelectorAll("[data-add-row]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const rows = document.getElementById(button.dataset.addRow);
    const last = rows.querySelector(":scope > .row-item:last-of-type");
    const copy = last.cloneNode(true);
    const place = rows.querySelectorAll(":scope > .row-item").length;
    for (const part of copy.querySelectorAll("[id], [for], [name]")) {
      for (const attribute of ["id", "for", "name", "aria-describedby"]) {
        const value = part.getAttribute(attribute);
        if (value) part.setAttribute(attribute, value.replace(/-\d+-/, `-${place}-`));
      }
    }
    for (const input of copy.querySelectorAll("input, textarea")) {
      if (input.type === "checkbox") input.checked = false;
      else input.value = "";
    }
    for (const error of copy.querySelectorAll(".field-error")) error.remove();
    last.after(copy);
    copy.querySelector("input, select, textarea").focus();
  });
}

// A part of the page that refreshes itself while it is looked at.
for (const part of document.querySelectorAll("[data-refresh]")) {
  const every = Number(part.dataset.every) * 1000;
  const refresh = async () => {
    if (!document.hidden) {
      try {
        const response = await fetch(part.dataset.refresh, { headers: { "X-Requested-With": "refresh" } });
        if (response.ok && !response.redirected) part.innerHTML = await response.text();
      } catch {
        // The network is away; the next turn tries again.
      }
    }
    setTimeout(refresh, every * (0.9 + Math.random() * 0.2));
  };
  setTimeout(refresh, every);
}

// On a phone the tabs go on beyond the screen: bring the current one into it.
for (const current of document.querySelectorAll(".tabs [aria-current]")) {
  current.parentElement.scrollLeft = current.offsetLeft - (current.parentElement.clientWidth - current.offsetWidth) / 2;
}

// What goes on beyond the screen can be moved by the keyboard, too.
for (const box of document.querySelectorAll(".picture-scroll")) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}

// On paper everything is open but what is for the screen only.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("main details:not([open], .on-screen)")) {
    folded.open = true;
    window.addEventListener("afterprint", () => { folded.open = false; }, { once: true });
  }
});
