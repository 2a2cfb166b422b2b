{# The service worker of a site with `offline = true`. Asks the network first for pages; what was read stays readable. #}
"use strict";
// The version is a digest of the theme: a page that is kept goes with the style that it was made for.
const PREFIX = `backfile ${registration.scope} `;
const HERE = `${PREFIX}{{ version }} `;
const SHELL = {{ shell|tojson }};
const FRONT = "index.html";
const OFFLINE = "offline.html";
const MOST = { pages: 300, pictures: 200 }; // that are kept
const MOST_BYTES = 2000000; // of one picture or page

const within = (path) => new URL(path, registration.scope).href;
const fixed = new Set([...SHELL, OFFLINE].map(within));

const place = (address) => {
  const url = new URL(address);
  url.search = url.hash = "";
  if (url.pathname.endsWith("/")) url.pathname += FRONT;
  return url.href;
};

const isOurs = (address) => address.startsWith(registration.scope) && !address.includes("/__backfile/");

// The newest last, the oldest dropped.
const keep = async (name, address, answer) => {
  if (!answer.ok || answer.redirected || Number(answer.headers.get("Content-Length")) > MOST_BYTES) return;
  const cache = await caches.open(HERE + name);
  await cache.delete(address);
  await cache.put(address, answer);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST[name])).map((one) => cache.delete(one)));
};

const find = async (name, address) => (await caches.open(HERE + name)).match(address);

const page = async (event) => {
  const address = place(event.request.url);
  if (address === within(OFFLINE)) return (await find("shell", address)) ?? fetch(event.request);
  try {
    const answer = await fetch(event.request);
    event.waitUntil(keep("pages", address, answer.clone()));
    return answer;
  } catch {
    return (await find("pages", address)) ?? Response.redirect(within(OFFLINE), 302);
  }
};

// A file whose name is a digest never changes.
const file = async (event, name) => {
  const address = place(event.request.url);
  const held = await find(name, address);
  if (held) return held;
  const answer = await fetch(event.request);
  if (name === "pictures") event.waitUntil(keep(name, address, answer.clone()));
  return answer;
};

addEventListener("install", (event) => {
  const shell = async () => {
    await (await caches.open(`${HERE}shell`)).addAll([...fixed].map((one) => new Request(one, { cache: "reload" })));
    await keep("pages", within(FRONT), await fetch(within(FRONT)));
    await skipWaiting();
  };
  event.waitUntil(shell());
});

addEventListener("activate", (event) => {
  const tidy = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && !name.startsWith(HERE));
    await Promise.all(old.map((name) => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(tidy());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !isOurs(request.url)) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (fixed.has(place(request.url))) event.respondWith(file(event, "shell"));
  else if (request.destination === "image") event.respondWith(file(event, "pictures"));
});

// What was loaded without the worker, while it came to be, by the page that was read then.
addEventListener("message", (event) => {
  const { store, address } = event.data;
  if (!Object.hasOwn(MOST, store) || !isOurs(address) || fixed.has(place(address))) return;
  event.waitUntil(fetch(address).then((answer) => keep(store, place(address), answer)));
});
