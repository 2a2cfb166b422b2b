/* What a reader may set, and short ways to pass a story on. The pages are whole without it; it asks the network for nothing.
   `words` stands above: the texts of the interface whose keys begin with `script_`. */

(() => {
  "use strict";
  const root = document.documentElement;
  const choices = {
    scheme: ["", "light", "dark"],
    contrast: ["", "more", "less"],
    size: ["", "1", "2", "3"],
  };

  const kept = (name) => {
    try { return localStorage.getItem(`backfile-${name}`) ?? ""; } catch { return root.dataset[name] ?? ""; }
  };
  const keep = (name, value) => {
    try {
      if (value) localStorage.setItem(`backfile-${name}`, value);
      else localStorage.removeItem(`backfile-${name}`);
    } catch { /* a browser that keeps nothing shows it until the next page */ }
  };
  const wear = (name, value) => {
    if (value && choices[name].includes(value)) root.dataset[name] = value;
    else delete root.dataset[name];
  };

  // before anything is painted
  root.classList.add("js");
  const shown = [() => { for (const name in choices) wear(name, kept(name)); }];
  const dress = () => shown.forEach((act) => act());
  dress();
  // a page that one comes back to lies as it was left: what was chosen since is worn there, too
  addEventListener("pageshow", (event) => { if (event.persisted) dress(); });

  const made = (tag, text = "", attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };

  /* the button beside the archive's name, and the panel with what can be set */
  const look = (banner) => {
    const box = made("div", "", { class: "look" });
    const opener = made("button", "Aa", { type: "button", "aria-expanded": "false", "aria-controls": "look", "aria-label": words.look, title: words.look });
    const panel = made("div", "", { class: "panel", id: "look", hidden: "" });
    for (const [name, values] of Object.entries(choices)) {
      const field = made("fieldset");
      field.append(made("legend", words[name]));
      const marked = () => field.querySelectorAll("button").forEach((one) => one.setAttribute("aria-pressed", String(one.value === (root.dataset[name] ?? ""))));
      for (const value of values) {
        const button = made("button", name === "size" ? `${["100", "112", "125", "150"][value || 0]} %` : words[value || "auto"], { type: "button", value });
        button.addEventListener("click", () => { wear(name, value); keep(name, value); marked(); });
        field.append(button);
      }
      marked();
      shown.push(marked);
      panel.append(field);
    }
    const show = (open) => {
      panel.hidden = !open;
      opener.setAttribute("aria-expanded", String(open));
    };
    opener.addEventListener("click", () => show(panel.hidden));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !panel.hidden) { show(false); opener.focus(); }
    });
    document.addEventListener("pointerdown", (event) => { if (!box.contains(event.target)) show(false); });
    box.addEventListener("focusout", (event) => { if (event.relatedTarget && !box.contains(event.relatedTarget)) show(false); });
    box.append(opener, panel);
    banner.append(box);
  };

  const copied = async (text) => {
    if (navigator.clipboard) {
      try { await navigator.clipboard.writeText(text); return true; } catch { /* not allowed here: the old way below */ }
    }
    const area = made("textarea", text, { class: "hidden", "aria-hidden": "true", tabindex: "-1" });
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };

  const button = (text, act) => {
    const element = made("button", text, { type: "button" });
    element.addEventListener("click", () => act(element));
    return element;
  };
  const copier = (text, what) => {
    const element = button(text, async (self) => {
      self.textContent = await copied(what()) ? words.copied : text;
      setTimeout(() => { self.textContent = text; }, 2000);
    });
    element.setAttribute("aria-live", "polite"); // before the words change, or nobody hears of it
    return element;
  };

  /* beside a story: copy its address, hand it on, send it, print it */
  const tools = (facts) => {
    const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;
    const title = document.querySelector("h1").textContent.trim();
    const row = made("div", "", { class: "tools" });
    const cell = made("dd");
    cell.append(copier(words.copy_link, () => address));
    if (navigator.share) cell.append(button(words.share, () => navigator.share({ title, url: address }).catch(() => {})));
    cell.append(made("a", words.mail, { href: `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(address)}` }));
    cell.append(button(words.print, () => window.print()));
    row.append(made("dt", words.pass), cell);
    facts.append(row);
  };

  /* on paper what is folded away as provenance is shown; afterwards it is folded again */
  const unfolded = new Set();
  addEventListener("beforeprint", () => document.querySelectorAll("details.provenance:not([open])").forEach((one) => { one.open = true; unfolded.add(one); }));
  addEventListener("afterprint", () => { unfolded.forEach((one) => { one.open = false; }); unfolded.clear(); });

  /* each as soon as what follows it is there, which is before that is painted: nothing moves once it is seen */
  const additions = [
    [".banner + *, .masthead + *", ".banner", look],
    [".story .article > .facts + *", ".story .article > .facts", tools],
    [".cite + *, .colophon", ".cite dd", (one) => one.append(copier(words.copy, () => one.firstElementChild.textContent))],
  ];
  const add = (whole) => {
    for (const addition of [...additions]) {
      const [follows, places, act] = addition;
      if (!whole && !document.querySelector(follows)) continue;
      additions.splice(additions.indexOf(addition), 1);
      document.querySelectorAll(places).forEach(act);
    }
  };
  const watch = new MutationObserver(() => add(false));
  watch.observe(root, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => { watch.disconnect(); add(true); });
})();
