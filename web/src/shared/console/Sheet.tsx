import * as Dialog from "@radix-ui/react-dialog";
import type { ReactNode } from "react";
import { consoleText } from "../messages/console/text";
import { IconButton } from "../ui/IconButton";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  about?: ReactNode;
  children: ReactNode;
}

/** A panel over the page, from its end side: a form, or one thing of a list. */
export function Sheet({ open, onOpenChange, title, about, children }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="sheet" {...(about ? {} : { "aria-describedby": undefined })}>
          <header className="sheet-head">
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton icon="close" label={consoleText.shell.close} />
            </Dialog.Close>
          </header>
          {about && <Dialog.Description className="page-about">{about}</Dialog.Description>}
          <div className="sheet-body">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
