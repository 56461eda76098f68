import * as Dialog from "@radix-ui/react-dialog";
import type { ReactNode } from "react";
import { text } from "../shared/messages/text";
import type { SidebarState } from "./useSidebar";

export function SidebarFrame({ sidebar, children }: { sidebar: SidebarState; children: ReactNode }) {
  const { narrow, shown, show, hide } = sidebar;
  if (!narrow)
    return shown ? (
      <aside className="dock" aria-label={text.conversations.title}>
        {children}
      </aside>
    ) : null;
  return (
    <Dialog.Root open={shown} onOpenChange={(open) => (open ? show() : hide())}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="drawer" aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">{text.conversations.title}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
