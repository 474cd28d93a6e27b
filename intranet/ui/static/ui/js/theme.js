// Applies the reader's stored choice of light or dark before the page is painted, and lets it be changed.
// Without this script the page follows the system's scheme.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  function stored() {
    try { return localStorage.getItem("theme"); } catch (error) { return null; }
  }

  function apply(theme) {
    if (theme === "light" || theme === "dark") { root.dataset.theme = theme; } else { delete root.dataset.theme; }
  }

  apply(stored());

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-theme-switch]")) {
      var dark = root.dataset.theme ? root.dataset.theme === "dark"
        : window.matchMedia("(prefers-color-scheme: dark)").matches;
      var next = dark ? "light" : "dark";
      apply(next);
      try { localStorage.setItem("theme", next); } catch (error) { /* private window: this page only */ }
    }
    // an open menu closes when the reader clicks elsewhere
    document.querySelectorAll("details.account[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    document.querySelectorAll("details.account[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
})();
