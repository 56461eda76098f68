import { useSyncExternalStore } from "react";
import { announcements } from "../announce";

export function LiveRegion() {
  const spoken = useSyncExternalStore(announcements.subscribe, announcements.current);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {spoken}
    </div>
  );
}
