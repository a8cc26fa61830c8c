// Shows the fields the chosen kind of question has, and hides the others; without this script all of them stand there.

const kind = document.getElementById("kind");

function fit() {
  for (const element of document.querySelectorAll("[data-kinds]")) {
    element.hidden = !element.dataset.kinds.split(" ").includes(kind.value);
  }
}

kind.addEventListener("change", fit);
new MutationObserver(fit).observe(document.getElementById("options"), { childList: true });
fit();
