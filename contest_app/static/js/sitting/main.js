// The sitting page. The server decides everything; this file answers quickly, sends often and says honestly what is saved.

import { SittingClock } from "./clock.js";
import { Outbox } from "./outbox.js";
import { Saver } from "./saver.js";
import { FormSheet } from "./sheet.js";
import { View } from "./view.js";

const page = JSON.parse(document.getElementById("du-lieu").textContent);
const { texts, urls } = page;
const byId = (id) => document.getElementById(id);
const say = (text, values = {}) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

const form = byId("bai-lam");
const sheet = new FormSheet(form);
const clock = new SittingClock(page.secondsLeft, page.secondsTotal);
const outbox = new Outbox(page.attemptId, page.token);
const view = new View(sheet, texts);
const saver = new Saver({
  urls, token: page.token, revision: page.revision, outbox, tell,
  readSheet: () => sheet.read(),
  merge: (other) => (sheet.merge(other), view.refresh()),
});
sheet.changedAt = { ...page.changed };
let extraSeconds = page.extraSeconds;
let isTimeUp = false;

// What the contestant is told

function serverTime(iso) {
  return new Date(iso).toLocaleTimeString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", hour12: false });
}

let lastSaved = page.savedAt && serverTime(page.savedAt);

function showState(text, style) {
  byId("da-luu").textContent = text;
  byId("thanh-tren").dataset.state = style;
}

function alarm(text) {
  const banner = byId("bao-dong");
  if (banner.textContent !== text) banner.textContent = text;
  banner.hidden = !text;
}

function tell(what, answer = {}) {
  if (what === "saving") {
    if (!saver.failures) showState(texts.saving, "saving");
  } else if (what === "saved") {
    lastSaved = serverTime(answer.saved_at);
    clock.set(answer.seconds_left);
    alarm("");
    showState(say(texts.saved, { time: lastSaved }), "saved");
  } else if (what === "offline" || what === "busy") {
    showState(texts.notSaved, "failed");
    alarm(say(isTimeUp ? texts.timeUpOffline : texts[what], { time: lastSaved ?? texts.never }));
  } else if (what === "refused") {
    showState(texts.notSaved, "failed");
    alarm(answer.message ?? texts.busy);
  } else if (what === "taken_over") {
    view.lock(true);
    showState(texts.notSaved, "failed");
    alarm("");
    byId("bi-thay").hidden = false;
    byId("bi-thay").querySelector("button").disabled = false;
    byId("bi-thay").focus();
  } else {
    location.replace(urls.receipt);
  }
}

// Answering

function showBadGuess() {
  const isBad = sheet.hasBadGuess();
  const error = byId("du-doan-loi");
  if (error) error.textContent = isBad ? texts.badPrediction : "";
  return isBad;
}

function changed(place) {
  if (place) sheet.changedAt[place] = clock.elapsed;
  view.refresh();
  if (!place && showBadGuess()) return;
  saver.changed();
}

form.addEventListener("change", (event) => {
  const question = event.target.closest(".question");
  if (!question) return;
  if (event.target.matches(".flag")) {
    outbox.keepFlags(sheet.read().flags);
    view.refresh();
  } else if (question.dataset.kind === "prediction") {
    changed(null);
  } else if (!isTyped(event.target)) {
    sheet.keepOrder(event.target);
    changed(question.dataset.place);
  }
});

// What is typed is kept while it is typed: a phone may never leave the box.
form.addEventListener("input", (event) => {
  const question = event.target.closest(".question");
  if (question && event.target.matches(".answer") && isTyped(event.target)) {
    changed(question.dataset.place);
    countWords(question);
    view.markNumber(event.target);
  }
});

function isTyped(input) {
  return input.matches("textarea, input:not([type=radio], [type=checkbox])");
}

function countWords(question) {
  const counter = question.querySelector(".word-count");
  if (!counter) return;
  const box = question.querySelector("textarea");
  const count = box.value.trim().split(/\s+/).filter(Boolean).length;
  counter.textContent = say(counter.dataset.text, { count });
  counter.classList.toggle("is-over", count > Number(box.dataset.most ?? Infinity));
}

form.addEventListener("click", (event) => {
  if (!event.target.matches(".clear-answer")) return;
  const question = event.target.closest(".question");
  sheet.put(question, []);
  countWords(question);
  sheet.inputs(question).forEach((input) => view.markNumber(input));
  changed(question.dataset.place);
});

// Submitting

const dialog = byId("xac-nhan");
let retry = null;

function openDialog() {
  if (showBadGuess()) {
    view.go(sheet.questions.length - 1);
    return sheet.prediction.focus();
  }
  const missing = view.unanswered();
  const names = missing.map((question) => question.dataset.label).join(", ");
  byId("con-thieu").textContent = missing.length ? say(texts.missing, { count: missing.length, names }) : texts.complete;
  if (dialog.open) return;
  if (dialog.showModal) dialog.showModal();
  else if (window.confirm(byId("con-thieu").textContent)) finish();
}

function closeDialog() {
  clearTimeout(retry);
  if (dialog.open) dialog.close();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  openDialog();
});
byId("nop-that").addEventListener("click", () => finish());
byId("chua-nop").addEventListener("click", closeDialog);
dialog.addEventListener("close", closeDialog); // by the Escape key, too

