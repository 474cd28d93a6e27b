// One heading of wagtail-localize's editor is English in the script itself, "Persian to English translation":
// say it as the page's other words are said. To be dropped when the package translates it (last seen in 1.14).
(function () {
  "use strict";
  var here = document.currentScript;
  var words = here.getAttribute("data-words");  // «ترجمه از {from} به {to}»
  window.chooserUrls = window.chooserUrls || {
    imageChooser: here.getAttribute("data-image-chooser"),
    documentChooser: here.getAttribute("data-document-chooser"),
    pageChooser: here.getAttribute("data-page-chooser")
  };
  var ENGLISH = /^(.+) to (.+) translation$/;

  function say(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      var found = ENGLISH.exec(node.data);
      if (found) { node.data = words.replace("{from}", found[1]).replace("{to}", found[2]); }
      return;
    }
    Array.prototype.forEach.call(node.childNodes, say);
  }

  new MutationObserver(function (records) {
    records.forEach(function (record) { Array.prototype.forEach.call(record.addedNodes, say); });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
