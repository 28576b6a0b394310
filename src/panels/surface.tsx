import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { loadWords, t, type WordSurface } from "../i18n/t";
import { setView } from "../store/topiqStore";
import { loadPanels } from "./kindPanels";

/** A part of the page that is not in the first picture. */
export interface Surface<Props extends object> {
  (props: Props): ReactNode;
  /** Loads it before it is drawn. Resolves to whether it is there. */
  readonly load: () => Promise<boolean>;
}

/**
 * Makes a surface whose code and words are loaded together when it is first needed; until they are there, nothing is drawn in its place.
 * When they cannot be loaded, the toast says so, and `onFailed` puts away what asked for it, so that it can be asked for again. (React's
 * `lazy` would take the whole page down then, and hold it back for a while each time.)
 */
export function surface<Props extends object>(words: readonly WordSurface[], code: () => Promise<ComponentType<Props>>, onFailed: () => void = () => undefined): Surface<Props> {
  let Loaded: ComponentType<Props> | null = null;
  let loading: Promise<boolean> | null = null;
  const load = (): Promise<boolean> => (loading ??= loadOnce());
  const loadOnce = async (): Promise<boolean> => {
    try {
      [Loaded] = await Promise.all([code(), loadWords(...words)]);
      return true;
    } catch {
      loading = null;
      setView({ toast: { text: t("shell.notLoaded"), action: null } });
      onFailed();
      return false;
    }
  };
  function Surface(props: Props): ReactNode {
    const [isThere, setThere] = useState(Loaded !== null);
    useEffect(() => {
      if (!isThere) void load().then(setThere);
    }, [isThere]);
    return Loaded && <Loaded {...props} />;
  }
  return Object.assign(Surface, { load });
}

/** A surface that speaks of entities: how each kind of them is told comes with it. */
export function entitySurface<Props extends object>(words: readonly WordSurface[], code: () => Promise<ComponentType<Props>>, onFailed?: () => void): Surface<Props> {
  return surface(words, async () => (await Promise.all([code(), loadPanels()]))[0], onFailed);
}
