/* The chat window for any site: one script, nothing else is fetched. It touches the page only by one element with a
   shadow of its own, uses no inline style, no HTML from strings and no cookie, so a strict policy lets it be. */
(function (config) {
  "use strict";
  var script = document.currentScript;
  if (window["shouwen:" + config.key]) return;
  window["shouwen:" + config.key] = true;

  var given = (script && script.dataset) || {};
  var wanted = (given.language || document.documentElement.lang || navigator.language || "zh").toLowerCase();
  var language = wanted.slice(0, 2) === "en" ? "en" : "zh-hans";
  var words = config.words[language];
  var full = "full" in given;
  var PLACE = "shouwen-chat-" + config.key;
  var AT = config.base + "/chat/" + config.key + "/";
  var MOST_TRIES_WAIT = 30000;

  function say(key, values) {
    return (words[key] || key).replace(/\{(\w+)\}/g, function (_all, name) { return values[name]; });
  }

  /* What survives a page change: the token, whether the window is open, what is not acknowledged yet. */
  var memory = null;
  var kept = { token: "", open: false, read: 0, unsent: [], draft: "" };
  try {
    memory = window.localStorage;
    kept = Object.assign(kept, JSON.parse(memory.getItem(PLACE) || "{}"));
  } catch (_error) { memory = null; }
  function keep() {
    try { if (memory) memory.setItem(PLACE, JSON.stringify(kept)); } catch (_error) { /* full or forbidden: go on without */ }
  }
  function newId() {
    var bytes = new Uint8Array(16);
    window.crypto.getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }

  /* Drawing. */
  function make(tag, attributes) {
    var svg = tag === "svg" || tag === "path";
    var element = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      var value = attributes[name];
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null) element.setAttribute(name, value);
    });
    for (var n = 2; n < arguments.length; n += 1) if (arguments[n]) element.append(arguments[n]);
    return element;
  }
  function sign(path) {
    return make("svg", { viewBox: "0 0 24 24", width: "22", height: "22", fill: "none", stroke: "currentColor", "stroke-width": "2", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" }, make("path", { d: path }));
  }
  var SIGNS = {
    chat: "M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5z",
    close: "M6 6l12 12M18 6L6 18",
    send: "M4 12l16-8-6 16-3-7z",
    clip: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.500 8.500a1.700 1.700 0 0 1-2.500-2.500L15 7",
    end: "M9 21H5V3h4M16 17l5-5-5-5M21 12H9"
  };
  function light(colour) {
    var parts = [1, 3, 5].map(function (at) {
      var part = parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] > 0.18;
  }
  var onColour = light(config.colour) ? "#111" : "#fff";
  var side = config.side === "left" ? "left" : "right";
  var lift = Math.max(0, parseInt(given.lift, 10) || 0); // pixels of a bar at the bottom of the site's own pages, on a phone
  var top = Math.max(0, parseInt(given.top, 10) || 0); // pixels of a bar above, where the window is a page of its own
  var CSS = [
    ":host{all:initial}*{box-sizing:border-box}[hidden]{display:none!important}",
    ".all{--c:" + config.colour + ";--on:" + onColour + ";--bg:#fff;--fg:#1c2024;--soft:#f1f3f5;--line:#d5dae0;--dim:#5b6470;--bad:#b3261e;font:15px/1.5 -apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;color:var(--fg)}",
    "@media(prefers-color-scheme:dark){.all{--bg:#1b1e22;--fg:#eceff2;--soft:#2a2f35;--line:#424a53;--dim:#a9b3be;--bad:#ff8a80}}",
    "button,input,textarea{font:inherit;color:inherit}button{cursor:pointer}:focus-visible{outline:3px solid var(--fg);outline-offset:2px}",
    ".bubble{position:fixed;z-index:2147483000;bottom:20px;" + side + ":20px;width:56px;height:56px;border:0;border-radius:50%;background:var(--c);color:var(--on);box-shadow:0 4px 16px #0005;display:grid;place-items:center}",
    ".count{position:absolute;top:-4px;right:-4px;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:#b3261e;color:#fff;font-size:13px;line-height:22px;text-align:center}",
    ".window{position:fixed;z-index:2147483001;bottom:88px;" + side + ":20px;width:370px;height:min(600px,calc(100vh - 110px));display:flex;flex-direction:column;background:var(--bg);border:1px solid var(--line);border-radius:12px;overflow:hidden;box-shadow:0 12px 40px #0004}",
    ".full .window{inset:0;width:min(760px,100%);height:auto;margin:0 auto;border-radius:0;bottom:0}@media(min-width:721px){.full .window{top:" + top + "px}}.full .bubble,.full .close{display:none}",
    "@media(max-width:720px){.bubble{bottom:" + (20 + lift) + "px}}",
    "@media(max-width:480px){.window{inset:0;width:100%;height:auto;border:0;border-radius:0}}",
    "header{display:flex;align-items:center;gap:8px;padding:10px 8px 10px 16px;background:var(--c);color:var(--on)}header h2{flex:1;margin:0;font-size:16px;font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}header :focus-visible{outline-color:var(--on)}",
    ".plain{border:0;background:none;padding:8px;min-width:40px;min-height:40px;border-radius:8px;display:inline-grid;place-items:center}",
    ".where{padding:8px 16px;background:var(--soft);color:var(--fg);font-size:13px;border-bottom:1px solid var(--line)}",
    ".log{flex:1;overflow-y:auto;padding:16px;display:flex;flex-direction:column;gap:4px;list-style:none;margin:0}",
    ".said{max-width:85%;align-self:flex-start;display:flex;flex-direction:column;margin-top:8px}.mine{align-self:flex-end;align-items:flex-end}",
    ".words{padding:8px 12px;border-radius:12px;background:var(--soft);white-space:pre-wrap;overflow-wrap:anywhere}.mine .words{background:var(--c);color:var(--on)}.mine .words a{color:inherit}",
    ".words a{color:inherit;display:block}.small{font-size:12px;color:var(--dim)}.bad{color:var(--bad)}",
    ".dots{padding:0 16px 8px;min-height:26px;font-size:13px;color:var(--dim)}",
    "form{padding:10px;border-top:1px solid var(--line);display:flex;gap:6px;align-items:flex-end;flex-wrap:wrap}form.ask{flex-direction:column;align-items:stretch;gap:12px;padding:16px;overflow-y:auto;flex:1;flex-wrap:nowrap;border:0}form.ask label{flex:none}form.address{background:var(--soft)}",
    "label{display:flex;flex-direction:column;gap:4px;font-size:13px;flex:1}input,textarea{width:100%;padding:9px 11px;border:1px solid var(--dim);border-radius:8px;background:var(--bg)}textarea{resize:none;height:42px;max-height:120px}",
    ".go{border:0;border-radius:8px;padding:9px 16px;min-height:42px;background:var(--c);color:var(--on)}.files{flex-basis:100%;margin:0;padding:0;list-style:none;font-size:13px}",
    ".out{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}",
    "@media(prefers-reduced-motion:no-preference){.window{animation:in .15s}@keyframes in{from{opacity:0;transform:translateY(8px)}}}"
  ].join("");

  var host = document.createElement("div");
  var root = host.attachShadow({ mode: "open" });
  if (root.adoptedStyleSheets && window.CSSStyleSheet && CSSStyleSheet.prototype.replaceSync) {
    var sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
  } else root.append(make("style", {}, CSS));

  var count = make("span", { class: "count", hidden: true });
  var bubble = make("button", { class: "bubble", type: "button", "aria-expanded": "false", "aria-label": say("open"), click: function () { show(box.hidden); } }, sign(SIGNS.chat), count);
  var where = make("div", { class: "where", role: "status" });
  var log = make("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": say("log"), tabindex: "0" });
  var dots = make("div", { class: "dots", "aria-live": "polite" });
  var ending = make("button", { class: "plain", type: "button", title: say("end"), "aria-label": say("end"), click: end }, sign(SIGNS.end));
  var closing = make("button", { class: "plain close", type: "button", title: say("close"), "aria-label": say("close"), click: function () { show(false); } }, sign(SIGNS.close));
  var area = make("textarea", { rows: "1", maxlength: "4000", "aria-label": say("write"), placeholder: say("write"), input: written, keydown: function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(event); }
  }, paste: function (event) { if (event.clipboardData && event.clipboardData.files.length) { event.preventDefault(); take(event.clipboardData.files); } } });
  var chooser = make("input", { type: "file", class: "out", tabindex: "-1", "aria-hidden": "true", multiple: true, change: function () { take(chooser.files); chooser.value = ""; } });
  var clip = make("button", { class: "plain", type: "button", title: say("attach"), "aria-label": say("attach"), click: function () { chooser.click(); } }, sign(SIGNS.clip));
  var pile = make("ul", { class: "files", "aria-live": "polite" });
  var writer = make("form", { submit: submit }, pile, clip, chooser, make("label", {}, area), make("button", { class: "go", type: "submit", "aria-label": say("send") }, sign(SIGNS.send)));
  var mail = make("input", { type: "email", required: true, autocomplete: "email", maxlength: "254" });
  var addressNote = make("span", { class: "small bad", role: "alert" });
  var address = make("form", { class: "address", hidden: true, submit: sendAddress }, make("label", {}, say("address"), mail, addressNote), make("button", { class: "go", type: "submit" }, say("leave_address")));
  var ask = make("form", { class: "ask", hidden: true, novalidate: true, submit: begin });
  var box = make("section", { class: "window", role: "dialog", "aria-label": config.title || config.organisation, hidden: true, keydown: function (event) { if (event.key === "Escape" && !full) show(false); } },
    make("header", {}, make("h2", {}, config.title || config.organisation), ending, closing), where, ask, log, dots, address, writer);
  root.append(make("div", { class: "all" + (full ? " full" : ""), lang: language === "en" ? "en" : "zh-Hans" }, bubble, box));

  /* State of this page. */
  var standing = null, stream = null, last = 0, unread = 0, tries = 0, reconnect = 0, sending = false, lost = false;
  var busy = false, typedAt = 0, dotsTimer = 0, files = [], lines = new Map(), rows = new Map();

  function post(what, values, body) {
    var data = body || new URLSearchParams();
    data.append("language", language);
    if (kept.token) data.append("token", kept.token);
    Object.keys(values).forEach(function (name) { [].concat(values[name]).forEach(function (one) { data.append(name, one); }); });
    return fetch(AT + what + "/", { method: "POST", body: data, credentials: "omit", mode: "cors", headers: { Accept: "application/json" } }).then(function (answer) {
      return answer.json().catch(function () { return {}; }).then(function (said) { return { ok: answer.ok, status: answer.status, said: said }; });
    });
  }

  function minutes(seconds) {
    return seconds < 90 ? say("about_a_minute") : say("minutes", { n: Math.round(seconds / 60) });
  }
  function drawStanding() {
    var text = "";
    if (lost) text = say("lost");
    else if (!standing) text = config.greeting;
    else if (standing.mode === "ended" || standing.mode === "closed") text = say(standing.mode);
    else if (standing.agent) text = say("with", { name: standing.agent });
    else if (!standing.staffed || standing.mode === "mail") text = standing.need_address ? (config.away || say("away")) : say("by_mail");
    else if (standing.place) text = say("place", { n: standing.place }) + " " + (standing.wait ? minutes(standing.wait) : say("unknown_wait"));
    else text = config.greeting || say("greeting");
    if (where.textContent !== text) where.textContent = text;
    where.hidden = !text;
    address.hidden = !(standing && standing.need_address && standing.mode !== "ended" && standing.mode !== "closed");
    ending.hidden = !kept.token || !(standing && standing.asked) || standing.mode === "ended" || standing.mode === "closed";
    rows.forEach(mark);
  }

  function time(at) {
    return new Date(at).toLocaleTimeString(language === "en" ? "en-GB" : "zh-CN", { hour: "2-digit", minute: "2-digit" });
  }
  function wordsOf(text) {
    var holder = make("div", { class: "words" });
    text.split(/(https?:\/\/[^\s<>"'，。；、）】]+)/).forEach(function (part, index) {
      if (index % 2) holder.append(make("a", { href: part, target: "_blank", rel: "noopener noreferrer nofollow" }, part));
      else if (part) holder.append(part);
    });
    return holder;
  }
  function mark(row) {
    if (!row.foot) return;
    var line = row.line, state = "";
    if (line.ours) state = line.by + " · " + time(line.at);
    else if (line.failed) state = line.failed;
    else if (!line.id) state = say("sending");
    else state = time(line.at) + (standing && standing.read >= line.id ? " · " + say("read") : "");
    if (row.foot.textContent !== state) row.foot.textContent = state;
    row.foot.classList.toggle("bad", Boolean(line.failed));
  }
  function draw(line) {
    var name = line.client_id || "line-" + line.id;
    var row = rows.get(name);
    var atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    if (!row) {
      var item = make("div", { class: line.ours ? "said" : "said mine" });
      var said = line.text && !(line.files.length && !line.ours && line.text === say("files_only")) ? wordsOf(line.text) : make("div", { class: "words" });
      line.files.forEach(function (file) {
        said.append(file.url ? make("a", { href: file.url, target: "_blank", rel: "noopener noreferrer" }, file.name) : make("span", {}, file.name));
      });
      var foot = make("span", { class: "small" });
      item.append(make("span", { class: "out" }, line.ours ? say("they", { name: line.by }) : say("you")), said, foot);
      row = { line: line, foot: foot, item: item };
      rows.set(name, row);
      log.append(item);
    } else row.line = line;
    mark(row);
    if (atEnd || !line.ours) log.scrollTop = log.scrollHeight;
  }

  function hear(line) {
    if (lines.has(line.id)) return;
    lines.set(line.id, line);
    last = Math.max(last, line.id);
    kept.unsent = kept.unsent.filter(function (one) { return one.client_id !== line.client_id; });
    keep();
    draw(line);
    if (line.ours) {
      dots.textContent = "";
      if (line.id > kept.read) { unread += 1; seen(); }
    }
  }
  function seen() {
    count.hidden = !unread;
    count.textContent = String(unread);
    bubble.setAttribute("aria-label", unread ? say("open_unread", { n: unread }) : say("open"));
    if (box.hidden || document.hidden || last <= kept.read) return;
    var before = kept.read;
    kept.read = last;
    keep();
    unread = 0;
    count.hidden = true;
    if (!kept.token) return;
    function untold() { kept.read = Math.min(kept.read, before); keep(); }
    post("marks", { read: last }).then(function (answer) { if (!answer.ok) untold(); }, untold);
  }

  /* The stream: the browser comes back by itself with the id of the last line; a closed one is asked for again. */
  function connect() {
    window.clearTimeout(reconnect);
    if (stream || !kept.token) return;
    var opened = new EventSource(config.base + "/live/chat/stream?key=" + config.key + "&token=" + encodeURIComponent(kept.token) + "&since=" + last);
    stream = opened;
    opened.onopen = function () { tries = 0; lost = false; drawStanding(); flush(); seen(); };
    opened.addEventListener("line", function (event) { hear(JSON.parse(event.data)); });
    opened.addEventListener("standing", function (event) { standing = JSON.parse(event.data); drawStanding(); });
    opened.addEventListener("read", function (event) { if (standing) { standing.read = JSON.parse(event.data).read; drawStanding(); } });
    opened.addEventListener("typing", function (event) {
      dots.textContent = say("typing", { name: JSON.parse(event.data).by });
      window.clearTimeout(dotsTimer);
      dotsTimer = window.setTimeout(function () { dots.textContent = ""; }, 6000);
    });
    opened.onerror = function () {
      lost = true;
      drawStanding();
      if (opened.readyState !== EventSource.CLOSED) return;
      stream = null;
      post("marks", {}).then(function (answer) {
        if (answer.status === 403 || answer.status === 404) forget();
        else again();
      }, again);
    };
  }
  function again() {
    tries += 1;
    window.clearTimeout(reconnect);
    reconnect = window.setTimeout(connect, Math.min(MOST_TRIES_WAIT, 500 * Math.pow(2, tries)) * (0.5 + Math.random()));
  }
  function disconnect() { if (stream) stream.close(); stream = null; }
  function forget() {
    disconnect();
    kept.token = "";
    kept.read = 0;
    standing = null;
    lost = false;
    last = 0;
    lines.clear();
    rows.clear();
    log.replaceChildren();
    keep();
    kept.unsent.forEach(pending);
    if (!box.hidden) enter();
    drawStanding();
  }

  /* Sending: in order, one at a time, again and again under the same name until it is acknowledged. */
  function pending(one) {
    draw({ client_id: one.client_id, ours: false, by: "", text: one.text, files: one.files || [], at: one.at, id: 0, failed: one.failed });
  }
  function flush() {
    var one = kept.unsent.filter(function (each) { return !each.failed; })[0];
    if (sending || !one || !kept.token) return;
    sending = true;
    var body = { client_id: one.client_id, text: one.text };
    if (one.files && one.files.length) body.file = one.files.map(function (file) { return file.token; });
    post("messages", body).then(function (answer) {
      sending = false;
      if (answer.ok) {
        kept.unsent = kept.unsent.filter(function (each) { return each.client_id !== one.client_id; });
        keep();
        standing = answer.said.standing;
        if (!lines.has(answer.said.id)) draw({ id: answer.said.id, client_id: one.client_id, ours: false, by: "", text: one.text, files: one.files || [], at: one.at });
        drawStanding();
        connect();
        flush();
      } else if (answer.status === 403 || answer.status === 404 && answer.said.field !== "files") forget();
      else if (answer.status === 429 || answer.status >= 500) window.setTimeout(flush, 3000);
      else {
        kept.unsent = kept.unsent.filter(function (each) { return each.client_id !== one.client_id; });
        one.failed = answer.said.detail || say("failed");
        keep();
        pending(one);
        flush();
      }
    }, function () { sending = false; window.setTimeout(flush, 2000); });
  }
  function submit(event) {
    event.preventDefault();
    var text = area.value.trim();
    if (busy || !text && !files.length) return;
    var one = { client_id: newId(), text: text, files: files, at: new Date().toISOString() };
    kept.unsent.push(one);
    kept.draft = area.value = "";
    files = [];
    pile.replaceChildren();
    keep();
    pending(one);
    area.focus();
    if (standing && standing.mode === "ended") standing = null;
    if (kept.token) flush(); else open({});
  }
  function written() {
    kept.draft = area.value;
    keep();
    if (!kept.token || Date.now() - typedAt < 3000 || !area.value.trim()) return;
    typedAt = Date.now();
    post("marks", { typing: "1" }).catch(function () {});
  }
  function take(list) {
    (kept.token ? Promise.resolve(true) : open({})).then(function (there) {
      if (there) Array.prototype.slice.call(list, 0, 5 - files.length).forEach(upload);
    });
  }
  function upload(file) {
    var row = make("li", {}, say("uploading", { name: file.name }));
    pile.append(row);
    busy = true;
    var body = new FormData();
    body.append("file", file, file.name);
    post("files", {}, body).then(function (answer) {
      busy = false;
      if (!answer.ok) { row.className = "bad"; row.textContent = file.name + ": " + (answer.said.detail || say("failed")); return; }
      files.push({ name: file.name, token: answer.said.file });
      row.textContent = file.name;
    }, function () { busy = false; row.className = "bad"; row.textContent = file.name + ": " + say("failed"); });
  }

  /* Before the chat, and beside it. */
  function fields() {
    return Object.keys(config.ask).map(function (name) {
      var types = { email: "email", phone: "tel" };
      var must = config.ask[name] === "required";
      var note = make("span", { class: "small bad", role: "alert", "data-note": name });
      return make("label", {}, say(name) + (must ? "" : " " + say("optional")), make("input", { name: name, type: types[name] || "text", required: must, autocomplete: { name: "name", email: "email", phone: "tel" }[name] || "off" }), note);
    });
  }
  function enter() {
    var form = !kept.token && Object.keys(config.ask).length;
    ask.hidden = !form;
    log.hidden = dots.hidden = writer.hidden = Boolean(form);
    if (form && !ask.children.length) ask.append.apply(ask, fields().concat(make("span", { class: "small bad", role: "alert", "data-note": "" }), make("button", { class: "go", type: "submit" }, say("begin"))));
    else if (!form && !kept.token) open({});
    else connect();
  }
  function open(values) {
    return post("sessions", Object.assign({ page: location.href.slice(0, 500) }, values)).then(function (answer) {
      if (!answer.ok) { notes(answer.said); return false; }
      kept.token = answer.said.token;
      standing = answer.said.standing;
      keep();
      enter();
      drawStanding();
      flush();
      return true;
    }, function () { lost = true; drawStanding(); window.setTimeout(function () { if (!kept.token && !box.hidden && ask.hidden) open(values); }, 4000); return false; });
  }
  function notes(said) {
    var errors = said.errors || {};
    if (said.field) errors[said.field] = said.detail;
    ask.querySelectorAll("[data-note]").forEach(function (note) {
      note.textContent = errors[note.dataset.note] || (note.dataset.note || Object.keys(errors).length ? "" : said.detail || "");
    });
    if (ask.hidden) { where.hidden = false; where.textContent = said.detail || say("failed"); }
  }
  function begin(event) {
    event.preventDefault();
    var values = {};
    ask.querySelectorAll("input").forEach(function (input) { values[input.name] = input.value; });
    open(values).then(function (there) { if (there) area.focus(); });
  }
  function sendAddress(event) {
    event.preventDefault();
    post("address", { email: mail.value }).then(function (answer) {
      addressNote.textContent = answer.ok ? "" : answer.said.detail || say("failed");
      if (answer.ok) { standing = answer.said.standing; drawStanding(); area.focus(); }
    }, function () { addressNote.textContent = say("lost"); });
  }
  function end() {
    if (!kept.token) return;
    post("ending", {}).then(function (answer) {
      if (!answer.ok) return;
      disconnect();
      kept.token = "";
      kept.read = 0;
      keep();
      standing = answer.said.standing;
      last = 0;
      lines.clear();
      drawStanding();
    }).catch(function () {});
  }
  function show(open) {
    box.hidden = !open;
    kept.open = open;
    keep();
    bubble.setAttribute("aria-expanded", String(open));
    if (!open) { bubble.focus(); return; }
    enter();
    drawStanding();
    seen();
    log.scrollTop = log.scrollHeight;
    (ask.hidden ? area : ask.querySelector("input")).focus();
  }

  document.addEventListener("visibilitychange", seen);
  window.addEventListener("online", function () { if (!stream) connect(); flush(); });
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", function (event) { if (event.persisted && kept.token) connect(); });
  function start() {
    document.body.append(host);
    area.value = kept.draft;
    kept.unsent.forEach(pending);
    drawStanding();
    if (kept.token) connect();
    if (full || kept.open) { box.hidden = false; bubble.setAttribute("aria-expanded", "true"); enter(); }
  }
  if (document.body) start(); else document.addEventListener("DOMContentLoaded", start);
})
