// Starts Flutter and Python side by side, and shows how far they are until the app draws its first frame.
"use strict";

const bundle = JSON.parse(document.querySelector('meta[name="bundle"]').content);
const words = {
  pl: { load: "Wczytywanie podręcznika…", start: "Uruchamianie…", fail: "Nie udało się uruchomić aplikacji.", retry: "Spróbuj ponownie" },
  en: { load: "Loading the handbook…", start: "Starting…", fail: "The app could not start.", retry: "Try again" },
  ko: { load: "교본을 불러오는 중…", start: "시작하는 중…", fail: "앱을 시작하지 못했습니다.", retry: "다시 시도" },
};
const language = navigator.languages.map((tag) => tag.slice(0, 2)).find((code) => code in words) || "en";
const text = words[language];
document.documentElement.lang = language;

const splash = {
  show(message) { document.getElementById("splash-text").textContent = message; },
  progress(percent) { document.getElementById("splash-progress").value = percent; },
  fail(reason) {
    if (!document.getElementById("splash")) return;
    console.error("start failed:", reason);
    splash.show(text.fail);
    const retry = document.getElementById("splash-retry");
    retry.textContent = text.retry;
    retry.hidden = false;
    retry.onclick = () => location.reload();
  },
};
splash.show(text.load);

// --- how far: bytes of the large parts as they arrive, from the network or from the service worker
const expected = bundle.largest.reduce((sum, part) => sum + part.bytes, 0);
let arrived = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const part = bundle.largest.find((candidate) => entry.name.endsWith(candidate.path));
    if (part) arrived += part.bytes;
  }
  splash.progress(Math.min(90, (90 * arrived) / expected));
}).observe({ type: "resource", buffered: true });

// The page and its own Python talk here; other tabs have channels of their own.
const channelName = `handbook-page-${Date.now()}-${Math.random()}`;

// --- Python: one module worker, started before Flutter asks for it
const worker = new Worker(`${bundle.engine}python-worker.js`, { type: "module" });
let toDart = null;
const early = [];
const python = new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => {
    if (typeof data !== "string") {
      if (toDart) toDart(data); else early.push(data);
    } else if (data === "initialized") {
      resolve();
    } else {
      reject(new Error(data));
    }
  };
  worker.onerror = (event) => reject(new Error(event.message || "the Python worker did not load"));
});
python.catch(splash.fail);
worker.postMessage({
  pyodideUrl: `${bundle.python}pyodide.mjs`,
  args: { channel: channelName },
  documentUrl: document.URL,
  appPackageUrl: bundle.package,
  micropipIncludePre: false,
  pythonModuleName: "main",
});

// What Flutter's Flet client calls; there is one app on this page.
globalThis.jsConnect = async (_appId, _args, dartOnMessage) => {
  await python;
  toDart = dartOnMessage;
  early.splice(0).forEach(toDart);
};
globalThis.jsSend = async (_appId, data) => worker.postMessage(data, [data.buffer]);
globalThis.jsDisconnect = async () => worker.terminate();

// --- Flutter
var flet = {
  pyodide: true,
  multiView: false,
  noCdn: true,
  webSocketEndpoint: "/ws",
  entrypointBaseUrl: bundle.engine,
  assetBase: bundle.engine,
  routeUrlStrategy: "path",
  canvasKitBaseUrl: `${bundle.engine}canvaskit/`,
  fontFallbackBaseUrl: `${bundle.engine}assets/fonts/`,
  webRenderer: "canvaskit",
  appPackageUrl: bundle.package,
};
const isChromium = typeof Intl.v8BreakIterator !== "undefined" && typeof ImageDecoder !== "undefined";
const flutterConfig = {
  renderer: "canvaskit",
  entrypointBaseUrl: bundle.engine,
  assetBase: bundle.engine,
  canvasKitBaseUrl: flet.canvasKitBaseUrl,
  fontFallbackBaseUrl: flet.fontFallbackBaseUrl,
  canvasKitVariant: isChromium ? "chromium" : "full",
};
window.addEventListener("flutter-first-frame", () => splash.show(text.start), { once: true });

