// The print button. Without this script it is not shown, and the browser's own menu prints the same sheet.
document.addEventListener("click", function (event) {
  if (event.target.closest("[data-print]")) { window.print(); }
});
