// The files that are to go with the next message: read by the server as they are added, and kept in this tab alone until then.
import { useRef, useState } from "react";
import { announce } from "../../shared/announce";
import { api, messageOf } from "../../shared/api";
import type { AttachedText, ReadText } from "../../shared/api-types";
import { text } from "../../shared/messages/text";

export const KINDS = ".txt,.md,.csv,.json,.pdf,.docx";
const MOST = 5;
const MOST_BYTES = 5_000_000;

export interface Adding {
  key: number;
  name: string;
  /** null while it is being read. */
  read: ReadText | null;
}

const NONE: readonly Adding[] = [];

export function useAttachments(conversation: string) {
  const [all, setAll] = useState<Readonly<Record<string, readonly Adding[]>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const next = useRef(1);
  const items = all[conversation] ?? NONE;
  const change = (make: (old: readonly Adding[]) => readonly Adding[]): void =>
    setAll((old) => ({ ...old, [conversation]: make(old[conversation] ?? NONE) }));
  const remove = (key: number): void => change((old) => old.filter((each) => each.key !== key));

  function refuse(why: string): void {
    setProblem(why);
    announce(why);
  }

  async function addOne(file: File): Promise<void> {
    if (file.size > MOST_BYTES) return refuse(text.attachments.tooLarge(file.name));
    const key = next.current++;
    change((old) => [...old, { key, name: file.name, read: null }]);
    try {
      const read = await api.readFile(file, AbortSignal.timeout(60_000));
      if (!read.fits) {
        remove(key);
        return refuse(text.attachments.tooLong(read.name, read.tokens, read.room));
      }
      change((old) => old.map((each) => (each.key === key ? { ...each, read } : each)));
      announce(text.attachments.added(read.name));
    } catch (error) {
      remove(key);
      refuse(text.attachments.failed(file.name, messageOf(error)));
    }
  }

  return {
    items,
    problem,
    reading: items.some((each) => each.read === null),
    texts: items.flatMap(({ read }): AttachedText[] => (read ? [{ name: read.name, content: read.content }] : [])),
    add: async (files: readonly File[]): Promise<void> => {
      setProblem(null);
      const room = MOST - items.length;
      if (files.length > room) refuse(text.attachments.tooMany(MOST));
      // One after the other: the server reads one file at a time.
      for (const file of files.slice(0, Math.max(0, room))) await addOne(file);
    },
    remove,
    clear: (): void => change(() => NONE),
    /** Back from a message that was not sent after all. */
    restore: (texts: readonly AttachedText[]): void =>
      change((old) => [
        ...old,
        ...texts.map((one) => ({
          key: next.current++,
          name: one.name,
          read: { ...one, characters: one.content.length, tokens: 0, room: 0, fits: true },
        })),
      ]),
    forgetProblem: (): void => setProblem(null),
  };
}

export type AttachmentsState = ReturnType<typeof useAttachments>;
