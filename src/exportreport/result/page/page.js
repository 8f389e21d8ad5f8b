"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const sections = Array.from(document.querySelectorAll("section.document"));
  const words = (node) =>
    Array.from(node.querySelectorAll("header, h3, .place, .meant code, .advice"), (part) => part.textContent).join(" ");
  const findings = sections.flatMap((section) =>
    Array.from(section.querySelectorAll(".finding"), (node) => ({
      node,
      section,
      severity: node.dataset.severity,
      code: node.dataset.code,
      text: `${section.querySelector("h2").textContent} ${words(node)}`.toLowerCase(),
    }))
  );

  function choose() {
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const code = form.elements.code.value;
    const boxes = Array.from(form.querySelectorAll("[name=severity]"));
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const open = new Set();
    let shown = 0;
    for (const finding of findings) {
      const wanted =
        severities.has(finding.severity) &&
        (!code || finding.code === code) &&
        words.every((word) => finding.text.includes(word));
      finding.node.hidden = !wanted;
      if (wanted) {
        shown += 1;
        open.add(finding.section);
      }
    }
    for (const section of sections) section.hidden = !open.has(section);
    form.elements.shown.value =
      shown === findings.length ? `${shown} findings` : `${shown} of ${findings.length} findings`;
  }

  form.addEventListener("input", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(choose));
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.matches("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      form.elements.words.focus();
    }
  });
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  form.hidden = false;
  choose();
})();
