// Sends questions without loading the page anew. Without this script the same forms post and load a page.
"use strict";
const policy = window.trustedTypes
  ? trustedTypes.createPolicy("rights-desk", { createHTML: (html) => html })
  : { createHTML: (html) => html };
const form = document.getElementById("ask");
const box = document.getElementById("question");
const transcript = document.getElementById("transcript");
const announcer = document.getElementById("announcer");
const status = document.getElementById("status");
const problem = document.getElementById("problem");
const send = form.querySelector(".send");

function complain(text) {
  problem.textContent = text;
  problem.hidden = !text;
  if (text) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
}

function announce(text) {
  announcer.textContent = text;
  setTimeout(() => { announcer.textContent = ""; }, 5000);
}

function show(answer) {
  const holder = document.createElement("template");
  holder.innerHTML = policy.createHTML(answer.html);
  transcript.append(holder.content);
  for (const field of document.querySelectorAll("input[name=turn]")) field.value = answer.turn;
  document.body.classList.add("has-answers");
  document.querySelector(".suggestions")?.remove();
  transcript.lastElementChild.scrollIntoView({ block: "start" });
  announce(answer.announce);
}

async function ask(source, button) {
  if (send.getAttribute("aria-disabled") === "true") return;
  const data = new FormData(source);
  if (button?.name) data.set(button.name, button.value);
  send.setAttribute("aria-disabled", "true");
  const slow = setTimeout(() => { status.textContent = form.dataset.waiting; }, 700);
  try {
    const response = await fetch(source.action, {
      method: "POST", body: new URLSearchParams(data), headers: { Accept: "application/json" },
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error || "");
    complain("");
    show(answer);
    if (source === form) box.value = "";
  } catch (error) {
    complain(error instanceof TypeError || error instanceof SyntaxError || !error.message ? form.dataset.failed : error.message);
  } finally {
    clearTimeout(slow);
    status.textContent = "";
    send.removeAttribute("aria-disabled");
  }
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!event.target.action.endsWith("/ask") || button?.hasAttribute("formaction")) return;
  event.preventDefault();
  if (event.target === form && !box.value.trim()) {
    complain(form.dataset.empty);
    box.focus();
    return;
  }
  if (event.target === form) box.focus();
  ask(event.target, button);
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit(send);
  }
});
if (transcript.children.length) {
  document.body.classList.add("has-answers");
  transcript.lastElementChild.scrollIntoView({ block: "start" });
}
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
