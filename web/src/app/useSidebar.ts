import { useCallback, useState } from "react";
import { isBoolean, recall, remember } from "../shared/storage";
import { useMedia } from "../shared/ui/media";

/** Beside the chat on a wide screen, where being open is remembered; a drawer over it on a narrow one. */
export function useSidebar() {
  const narrow = useMedia("(max-width: 820px)");
  const [docked, setDocked] = useState(() => recall("local", "sidebar", true, isBoolean));
  const [drawer, setDrawer] = useState(false);

  const set = useCallback(
    (open: boolean) => {
      if (narrow) return setDrawer(open);
      setDocked(open);
      remember("local", "sidebar", open);
    },
    [narrow],
  );
  const shown = narrow ? drawer : docked;
  return {
    narrow,
    shown,
    show: useCallback(() => set(true), [set]),
    hide: useCallback(() => set(false), [set]),
    toggle: useCallback(() => set(!shown), [set, shown]),
    closeDrawer: useCallback(() => setDrawer(false), []),
  };
}

export type SidebarState = ReturnType<typeof useSidebar>;