async function finish(turn = 0) {
  showState(texts.submitting, "saving");
  const answer = await saver.submit(isTimeUp).catch(() => ({ error: "offline" }));
  if (answer.state === "closed") location.replace(answer.receipt);
  else if (answer.state === "answering") goOn(answer);
  else if (answer.error === "taken_over") closeDialog(), tell("taken_over");
  else if (answer.error === "stale") openDialog();
  else if (answer.error === "bad_sheet") refused(answer);
  else tryAgain(turn);
}

// Sending the same again would be refused again: say why, and let the contestant mend it while there is time.
function refused(answer) {
  closeDialog();
  tell("refused", answer);
  if (!isTimeUp) return;
  saver.isOver = true;
  tell("overdue");
}

// The server has not got the paper: go on trying, until the contestant chooses to go on answering.
function tryAgain(turn) {
  alarm(say(isTimeUp ? texts.timeUpOffline : texts.submitOffline, { time: lastSaved ?? texts.never }));
  showState(texts.notSaved, "failed");
  const wait = Math.min(20_000, 1500 * 2 ** turn) * (0.5 + Math.random());
  if (isTimeUp || dialog.open) retry = setTimeout(() => finish(turn + 1), wait);
}

// Time: shown every second, spoken only at 10, 5 and 1 minutes

const announced = new Set([600, 300, 60].filter((mark) => clock.left <= mark));

function tick() {
  byId("con-lai").textContent = clock.text();
  byId("thanh-tren").classList.toggle("is-short", clock.left <= 60);
  for (const mark of [600, 300, 60]) {
    if (clock.left <= mark && !announced.has(mark)) {
      announced.add(mark);
      byId("doc-to").textContent = say(texts.minutesLeft, { minutes: mark / 60 });
    }
  }
  if (clock.left <= 2 && saver.hasUnsaved) saver.send();
  if (clock.left <= 0 && !saver.isOver && !isTimeUp) timeUp();
  setTimeout(tick, 1000 - (Date.now() % 1000) + 5);
}

function timeUp() {
  isTimeUp = true;
  view.lock(true);
  closeDialog();
  byId("doc-to").textContent = texts.timeUp;
  alarm(texts.timeUp);
  // The server has the last word: it may know of extra time, or that this device's clock has jumped. And it closes
  // the paper at its deadline whether this page speaks to it or not.
  setTimeout(() => finish(), Math.random() * 1500);
}

function goOn(answer) {
  isTimeUp = false;
  clock.set(answer.seconds_left);
  announceExtra(answer.extra_seconds);
  view.lock(false);
  alarm("");
  showState(lastSaved ? say(texts.saved, { time: lastSaved }) : texts.nothingYet, "saved");
  saver.send();
}

function announceExtra(seconds) {
  if (seconds <= extraSeconds) return;
  const text = say(texts.extra, { minutes: Math.round((seconds - extraSeconds) / 60) });
  extraSeconds = seconds;
  byId("doc-to").textContent = text;
  byId("tin").textContent = text;
  byId("tin").hidden = false;
}

// Now and then ask how things stand: extra time, another device, time after sleep.

async function ask() {
  if (saver.isOver || isTimeUp) return;
  const state = await saver.state().catch(() => null);
  if (!state) return;
  clock.set(state.seconds_left);
  if (state.state !== "answering") {
    saver.isOver = true;
    tell(state.state);
    return;
  }
  announceExtra(state.extra_seconds);
  // Another tab has saved: sending ours brings both together.
  if (state.revision > Math.max(saver.revision, saver.acknowledged)) saver.changed();
}

function keepAsking() {
  setTimeout(() => ask().finally(keepAsking), 45_000 + Math.random() * 30_000);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) saver.leave();
  else ask();
});
addEventListener("pagehide", () => saver.leave());
addEventListener("online", () => saver.send());
addEventListener("beforeunload", (event) => {
  if (saver.hasUnsaved && !saver.isOver) event.preventDefault();
});

// What this device still owes the server goes first.

sheet.questions.forEach(countWords);
sheet.flag(outbox.flags());
view.refresh();
const unsent = outbox.unsent(page.revision);
if (unsent) {
  sheet.write(unsent.sheet);
  saver.revision = unsent.revision;
  view.refresh();
  tell("saving");
  saver.send();
} else if (isAheadOfServer()) {
  saver.changed();
} else {
  showState(lastSaved ? say(texts.saved, { time: lastSaved }) : texts.nothingYet, "saved");
  offerEarlier(outbox.fromEarlierSeat());
}

// A slow phone: something was chosen before this script came to listen.
function isAheadOfServer() {
  const { answers, prediction } = sheet.read();
  return JSON.stringify([answers, prediction]) !== JSON.stringify([page.answers, page.prediction]);
}

function offerEarlier(kept) {
  if (!kept) return;
  const offer = byId("con-giu");
  offer.hidden = false;
  byId("dung-lai").addEventListener("click", () => {
    sheet.write(kept.sheet);
    view.refresh();
    saver.changed();
    offer.hidden = true;
  });
  byId("bo-di").addEventListener("click", () => {
    outbox.forget();
    offer.hidden = true;
  });
}

// The bar grows when it has something to say; headings must not hide under it.
new ResizeObserver(([entry]) => {
  document.body.style.setProperty("--bar", `${entry.target.offsetHeight}px`);
}).observe(byId("thanh-tren"));

tick();
keepAsking();
