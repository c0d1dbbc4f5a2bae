/**
 * Plays with an Antenne player that stands in an iframe of your page. Version 1.
 *
 *   <iframe id="film" src="https://…/embed/x0abcdefg" allow="autoplay; fullscreen"></iframe>
 *   <script src="https://…/static/antenne-embed.js"></script>
 *   <script>
 *     const player = new AntennePlayer(document.getElementById("film"));
 *     player.on("timeupdate", ({ time }) => console.log(time));
 *     player.ready.then(() => player.seek(90)).then(() => player.play());
 *   </script>
 */
(function () {
  "use strict";

  const VERSION = 1;
  const HELLO_MS = 250;
  const METHODS = [
    "play", "pause", "seek", "setVolume", "setMuted", "setSpeed", "setQuality", "setCaptions",
    "getState",
  ];

  class AntennePlayer {
    constructor(iframe) {
      this.iframe = iframe;
      this.origin = new URL(iframe.src, location.href).origin;
      this.waiting = new Map();
      this.listeners = new Map();
      this.number = 0;
      this.receive = this.receive.bind(this);
      addEventListener("message", this.receive);
      this.ready = new Promise((resolve) => (this.resolve = resolve));
      // Until the frame has loaded its script nobody answers: knock again.
      this.knocking = setInterval(() => this.knock(), HELLO_MS);
      this.knock();
    }

    /** Call *act* at an event: ready, play, pause, ended, timeupdate, volumechange, qualitychange, captionschange, error. */
    on(event, act) {
      if (!this.listeners.has(event)) this.listeners.set(event, new Set());
      this.listeners.get(event).add(act);
      return () => this.off(event, act);
    }

    off(event, act) {
      this.listeners.get(event)?.delete(act);
    }

    /** Stop listening; the frame plays on. */
    destroy() {
      clearInterval(this.knocking);
      removeEventListener("message", this.receive);
      for (const { reject } of this.waiting.values()) reject(new Error("destroyed"));
      this.waiting.clear();
    }

    call(method, ...args) {
      return new Promise((resolve, reject) => {
        const id = ++this.number;
        this.waiting.set(id, { resolve, reject });
        this.post({ id, method, args });
      });
    }

    knock() {
      this.post({ id: 0, method: "hello" });
    }

    post(message) {
      this.iframe.contentWindow?.postMessage({ antenne: VERSION, ...message }, this.origin);
    }

    receive({ source, origin, data }) {
      if (source !== this.iframe.contentWindow || origin !== this.origin) return;
      if (data?.antenne !== VERSION) return;
      if (data.event) this.tell(data.event, data.data);
      else if (data.id === 0) this.welcome(data.result);
      else this.answer(data);
    }

    welcome(result) {
      clearInterval(this.knocking);
      this.resolve(result.state);
    }

    answer({ id, result, error }) {
      const asked = this.waiting.get(id);
      this.waiting.delete(id);
      if (error === undefined) asked?.resolve(result);
      else asked?.reject(new Error(error));
    }

    tell(event, data) {
      for (const act of this.listeners.get(event) ?? []) act(data);
    }
  }

  for (const method of METHODS) {
    AntennePlayer.prototype[method] = function (...args) {
      return this.ready.then(() => this.call(method, ...args));
    };
  }

  globalThis.AntennePlayer = AntennePlayer;
})();
