// Files that were chosen: each is sent by itself, so that one that is refused does not hold up the others.
import { useEffect, useRef, useState } from "react";
import { messageOf } from "../../shared/api";
import { consoleText } from "../../shared/messages/console/text";
import { knowledge, type Status, type Upload } from "./useKnowledge";

export interface Sending {
  key: number;
  name: string;
  size: number;
  share: number;
  /** Set when the server has read it. */
  upload: Upload | null;
  problem: string | null;
}

const AT_ONCE = 3;

export interface Uploads {
  files: readonly Sending[];
  add: (files: readonly File[]) => void;
  remove: (key: number) => void;
  /** Forgets all of them; those that wait are told to the server, unless they were taken. */
  clear: (taken: boolean) => void;
}

export function useUploads(bot: string, status: Status | undefined): Uploads {
  const [files, setFiles] = useState<readonly Sending[]>([]);
  const next = useRef(1);
  const stops = useRef(new Map<number, AbortController>());
  const queue = useRef<(() => Promise<void>)[]>([]);
  const running = useRef(0);

  const change = (key: number, what: Partial<Sending>): void =>
    setFiles((all) => all.map((each) => (each.key === key ? { ...each, ...what } : each)));

  const pump = (): void => {
    while (running.current < AT_ONCE) {
      const work = queue.current.shift();
      if (!work) return;
      running.current++;
      void work().finally(() => {
        running.current--;
        pump();
      });
    }
  };

  const send = async (key: number, file: File): Promise<void> => {
    const stop = stops.current.get(key);
    if (!stop || stop.signal.aborted) return;
    try {
      const onProgress = (share: number): void => change(key, { share });
      const upload = await knowledge.upload(bot, file.name, file, onProgress, stop.signal);
      change(key, { share: 1, upload });
    } catch (error) {
      if (!stop.signal.aborted) change(key, { problem: messageOf(error) });
    }
  };

  const add = (chosen: readonly File[]): void => {
    const texts = consoleText.knowledge.upload;
    const made = chosen.map((file) => {
      const key = next.current++;
      const tooLarge = status && file.size > status.largest ? texts.tooLarge : null;
      const ending = file.name.slice(file.name.lastIndexOf(".")).toLowerCase();
      const wrong = status && !status.endings.includes(ending) ? texts.wrongKind(status.endings.join(" ")) : null;
      const problem = tooLarge ?? wrong;
      if (!problem) {
        stops.current.set(key, new AbortController());
        queue.current.push(() => send(key, file));
      }
      return { key, name: file.name, size: file.size, share: 0, upload: null, problem };
    });
    setFiles((all) => [...all, ...made]);
    pump();
  };

  const drop = (each: Sending): void => {
    stops.current.get(each.key)?.abort();
    // What is left there by chance is removed within an hour.
    if (each.upload) void knowledge.discard(bot, each.upload.id).catch(() => undefined);
  };

  const remove = (key: number): void => {
    files.filter((each) => each.key === key).forEach(drop);
    setFiles((all) => all.filter((each) => each.key !== key));
  };

  const clear = (taken: boolean): void => {
    if (!taken) files.forEach(drop);
    setFiles([]);
  };

  useEffect(() => {
    const open = stops.current;
    return () => open.forEach((stop) => stop.abort());
  }, []);

  return { files, add, remove, clear };
}
