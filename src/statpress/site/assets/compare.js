// The compare page: what a reader chooses, put together from the pages of areas and of measures, so that it says the same.
// Its address holds the choice: ?areas=E1,E2&indicators=a,b. Nothing is asked of another site, and no figure is computed.
(() => {
  const form = document.querySelector(".sp-choose"), said = document.querySelector(".sp-said");
  const place = document.querySelector(".sp-compared");
  if (!form || !place) return;
  const root = new URL(place.dataset.root || "./", location.href);
  const MOST = { areas: 6, indicators: 12 };
  const pages = {};
  let turn = 0;

  const make = (tag, props, ...parts) => {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...parts);
    return made;
  };
  const tell = words => { said.textContent = words; };
  // Messages take the place of say("...") and countOf(n, "...", "...") in the language of the site when it is made.
  const say = (message, parts = {}) => message.replace(/%\((\w+)\)s/g, (_, name) => parts[name]);
  const plurals = new Intl.PluralRules(document.documentElement.lang);
  const forms = ["zero", "one", "two", "few", "many", "other"].filter(form => plurals.resolvedOptions().pluralCategories.includes(form));
  const countOf = (number, messages, parts = {}) =>
    say(messages[forms.length === messages.length ? forms.indexOf(plurals.select(number)) : messages.length - 1], { number, ...parts });

  const readAddress = () => {
    const query = new URLSearchParams(location.search);
    const list = name => [...new Set(query.getAll(name).flatMap(part => part.split(",")).filter(Boolean))];
    return { areas: list("areas"), indicators: list("indicators") };
  };
  const writeAddress = choice => {
    const parts = Object.entries(choice).filter(([, list]) => list.length)
      .map(([name, list]) => `${name}=${list.map(encodeURIComponent).join(",")}`);
    return location.pathname + (parts.length ? `?${parts.join("&")}` : "");
  };
  const boxes = name => [...document.querySelectorAll(`.sp-compare input[name=${name}]`)];

  document.querySelectorAll(".sp-pick li").forEach(item => {
    const link = item.querySelector("a");
    const box = make("input", { type: "checkbox", name: "indicators", value: item.dataset.measure });
    box.setAttribute("aria-label", say("Choose %(measure)s", { measure: link.textContent }));
    item.prepend(box, " ");
  });

  const load = path => (pages[path] ||= fetch(new URL(path, root)).then(answer => {
    if (!answer.ok) throw new Error(path);
    return answer.text();
  }).then(text => new DOMParser().parseFromString(text, "text/html").querySelector(".sp")).catch(() => {
    delete pages[path];
    return null;
  }));

  // A part of another page, with its links made whole and without identifiers.
  const adopt = (part, path) => {
    const copy = document.importNode(part, true);
    const here = new URL(path, root);
    copy.querySelectorAll("a[href]").forEach(link => { link.href = new URL(link.getAttribute("href"), here).href; });
    [copy, ...copy.querySelectorAll("[id]")].forEach(one => one.removeAttribute("id"));
    return copy;
  };

  const scroll = (table, name) => {
    const box = make("div", { className: "sp-scroll", tabIndex: 0 }, table);
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", name);
    return box;
  };

  // One table a measure, with the chosen areas, and the neighbours of those only.
  const showMeasures = (found, choice) => found.flatMap(({ page, path }) => {
    const title = page.dataset.title;
    const wanted = row => !choice.areas.length || choice.areas.includes(row.dataset.area) || choice.areas.includes(row.dataset.of);
    const tables = [...page.querySelectorAll(".sp-versus-table")].map(table => {
      const copy = adopt(table, path);
      const rows = [...copy.tBodies[0].rows];
      rows.filter(row => !wanted(row)).forEach(row => row.remove());
      const name = copy.caption.textContent.trim();
      return copy.tBodies[0].rows.length ? scroll(copy, name) : null;
    }).filter(Boolean);
    const link = make("a", { href: new URL(path, root).href, textContent: title });
    return [make("h3", {}, link), ...(tables.length ? tables : [make("p", { textContent: say("No chosen area has a figure.") })])];
  });

  // All measures that at least one chosen area has, a column an area.
  const showAreas = found => {
    const topics = new Map(), known = new Map();
    found.forEach(({ page, path }, column) => page.querySelectorAll(".sp-glance").forEach(table => {
      [...table.tBodies[0].rows].forEach(row => {
        const name = row.dataset.measure, topic = table.dataset.topic;
        if (!known.has(name)) {
          known.set(name, { title: row.cells[0].querySelector("a").textContent, cells: {} });
          topics.set(topic, (topics.get(topic) || new Map()).set(name, known.get(name)));
        }
        known.get(name).cells[column] ||= adopt(row.cells[1], path);
      });
    }));
    const heads = found.map(({ page, path }) => make("th", { scope: "col" },
      make("a", { href: new URL(path, root).href, textContent: page.querySelector("h1").textContent })));
    const body = [...topics].flatMap(([topic, rows]) => [
      make("tr", { className: "sp-group" }, make("th", { scope: "rowgroup", colSpan: found.length + 1, textContent: topic })),
      ...[...rows].map(([name, row]) => make("tr", {},
        make("th", { scope: "row" }, make("a", { href: writeAddress({ areas: [], indicators: [name] }), textContent: row.title })),
        ...found.map((_, column) => {
          const cell = row.cells[column];
          if (!cell) return make("td", { className: "sp-none" }, say("No figure"));
          cell.removeAttribute("role");
          return cell;
        }))),
    ]);
    const caption = make("caption", { textContent: say("The latest figures of the chosen areas. They may be about different times.") });
    const table = make("table", { className: "sp-table sp-text sp-side" }, caption,
      make("thead", {}, make("tr", {}, make("th", { scope: "col", textContent: say("Measure") }), ...heads)), make("tbody", {}, ...body));
    return [scroll(table, say("The chosen areas side by side"))];
  };

  const show = async () => {
    const mine = ++turn;
    const asked = readAddress();
    const choice = { areas: asked.areas.slice(0, MOST.areas), indicators: asked.indicators.slice(0, MOST.indicators) };
    boxes("areas").forEach(box => { box.checked = asked.areas.includes(box.value); });
    boxes("indicators").forEach(box => { box.checked = asked.indicators.includes(box.value); });
    place.replaceChildren();
    form.querySelector(".sp-choosing").open = !choice.areas.length && !choice.indicators.length;
    if (!choice.areas.length && !choice.indicators.length) return tell("");
    tell(say("Loading"));
    const byMeasure = choice.indicators.length > 0;
    const paths = byMeasure ? choice.indicators.map(name => `compare/${encodeURIComponent(name)}/`)
      : choice.areas.map(code => `areas/${encodeURIComponent(code)}/`);
    const loaded = await Promise.all(paths.map(async path => ({ path, page: await load(path) })));
    if (mine !== turn) return;
    const found = loaded.filter(({ page }) => page);
    const missing = loaded.length - found.length;
    const over = asked.areas.length > MOST.areas || asked.indicators.length > MOST.indicators;
    if (found.length) place.append(make("h2", { id: "compared", tabIndex: -1, textContent: say("Side by side") }),
      ...(byMeasure ? showMeasures(found, choice) : showAreas(found)));
    const what = byMeasure ? countOf(found.length, "Showing %(number)s measure.", "Showing %(number)s measures.")
      : countOf(found.length, "Showing %(number)s area.", "Showing %(number)s areas.");
    tell([found.length ? what : "", found.length ? say("The address of this page leads back to it.") : "",
      missing ? countOf(missing, "%(number)s choice could not be found.", "%(number)s choices could not be found.") : "",
      over ? say("At most %(areas)s areas and %(measures)s measures are shown.", { areas: MOST.areas, measures: MOST.indicators }) : "",
    ].filter(Boolean).join(" "));
  };

  form.addEventListener("submit", event => {
    event.preventDefault();
    const chosen = name => boxes(name).filter(box => box.checked).map(box => box.value);
    history.pushState(null, "", writeAddress({ areas: chosen("areas"), indicators: chosen("indicators") }));
    show().then(() => document.getElementById("compared")?.focus());
  });
  form.addEventListener("reset", event => {
    event.preventDefault();
    history.pushState(null, "", location.pathname);
    show();
  });
  addEventListener("popstate", show);
  show();
})();
