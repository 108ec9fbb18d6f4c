// The lamp: shows what the station says. Whatever is not certain to be of this moment is not shown:
// a verdict goes by itself, and silence shows as silence.

const PASS_MS = 2000;
const OTHER_MS = 6000;
const SILENCE_MS = 3000; // the station speaks every second
const AGAIN_MS = 500;

const body = document.body;
let state = null; // what the station said of itself; null: it is lost
let source = null;
let silence = 0;
let clearing = 0;
let held = false;
let due = false; // the time of what is shown is over, but a hand keeps it

function only(name, value) {
  for (const element of document.querySelectorAll(`[data-${name}]`)) {
    element.hidden = element.dataset[name] !== value;
  }
}

function flag(name, on) {
  for (const element of document.querySelectorAll(`[data-only="${name}"]`)) {
    element.hidden = !on;
  }
}

function show(face, action) {
  body.dataset.face = face.split(" ")[0];
  only("action", action);
  for (const section of document.querySelectorAll("section[data-face]")) {
    section.hidden = section.dataset.face !== face;
  }
}

function rest() {
  clearTimeout(clearing);
  clearing = 0;
  due = false;
  flag("kept", false);
  show(state === null ? "lost" : state.readiness === "not-ready" ? "closed" : "ready");
}

function onState(event) {
  state = JSON.parse(event.data);
  only("policy", String(state.policy));
  flag("training", state.training);
  body.classList.toggle("is-training", state.training);
  for (const line of document.querySelectorAll("[data-trouble]")) {
    line.hidden = !state.troubles.includes(line.dataset.trouble);
  }
  if (!clearing || state.readiness === "not-ready") rest();
}

function onShown(event) {
  if (state === null) return;
  const shown = JSON.parse(event.data);
  clearTimeout(clearing);
  due = false;
  flag("kept", held);
  show(shown.face, shown.action);
  clearing = setTimeout(() => (held ? (due = true) : rest()), shown.face === "pass" ? PASS_MS : OTHER_MS);
  announce(shown.face === "pass");
}

function onTally(event) {
  const counts = JSON.parse(event.data);
  for (const cell of document.querySelectorAll("[data-count]")) {
    cell.textContent = counts[cell.dataset.count];
  }
}

function onLost() {
  state = null;
  only("policy", null);
  rest();
}

// Events that waited somewhere on the way are of no use: after a silence the old stream is dropped with all it holds.
function connect() {
  source?.close();
  source = new EventSource(body.dataset.events);
  const heard = (act) => (event) => {
    clearTimeout(silence);
    silence = setTimeout(reconnect, SILENCE_MS);
    act(event);
  };
  source.addEventListener("state", heard(onState));
  source.addEventListener("shown", heard(onShown));
  source.addEventListener("tally", heard(onTally));
  source.addEventListener("lost", heard(onLost));
  source.onerror = onLost;
  silence = setTimeout(reconnect, SILENCE_MS);
}

function reconnect() {
  onLost();
  source.close();
  setTimeout(connect, AGAIN_MS);
}

function hold(on) {
  held = on && clearing !== 0;
  flag("kept", held);
  if (!held && due) rest();
}

let tones = null; // sound needs a touch first, so it is a button

function announce(pass) {
  if (!tones) return;
  navigator.vibrate?.(pass ? 80 : [80, 80, 80]);
  for (const [index, pitch] of (pass ? [660, 990] : [440, 440]).entries()) {
    const tone = new OscillatorNode(tones, { frequency: pitch });
    const level = new GainNode(tones, { gain: 0.25 });
    const start = tones.currentTime + index * 0.16;
    tone.connect(level).connect(tones.destination);
    tone.start(start);
    tone.stop(start + 0.12);
  }
}

function toggleSound(button) {
  tones = tones ? void tones.close() : new AudioContext();
  button.setAttribute("aria-pressed", String(Boolean(tones)));
}

function toggleFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
}

for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => hold(true));
for (const name of ["pointerup", "pointercancel", "keyup", "blur"]) addEventListener(name, () => hold(false));
document.getElementById("sound")?.addEventListener("click", (event) => toggleSound(event.currentTarget));
document.getElementById("full-screen")?.addEventListener("click", toggleFullScreen);
navigator.wakeLock?.request("screen").catch(() => {});
connect();
