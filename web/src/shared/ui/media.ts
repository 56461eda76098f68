import { useCallback, useSyncExternalStore } from "react";

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** Focusing a text box by ourselves would open the keyboard over half of a touch screen. */
export const hasTouchKeyboard = (): boolean => window.matchMedia("(pointer: coarse)").matches;
