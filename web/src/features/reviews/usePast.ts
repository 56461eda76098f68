// What was decided here lately, so that one key takes the last decision back, and the one before that.
import { useRef, useState } from "react";
import { messageOf } from "../../shared/api";
import { toast } from "../../shared/console/toast";
import { setSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import type { Decisions } from "./useQueue";

export interface Decided {
  id: string;
  revision: number;
}

export function usePast(decisions: Decisions) {
  const [past, setPast] = useState<readonly Decided[]>([]);
  const busy = useRef(false);

  async function undo(): Promise<void> {
    const text = consoleText.reviews;
    const last = past[past.length - 1];
    if (busy.current) return;
    if (!last) {
      toast(text.undoNothing);
      return;
    }
    busy.current = true;
    try {
      await takeBack(decisions, last);
    } catch (error) {
      toast(messageOf(error), { bad: true });
    } finally {
      setPast((now) => now.filter((each) => each.id !== last.id));
      busy.current = false;
    }
  }

  /** The same of one that is named. */
  async function back(review: Decided): Promise<void> {
    await takeBack(decisions, review);
    setPast((now) => now.filter((each) => each.id !== review.id));
  }

  return { past, undo, back, keep: (review: Decided) => setPast((now) => [...now.slice(-49), review]) };
}

/** Has a review wait again, shows it, and says what could not be taken back. */
async function takeBack(decisions: Decisions, review: Decided): Promise<void> {
  const text = consoleText.reviews;
  const { notes, review: opened } = await decisions.undo(review);
  setSearch({ item: opened.id });
  toast(notes.length > 0 ? `${text.undone} ${text.notes} ${notes.join(" ")}` : text.undone);
}
