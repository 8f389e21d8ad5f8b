// Browsers start no worker from a file, and the search is one: there it runs in a hidden frame instead.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.documentElement.append(frame);
      const inner = frame.contentWindow;
      inner.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      const script = inner.document.createElement("script");
      script.src = new URL(url, location.href);
      const loaded = new Promise((resolve) => script.addEventListener("load", resolve));
      this.postMessage = (data) => loaded.then(() => inner.dispatchEvent(new inner.MessageEvent("message", { data })));
      inner.document.documentElement.append(script);
    }
  };
}
