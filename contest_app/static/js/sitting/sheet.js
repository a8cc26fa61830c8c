// The answer sheet as it stands on the page: read from the form, written to the form.

export class FormSheet {
  constructor(form) {
    this.form = form;
    this.questions = [...form.querySelectorAll(".question")];
    this.prediction = form.elements.prediction;
    this.changedAt = {};
  }

  inputs(question) {
    return [...question.querySelectorAll("input.answer")];
  }

  chosen(question) {
    return this.inputs(question).filter((input) => input.checked).map((input) => Number(input.value));
  }

  isAnswered(question) {
    return question.dataset.kind === "prediction" ? this.guess() !== null : this.chosen(question).length > 0;
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
      const chosen = this.chosen(question);
      if (chosen.length) answers[place] = chosen;
      if (this.isFlagged(question)) flags.push(Number(place));
    }
    return { answers, prediction: this.guess(), changed: this.changedAt, flags };
  }

  write(sheet) {
    this.changedAt = { ...sheet.changed };
    for (const question of this.questions) {
      const place = question.dataset.place;
      const chosen = sheet.answers?.[place] ?? [];
      for (const input of this.inputs(question)) input.checked = chosen.includes(Number(input.value));
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
