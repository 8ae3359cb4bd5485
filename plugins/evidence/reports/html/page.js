"use strict";
// The filter and the search are extras: without this script, everything is shown.
(() => {
  const form = document.getElementById("filter");
  const [words, path, status, code] = ["words", "path", "status", "code"].map((name) => document.getElementById(`f-${name}`));
  const signed = document.getElementById("f-signed");
  const count = document.getElementById("f-count");
  const cards = [...document.querySelectorAll(".card")];
  const groups = [...document.querySelectorAll(".group, .fold")].map((part) => ({
    part, cards: [...part.querySelectorAll(".card")], n: part.querySelector(".n"), fold: part.matches("details"),
  }));
  let texts = null;
  let filtered = false; // what is folded away opens with a filter, and closes with it

  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (wanted.length && !texts) texts = cards.map((card) => card.textContent.toLowerCase());
    let shown = 0;
    cards.forEach((card, number) => {
      const fits = (!path.value || card.dataset.path === path.value)
        && (!status.value || card.dataset.status === status.value)
        && (!code.value || card.dataset.codes.split(" ").includes(code.value))
        && (!signed || !signed.value || card.dataset.signed === signed.value)
        && wanted.every((word) => texts[number].includes(word));
      card.hidden = !fits;
      shown += fits;
    });
    const chosen = shown < cards.length;
    for (const { part, cards: all, n, fold } of groups) {
      const fit = all.reduce((sum, card) => sum + !card.hidden, 0);
      part.hidden = !fit;
      n.textContent = fit < all.length ? `${fit} of ${all.length}` : all.length;
      if (fold && (chosen || filtered)) part.open = chosen;
    }
    filtered = chosen;
    count.textContent = `${shown} of ${cards.length} claims shown`;
  };

  // A link to a claim that the filter hides shows everything again.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("[hidden]")) {
      form.reset();
      apply();
    }
    for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target?.scrollIntoView();
  };

  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(apply, 150); };
  words.addEventListener("input", soon);
  [path, status, code, signed].filter(Boolean).forEach((select) => select.addEventListener("change", apply));
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  form.addEventListener("reset", () => setTimeout(apply));
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
  if (cards.length) { form.hidden = false; apply(); }
})();
