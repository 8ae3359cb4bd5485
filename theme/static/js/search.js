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
  const asking = new Set(plain(form.dataset.asking));
  const others = JSON.parse(form.dataset.others);
  const lines = [...list.querySelectorAll("li[data-url]")].map((item) => ({
    item,
    title: plain(item.querySelector("a").textContent),
    shown: plain(item.textContent),
    sections: [],
    bonus: item.dataset.kind === "article" ? 4 : 0,
  }));
  let loaded = null;

  const load = () => {
    loaded ??= fetch(form.dataset.index)
      .then((answer) => (answer.ok ? answer.json() : {}))
      .catch(() => ({}))
      .then((pages) => {
        for (const line of lines) {
          line.sections = (pages[line.item.dataset.url] || "").split("\n").map((one) => {
            const [words, id = "", name = ""] = one.split("\t");
            return { words: words.split(" "), id, name, title: plain(name) };
          });
        }
      });
    return loaded;
  };

  // The words looked for, each with other words for it; those of a question only weigh a little, in titles.
  const wanted = (text) => {
    const aged = text.replace(/(\d+)[\s-]+years?[\s-]+olds?/gi, (_, years) => (years < 18 ? "children" : "adults"));
    const all = plain(aged);
    const kept = all.filter((word) => !asking.has(word));
    const words = kept.length ? kept : all;
    return { words, phrase: all.join(" "), asked: all.filter((word) => asking.has(word)), groups: words.map((word) => [word, ...plain(others[word] || "")]) };
  };

  // A word counts where another begins with it, or is its singular.
  const has = (texts, word) => texts.some((one) => one.startsWith(word) || `${one}s` === word);
  const inSection = (section, group) => group.some((word) => has(section.title, word)) ? 3 : group.some((word) => has(section.words, word)) ? 1 : 0;

  // More in a title than in the line of the list, there more than in the name of a section, there more than in its text.
  const weight = (line, { groups, asked, phrase }) => {
    const exact = groups.some(([word]) => has(line.title, word));
    let sum = exact ? asked.filter((word) => line.title.includes(word)).length / 2 : 0;
    if (line.title.join(" ").includes(phrase)) sum += 2;
    for (const group of groups) {
      const points = group.some((word) => has(line.title, word)) ? 8 : group.some((word) => has(line.shown, word)) ? 4 : 0;
      const inside = line.sections.map((section) => inSection(section, group)).sort((a, b) => b - a);
      if (!points && !inside[0]) return 0;
      sum += Math.max(points, inside[0] || 0) + Math.min(inside.filter(Boolean).length, 8) / 16 + (has(line.title, group[0]) ? 1 : 0);
    }
    return sum + line.bonus;
  };

  // How many letters must be changed, added or left out to make one word of the other.
  const distance = (a, b) => [...a].reduce((old, letter, i) => {
    const row = [i + 1];
    old.slice(1).forEach((above, j) => row.push(Math.min(above + 1, row[j] + 1, old[j] + (letter !== b[j]))));
    return row;
  }, [...Array(b.length + 1).keys()])[b.length];

  const find = (query) => lines.map((line) => [weight(line, query), line]).filter(([points, line]) => points > line.bonus);

  // What else to search for, with words of the site for those it does not know; one that begins otherwise is another subject.
  const alike = (words) => {
    const all = [...new Set(lines.flatMap((line) => [...line.title, ...line.shown, ...line.sections.flatMap((one) => one.words)]))];
    const choices = words.map((word) => {
      const most = word.length < 4 ? 0 : word.length < 6 ? 1 : 2;
      if (find(wanted(word)).length) return [word];
      return all.map((one) => [one[0] !== word[0] || Math.abs(one.length - word.length) > most ? 9 : distance(word, one), one])
        .filter(([far]) => far <= most).sort(([a], [b]) => a - b).map(([, one]) => one);
    });
    const made = [0, 1, 2].map((n) => choices.map((some) => some[Math.min(n, some.length - 1)]));
    return [...new Set(made.filter((one) => one.every(Boolean) && find(wanted(one.join(" "))).length).map((one) => one.join(" ")))];
  };

  // A line of the list, with a way to the section that has most of what was looked for, unless the title says it all.
  const shownLine = (line, { groups }) => {
    const item = line.item.cloneNode(true);
    if (groups.every((group) => has(line.title, group[0]))) return item;
    const rated = line.sections.filter((one) => one.id).map((one) => [groups.reduce((sum, group) => sum + inSection(one, group), 0), one]);
    const [points, best] = rated.reduce((a, b) => (b[0] > a[0] ? b : a), [0]);
    if (points) {
      const way = document.createElement("a");
      way.href = `${item.querySelector("a").getAttribute("href")}#${best.id}`;
      way.textContent = best.name;
      const where = document.createElement("p");
      where.append(`${form.dataset.where} `, way);
      item.append(where);
    }
    return item;
  };

  const show = () => {
    const query = wanted(field.value);
    const hits = query.words.length ? find(query) : [];
    list.hidden = hits.length > 0;
    found.hidden = !hits.length;
    const offers = query.words.length && !hits.length ? alike(query.words) : [];
    near.hidden = !offers.length;
    near.lastChild.replaceChildren(...offers.map((one) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = one;
      return button;
    }));
    if (!hits.length) {
      found.replaceChildren();
      said.textContent = query.words.length ? form.dataset.none : "";
      return;
    }
    hits.sort(([one], [other]) => other - one);
    found.replaceChildren(...hits.map(([, line]) => shownLine(line, query)));
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
