// Takes over changes of the files without losing the place. Without this script there is a link to reload.
"use strict";
const policy = window.trustedTypes
  ? trustedTypes.createPolicy("rights-desk", { createHTML: (html) => html })
  : { createHTML: (html) => html };
const status = document.getElementById("status");
const wait = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
let asking = null;

function replacePart(fresh, id) {
  const [old, part] = [document.getElementById(id), fresh.getElementById(id)];
  const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const whole = document.activeElement === old;
  const open = old.querySelector("details")?.open;
  const place = old.scrollTop;
  old.replaceWith(part);
  part.scrollTop = place;
  if (open && part.querySelector("details")) part.querySelector("details").open = true;
  if (whole) part.focus({ preventScroll: true });
  if (focused) part.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

function reloadFrame() {
  const frame = document.getElementById("frame");
  const { scrollX, scrollY } = frame.contentWindow;
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(scrollX, scrollY), { once: true });
  frame.contentWindow.location.reload();
}

async function takeOver() {
  const response = await fetch(location.pathname);
  if (!response.ok) return location.reload();
  const fresh = new DOMParser().parseFromString(policy.createHTML(await response.text()), "text/html");
  if (["frame", "source"].some((id) => !fresh.getElementById(id) !== !document.getElementById(id))) return location.reload();
  document.title = fresh.title;
  document.documentElement.dataset.version = fresh.documentElement.dataset.version;
  for (const id of ["pages", "checks", "source"]) if (document.getElementById(id)) replacePart(fresh, id);
  if (document.getElementById("frame")) reloadFrame();
  status.textContent = "";
  await wait(0.1);
  status.textContent = status.dataset.updated;
}

async function follow() {
  while (true) {
    if (document.hidden) {
      await new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));
      continue;
    }
    asking = new AbortController();
    try {
      const shown = document.documentElement.dataset.version;
      const answer = await fetch(`/preview/changes?since=${shown}`, { signal: asking.signal });
      if ((await answer.json()).version !== shown) await takeOver();
    } catch (error) {
      if (error.name !== "AbortError") {
        status.textContent = status.dataset.lost;
        await wait(2);
      }
    }
  }
}

document.addEventListener("visibilitychange", () => { if (document.hidden) asking?.abort(); });
follow();
