// Suggestions under the search field, as a combobox. Without this script the form works as it is.
(() => {
  const field = document.getElementById("search-field");
  const list = document.getElementById("search-suggestions");
  const status = document.getElementById("search-suggestions-status");
  if (!field || !list) return;
  let chosen = -1;
  let timer = 0;
  let latest = 0;

  const options = () => Array.from(list.children);
  const close = () => {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const say = (text) => { if (status) status.textContent = text; };
  const digits = (number) => number.toLocaleString(document.documentElement.lang || undefined);
  const choose = (index) => {
    const all = options();
    chosen = (index + all.length + 1) % (all.length + 1);
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < all.length) {
      field.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    }
    else { chosen = -1; field.removeAttribute("aria-activedescendant"); }
  };
  const show = (suggestions) => {
    list.textContent = "";
    suggestions.forEach((suggestion, index) => {
      const option = document.createElement("li");
      option.id = `search-suggestion-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const title = document.createElement("bdi");
      title.textContent = suggestion.title;
      option.append(title);
      if (suggestion.label) {
        const label = document.createElement("span");
        label.className = "search-form__kind";
        label.textContent = suggestion.label;
        option.append(" ", label);
      }
      option.dataset.url = suggestion.url;
      option.addEventListener("mousedown", (event) => { event.preventDefault(); location.assign(suggestion.url); });
      list.append(option);
    });
    chosen = -1;
    list.hidden = suggestions.length === 0;
    field.setAttribute("aria-expanded", String(suggestions.length > 0));
    say(suggestions.length ? field.dataset.found.replace("#", digits(suggestions.length)) : field.dataset.none);
  };
  const ask = async () => {
    const turn = ++latest;
    const text = field.value.trim();
    if (text.length < 2) { close(); return; }
    try {
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(text)}`, { credentials: "same-origin" });
      if (!answer.ok) return;
      const found = await answer.json();
      if (turn === latest && document.activeElement === field) show(found.suggestions);
    } catch { close(); }
  };
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { if (!list.hidden) event.preventDefault(); close(); return; }
    if (event.isComposing) return;
    if (list.hidden) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); ask(); }
      return;
    }
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen < 0 ? options().length - 1 : chosen - 1); }
    if (event.key === "Home" || event.key === "End") { choose(-1); }
    if (event.key === "Tab") close();
    if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); location.assign(options()[chosen].dataset.url); }
  });
})();
