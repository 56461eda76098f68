import type { Message } from "../../shared/api-types";

/** What can be done with a message of the shown path. */
export interface MessageActions {
  retry: (answer: Message) => void;
  edit: (question: Message, content: string) => void;
  choose: (message: Message) => void;
  setEditing: (messageId: string | null) => void;
}
