// Arithmetic of the Jalali calendar and the reading of typed dates, as intranet/ui/calendar.py does it.
window.Jalali = (function () {
  "use strict";
  var MONTHS = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];
  var LATIN_MONTHS = ["Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"];
  var WEEKDAYS = ["شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه"];
  var LATIN_WEEKDAYS = ["Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
  var LEAP_PLACES = [1, 5, 9, 13, 17, 22, 26, 30];
  var persian = (document.documentElement.lang || "fa").indexOf("fa") === 0;

  function isLeap(year) { return LEAP_PLACES.indexOf(year % 33) >= 0; }
  function daysInMonth(year, month) { return month <= 6 ? 31 : month < 12 || isLeap(year) ? 30 : 29; }

  // Days from an arbitrary beginning, to count weekdays with.
  function dayNumber(date) {
    var before = date.year - 1;
    var leaps = Math.floor(before / 33) * 8 + LEAP_PLACES.filter(function (place) { return place <= before % 33; }).length;
    var months = date.month <= 7 ? (date.month - 1) * 31 : 186 + (date.month - 7) * 30;
    return before * 365 + leaps + months + date.day;
  }
  var KNOWN = dayNumber({ year: 1401, month: 1, day: 17 }) - 4; // a Wednesday, the fourth day after Saturday
  function weekday(date) { return (((dayNumber(date) - KNOWN) % 7) + 7) % 7; }

  function plusDays(date, days) {
    var result = { year: date.year, month: date.month, day: date.day + days };
    while (result.day < 1) {
      result = plusMonths({ year: result.year, month: result.month, day: 1 }, -1, result.day);
      result.day += daysInMonth(result.year, result.month);
    }
    while (result.day > daysInMonth(result.year, result.month)) {
      var rest = result.day - daysInMonth(result.year, result.month);
      result = plusMonths({ year: result.year, month: result.month, day: 1 }, 1, rest);
    }
    return result;
  }

  // With `day` given it is kept as it is; without, it is cut to the month's length.
  function plusMonths(date, months, day) {
    var index = date.year * 12 + date.month - 1 + months;
    var year = Math.floor(index / 12), month = (index % 12) + 1;
    return { year: year, month: month, day: day === undefined ? Math.min(date.day, daysInMonth(year, month)) : day };
  }

  function toAscii(text) {
    return text.replace(/[۰-۹]/g, function (d) { return d.charCodeAt(0) - 0x06f0; })
      .replace(/[٠-٩]/g, function (d) { return d.charCodeAt(0) - 0x0660; });
  }
  function digits(value) {
    return persian ? String(value).replace(/\d/g, function (d) { return String.fromCharCode(0x06f0 + Number(d)); }) : String(value);
  }
  function pad(value) { return (value < 10 ? "0" : "") + value; }
  function format(date) { return date.year + "/" + pad(date.month) + "/" + pad(date.day); }
  function long(date) {
    return (persian ? WEEKDAYS : LATIN_WEEKDAYS)[weekday(date)] + " " + digits(date.day) + " " + (persian ? MONTHS : LATIN_MONTHS)[date.month - 1] + " " + digits(date.year);
  }

  function full(year) { return year >= 100 ? year : year + (year < 40 ? 1400 : 1300); }

  // {date, time} of a typed text, or null: the server has the last word.
  function parse(text) {
    var clean = toAscii(text || "").replace(/ي/g, "ی").replace(/ك/g, "ک");
    var named = new RegExp("(\\d{1,2})\\s*(" + MONTHS.join("|") + ")\\s*(?:ماه)?\\s*(\\d{2,4})").exec(clean);
    var found = named ? [clean, named[1], MONTHS.indexOf(named[2]) + 1, ("0000" + full(Number(named[3]))).slice(-4)] : /(\d{1,4})\s*[\/\-.]\s*(\d{1,2})\s*[\/\-.]\s*(\d{1,4})/.exec(clean);
    if (!found) { return null; }
    var first = Number(found[1]), last = Number(found[3]);
    var swapped = found[3].length === 4 || (first <= 31 && last > 31);
    var date = { year: swapped ? last : first, month: Number(found[2]), day: swapped ? first : last };
    date.year = full(date.year);
    if (date.year < 1200 || date.year > 1500 || date.month < 1 || date.month > 12 || date.day < 1 || date.day > daysInMonth(date.year, date.month)) { return null; }
    var clock = /(\d{1,2}):(\d{2})/.exec(clean);
    return { date: date, time: clock ? pad(Number(clock[1])) + ":" + clock[2] : "" };
  }

  return {
    months: persian ? MONTHS : LATIN_MONTHS, weekdays: persian ? WEEKDAYS : LATIN_WEEKDAYS, persian: persian,
    weekday: weekday, daysInMonth: daysInMonth, plusDays: plusDays, plusMonths: plusMonths,
    digits: digits, toAscii: toAscii, format: format, long: long, parse: parse, pad: pad
  };
})();
