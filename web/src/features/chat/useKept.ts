// What the tab keeps per conversation over a reload: the chosen branches and the text not sent yet.
import { useMemo, useState } from "react";
import { forget, isString, recall, remember } from "../../shared/storage";
import { choose, type Choices } from "./tree";

const isChoices = (value: unknown): value is Choices =>
  typeof value === "object" && value !== null && Object.values(value).every(isString);

const branchesKey = (conversation: string): string => `branches.${conversation}`;
const draftKey = (conversation: string): string => `draft.${conversation}`;
const keptChoices = (conversation: string): Choices => recall("session", branchesKey(conversation), {}, isChoices);

type Choosable = Parameters<typeof choose>[1];

export function useChoices(conversation: string) {
  const [changes, setChanges] = useState(0);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `changes` says that the kept value is another one
  const choices = useMemo(() => keptChoices(conversation), [conversation, changes]);
  const choosePath = (where: string, ...messages: Choosable[]): void => {
    remember("session", branchesKey(where), messages.reduce(choose, keptChoices(where)));
    setChanges((n) => n + 1);
  };
  return { choices, choosePath };
}

export function useDraft(conversation: string) {
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const draft = drafts[conversation] ?? recall("session", draftKey(conversation), "", isString);
  const show = (value: string): void => setDrafts((old) => ({ ...old, [conversation]: value }));
  return {
    draft,
    setDraft: (value: string): void => {
      show(value);
      remember("session", draftKey(conversation), value);
    },
    /** Empties the box; the text is kept until it is known to be sent. */
    hideDraft: (): void => show(""),
    /** `sent` has arrived in the conversation `where`; what was typed since then goes there too. */
    settleDraft: (sent: string, where: string): void => {
      const kept = recall("session", draftKey(conversation), "", isString);
      const later = kept.trim() === sent ? "" : kept;
      forget("session", draftKey(conversation));
      if (later) remember("session", draftKey(where), later);
      setDrafts((old) => ({ ...old, [conversation]: "", [where]: old[conversation] ?? later }));
    },
  };
}
