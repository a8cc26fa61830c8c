// One question at a time or all at once, the map of questions, how many are done.

const REMEMBERED = "cach-xem-de";

export class View {
  constructor(sheet, texts) {
    this.sheet = sheet;
    this.texts = texts;
    this.current = 0;
    this.map = document.getElementById("so-do");
    this.buttons = sheet.questions.map((question, index) => this.mapButton(question, index));
    for (const element of document.querySelectorAll(".needs-script")) element.hidden = false;
    for (const element of document.querySelectorAll(".without-script")) element.hidden = true;
    this.choose(this.remembered());
    for (const input of document.querySelectorAll("input[name=view]")) {
      input.addEventListener("change", () => this.choose(input.value));
    }
    document.getElementById("cau-truoc").addEventListener("click", () => this.go(this.current - 1));
    document.getElementById("cau-sau").addEventListener("click", () => this.go(this.current + 1));
  }

  remembered() {
    try {
      return localStorage.getItem(REMEMBERED) ?? "one";
    } catch {
      return "one";
    }
  }

  choose(way) {
    try {
      localStorage.setItem(REMEMBERED, way);
    } catch {
      // Only a convenience.
    }
    this.isOneByOne = way === "one";
    document.querySelector(`input[name=view][value=${way}]`).checked = true;
    document.getElementById("di-chuyen").hidden = !this.isOneByOne;
    this.show();
  }

  mapButton(question, index) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = question.dataset.label;
    button.addEventListener("click", () => this.go(index));
    const item = document.createElement("li");
    item.append(button);
    this.map.append(item);
    return button;
  }

  go(index) {
    this.current = Math.min(Math.max(index, 0), this.sheet.questions.length - 1);
    this.show();
    const heading = this.sheet.questions[this.current].querySelector("h2, legend");
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "start" });
  }

  show() {
    this.sheet.questions.forEach((question, index) => {
      question.hidden = this.isOneByOne && index !== this.current;
    });
    document.getElementById("cau-truoc").disabled = this.current === 0;
    document.getElementById("cau-sau").disabled = this.current === this.sheet.questions.length - 1;
    this.refresh();
  }

  refresh() {
    this.sheet.questions.forEach((question, index) => {
      const answered = this.sheet.isAnswered(question);
      const flagged = this.sheet.isFlagged(question);
      const button = this.buttons[index];
      button.className = [answered ? "is-answered" : "", flagged ? "is-flagged" : ""].join(" ").trim();
      if (this.isOneByOne && index === this.current) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
      const states = [answered ? this.texts.answered : this.texts.unanswered, flagged ? this.texts.flagged : ""];
      button.setAttribute("aria-label", [question.dataset.name, ...states.filter(Boolean)].join(", "));
    });
    // The prediction is no question of the paper: it has no points and is not counted.
    const counted = this.sheet.questions.filter((question) => question.dataset.kind !== "prediction");
    const done = counted.filter((question) => this.sheet.isAnswered(question)).length;
    document.getElementById("da-lam").textContent = `${done}/${counted.length}`;
  }

  unanswered() {
    return this.sheet.questions.filter((question) => !this.sheet.isAnswered(question));
  }

  lock(isLocked) {
    for (const input of this.sheet.form.querySelectorAll("input, button, select, textarea")) input.disabled = isLocked;
    if (!isLocked) this.show();
  }

  // A hint, no more: what is no number is kept and sent all the same.
  markNumber(input) {
    if (input.inputMode !== "decimal") return;
    const isWrong = input.value.trim() !== "" && !/^[+\-−]?[\d.,\s]*\d[.,\s]*$/.test(input.value.trim());
    input.setAttribute("aria-invalid", isWrong);
    if (input.matches(".typed")) input.nextElementSibling.classList.toggle("is-wrong", isWrong);
  }
}
