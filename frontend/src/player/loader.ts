/** hls.js's loader with our signed paths: a refused request is made again under a fresh prefix. */

import Hls from "hls.js";
import type {
  HlsConfig,
  LoaderCallbacks,
  LoaderConfiguration,
  LoaderContext,
} from "hls.js";

import type { Source } from "./source";

const REFUSED = 403;

/** Return the loader class that `Hls` is configured with. */
export function signedLoader(source: Source): typeof Hls.DefaultConfig.loader {
  return class SignedLoader extends Hls.DefaultConfig.loader {
    private renewed = false;

    constructor(config: HlsConfig) {
      super(config);
    }

    override load(
      context: LoaderContext,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<LoaderContext>,
    ): void {
      const written = context.url;
      context.url = source.asked(written);
      super.load(context, config, {
        ...callbacks,
        onError: (error, failed, details, stats) => {
          if (error.code !== REFUSED || this.renewed) {
            callbacks.onError(error, failed, details, stats);
            return;
          }
          this.renewed = true;
          source.refresh().then(
            () => {
              // A loader loads once: its clock says so. This is the same request, made again.
              this.stats.loading.start = 0;
              context.url = written;
              this.load(context, config, callbacks);
            },
            () => callbacks.onError(error, failed, details, stats),
          );
        },
      });
    }
  } as unknown as typeof Hls.DefaultConfig.loader;
}
