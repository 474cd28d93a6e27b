// Copying the citation of a provision. Without this script, or where copying is not allowed, the link leads to the
// provision's own page, which shows the same words.
document.addEventListener("click", function (event) {
  var link = event.target.closest("[data-cite], [data-copy]");
  if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
  var box = link.closest("[data-copied]");
  var words = link.dataset.copy || (link.dataset.cite + " " + box.dataset.work);
  var address = new URL(link.getAttribute("href"), document.baseURI).href;
  event.preventDefault();
  navigator.clipboard.writeText(words + "\n" + decodeURI(address)).then(function () {
    var before = link.textContent;
    link.textContent = box.dataset.copied;
    link.classList.add("is-copied");
    setTimeout(function () { link.textContent = before; link.classList.remove("is-copied"); }, 1600);
  }, function () { window.location.href = address; });
});
