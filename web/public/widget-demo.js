// Includes the widget with the attributes that stand after the "#" of the address, as `accent=%23102030&theme=dark`.
(function () {
  // The content security policy of this server's pages asks for trusted types; here one script may be started.
  if (window.trustedTypes) {
    window.trustedTypes.createPolicy("default", {
      createScriptURL: function (address) {
        return address === "/widget.js" ? address : null;
      },
    });
  }
  var script = document.createElement("script");
  new URLSearchParams(location.hash.slice(1)).forEach(function (value, name) {
    if (/^[a-z-]+$/.test(name)) script.setAttribute("data-" + name, value);
  });
  script.src = "/widget.js";
  document.head.append(script);
  // Another choice on the console is another address of this page.
  window.addEventListener("hashchange", function () {
    location.reload();
  });
})();
