// Keeps what is read for the time without a connection: only on http(s), only where archive.toml says `offline = true`.
"use strict";
(() => {
  const worker = new URL(document.currentScript.dataset.worker, location.href);
  if (!("serviceWorker" in navigator) || !location.protocol.startsWith("http")) return;

  // A worker that comes to be while a page is read has not seen it come, nor the pictures that were on their way.
  const introduce = async () => {
    await navigator.serviceWorker.register(worker);
    if (navigator.serviceWorker.controller) return;
    const { active } = await navigator.serviceWorker.ready;
    const tell = (store, address) => active.postMessage({ store, address });
    tell("pages", location.href);
    for (const one of document.images) {
      const told = () => tell("pictures", one.currentSrc); // which is empty until the picture is there
      if (one.complete) told();
      else one.addEventListener("load", told, { once: true });
    }
  };

  // The page that stands in for one that is not kept: those that are, the newest first.
  const list = async (place) => {
    const names = (await caches.keys()).filter((name) => name.startsWith(`backfile ${new URL(".", worker)} `));
    for (const name of names.filter((one) => one.endsWith(" pages"))) {
      const cache = await caches.open(name);
      for (const request of (await cache.keys()).reverse().slice(0, 100)) {
        const source = await (await cache.match(request)).text();
        const link = document.createElement("a");
        link.href = request.url;
        link.dir = "auto";
        link.textContent = new DOMParser().parseFromString(source, "text/html").title || request.url;
        const item = document.createElement("li");
        item.append(link);
        place.append(item);
      }
    }
  };

  introduce().catch(() => {}); // a browser that keeps nothing still reads
  const place = document.getElementById("kept");
  if (place) list(place).catch(() => {});
})();
