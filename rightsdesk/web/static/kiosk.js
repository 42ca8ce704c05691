// A screen that many people use, one after the other: it shows the site in a frame, and when nobody touches it for a
// while it asks, then erases the conversation and puts a fresh frame in place. Nothing is stored.
"use strict";
const byId = (id) => document.getElementById(id);
const [dialog, told] = [byId("still-there"), byId("told")];
const { idle, grace, forget, elsewhere } = document.body.dataset;
let frame = document.querySelector("iframe");
let used = false;
let timer;
const conversations = new Set();

function remember() {
  const known = frame.contentDocument?.querySelector("input[name=conversation]");
  if (known) conversations.add(known.value);
}

async function erase() {
  remember();
  const ids = [...conversations];
  conversations.clear();
  await Promise.allSettled(ids.map((conversation) =>
    fetch(forget, { method: "POST", body: new URLSearchParams({ conversation }) })));
}

// A new frame has no history, so that “Back” shows nothing of the visitor before.
function startFresh() {
  clearTimeout(timer);
  dialog.close("erased");
  erase();
  const fresh = frame.cloneNode();
  frame.replaceWith(fresh);
  frame = fresh;
  used = false;
  told.textContent = "";
  frame.addEventListener("load", begin);
  frame.focus();
}

function askWhetherStillThere() {
  dialog.returnValue = "";
  dialog.showModal();
  timer = setTimeout(startFresh, grace * 1000);
}

function wait() {
  clearTimeout(timer);
  if (used) timer = setTimeout(askWhetherStillThere, idle * 1000);
}

function active() {
  if (dialog.open) return;
  used = true;
  wait();
}

// Other sites have no timer and no way back, and mail programs and telephones are not the visitor's own.
function stay(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || link.origin === location.origin) return;
  event.preventDefault();
  event.stopPropagation();
  if ("leave" in link.dataset) startFresh();
  else told.textContent = elsewhere.replace("{address}", link.href.replace(/^(mailto|tel):/, ""));
}

function begin() {
  remember();
  told.textContent = "";
  const inside = frame.contentWindow;
  for (const kind of ["pointerdown", "pointermove", "keydown", "input", "scroll", "wheel", "touchmove"]) {
    inside.addEventListener(kind, active, { capture: true, passive: true });
  }
  inside.addEventListener("click", stay, true);
}

dialog.addEventListener("close", () => { if (dialog.returnValue !== "erased") active(); });
frame.addEventListener("load", begin);
if (frame.contentDocument?.readyState === "complete") begin();
