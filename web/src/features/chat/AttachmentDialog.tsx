import * as Dialog from "@radix-ui/react-dialog";
import { useQuery } from "@tanstack/react-query";
import { messageOf } from "../../shared/api";
import { text } from "../../shared/messages/text";
import { ownApi } from "../../shared/own-api";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { IconButton } from "../../shared/ui/IconButton";

interface Props {
  messageId: string;
  place: number;
  onClose: () => void;
}

/** The text of an attachment, as the assistant was shown it: plain, never drawn as Markdown. */
export function AttachmentDialog({ messageId, place, onClose }: Props) {
  const found = useQuery({
    queryKey: ["attachment", messageId, place],
    queryFn: ({ signal }) => ownApi.attachment(messageId, place, signal),
    staleTime: Infinity,
  });
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="dialog wide">
          <div className="dialog-head">
            <Dialog.Title>
              <bdi>{found.data?.name ?? text.attachments.title}</bdi>
            </Dialog.Title>
            <Dialog.Close asChild>
              <IconButton icon="close" label={text.attachments.close} />
            </Dialog.Close>
          </div>
          <Dialog.Description>{text.attachments.note}</Dialog.Description>
          {found.isError ? (
            <ErrorPanel message={messageOf(found.error)} onRetry={() => void found.refetch()} />
          ) : (
            <pre className="attached-text" dir="auto" tabIndex={0}>
              {found.data?.content ?? text.app.loading}
            </pre>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
