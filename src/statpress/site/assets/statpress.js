/* What a page of figures gains by a script. Everything is there without it.
   Light and dark, tables that sort and filter, charts that can be explored, buttons that copy. Nothing is loaded from
   elsewhere, and Vega only when a reader asks for it. */
const page = document.documentElement;
const base = new URL("../", import.meta.url);
const make = (name, facts = {}, ...inside) => {
  const made = Object.assign(document.createElement(name), facts);
  made.append(...inside);
  return made;
};

/* What the page says, in its language: messages take the place of `say("...")` when the site is made. */
const say = (message, parts = {}) => message.replace(/%\((\w+)\)s/g, (_, name) => parts[name]);

page.classList.replace("no-js", "js");

/* Light and dark: what the reader chose, otherwise what the device asks for. */
const options = [...document.querySelectorAll("input[name=__palette]")];
const show = (chosen) => {
  for (const name of ["media", "scheme", "primary", "accent"]) {
    document.body.setAttribute(`data-md-color-${name}`, chosen.getAttribute(`data-md-color-${name}`));
  }
  chosen.checked = true;
  for (const option of options) option.nextElementSibling.hidden = option !== chosen;
};
if (options.length) {
  const known = globalThis.__md_get?.("__palette");
  const fits = () => options.find((option) => matchMedia(option.dataset.mdColorMedia).matches) ?? options[0];
  show(options[known?.index] ?? fits());
  options.forEach((option, index) => {
    option.addEventListener("change", () => {
      show(option);
      globalThis.__md_set?.("__palette", { index, color: { ...colours(option) } });
    });
    option.addEventListener("keydown", (event) => {
      if (event.key === "Enter") option.nextElementSibling.click();
    });
    matchMedia(option.dataset.mdColorMedia).addEventListener("change", () => {
      if (!globalThis.__md_get?.("__palette")) show(fits());
    });
  });
}
function colours(option) {
  const names = ["media", "scheme", "primary", "accent"];
  return Object.fromEntries(names.map((name) => [name, option.getAttribute(`data-md-color-${name}`)]));
}
document.addEventListener("keydown", (event) => {
  const drawer = document.getElementById("__drawer");
  if (event.key === "Escape" && drawer) drawer.checked = false;
});

/* The search of the theme, where a site has it, is large: it comes when somebody goes there. */
const search = document.querySelector("[data-md-component=search-query]");
const bundle = document.querySelector("script[data-bundle]")?.dataset.bundle;
if (search && bundle) {
  const load = () => {
    document.body.append(
      make("script", {
        src: new URL(bundle, location),
        onload: () => {
          document.dispatchEvent(new Event("DOMContentLoaded"));
          search.focus();
        },
      }),
    );
  };
  search.addEventListener("focus", load, { once: true });
  document.getElementById("__search")?.addEventListener("change", () => search.focus(), { once: true });
}

/* Tables: a button in each header sorts, a box above a long table filters; both say what they did. */
const LONG = 12;
const read = (cell) => {
  const found = cell.firstChild?.textContent.replace(/[,£\s]/g, "").replace("−", "-").match(/^-?\d+(\.\d+)?/);
  return found ? Number(found[0]) : null;
};
const compare = new Intl.Collator(page.lang, { numeric: true }).compare;
for (const table of document.querySelectorAll("table[data-sorts]")) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < 3) continue;
  const heads = [...table.tHead.rows[0].cells];
  const says = make("p", { className: "sp-hidden" });
  says.setAttribute("role", "status");
  table.closest(".sp-scroll").before(says);
  heads.forEach((head, column) => {
    const name = head.textContent.trim();
    const button = make("button", { type: "button", className: "sp-sort", textContent: name });
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const before = head.getAttribute("aria-sort");
      const numbers = head.classList.contains("sp-num");
      const steps = numbers ? ["descending", "ascending", null] : ["ascending", "descending", null];
      const now = steps[(steps.indexOf(before) + 1) % 3];
      for (const other of heads) other.removeAttribute("aria-sort");
      if (now) head.setAttribute("aria-sort", now);
      const sign = now === "descending" ? -1 : 1;
      const key = (row) => (numbers ? read(row.cells[column]) : row.cells[column].textContent.trim());
      const order = (one, other) => {
        const [a, b] = [key(one), key(other)];
        if (a === null || b === null) return (a === null) - (b === null);
        if (head.dataset.order) return sign * (rows.indexOf(one) - rows.indexOf(other));
        return sign * (numbers ? a - b : compare(a, b));
      };
      table.tBodies[0].append(...(now ? [...rows].sort(order) : rows));
      const up = numbers ? say("Sorted by %(column)s, lowest first.", { column: name }) : say("Sorted by %(column)s, ascending.", { column: name });
      const down = numbers ? say("Sorted by %(column)s, highest first.", { column: name }) : say("Sorted by %(column)s, descending.", { column: name });
      says.textContent = now ? { ascending: up, descending: down }[now] : say("In the order of the page again.");
    });
  });
  if (rows.length >= LONG) {
    const box = make("input", { type: "search", className: "sp-filter", autocomplete: "off" });
    const label = make("label", { className: "sp-filter-label" }, say("Show rows with"), " ", box);
    box.addEventListener("input", () => {
      const wanted = box.value.trim().toLowerCase();
      let kept = 0;
      for (const row of rows) {
        const heads = [...row.cells].filter((cell) => cell.tagName === "TH");
        row.hidden = !heads.some((cell) => cell.textContent.toLowerCase().includes(wanted));
        kept += !row.hidden;
      }
      says.textContent = say("%(kept)s of %(all)s rows.", { kept, all: rows.length });
    });
    table.closest(".sp-scroll").before(label);
  }
}

