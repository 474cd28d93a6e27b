// Suggestions under the search field, as a combobox. Without this script the form works as it is.
(() => {
  const field = document.getElementById("search-field");
  const list = document.getElementById("search-suggestions");
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
  const choose = (index) => {
    const all = options();
    chosen = (index + all.length + 1) % (all.length + 1);
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < all.length) field.setAttribute("aria-activedescendant", all[chosen].id);
    else { chosen = -1; field.removeAttribute("aria-activedescendant"); }
  };
  const show = (suggestions) => {
    list.textContent = "";
    suggestions.forEach((suggestion, index) => {
      const option = document.createElement("li");
      option.id = `search-suggestion-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = suggestion.title;
      option.dataset.url = suggestion.url;
      option.addEventListener("mousedown", (event) => { event.preventDefault(); location.assign(suggestion.url); });
      list.append(option);
    });
    chosen = -1;
    list.hidden = suggestions.length === 0;
    field.setAttribute("aria-expanded", String(suggestions.length > 0));
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
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen < 0 ? options().length - 1 : chosen - 1); }
    if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); location.assign(options()[chosen].dataset.url); }
  });
})();
