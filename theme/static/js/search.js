// Searches the list from A to Z on this page, and the words of the pages in one small file. Nothing that is typed leaves
// the browser. Without this script the form is not shown, and the list is there.
"use strict";
(() => {
  const form = document.querySelector("form.search");
  const list = document.querySelector(".a-to-z");
  if (!form || !list) return;
  const field = form.querySelector("input");
  const found = document.querySelector(".found");
  const said = form.querySelector("[role=status]");
  const plain = (text) => (text.normalize("NFD").toLowerCase().replace(/\p{M}/gu, "").match(/[\p{L}\p{N}_]+/gu) || []);
  const lines = [...list.querySelectorAll("li[data-url]")].map((item) => ({
    item,
    title: plain(item.querySelector("a").textContent),
    shown: plain(item.textContent),
    words: [],
    bonus: item.dataset.kind === "article" ? 8 : 0,
  }));
  let loaded = null;

  const load = () => {
    loaded ??= fetch(form.dataset.index)
      .then((answer) => (answer.ok ? answer.json() : {}))
      .catch(() => ({}))
      .then((words) => {
        for (const line of lines) line.words = (words[line.item.dataset.url] || "").split(" ");
      });
    return loaded;
  };

  // A word counts where another begins with it, or is its singular: more in a title than in the line of the list, there more than on the page.
  const weight = (line, words) => words.reduce((sum, word) => {
    const begins = (one) => one.startsWith(word) || `${one}s` === word;
    const points = line.title.some(begins) ? 8 : line.shown.some(begins) ? 3 : line.words.some(begins) ? 1 : 0;
    return sum && points ? sum + points : 0;
  }, 1);

  const show = () => {
    const words = plain(field.value);
    list.hidden = words.length > 0;
    found.hidden = words.length === 0;
    if (!words.length) {
      found.replaceChildren();
      said.textContent = "";
      return;
    }
    const hits = lines.map((line) => [weight(line, words), line]).filter(([points]) => points > 1);
    hits.sort(([one, a], [other, b]) => other + b.bonus - one - a.bonus);
    found.replaceChildren(...hits.map(([, line]) => line.item.cloneNode(true)));
    said.textContent = (hits.length === 1 ? form.dataset.one : form.dataset.many).replace("N", hits.length);
  };

  form.dataset.ready = "";
  form.addEventListener("submit", (event) => { event.preventDefault(); load().then(show); });
  field.addEventListener("input", () => load().then(show));
  field.value = new URLSearchParams(location.search).get("q") || "";
  if (field.value) load().then(show);
})();