/* Addresses and code that can be copied, in full even where the site does not know its own address. */
for (const field of document.querySelectorAll(".sp-share input")) {
  field.value = field.value.replace(field.dataset.path, new URL(field.dataset.path, base).href);
  field.addEventListener("focus", () => field.select());
  const button = make("button", { type: "button", className: "sp-plain", textContent: say("Copy") });
  const says = make("span", { className: "sp-said" });
  says.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    says.textContent = " " + say("Copied.");
  });
  field.after(button, says);
}

/* Charts: the same specification, drawn by Vega in the page, so that each mark tells its figure. */
let number = 0;
for (const figure of document.querySelectorAll(".sp-chart[data-spec]")) {
  const drawing = figure.querySelector("svg");
  const button = make("button", { type: "button", className: "sp-plain", textContent: say("Explore") });
  button.setAttribute("aria-pressed", "false");
  button.append(make("span", { className: "sp-hidden", textContent: ` “${drawing.querySelector("title").textContent}”` }));
  figure.querySelector(".sp-chart-tools").prepend(make("li", {}, button));
  let explored = null;
  button.addEventListener("click", async () => {
    button.disabled = true;
    explored ??= await explore(figure, drawing);
    button.disabled = false;
    const on = drawing.style.display !== "none";
    drawing.style.display = on ? "none" : "";
    explored.hidden = !on;
    button.setAttribute("aria-pressed", String(on));
    if (on) explored.querySelector("[tabindex]").focus();
  });
}

async function explore(figure, drawing) {
  const [answer] = await Promise.all([fetch(new URL(figure.dataset.spec, base)), import(new URL("assets/vega.js", base))]);
  const spec = await answer.json();
  const says = make("p", { className: "sp-said", id: `explored-${(number += 1)}` });
  says.textContent = say("Point at the chart, or use the arrow keys, to read each figure.");
  says.setAttribute("role", "status");
  const plot = make("div", { className: "sp-plot", tabIndex: 0 });
  plot.setAttribute("role", "group");
  plot.setAttribute("aria-label", drawing.querySelector("title").textContent);
  plot.setAttribute("aria-describedby", says.id);
  const rows = Object.values(spec.datasets).flat().filter((row) => row.tip);
  const tips = rows.sort((one, other) => (one.order ?? 0) - (other.order ?? 0)).map((row) => row.tip);
  let place = -1;
  plot.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || !tips.length) return;
    event.preventDefault();
    place = (place + step + tips.length) % tips.length;
    says.textContent = tips[place];
  });
  const whole = make("div", { className: "sp-explored", hidden: true }, plot, says);
  drawing.after(whole);
  const inside = make("div");
  inside.setAttribute("aria-hidden", "true");
  plot.append(inside);
  await globalThis.vegaEmbed(inside, spec, {
    ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: (_, event, item, value) => {
      if (value) says.textContent = value[say("Figure")] ?? value;
    },
  });
  return whole;
}
