// Results in place of results without loading the whole page: the same address, of which only what differs is asked.
// Without this script, or when anything is unexpected, links and forms work as they are.
(() => {
  const main = document.getElementById("main");
  const field = document.getElementById("search-field");
  const live = document.getElementById("search-live");
  if (!main || !field || !live || !window.fetch || !history.pushState) return;
  const path = location.pathname;
  let shown = location.search;
  let asking = null;

  const remember = () => history.replaceState({ ...history.state, top: window.scrollY }, "");
  const part = (within, name) => within.querySelector(`[data-part="${name}"]`);
  // What a link is, so that its like can be found among the new ones: where it stands and what it says.
  const nameOf = (link) => {
    const around = link.closest("[aria-labelledby], [aria-label]") || main;
    const said = link.firstElementChild || link;
    const words = Array.from(said.childNodes).filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim());
    return `${around.getAttribute("aria-labelledby") || around.getAttribute("aria-label")} ${words.join("") || link.title.split(":")[0]}`;
  };
  const likeOf = (name) => name && Array.from(main.querySelectorAll("a")).find((link) => nameOf(link) === name);

  const put = (page, wanted) => {
    document.title = page.title || document.title;
    for (const each of main.querySelectorAll("[data-part]")) {
      const other = part(page, each.dataset.part);
      each.replaceChildren(...(other ? other.childNodes : []));
    }
    field.value = new URLSearchParams(wanted).get("q") || "";
    shown = wanted;
    live.textContent = (part(main, "body").querySelector("[data-count]") || { textContent: page.title }).textContent;
  };

  const settle = (name, top) => {
    const like = likeOf(name);
    if (like) { like.focus({ preventScroll: true }); return; }
    const heading = document.getElementById("found");
    if (heading) heading.focus({ preventScroll: true }); else field.focus({ preventScroll: true });
    window.scrollTo({ top: top || 0, behavior: "instant" });
  };

  const load = async (address, { push = true, name = "", top = 0 } = {}) => {
    const wanted = new URL(address, location.href);
    if (asking) asking.abort();
    const mine = asking = new AbortController();
    main.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(wanted.href, {
        credentials: "same-origin", headers: { "X-Search-Part": "1" }, redirect: "error", signal: mine.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!part(page, "body")) throw new Error("not a page of results");
      if (push) { remember(); history.pushState({}, "", wanted.href); }
      put(page, wanted.search);
      settle(name, top);
    } catch (error) {
      if (mine.signal.aborted) return;
      if (push) location.assign(wanted.href); else location.reload();
    } finally {
      if (asking === mine) { asking = null; main.removeAttribute("aria-busy"); }
    }
  };

  main.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || to.pathname !== path || to.hash || !to.search) return;
    event.preventDefault();
    load(to.href, { name: link.closest(".pagination, .search-advice, .search-reading") ? "" : nameOf(link) });
  });
  main.addEventListener("submit", (event) => {
    const form = event.target;
    const to = new URL(form.action);
    if (event.defaultPrevented || form.method !== "get" || to.origin !== location.origin || to.pathname !== path) return;
    event.preventDefault();
    to.search = new URLSearchParams(new FormData(form)).toString();
    load(to.href);
  });
  window.addEventListener("popstate", (event) => {
    if (location.pathname === path && location.search !== shown) load(location.href, { push: false, top: (event.state || {}).top });
  });
})();
