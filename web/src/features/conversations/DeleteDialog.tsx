import * as AlertDialog from "@radix-ui/react-alert-dialog";
import { useQueryClient } from "@tanstack/react-query";
import { announce } from "../../shared/announce";
import { messageOf } from "../../shared/api";
import { text } from "../../shared/messages/text";
import { keys } from "../../shared/queries";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { LIST_ID } from "./ids";
import { useDelete } from "./useConversations";

interface Props {
  id: string;
  title: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDeleted: () => void;
}

export function DeleteDialog({ id, title, open, onOpenChange, onDeleted }: Props) {
  const client = useQueryClient();
  const deleting = useDelete(id);

  async function confirm(): Promise<void> {
    try {
      await deleting.mutateAsync();
    } catch {
      return; // shown below, from the mutation's state
    }
    onOpenChange(false);
    // In this order: the page leaves the conversation before it is forgotten, else it would be asked for again.
    onDeleted();
    announce(text.conversations.deleted);
    client.removeQueries({ queryKey: keys.conversation(id) });
    void client.invalidateQueries({ queryKey: keys.conversations });
  }

  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="overlay" />
        <AlertDialog.Content
          className="dialog"
          onCloseAutoFocus={(event) => {
            if (!deleting.isSuccess) return;
            // The menu that opened this goes away with its conversation.
            event.preventDefault();
            document.getElementById(LIST_ID)?.focus();
          }}
        >
          <AlertDialog.Title>{text.conversations.deleteTitle}</AlertDialog.Title>
          <AlertDialog.Description>{text.conversations.deleteText(title)}</AlertDialog.Description>
          {deleting.isError && <ErrorPanel message={messageOf(deleting.error)} />}
          <div className="form-actions end">
            <AlertDialog.Cancel className="button">{text.conversations.cancel}</AlertDialog.Cancel>
            <button
              type="button"
              className="button danger"
              disabled={deleting.isPending}
              onClick={() => void confirm()}
            >
              {text.conversations.delete}
            </button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
