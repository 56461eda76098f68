import { lazy, Suspense, useState } from "react";
import type { Message } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { Icon } from "../../shared/ui/Icon";
import { IconButton } from "../../shared/ui/IconButton";
import type { AttachmentsState } from "./useAttachments";

const AttachmentDialog = lazy(async () => ({ default: (await import("./AttachmentDialog")).AttachmentDialog }));

/** What came with a message: names that open what they say. */
export function AttachmentChips({ message }: { message: Pick<Message, "id" | "attachments"> }) {
  const [open, setOpen] = useState<number | null>(null);
  const list = message.attachments;
  if (!list?.length) return null;
  return (
    <>
      <ul className="chips" aria-label={text.attachments.title}>
        {list.map(({ name, characters }, place) => (
          <li key={place}>
            <button
              type="button"
              className="chip"
              aria-label={text.attachments.open(name)}
              title={`${name}, ${text.attachments.size(characters)}`}
              onClick={() => setOpen(place)}
            >
              <Icon name="file" size={15} />
              <bdi>{name}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {open !== null && (
        <Suspense>
          <AttachmentDialog messageId={message.id} place={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}

/** What is to go with the next message. */
export function AddedChips({ attachments }: { attachments: AttachmentsState }) {
  if (attachments.items.length === 0) return null;
  return (
    <ul className="chips adding" aria-label={text.attachments.title}>
      {attachments.items.map(({ key, name, read }) => (
        <li key={key} className="chip" title={read ? text.attachments.size(read.characters) : undefined}>
          <Icon name="file" size={15} />
          <bdi>{read ? name : text.attachments.reading(name)}</bdi>
          <IconButton
            icon="close"
            size={14}
            label={text.attachments.remove(name)}
            onClick={() => attachments.remove(key)}
          />
        </li>
      ))}
    </ul>
  );
}
