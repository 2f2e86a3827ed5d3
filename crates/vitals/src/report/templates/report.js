(() => {
  "use strict";
  const form = document.getElementById("filter");
  const query = document.getElementById("query");
  const framework = document.getElementById("framework");
  const shown = document.getElementById("shown");
  const none = document.getElementById("none");
  const text = (element) => element.textContent.toLowerCase();

  const rules = [...document.querySelectorAll(".rule")].map((section) => ({
    section,
    head: text(section.querySelector("header")),
    severity: section.dataset.severity,
    frameworks: section.dataset.frameworks.split(" "),
    rows: [...section.querySelectorAll("tbody tr")].map((row) => ({ row, text: text(row) })),
  }));
  const controls = [...document.querySelectorAll(".control")].map((row) => ({ row, text: text(row) }));
  const all = rules.reduce((sum, rule) => sum + rule.rows.length, 0);

  const filter = () => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set([...form.querySelectorAll("[name=severity]:checked")].map((box) => box.value));
    let count = 0;
    for (const rule of rules) {
      const left = words.filter((word) => !rule.head.includes(word));
      const wanted = severities.has(rule.severity)
        && (!framework || !framework.value || rule.frameworks.includes(framework.value));
      let here = 0;
      for (const { row, text } of rule.rows) {
        const show = wanted && left.every((word) => text.includes(word));
        if (row.hidden === show) row.hidden = !show;
        here += show;
      }
      rule.section.hidden = here === 0;
      count += here;
    }
    for (const { row, text } of controls) {
      row.hidden = !words.every((word) => text.includes(word));
    }
    shown.value = `${count.toLocaleString("en")} of ${all.toLocaleString("en")}`;
    none.hidden = count > 0;
  };

  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 80);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  // A link to a rule that the filter hides shows it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#r"]');
    const target = link && document.getElementById(link.hash.slice(1));
    if (target && target.hidden) {
      form.reset();
      filter();
    }
  });
  // Paper has nothing to click on.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
  form.hidden = false;
  filter();
})();
