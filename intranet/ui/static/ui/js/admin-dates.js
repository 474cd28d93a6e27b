// Dates that Wagtail's Persian admin prints itself come as marked Gregorian ones (intranet/ui/formats/fa):
// this shows them in Jalali. Without it they stay plain ISO dates.
(function () {
  "use strict";
  if (document.documentElement.lang.indexOf("fa") !== 0) { return; }
  var MARK = "\u2063";
  var MARKED = /\u2063(\d{4})-(\d{2})-(\d{2})(?: (\d{2}:\d{2}))?/g;
  var jalali = new Intl.DateTimeFormat("fa-IR-u-ca-persian", { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" });

  function inJalali(match, year, month, day, clock) {
    var parts = {};
    jalali.formatToParts(new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))).forEach(function (part) {
      parts[part.type] = part.value;
    });
    return parts.day + " " + parts.month + " " + parts.year + (clock ? "، ساعت " + clock : "");
  }

  function convert(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.data.indexOf(MARK) >= 0) { node.data = node.data.replace(MARKED, inJalali); }
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.isContentEditable || /^(SCRIPT|STYLE|TEXTAREA)$/.test(node.tagName)) { return; }
    Array.prototype.forEach.call(node.childNodes, convert);
  }

  function ready() {
    convert(document.body);
    new MutationObserver(function (records) {
      records.forEach(function (record) { Array.prototype.forEach.call(record.addedNodes, convert); });
    }).observe(document.body, { childList: true, subtree: true });
  }
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", ready); } else { ready(); }
})();
