/*
 * The part of a start that also runs where modules do not: an old browser, or a frame whose sandbox gives it no origin.
 * It gives the links of the start's words the very address, and shows the words at once when a script cannot be loaded.
 */
(function () {
  function tell() {
    document.documentElement.setAttribute("data-start", "failed");
  }
  Array.prototype.forEach.call(document.querySelectorAll(".start-words a"), function (link) {
    link.href = location.href;
  });
  if (!("noModule" in HTMLScriptElement.prototype)) tell();
  addEventListener(
    "error",
    function (event) {
      if (event.target instanceof HTMLScriptElement) tell();
    },
    true
  );
})();
