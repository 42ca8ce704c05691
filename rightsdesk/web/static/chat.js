// Improves pages that work without it: answers appear in place, print, the quick way out. Nothing is stored.
"use strict";
const policy = window.trustedTypes
  ? trustedTypes.createPolicy("rights-desk", { createHTML: (html) => html })
  : { createHTML: (html) => html };
const framed = window.parent !== window;
const byId = (id) => document.getElementById(id);

function fragment(html) {
  const holder = document.createElement("template");
  holder.innerHTML = policy.createHTML(html);
  return holder.content;
}

async function post(form, button, more = {}) {
  const data = new FormData(form);
  if (button?.name) data.set(button.name, button.value);
  for (const [name, value] of Object.entries(more)) data.set(name, value);
  const response = await fetch(form.action, {
    method: "POST", body: new URLSearchParams(data), headers: { Accept: "application/json" },
  });
  return { ok: response.ok, status: response.status, answer: await response.json().catch(() => null) };
}

// The way of a browser without script, for answers that the script cannot read.
function sendPlainly(form, button) {
  form.dataset.plain = "";
  form.requestSubmit(button?.form === form ? button : undefined);
}

function printPage(turn) {
  turn?.classList.add("chosen");
  document.body.classList.toggle("print-one", Boolean(turn));
  window.print();
  turn?.classList.remove("chosen");
  document.body.classList.remove("print-one");
}

async function sayWhetherItHelped(form, button) {
  const { ok, answer } = await post(form, button).catch(() => ({ ok: false }));
  if (!ok || !answer) return sendPlainly(form, button);
  const thanks = fragment(answer.html);
  const first = thanks.firstElementChild;
  form.replaceWith(thanks);
  first.focus();
}

// In the resident's own words, as far as this page shows them; otherwise as the server remembers them.
function offerCopy(turn) {
  const mine = turn.querySelector(".mine");
  if (!mine) return;
  const list = mine.querySelector("ol");
  const asked = [...document.querySelectorAll(".turn:not(.wish) .question bdi")];
  if (asked.length >= list.children.length) list.replaceChildren(...asked.map((text) => {
    const item = document.createElement("li");
    item.append(text.cloneNode(true));
    return item;
  }));
  mine.hidden = !list.children.length;
  mine.querySelector("button").hidden = false;
}

async function copyQuestions(button) {
  const [text, status] = [button.previousElementSibling, byId("status")];
  const lines = [...text.querySelectorAll("p, bdi")].map((part) => part.textContent);
  status.textContent = "";
  try {
    await navigator.clipboard.writeText(lines.join("\n"));
    status.textContent = button.dataset.copied;
  } catch {
    getSelection().selectAllChildren(text);
    status.textContent = button.dataset.chosen;
  }
}

document.addEventListener("click", (event) => {
  const copy = event.target.closest(".mine button");
  if (copy) copyQuestions(copy);
  const link = event.target.closest("[data-print], [data-leave]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if ("print" in link.dataset) printPage(link.closest(".turn"));
  else (framed ? window.top : window).location.replace(link.href);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(".helped") || "plain" in form.dataset) return;
  event.preventDefault();
  sayWhetherItHelped(form, event.submitter);
});
if (framed) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) window.parent.postMessage("rights-desk:close", "*");
  });
}
for (const button of document.querySelectorAll("button[data-print]")) button.parentElement.hidden = false;
if (byId("ask")) chat(byId("ask"));

function chat(form) {
  const [box, transcript, announcer, status] = ["question", "transcript", "announcer", "status"].map(byId);
  const [problem, failure, newest, retry] = ["problem", "failure", "newest", "retry"].map(byId);
  const send = form.querySelector(".send");
  let again = () => ask(form);

  function complain(text) {
    problem.textContent = text;
    problem.hidden = !text;
    if (text) box.setAttribute("aria-invalid", "true");
    else box.removeAttribute("aria-invalid");
  }

  function fail(failed) {
    if (!failed && failure.contains(document.activeElement)) box.focus();
    status.textContent = failed ? form.dataset.failed : "";
    failure.hidden = !failed;
  }

  function goTo(heading) {
    heading.scrollIntoView({ block: "start" });
    heading.focus({ preventScroll: true });
  }

  function newestHeading() {
    return [...transcript.querySelectorAll(".answer-heading")].pop();
  }

  function show(answer) {
    transcript.append(fragment(answer.html));
    offerCopy(transcript.lastElementChild);
    form.elements.turn.value = answer.turn;
    document.body.classList.add("has-answers");
    newest.hidden = false;
    newest.href = `#${newestHeading().id}`;
    transcript.lastElementChild.scrollIntoView({ block: "start" });
    announcer.textContent = answer.announce;
    setTimeout(() => { announcer.textContent = ""; }, 5000);
  }

  async function ask(source, button) {
    if (send.getAttribute("aria-disabled") === "true") return;
    send.setAttribute("aria-disabled", "true");
    fail(false);
    const slow = setTimeout(() => { status.textContent = form.dataset.waiting; }, 700);
    const { conversation, turn } = form.elements;
    const more = { conversation: conversation.value, turn: turn.value };
    const { ok, status: code, answer } = await post(source, button, more).catch(() => ({ ok: false }));
    clearTimeout(slow);
    status.textContent = "";
    send.removeAttribute("aria-disabled");
    if (ok && !answer) return sendPlainly(source, button);
    complain(!ok && answer && code < 500 ? answer.error : "");
    if (ok) {
      if (source === form) box.value = "";
      show(answer);
    } else if (!answer || code >= 500) {
      again = () => ask(source, button);
      fail(true);
    }
  }

  document.addEventListener("submit", (event) => {
    const [source, button] = [event.target, event.submitter];
    if (!source.action.endsWith("/ask") || button?.hasAttribute("formaction") || "plain" in source.dataset) return;
    event.preventDefault();
    if (button === retry) return again();
    if (source === form) box.focus();
    if (source === form && !box.value.trim()) return complain(form.dataset.empty);
    ask(source, button);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit(send);
    }
  });
  newest.addEventListener("click", (event) => {
    event.preventDefault();
    goTo(newestHeading());
  });
  if (transcript.children.length) {
    document.body.classList.add("has-answers");
    offerCopy(transcript.lastElementChild);
    transcript.lastElementChild.scrollIntoView({ block: "start" });
  }
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
