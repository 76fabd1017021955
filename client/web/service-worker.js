// Keeps the whole bundle on the device. Every path in it but the page's own ends in a folder named by its content,
// so that what is kept never has to be asked for again, and an update fetches only the folders that changed.
"use strict";

const PRECACHE = "{{precache}}";
const CACHE = `handbook-${PRECACHE.version}`;
const PAGE = "/app/";
const variant = new URL(self.location).searchParams.get("canvaskit") === "chromium" ? "chromium" : "full";
const wanted = [PAGE, ...PRECACHE.paths.filter((path) => path !== "/app/service-worker.js"), ...PRECACHE.variants[variant]];
const isVersioned = (path) => /^\/app\/[a-z]+-[0-9a-f]{12}\//.test(path);

self.addEventListener("install", (event) => event.waitUntil(keepAll()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith("handbook-") && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
})()));

self.addEventListener("message", (event) => {
  if (event.data === "use the new version") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || !url.pathname.startsWith(PAGE)) return;
  event.respondWith(request.mode === "navigate" ? page(request) : file(request, url.pathname));
});

// A push is {title, body, url, tag, lang}; `url` is a screen of the app, and a newer message with its tag replaces it.
self.addEventListener("push", (event) => {
  const { title, body, url, tag, lang } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, {
    body, tag, lang, data: { url }, icon: `${PAGE}icons/icon-192.png`, badge: `${PAGE}icons/badge-96.png`,
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.url));
});

async function open(url) {
  const address = new URL(url, self.location.origin);
  if (!address.href.startsWith(`${self.location.origin}${PAGE}`)) address.pathname = PAGE;
  const [shown] = (await self.clients.matchAll({ type: "window" })).sort((one, other) => other.focused - one.focused);
  if (!shown) return self.clients.openWindow(address.href);
  shown.postMessage({ type: "open", path: address.pathname.slice(PAGE.length - 1) });
  return shown.focus();
}

async function keepAll() {
  const cache = await caches.open(CACHE);
  await Promise.all(wanted.map(async (path) => {
    const held = isVersioned(path) && await caches.match(path);
    const answer = held || await fetch(path, { cache: isVersioned(path) ? "default" : "no-cache" });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    await cache.put(path, answer);
  }));
}

// The page of the version whose parts are kept here; the network's may belong to the next one.
async function page(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(PAGE)) || fetch(request);
}

async function file(request, path) {
  const cache = await caches.open(CACHE);
  const held = await cache.match(path);
  if (held) return held;
  const answer = await fetch(request);
  if (answer.ok && isVersioned(path)) await cache.put(path, answer.clone());
  return answer;
}
