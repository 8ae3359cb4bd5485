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
  const near = form.querySelector(".near");
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

  // How many letters must be changed, added or left out to make one word of the other.
  const distance = (a, b) => [...a].reduce((old, letter, i) => {
    const row = [i + 1];
    old.slice(1).forEach((above, j) => row.push(Math.min(above + 1, row[j] + 1, old[j] + (letter !== b[j]))));
    return row;
  }, [...Array(b.length + 1).keys()])[b.length];

  const find = (words) => lines.map((line) => [weight(line, words), line]).filter(([points]) => points > 1);

  // What else to search for, with words of the site for those it does not know.
  const alike = (words) => {
    const all = [...new Set(lines.flatMap((line) => [...line.title, ...line.shown, ...line.words]))];
    const choices = words.map((word) => {
      const most = word.length < 4 ? 0 : word.length < 6 ? 1 : 2;
      if (find([word]).length) return [word];
      return all.map((one) => [Math.abs(one.length - word.length) > most ? 9 : distance(word, one), one])
        .filter(([far]) => far <= most).sort(([a], [b]) => a - b).map(([, one]) => one);
    });
    const made = [0, 1, 2].map((n) => choices.map((some) => some[Math.min(n, some.length - 1)]));
    return [...new Set(made.filter((one) => one.every(Boolean) && find(one).length).map((one) => one.join(" ")))];
  };

  const show = () => {
    const words = plain(field.value);
    const hits = words.length ? find(words) : [];
    list.hidden = hits.length > 0;
    found.hidden = !hits.length;
    const others = words.length && !hits.length ? alike(words) : [];
    near.hidden = !others.length;
    near.lastChild.replaceChildren(...others.map((one) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = one;
      return button;
    }));
    if (!hits.length) {
      found.replaceChildren();
      said.textContent = words.length ? form.dataset.none : "";
      return;
    }
    hits.sort(([one, a], [other, b]) => other + b.bonus - one - a.bonus);
    found.replaceChildren(...hits.map(([, line]) => line.item.cloneNode(true)));
    said.textContent = (hits.length === 1 ? form.dataset.one : form.dataset.many).replace("N", hits.length);
  };

  near.addEventListener("click", (event) => {
    if (!event.target.type) return;
    field.value = event.target.textContent;
    field.focus();
    show();
  });
  form.dataset.ready = "";
  form.addEventListener("submit", (event) => { event.preventDefault(); load().then(show); });
  field.addEventListener("input", () => load().then(show));
  field.value = new URLSearchParams(location.search).get("q") || "";
  if (field.value) load().then(show);
})();
