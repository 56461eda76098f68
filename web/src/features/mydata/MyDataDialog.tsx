import * as Dialog from "@radix-ui/react-dialog";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { messageOf } from "../../shared/api";
import type { ConversationFile } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { ownApi } from "../../shared/own-api";
import { keys } from "../../shared/queries";
import { tabs } from "../../shared/tabs";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { IconButton } from "../../shared/ui/IconButton";
import { ConsentSettings } from "./ConsentSettings";
import { DeleteAll } from "./DeleteAll";

interface Props {
  onClose: () => void;
  onOpen: (conversationId: string) => void;
}

/** What somebody may do with all that is kept of them: see how it is used, take it along, bring some back, delete it. */
export function MyDataDialog({ onClose, onOpen }: Props) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="dialog wide my-data" aria-describedby={undefined}>
          <div className="dialog-head">
            <Dialog.Title>{text.mine.title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton icon="close" label={text.mine.close} />
            </Dialog.Close>
          </div>
          <ConsentSettings />
          <section>
            <h3>{text.mine.exportTitle}</h3>
            <p>{text.mine.exportText}</p>
            <a className="button" href="/api/privacy/export" download>
              {text.mine.export}
            </a>
          </section>
          <ImportFile
            onImported={(id) => {
              onClose();
              onOpen(id);
            }}
          />
          <DeleteAll />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function ImportFile({ onImported }: { onImported: (id: string) => void }) {
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function take(file: File | undefined): Promise<void> {
    if (!file) return;
    setProblem(null);
    const parsed = await readFile(file);
    if (parsed === null) return setProblem(text.mine.importFailed(text.mine.notOurs));
    try {
      const made = await ownApi.importFile(parsed);
      await client.invalidateQueries({ queryKey: keys.conversations });
      tabs.tell({ what: "list" });
      onImported(made.id);
    } catch (error) {
      setProblem(text.mine.importFailed(messageOf(error)));
    }
  }

  return (
    <section>
      <h3>{text.mine.importTitle}</h3>
      <p>{text.mine.importText}</p>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        {text.mine.import}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label={text.mine.import}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      {problem && <ErrorPanel message={problem} />}
    </section>
  );
}

/** The server judges all of it; here only what is no such file at all. */
async function readFile(file: File): Promise<ConversationFile | null> {
  try {
    const value: unknown = JSON.parse(await file.text());
    const ours = typeof value === "object" && value !== null && "format" in value && "messages" in value;
    return ours ? (value as ConversationFile) : null;
  } catch {
    return null;
  }
}
