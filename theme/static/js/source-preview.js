// A click on the number of a citation shows its source where the reader is, instead of leading away to the list.
// Nothing opens by hovering. Without this script the number is a plain link to the list, which says the same.
"use strict";
(() => {
  const sample = document.getElementById("source-preview");
  if (!sample || !HTMLElement.prototype.showPopover) return;
  const box = sample.content.firstElementChild.cloneNode(true);
  const part = (name) => box.querySelector(`[data-part="${name}"]`);
  let marker = null;

  const fill = (line) => {
    part("name").textContent = `[${marker.childNodes[1].textContent}] ${line.dataset.name}`;
    part("title").textContent = line.dataset.title || "";
    part("what").textContent = line.dataset.what || "";
    const meant = (marker.dataset.findings || "").split(" ");
    const all = [...line.querySelectorAll("[data-finding]")];
    const own = all.filter((one) => meant.includes(one.dataset.finding));
    part("whole").hidden = own.length > 0; // never another finding as if it were the sentence's
    part("found").replaceChildren(...own.map((one) => {
      const item = document.createElement("li");
      item.textContent = `${one.textContent}: ${one.dataset.says}`;
      return item;
    }));
    const page = line.querySelector("a[data-page]");
    part("page").hidden = !page;
    if (page) part("page").href = page.href;
    part("line").href = marker.hash;
    const report = part("report");
    if (report) {
      const claim = marker.dataset.claim || "";
      report.hidden = !claim;
      report.href = report.dataset.pattern.replaceAll("CLAIM", encodeURIComponent(claim));
      part("id").textContent = claim;
    }
  };

  // Under the marker, or above it where there is no room below; never wider than the window.
  const place = () => {
    const edge = 8;
    const at = marker.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = box;
    const wide = document.documentElement.clientWidth;
    const below = at.bottom + edge + height <= innerHeight || at.top - edge - height < 0;
    const left = Math.min(Math.max(at.left + at.width / 2 - width / 2, edge), wide - width - edge);
    box.style.left = `${Math.max(left, edge) + scrollX}px`;
    box.style.top = `${(below ? at.bottom + edge : at.top - edge - height) + scrollY}px`;
  };

  const open = (link) => {
    const line = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!line) return false;
    if (marker) marker.removeAttribute("aria-expanded");
    marker = link;
    marker.closest(".cites").after(box); // here the Tab key goes on from the box into the text that follows
    fill(line);
    box.showPopover();
    place();
    marker.setAttribute("aria-expanded", "true");
    box.focus({ preventScroll: true });
    return true;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[role=doc-biblioref]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (open(link)) event.preventDefault();
  });
  box.addEventListener("click", (event) => {
    if (event.target.closest("button")) box.hidePopover();
    if (event.target.closest(`[data-part="line"]`)) box.hidePopover();
  });
  box.addEventListener("toggle", (event) => {
    if (event.newState !== "closed" || !marker || box.matches(":popover-open")) return;
    marker.removeAttribute("aria-expanded");
    if (box.contains(document.activeElement) || document.activeElement === document.body) marker.focus({ preventScroll: true });
  });
  document.addEventListener("focusin", (event) => {
    if (marker && event.target !== marker && !box.contains(event.target) && box.matches(":popover-open")) box.hidePopover();
  });
  addEventListener("resize", () => { if (marker && box.matches(":popover-open")) place(); });
})();