// The first frame is empty; the splash goes when Python has drawn a screen and says so.
const channel = new BroadcastChannel(channelName);
const tell = (type, more = {}) => channel.postMessage(JSON.stringify({ type, ...more }));
let waiting = null;
channel.onmessage = ({ data }) => {
  const { type, ...more } = JSON.parse(data);
  if (type in push) {
    push[type](more).then((said) => tell("answer", { id: more.id, ...said }),
      (error) => tell("answer", { id: more.id, error: String(error.message || error) }));
  } else if (type === "sound") {
    sound(more.name);
  } else if (type === "awake") {
    awake = more.is_so;
    holdScreen();
  } else if (type === "drawn") {
    document.getElementById("splash")?.remove();
    navigator.storage?.persist?.();  // a handbook that the browser throws away is none
    if (waiting) tell("update ready");
  } else if (type === "failed") {
    splash.fail("the app did not draw its first screen");
  } else if (type === "reload") {
    if (waiting?.state !== "installed") { location.reload(); return; }  // another tab has started it already
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("use the new version");
  }
};
window.addEventListener("online", () => tell("online"));
navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (data.type === "open") tell("open", { path: data.path });  // a notification was tapped
});

// --- training: sounds, and a screen that stays on
const SOUNDS = {  // [hertz, begins after s, lasts s]
  start: [[880, 0, 0.5]],
  halfway: [[660, 0, 0.15], [660, 0.25, 0.15]],
  tick: [[550, 0, 0.09]],
  rest: [[440, 0, 0.6]],
  end: [[660, 0, 0.2], [880, 0.25, 0.2], [1100, 0.5, 0.6]],
};
let audio = null;
// Browsers let a page sound only after a touch, and some only during one.
for (const touch of ["pointerdown", "keydown"]) {
  addEventListener(touch, () => { if (location.pathname.startsWith("/app/training")) { audio ??= new AudioContext(); audio.resume(); } }, true);
}
function sound(name) {
  audio ??= new AudioContext();
  for (const [hertz, after, lasts] of SOUNDS[name]) {
    const begins = audio.currentTime + after, tone = audio.createOscillator(), volume = audio.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.5, begins);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + lasts);
    tone.connect(volume).connect(audio.destination);
    tone.start(begins);
    tone.stop(begins + lasts);
  }
}
let awake = false, held = null;
async function holdScreen() {  // the browser lets go of it whenever the page is hidden
  if (awake && !document.hidden) held = await navigator.wakeLock?.request("screen").catch(() => null);
  else if (!awake) { held?.release(); held = null; }
}
document.addEventListener("visibilitychange", holdScreen);

// --- reminders: the page has the permission and the subscription, Python decides when to ask for them
const registrationOfOurs = () => navigator.serviceWorker?.getRegistration("/app/");
const push = {
  async "push state"() {
    const registration = "PushManager" in window && "Notification" in window && await registrationOfOurs();
    if (!registration) return { permission: "unsupported", subscription: null };
    const subscription = await registration.pushManager.getSubscription();
    return { permission: Notification.permission, subscription: subscription ? subscription.toJSON() : null };
  },
  async "push subscribe"({ key }) {
    const registration = await registrationOfOurs();
    if (await Notification.requestPermission() === "granted") {
      const held = await registration.pushManager.getSubscription();
      const isOurs = held && urlSafe(held.options.applicationServerKey) === key;
      if (held && !isOurs) await held.unsubscribe();  // the server has another key by now
      if (!isOurs) await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    }
    return push["push state"]();
  },
  async "push unsubscribe"() {
    const registration = await registrationOfOurs();
    await (await registration?.pushManager.getSubscription())?.unsubscribe();
    return push["push state"]();
  },
};
const urlSafe = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
document.addEventListener("visibilitychange", () => document.hidden || tell("visible"));

// --- the service worker: installs in the background, and says when a new version waits
if ("serviceWorker" in navigator) {
  window.addEventListener("load", async () => {
    const variant = flutterConfig.canvasKitVariant;
    const registration = await navigator.serviceWorker.register(`service-worker.js?canvaskit=${variant}`, { scope: "/app/" });
    const found = (installed) => { waiting = installed; tell("update ready"); };
    if (registration.waiting) found(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const fresh = registration.installing;
      fresh.addEventListener("statechange", () => {
        if (fresh.state === "installed" && navigator.serviceWorker.controller) found(fresh);
      });
    });
    document.addEventListener("visibilitychange", () => document.hidden || registration.update().catch(() => {}));
  });
}

// Flet's engine asks a CDN for a library that this app does not use; nothing of ours leaves the origin.
const append = document.body.append.bind(document.body);
document.body.append = (...nodes) => append(...nodes.filter((node) => !String(node.src).includes("rive_native.js")));

_flutter.buildConfig = {
  engineRevision: bundle.engineRevision,
  builds: [{ compileTarget: "dart2js", renderer: "canvaskit", mainJsPath: "main.dart.js" }],
};
_flutter.loader.load({
  config: flutterConfig,
  onEntrypointLoaded: async (initializer) => {
    const engine = await initializer.initializeEngine(flutterConfig);
    await engine.runApp();
  },
});
