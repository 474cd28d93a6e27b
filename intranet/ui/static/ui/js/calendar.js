// A calendar beside every input[data-jalali]. The input stays an ordinary text field: it can be typed in,
// and without this script it is all there is. Keys in the grid: arrows, Home, End, Page Up, Page Down, Escape.
(function () {
  "use strict";
  if (window.JalaliCalendar) { return; }
  window.JalaliCalendar = true;
  var J = window.Jalali;
  var count = 0;

  function make(tag, attributes, text) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    if (text !== undefined) { element.textContent = text; }
    return element;
  }

  function icon(path) {
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    var drawing = document.createElementNS("http://www.w3.org/2000/svg", "path");
    drawing.setAttribute("d", path);
    svg.appendChild(drawing);
    return svg;
  }

  function Calendar(input) {
    var self = this;
    self.input = input;
    self.withTime = input.dataset.jalali === "datetime";
    self.words = (input.dataset.words || "").split("|");
    self.today = J.parse(input.dataset.today).date;
    self.id = "jalali-" + (count += 1);

    var wrap = make("span", { "class": "jalali" });
    input.parentNode.insertBefore(wrap, input);
    wrap.appendChild(input);
    self.wrap = wrap;
    self.button = make("button", { type: "button", "class": "jalali__button", "aria-label": self.words[0], "aria-haspopup": "dialog", "aria-expanded": "false" });
    self.button.appendChild(icon("M3.5 7a2 2 0 0 1 2-2h13a2 2 0 0 1 2 2v11.5a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2zM3.5 10h17M8 2.8V7M16 2.8V7"));
    self.hint = make("output", { "class": "jalali__hint", "for": input.id });
    wrap.appendChild(self.button);
    wrap.appendChild(self.hint);
    self.button.addEventListener("click", function () { if (self.panel) { self.close(true); } else { self.open(); } });
    input.addEventListener("input", function () { self.describe(); });
    input.addEventListener("change", function () { self.describe(); });
    input.addEventListener("keydown", function (event) {
      if (event.altKey && event.key === "ArrowDown") { event.preventDefault(); self.open(); }
    });
    self.describe();
  }

  Calendar.prototype.describe = function () {
    var value = J.parse(this.input.value);
    this.hint.textContent = value ? J.long(value.date) + (value.time ? (J.persian ? "، ساعت " : ", ") + J.digits(value.time) : "") : "";
  };

  Calendar.prototype.open = function () {
    if (this.panel) { return; }
    var self = this, value = J.parse(self.input.value);
    self.chosen = value ? value.date : null;
    self.time = value ? value.time : "";
    self.shown = value ? value.date : self.today;
    var panel = make("div", { "class": "jalali__panel", role: "dialog", "aria-label": self.words[0], id: self.id, dir: J.persian ? "rtl" : "ltr" });
    var head = make("div", { "class": "jalali__head" });
    var previous = make("button", { type: "button", "aria-label": self.words[1] });
    previous.appendChild(icon(J.persian ? "M9.5 6l6 6-6 6" : "M14.5 6l-6 6 6 6"));
    var next = make("button", { type: "button", "aria-label": self.words[2] });
    next.appendChild(icon(J.persian ? "M14.5 6l-6 6 6 6" : "M9.5 6l6 6-6 6"));
    self.month = make("select", { "aria-label": self.words[6] });
    J.months.forEach(function (name, index) { self.month.appendChild(make("option", { value: index + 1 }, name)); });
    self.year = make("input", { type: "text", inputmode: "numeric", "aria-label": self.words[5], maxlength: "4" });
    [previous, self.month, self.year, next].forEach(function (each) { head.appendChild(each); });

    var table = make("table", { role: "grid", "aria-labelledby": self.id + "-title" });
    self.title = make("span", { id: self.id + "-title", "class": "jalali__title", "aria-live": "polite" });
    var names = make("tr");
    J.weekdays.forEach(function (name) {
      var cell = make("th", { scope: "col", abbr: name }, J.persian ? name.charAt(0) : name.slice(0, 2));
      names.appendChild(cell);
    });
    var tableHead = make("thead");
    tableHead.appendChild(names);
    self.body = make("tbody");
    table.appendChild(tableHead);
    table.appendChild(self.body);

    var foot = make("div", { "class": "jalali__foot" });
    var today = make("button", { type: "button" }, self.words[3]);
    var clear = make("button", { type: "button" }, self.words[4]);
    foot.appendChild(today);
    foot.appendChild(clear);
    [self.title, head, table, foot].forEach(function (each) { panel.appendChild(each); });
    self.wrap.appendChild(panel);
    self.panel = panel;
    self.button.setAttribute("aria-expanded", "true");

    previous.addEventListener("click", function () { self.show(J.plusMonths(self.shown, -1)); });
    next.addEventListener("click", function () { self.show(J.plusMonths(self.shown, 1)); });
    self.month.addEventListener("change", function () { self.jump(self.shown.year, Number(self.month.value)); });
    self.year.addEventListener("change", function () { self.jump(Number(J.toAscii(self.year.value)), self.shown.month); });
    self.year.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { event.preventDefault(); self.jump(Number(J.toAscii(self.year.value)), self.shown.month); }
    });
    today.addEventListener("click", function () { self.choose(self.today); });
    clear.addEventListener("click", function () { self.write(""); self.close(true); });
    self.body.addEventListener("click", function (event) {
      var cell = event.target.closest("[data-day]");
      if (cell) { self.choose({ year: self.shown.year, month: self.shown.month, day: Number(cell.dataset.day) }); }
    });
    self.body.addEventListener("keydown", function (event) { self.steer(event); });
    // on the window, before a dialog around the input takes the key for itself
    self.escape = function (event) {
      if (event.key === "Escape") { event.preventDefault(); event.stopImmediatePropagation(); self.close(true); }
    };
    window.addEventListener("keydown", self.escape, true);
    self.outside = function (event) { if (!self.wrap.contains(event.target)) { self.close(false); } };
    document.addEventListener("pointerdown", self.outside);
    document.addEventListener("focusin", self.outside);
    self.show(self.shown, true);
    if (panel.scrollIntoView) { panel.scrollIntoView({ block: "nearest" }); }
  };

  Calendar.prototype.jump = function (year, month) {
    if (year < 1200 || year > 1500 || !year) { year = this.shown.year; }
    this.show(J.plusMonths({ year: year, month: 1, day: this.shown.day }, month - 1));
  };

  Calendar.prototype.show = function (date, focus) {
    var self = this, row = make("tr"), length = J.daysInMonth(date.year, date.month);
    self.shown = date;
    self.month.value = date.month;
    self.year.value = J.digits(date.year);
    self.title.textContent = J.months[date.month - 1] + " " + J.digits(date.year);
    self.body.textContent = "";
    for (var blank = J.weekday({ year: date.year, month: date.month, day: 1 }); blank > 0; blank -= 1) { row.appendChild(make("td")); }
    for (var day = 1; day <= length; day += 1) {
      var here = { year: date.year, month: date.month, day: day };
      var cell = make("td", { role: "gridcell", "data-day": day, tabindex: day === date.day ? "0" : "-1", "aria-label": J.long(here) }, J.digits(day));
      if (J.format(here) === J.format(self.today)) { cell.setAttribute("aria-current", "date"); }
      cell.setAttribute("aria-selected", self.chosen && J.format(here) === J.format(self.chosen) ? "true" : "false");
      row.appendChild(cell);
      if (row.children.length === 7) { self.body.appendChild(row); row = make("tr"); }
    }
    if (row.children.length) { self.body.appendChild(row); }
    if (focus) { self.body.querySelector("[tabindex='0']").focus(); }
  };

  Calendar.prototype.steer = function (event) {
    var forward = J.persian ? "ArrowLeft" : "ArrowRight", back = J.persian ? "ArrowRight" : "ArrowLeft";
    var date = this.shown, place = J.weekday(date), next = null;
    if (event.key === forward) { next = J.plusDays(date, 1); }
    else if (event.key === back) { next = J.plusDays(date, -1); }
    else if (event.key === "ArrowDown") { next = J.plusDays(date, 7); }
    else if (event.key === "ArrowUp") { next = J.plusDays(date, -7); }
    else if (event.key === "Home") { next = J.plusDays(date, -place); }
    else if (event.key === "End") { next = J.plusDays(date, 6 - place); }
    else if (event.key === "PageDown") { next = J.plusMonths(date, event.shiftKey ? 12 : 1); }
    else if (event.key === "PageUp") { next = J.plusMonths(date, event.shiftKey ? -12 : -1); }
    else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); this.choose(date); return; }
    if (next) { event.preventDefault(); this.show(next, true); }
  };

  Calendar.prototype.choose = function (date) {
    this.write(J.format(date) + (this.withTime ? " " + (this.time || "08:00") : ""));
    this.close(true);
  };

  Calendar.prototype.write = function (text) {
    this.input.value = text;
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  Calendar.prototype.close = function (refocus) {
    if (!this.panel) { return; }
    window.removeEventListener("keydown", this.escape, true);
    document.removeEventListener("pointerdown", this.outside);
    document.removeEventListener("focusin", this.outside);
    this.panel.remove();
    this.panel = null;
    this.button.setAttribute("aria-expanded", "false");
    if (refocus) { this.button.focus(); }
  };

  function start(root) {
    root.querySelectorAll("input[data-jalali]").forEach(function (input) {
      if (!input.closest(".jalali")) { new Calendar(input); }
    });
  }

  function ready() {
    start(document);
    // the admin adds fields to the page as blocks are added
    new MutationObserver(function (records) {
      records.forEach(function (record) {
        record.addedNodes.forEach(function (node) { if (node.nodeType === 1 && !node.closest(".jalali")) { start(node.parentNode || node); } });
      });
    }).observe(document.body, { childList: true, subtree: true });
  }
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", ready); } else { ready(); }
})();
