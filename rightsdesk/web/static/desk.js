// The help desk: finds topics while staff type, without asking the server. The scoring is that of web/search.py.
"use strict";
const LEAST = 3, LEAST_HANGUL = 2, SHARE = 0.3, NEIGHBOURS = 5, TITLED = 1000, FIRST = 5, MOST = 12, WORTH = 0.3;
const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const split = (text) => text.normalize("NFKC").toLowerCase().match(/[\p{L}\p{N}_]+/gu) || [];

function common(first, second) {
  let same = 0;
  while (same < first.length && same < second.length && first[same] === second[same]) same += 1;
  return same;
}

class Index {
  constructor({ titles, start, words, weights }) {
    this.titles = titles;
    this.start = start;
    this.topics = Object.keys(start);
    const entries = words.split("|"), signs = weights.split("|");
    this.weights = new Map(entries.map((word, place) => [word, signs[place]]));
    this.words = entries.filter((word) => !word.includes(" "));
  }

  found(text) {
    const gained = this.gained(text);
    const score = (topic) => gained.get(topic) + this.start[topic];
    const order = new Map(this.topics.map((topic, place) => [topic, place]));
    const best = [...gained.keys()].sort((one, other) => score(other) - score(one) || order.get(one) - order.get(other));
    return best.slice(0, MOST).filter((topic, place) => place < FIRST || gained.get(topic) >= WORTH * gained.get(best[0]));
  }

  gained(text) {
    const words = split(text), gained = new Map();
    const add = (topic, value) => gained.set(topic, (gained.get(topic) || 0) + value);
    const each = (signs, use) => {
      for (let at = 0; at < signs.length; at += 2) use(this.topics[SIGNS.indexOf(signs[at])], SIGNS.indexOf(signs[at + 1]));
    };
    for (const word of new Set(words)) {
      const known = this.known(word);
      for (const [entry, part] of known) each(this.weights.get(entry), (topic, weight) => add(topic, weight * part / known.length));
    }
    for (let at = 1; at < words.length; at += 1) each(this.weights.get(`${words[at - 1]} ${words[at]}`) || "", add);
    for (const [topic, value] of gained) gained.set(topic, value / Math.sqrt(words.length));
    for (const [topic, title] of Object.entries(this.titles)) {
      if (words.length && words.every((word) => title.some((other) => other.startsWith(word)))) add(topic, TITLED);
    }
    return gained;
  }

  known(word) {
    if (this.weights.has(word)) return [[word, 1]];
    const place = this.place(word);
    const shared = Math.max(common(word, this.words[place - 1] || ""), common(word, this.words[place] || ""));
    const least = /[\uac00-\ud7a3]/.test(word) ? LEAST_HANGUL : LEAST;
    if (shared < least || shared < SHARE * word.length) return [];
    const beginning = word.slice(0, shared), near = [];
    for (let at = this.place(beginning); near.length < NEIGHBOURS && this.words[at]?.startsWith(beginning); at += 1) {
      near.push([this.words[at], shared / Math.max(word.length, this.words[at].length)]);
    }
    return near;
  }

  place(word) {
    let low = 0, high = this.words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function searchPage(form) {
  const box = document.getElementById("search"), hits = document.getElementById("hits");
  const found = document.getElementById("found"), topics = document.getElementById("topics");
  const count = document.getElementById("count"), links = new Map();
  const offices = document.getElementById("referrals"), rows = [...document.querySelectorAll("[data-words]")];
  for (const link of document.querySelectorAll("[data-topic]")) links.set(link.dataset.topic, link);
  let index = new Index({ titles: titles(links), start: zeros(links), words: "", weights: "" });
  let later;

  function filter() {
    const words = split(box.value), names = words.length ? index.found(box.value) : [];
    hits.replaceChildren(...names.map((name) => {
      const item = document.createElement("li");
      const link = links.get(name).cloneNode(true);
      link.removeAttribute("data-topic");
      item.append(link);
      return item;
    }));
    found.hidden = !names.length;
    topics.hidden = words.length > 0 && names.length > 0;
    const shown = rows.filter((row) => (row.hidden = words.length > 0 && !matches(row.dataset.words.split(" "), words), !row.hidden));
    if (offices) offices.hidden = !shown.length;
    clearTimeout(later);
    later = setTimeout(() => { count.textContent = words.length ? told(names.length) : ""; }, 500);
  }
  const told = (number) => number ? form.dataset.found.replace("{n}", number) : form.dataset.none;
  const matches = (known, words) => words.some((word) => word.length > 2 && known.some((other) => word.length > 3 ? other.includes(word) : other.startsWith(word)));

  function fresh() {
    box.value = "";
    filter();
    clearTimeout(later);
    count.textContent = "";
    scrollTo(0, 0);
    box.focus();
  }

  window.rightsDesk = { ready: fetch(form.dataset.index).then((answer) => answer.json()).then((content) => {
    index = new Index(content);
    window.rightsDesk.found = (text) => index.found(text);
    if (box.value) filter();
  }).catch(() => {}) };
  box.addEventListener("input", filter);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
    hits.querySelector("a")?.focus();
  });
  document.getElementById("fresh").addEventListener("click", (event) => { event.preventDefault(); fresh(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) fresh(); });
}

const titles = (links) => Object.fromEntries([...links].map(([name, link]) => [name, split(link.textContent)]));
const zeros = (links) => Object.fromEntries([...links.keys()].map((name) => [name, 0]));

function topicPage() {
  const told = document.getElementById("told");
  document.querySelector("[data-print]")?.addEventListener("click", (event) => { event.preventDefault(); print(); });
  document.querySelector("[data-copy]")?.addEventListener("click", async (event) => {
    const text = document.getElementById("text");
    try {
      await navigator.clipboard.writeText(text.textContent);
      told.textContent = event.target.dataset.copy;
    } catch {
      text.closest("details").open = true;
      getSelection().selectAllChildren(text);
    }
  });
}

for (const part of document.querySelectorAll(".scripted")) part.hidden = false;
const form = document.getElementById("find");
if (form) searchPage(form);
else topicPage();
