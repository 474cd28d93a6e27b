// Begins what Wagtail's templates begin by inline scripts, which our policy of content does not let run: a mark
// <template data-begin="InlinePanel" data-arguments="[…]"> stands where the script stood.
(function () {
  "use strict";
  var WITH_NEW = /^[A-Z]/;

  function named(path) {
    return path.split(".").reduce(function (found, name) { return found && found[name]; }, window);
  }

  function begin(mark) {
    if (mark.hasAttribute("data-begun") || !mark.isConnected) { return; }
    var what = named(mark.getAttribute("data-begin"));
    if (!what) { return; }  // its script is not there yet: tried again when the page is complete
    mark.setAttribute("data-begun", "");
    var given = JSON.parse(mark.getAttribute("data-arguments"));
    if (WITH_NEW.test(mark.getAttribute("data-begin").split(".").pop())) {
      new (Function.prototype.bind.apply(what, [null].concat(given)))();
    } else {
      what.apply(null, given);
    }
  }

  function beginWithin(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) { return; }
    if (node.hasAttribute("data-begin")) { begin(node); }
    Array.prototype.forEach.call(node.querySelectorAll("template[data-begin]"), begin);
  }

  new MutationObserver(function (records) {
    records.forEach(function (record) { Array.prototype.forEach.call(record.addedNodes, beginWithin); });
  }).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", function () { beginWithin(document.body); });

  // The one box of wagtail-localize's form that ticks all languages.
  document.addEventListener("change", function (event) {
    if (event.target.name !== "select_all") { return; }
    Array.prototype.forEach.call(document.getElementsByName("locales"), function (box) { box.checked = event.target.checked; });
  });
})();
