import * as Dialog from "@radix-ui/react-dialog";
import type { ReactNode } from "react";
import { text } from "../shared/messages/text";
import type { SidebarState } from "./useSidebar";

interface Props {
  sidebar: SidebarState;
  /** What it holds; the conversations, where nothing is said. */
  label?: string;
  children: ReactNode;
}

export function SidebarFrame({ sidebar, label, children }: Props) {
  const { narrow, shown, show, hide } = sidebar;
  if (!narrow)
    return shown ? (
      <aside className="dock" aria-label={label ?? text.conversations.title}>
        {children}
      </aside>
    ) : null;
  return (
    <Dialog.Root open={shown} onOpenChange={(open) => (open ? show() : hide())}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="drawer" aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">{label ?? text.conversations.title}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
