// Search: an index of words, loaded when somebody turns to a search box; no figure is in it, and nothing leaves the site.
// Forgives slips of typing: one in words of four letters, two in words of eight.
(() => {
  const root = new URL("../", document.currentScript.src);
  const MOST_OFFERED = 8, MOST_SHOWN = 100;
  const WEIGHTS = [4, 3, 1];
  let index = null;

  // Messages take the place of say("...") and countOf(n, "...", "...") in the language of the site when it is made.
  const plurals = new Intl.PluralRules(document.documentElement.lang);
  const forms = ["zero", "one", "two", "few", "many", "other"].filter(form => plurals.resolvedOptions().pluralCategories.includes(form));
  const say = (message, parts = {}) => message.replace(/%\((\w+)\)s/g, (_, name) => parts[name]);
  const countOf = (number, messages, parts = {}) =>
    say(messages[forms.length === messages.length ? forms.indexOf(plurals.select(number)) : messages.length - 1], { number, ...parts });

  const plain = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const stem = word => word === "children" ? "child" : word.length > 4 && word.endsWith("ies") ? `${word.slice(0, -3)}y`
    : word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
  const split = text => plain(text).replace(/['’]/g, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean).map(stem);
  const LITTLE = new Set(say("a an and as at by do for from how in is it many me of on or per show the to was were what who with").split(" "));

  // For each word of the index: the pages that have it, and the best field in which they do.
  const build = ({ kinds, pages }) => {
    const words = new Map();
    const made = pages.map(([kind, title, path, about, also, rest], number) => {
      [title, `${also} ${about}`, rest].forEach((text, field) => split(text).forEach(word => {
        const found = words.get(word) || words.set(word, new Map()).get(word);
        if (!found.has(number)) found.set(number, WEIGHTS[field]);
      }));
      return { kind: kinds[kind], rank: kind, title, path, about, plain: plain(title), length: title.length };
    });
    return { pages: made, words: [...words] };
  };
  const load = () => index ||= fetch(new URL("assets/find.json", root), { cache: "no-cache" })
    .then(answer => { if (!answer.ok) throw new Error("no index"); return answer.json(); }).then(build)
    .catch(() => { index = null; return null; });

  // How many slips turn one word into another: letters changed, left out, put in or swapped; never counted beyond `most`.
  const slips = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], row = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1];
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      [before, row] = [row, next];
      if (Math.min(...row) > most) return most + 1;
    }
    return row[b.length];
  };
  const likeness = (asked, word) => {
    if (word === asked) return 1;
    if (asked.length > 1 && word.startsWith(asked)) return 0.85;
    const most = asked.length < 4 ? 0 : asked.length < 8 ? 1 : 2;
    if (!most) return 0;
    const whole = slips(asked, word, most);
    if (whole <= most) return 0.7 - 0.15 * whole;
    return asked.length > 4 && word.length > asked.length && slips(asked, word.slice(0, asked.length), most) <= most ? 0.3 : 0;
  };

  const find = ({ pages, words }, query) => {
    const all = split(query);
    const told = all.filter(word => !LITTLE.has(word));
    const asked = told.length ? told : all;
    const scores = new Map();
    asked.forEach((word, turn) => {
      const best = new Map();
      words.forEach(([known, where]) => {
        const like = likeness(word, known);
        if (like) where.forEach((weight, number) => best.set(number, Math.max(best.get(number) || 0, like * weight)));
      });
      best.forEach((score, number) => {
        const sum = scores.get(number) || { score: 0, hits: 0 };
        scores.set(number, { score: sum.score + score, hits: sum.hits + 1 });
      });
    });
    const most = Math.max(0, ...[...scores.values()].map(({ hits }) => hits));
    const text = plain(query).trim();
    return {
      whole: most === asked.length,
      found: [...scores].filter(([, { hits }]) => hits === most).map(([number, { score }]) => ({
        page: pages[number],
        score: score + (pages[number].plain.startsWith(text) ? 3 : 0) - pages[number].length / 200 - pages[number].rank / 10,
      })).sort((a, b) => b.score - a.score || a.page.plain.localeCompare(b.page.plain)).map(({ page }) => page),
    };
  };

  const make = (tag, props, ...parts) => {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...parts);
    return made;
  };
  const describe = page => [page.kind, page.about].filter(Boolean).join(", ");
  const address = page => new URL(page.path || "./", root).href;

  // A box that offers pages as one types, after the combobox pattern of the ARIA guide.
  const offer = (input, number) => {
    const form = input.form;
    const list = make("ul", { id: `sp-found-${number}`, className: "sp-found", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", say("Pages that fit"));
    const said = make("p", { className: "sp-hidden" });
    said.setAttribute("role", "status");
    form.append(list, said);
    const set = (name, value) => value === null ? input.removeAttribute(name) : input.setAttribute(name, value);
    set("role", "combobox"); set("aria-autocomplete", "list"); set("aria-controls", list.id); set("aria-expanded", "false");
    let at = -1, turn = 0;
    const close = () => { list.hidden = true; at = -1; set("aria-expanded", "false"); set("aria-activedescendant", null); };
    const move = to => {
      const options = [...list.children];
      at = to < -1 ? options.length - 1 : to >= options.length ? -1 : to;
      options.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
      set("aria-activedescendant", at < 0 ? null : options[at].id);
      if (at >= 0) options[at].scrollIntoView({ block: "nearest" });
    };
    const update = async () => {
      const mine = ++turn, query = input.value.trim();
      if (!query) { close(); said.textContent = ""; return; }
      const built = await load();
      if (mine !== turn || document.activeElement !== input) return;
      if (!built) { said.textContent = say("Search cannot be loaded. Press Enter to go to the search page."); return; }
      const { found } = find(built, query);
      list.replaceChildren(...found.slice(0, MOST_OFFERED).map((page, n) => {
        const option = make("li", { id: `${list.id}-${n}` },
          make("span", { className: "sp-option" }, page.title), make("span", { className: "sp-when" }, ` ${describe(page)}`));
        option.dataset.address = address(page);
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        return option;
      }));
      at = -1;
      set("aria-activedescendant", null);
      list.hidden = !found.length;
      set("aria-expanded", String(!list.hidden));
      said.textContent = found.length ? countOf(found.length,
        "%(number)s result. Use the up and down arrows, or press Enter to see them all.",
        "%(number)s results. Use the up and down arrows, or press Enter to see them all.") : say("No results.");
    };
    input.addEventListener("focus", load, { once: true });
    input.addEventListener("input", update);
    input.addEventListener("keydown", event => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden) { update(); return; }
        event.preventDefault();
        move(at + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter" && at >= 0 && !list.hidden) {
        event.preventDefault();
        location.href = list.children[at].dataset.address;
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    list.addEventListener("mousedown", event => event.preventDefault());
    list.addEventListener("click", event => {
      const option = event.target.closest("li");
      if (option) location.href = option.dataset.address;
    });
    form.addEventListener("focusout", event => { if (!form.contains(event.relatedTarget)) close(); });
  };

  const list = (place, pages) => place.replaceChildren(...pages.map(page => make("li", {},
    make("a", { href: address(page) }, page.title), make("span", { className: "sp-when" }, ` ${describe(page)}`))));

  // The page of results, which works from its address.
  const answer = async () => {
    const place = document.querySelector(".sp-search .sp-results");
    if (!place) return;
    const query = (new URLSearchParams(location.search).get("q") || "").trim();
    const said = document.querySelector(".sp-search .sp-said"), input = document.getElementById("sp-query");
    if (!query) { input.focus(); return; }
    input.value = query;
    document.title = `${query} - ${document.title}`;
    const built = await load();
    if (!built) { said.textContent = say("Search cannot be loaded. Please try again, or look in the A to Z."); return; }
    const { found, whole } = find(built, query);
    const shown = found.slice(0, MOST_SHOWN);
    const told = found.length
      ? [whole ? "" : say("Nothing has all of these words."),
        countOf(found.length, "%(number)s result for “%(query)s”.", "%(number)s results for “%(query)s”.", { query }),
        found.length > shown.length ? say("The first %(number)s are shown.", { number: shown.length }) : ""]
      : [say("Nothing was found for “%(query)s”. Try other or fewer words.", { query })];
    said.textContent = told.filter(Boolean).join(" ");
    list(place, shown);
  };

  // On the page for addresses that lead nowhere: what the words of the address may have meant.
  const guess = async () => {
    const place = document.querySelector(".sp-lost .sp-results");
    if (!place) return;
    const words = decodeURIComponent(location.pathname).replace(/\.html?$|404|index/g, "").split(/[/_-]+/).filter(word => /\p{L}{3}/u.test(word));
    const built = words.length ? await load() : null;
    const pages = built ? find(built, words.join(" ")).found.slice(0, 5) : [];
    if (!pages.length) return;
    document.querySelector(".sp-lost .sp-said").textContent = say("Were you looking for one of these?");
    list(place, pages);
  };

  document.querySelectorAll(".sp-find input, .sp-find-form input").forEach(offer);
  answer();
  guess();
})();
