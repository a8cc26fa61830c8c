// The answer sheet as it stands on the page: read from the form, written to the form.

export class FormSheet {
  constructor(form) {
    this.form = form;
    this.questions = [...form.querySelectorAll(".question")];
    this.prediction = form.elements.prediction;
    this.changedAt = {};
    this.questions.forEach((question) => this.rememberOrder(question));
  }

  inputs(question) {
    return [...question.querySelectorAll(".answer")];
  }

  // The answer as the server keeps it: options chosen, or one entry for each part, null where it is left open.
  parts(question) {
    const inputs = this.inputs(question);
    if ("choice" in question.dataset) return inputs.filter((input) => input.checked).map((input) => Number(input.value));
    const parts = [];
    for (const input of inputs) {
      const place = Number(input.dataset.part);
      const value = this.value(input);
      parts[place] = value ?? parts[place] ?? null;
    }
    return parts.some((part) => part !== null) ? parts : [];
  }

  value(input) {
    if (input.type === "radio") return input.checked ? Number(input.value) : null;
    if (input.tagName === "SELECT") return input.value === "" ? null : Number(input.value);
    return input.value.trim() === "" ? null : input.value;
  }

  put(question, parts) {
    const isChoice = "choice" in question.dataset;
    for (const input of this.inputs(question)) {
      const part = parts[Number(input.dataset.part)] ?? null;
      if (isChoice) input.checked = parts.includes(Number(input.value));
      else if (input.type === "radio") input.checked = part === Number(input.value);
      else input.value = part ?? "";
    }
    this.rememberOrder(question);
  }

  // Two steps cannot stand at one place: the one that stood there takes the place that was left.
  keepOrder(changedInput) {
    const question = changedInput.closest(".question");
    if (question.dataset.kind !== "ordering") return;
    const others = this.inputs(question).filter((input) => input !== changedInput);
    const rival = others.find((input) => input.value !== "" && input.value === changedInput.value);
    if (rival) rival.value = changedInput.dataset.before ?? "";
    this.rememberOrder(question);
  }

  rememberOrder(question) {
    if (question.dataset.kind !== "ordering") return;
    for (const input of this.inputs(question)) input.dataset.before = input.value;
  }

  isAnswered(question) {
    return question.dataset.kind === "prediction" ? this.guess() !== null : this.parts(question).length > 0;
  }

  isFlagged(question) {
    return question.querySelector(".flag")?.checked ?? false;
  }

  guess() {
    const digits = (this.prediction?.value ?? "").replace(/[\s.]/g, "");
    return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
  }

  // Something stands in the box that is no number: it cannot be saved, and must not look as if it had been.
  hasBadGuess() {
    return Boolean(this.prediction?.value.trim()) && this.guess() === null;
  }

  read() {
    const answers = {};
    const flags = [];
    for (const question of this.questions) {
      const place = question.dataset.place;
      if (question.dataset.kind === "prediction") continue;
      const parts = this.parts(question);
      if (parts.length) answers[place] = parts;
      if (this.isFlagged(question)) flags.push(Number(place));
    }
    return { answers, prediction: this.guess(), changed: this.changedAt, flags };
  }

  write(sheet) {
    this.changedAt = { ...sheet.changed };
    for (const question of this.questions) {
      const place = question.dataset.place;
      if (question.dataset.kind !== "prediction") this.put(question, sheet.answers?.[place] ?? []);
    }
    this.flag(sheet.flags ?? []);
    if (this.prediction) this.prediction.value = sheet.prediction ?? "";
  }

  // Another tab's sheet: of each question the answer that was changed last stays.
  merge(other) {
    const mine = this.read();
    const answers = { ...mine.answers };
    for (const question of this.questions) {
      const place = question.dataset.place;
      const theirs = other.changed?.[place] ?? -1;
      if (theirs > (this.changedAt[place] ?? -1)) {
        answers[place] = other.answers?.[place] ?? [];
        this.changedAt[place] = theirs;
      }
    }
    const flags = [...new Set([...mine.flags, ...(other.flags ?? [])])];
    this.write({ answers, prediction: mine.prediction ?? other.prediction, changed: this.changedAt, flags });
  }

  flag(places) {
    for (const question of this.questions) {
      const flag = question.querySelector(".flag");
      if (flag && places.includes(Number(question.dataset.place))) flag.checked = true;
    }
  }
}
