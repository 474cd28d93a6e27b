// Passkeys: asks the browser for what the form's options say, puts its answer into the form and sends it.
// The only script of signing in; without it there are the password and the codes.
(function () {
  "use strict";
  if (!window.PublicKeyCredential) {
    document.querySelectorAll("form[data-passkey='get']").forEach(function (form) { form.hidden = true; });
    return;
  }

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function text(buffer) {
    var letters = Array.prototype.map.call(new Uint8Array(buffer), function (byte) { return String.fromCharCode(byte); });
    return btoa(letters.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function readable(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) { options.user.id = bytes(options.user.id); }
    ["allowCredentials", "excludeCredentials"].forEach(function (name) {
      (options[name] || []).forEach(function (each) { each.id = bytes(each.id); });
    });
    return options;
  }

  function answer(credential) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (credential.response[name]) { response[name] = text(credential.response[name]); }
    });
    return {
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response: response,
      clientExtensionResults: credential.getClientExtensionResults()
    };
  }

  function optionsOf(form) {
    if (form.dataset.options) { return Promise.resolve(JSON.parse(form.dataset.options)); }
    var body = new FormData();
    body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    return fetch(form.dataset.optionsUrl, { method: "POST", body: body, credentials: "same-origin" }).then(function (reply) {
      if (!reply.ok) { throw new Error(String(reply.status)); }
      return reply.json();
    });
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.elements.credential.value) { return; }
      event.preventDefault();
      var said = form.querySelector("[data-said]");
      said.textContent = "";
      optionsOf(form).then(function (options) {
        return navigator.credentials[form.dataset.passkey]({ publicKey: readable(options) });
      }).then(function (credential) {
        form.elements.credential.value = JSON.stringify(answer(credential));
        form.submit();
      }).catch(function () {
        said.textContent = form.dataset.failed;
      });
    });
  });
})();
