// Shows of the violations on this page only those that hold a text or are of a severity. Nothing depends on it.
"use strict";
document.documentElement.classList.add("scripted");
for (const form of document.querySelectorAll(".filter")) {
  const items = Array.from(document.querySelectorAll("#" + form.dataset.list + " .violation"));
  const texts = items.map((item) => item.textContent.toLowerCase());
  const text = form.querySelector("input");
  const severity = form.querySelector("select");
  const shown = form.querySelector("output");
  const apply = () => {
    const words = text.value.toLowerCase().split(/\s+/);
    let count = 0;
    items.forEach((item, i) => {
      const fits = words.every((word) => texts[i].includes(word))
        ? severity.value === "" || item.dataset.severity === severity.value
        : false;
      item.hidden = !fits;
      count += fits ? 1 : 0;
    });
    shown.textContent = count + " of " + items.length + " shown";
  };
  text.addEventListener("input", apply);
  severity.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}
