import { useEffect, useMemo, useRef } from "react";
import type { Message } from "../../shared/api-types";
import type { MessageActions } from "./actions";
import type { Asking } from "./useAsk";

interface Options {
  asking: Asking;
  setEditing: (messageId: string | null) => void;
  choose: (message: Message) => void;
}

/** The actions as one object that never changes, so that a new message does not redraw all others. */
export function useMessageActions(options: Options): MessageActions {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  return useMemo(
    () => ({
      retry: (answer) => latest.current.asking.ask({ content: null, parent_id: answer.parent_id }),
      edit: (question, content) => {
        latest.current.setEditing(null);
        const kept = question.attachments?.length > 0 ? { attachments_of: question.id } : {};
        latest.current.asking.ask({ content, parent_id: question.parent_id, ...kept });
      },
      choose: (message) => latest.current.choose(message),
      setEditing: (messageId) => latest.current.setEditing(messageId),
    }),
    [],
  );
}
