// The secretary's screen: each field is sent as it is written, and kept on this device until the server has it.
(() => {
  "use strict";
  const form = document.querySelector("[data-room]");
  if (!form) return;
  const words = form.dataset;
  const shelf = `conduct:${words.room}`;
  const status = form.querySelector("[data-status]");
  const AGAIN = 4000; // milliseconds until a line that was down is tried again
  const PAUSE = 700; // milliseconds after the last key
  let waiting = null;
  let sending = false;

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(shelf)) || {};
    } catch {
      return {};
    }
  };
  // By field: what the writer saw, what he wrote; `held` is what the server did not take and he must decide.
  const pending = read();
  const keep = () => {
    try {
      if (Object.keys(pending).length) localStorage.setItem(shelf, JSON.stringify(pending));
      else localStorage.removeItem(shelf);
    } catch {
      // A device without storage: the page itself still holds what was written.
    }
  };
  const unsent = () => Object.entries(pending).filter(([, change]) => !change.held);
  const field = (key) => form.elements.namedItem(`f:${key}`);
  const seen = (key) => form.elements.namedItem(`w:${key}`);
  const say = (text, tone) => {
    status.textContent = text;
    status.dataset.tone = tone || "";
  };

  const mark = (key, text, buttons) => {
    const place = form.querySelector(`[data-note="${key}"]`);
    if (!place) return;
    place.replaceChildren(text);
    place.parentElement.classList.toggle("cell--marked", Boolean(text));
    for (const [label, act] of buttons || []) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button--small";
      button.textContent = label;
      button.addEventListener("click", act);
      place.append(" ", button);
    }
  };

  const later = (pause) => {
    clearTimeout(waiting);
    waiting = setTimeout(send, pause);
  };

  const noteChange = (element) => {
    const key = element.dataset.field;
    if (!key) return;
    const was = pending[key] ? pending[key].was : seen(key).value;
    pending[key] = { was, now: element.value };
    keep();
    say(words.saving); // what stood there is no longer true
    later(element.tagName === "SELECT" ? 0 : PAUSE);
  };

  const conflict = (key, theirs) => {
    pending[key].held = true;
    mark(key, `${words.theirs} ${theirs || words.empty}`, [
      [
        words.keepMine,
        () => {
          pending[key] = { was: theirs, now: field(key).value };
          keep();
          mark(key, "");
          later(0);
        },
      ],
      [
        words.keepTheirs,
        () => {
          delete pending[key];
          keep();
          seen(key).value = theirs;
          field(key).value = theirs;
          mark(key, "");
        },
      ],
    ]);
  };

  const showResults = (answer) => {
    const quorum = form.querySelector("[data-quorum]");
    quorum.textContent = answer.quorum.text;
    quorum.className = `badge ${answer.quorum.reached ? "badge--good" : "badge--warn"}`;
    const tones = { passed: "good", amended: "good", rejected: "bad", no_quorum: "bad", open: "plain" };
    for (const [item, result] of Object.entries(answer.results)) {
      const place = form.querySelector(`[data-result="${item}"]`);
      if (!place) continue;
      const badge = place.querySelector("[data-outcome] .badge");
      badge.textContent = result.label;
      badge.className = `badge badge--${tones[result.outcome] || "info"}`;
      place.querySelector("[data-why]").textContent = result.why;
    }
  };

  const take = (answer, sent) => {
    for (const [key, value] of Object.entries(answer.written)) {
      seen(key).value = value;
      mark(key, "");
      if (pending[key].now === sent[key].now) delete pending[key];
      else pending[key].was = value;
    }
    for (const [key, theirs] of Object.entries(answer.conflicts)) conflict(key, theirs);
    for (const [key, why] of Object.entries(answer.errors)) {
      if (pending[key].now === sent[key].now) pending[key].held = true;
      mark(key, why);
    }
    // What the server had nothing to say about stands there already.
    for (const [key, change] of Object.entries(sent)) {
      const told = [answer.written, answer.conflicts, answer.errors].some((said) => key in said);
      if (!told && pending[key]?.now === change.now) delete pending[key];
    }
    keep();
    showResults(answer);
    const more = unsent().length > 0; // written while this was on its way
    if (form.querySelector(".cell--marked")) say(words.marked, "warn");
    else if (more) say(words.saving);
    else say(words.saved, "good");
    if (more) later(PAUSE);
    // Whose vote is asked follows from who is there and how is voted: the server draws those fields.
    const redraw = Object.keys(answer.written).some((key) => /\.(manner|presence)$/.test(key));
    const byName = form.querySelector(".room__ballots, select[data-field$='.manner'] option[value='name']:checked");
    const left = Object.keys(answer.written).some((key) => key.endsWith(".manner"));
    if (redraw && (byName || left) && !Object.keys(pending).length) location.reload();
  };

  async function send() {
    if (sending || !unsent().length) return;
    sending = true;
    say(words.saving);
    const sent = JSON.parse(JSON.stringify(Object.fromEntries(unsent())));
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    for (const [key, change] of Object.entries(sent)) {
      body.set(`f:${key}`, change.now);
      body.set(`w:${key}`, change.was);
    }
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(location.href, { method: "POST", body, headers, credentials: "same-origin" });
      if (answer.status >= 500) throw new Error("server");
      if (!(answer.headers.get("Content-Type") || "").includes("json")) {
        say(words.out, "warn");
        later(AGAIN * 3);
      } else {
        const said = await answer.json();
        if (said.written) take(said, sent);
        else say(said.refused || said.detail || words.out, "bad");
      }
    } catch {
      say(words.offline, "warn");
      later(AGAIN);
    } finally {
      sending = false;
    }
  }

  for (const [key, change] of Object.entries(pending)) {
    if (field(key)) {
      field(key).value = change.now;
      delete change.held;
    } else {
      delete pending[key];
    }
  }
  keep();
  if (unsent().length) later(0);
  form.addEventListener("input", (event) => noteChange(event.target));
  window.addEventListener("online", () => later(0));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.code === "KeyS") {
      event.preventDefault();
      later(0);
    }
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const items = [...form.querySelectorAll("[data-item]")];
      const here = items.findIndex((item) => item.contains(document.activeElement));
      const next = items[here + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) {
        next.scrollIntoView({ block: "center" });
        next.querySelector("textarea, input, select").focus();
      }
    }
  });
})();
