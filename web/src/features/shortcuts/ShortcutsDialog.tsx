import * as Dialog from "@radix-ui/react-dialog";
import { text } from "../../shared/messages/text";
import { IconButton } from "../../shared/ui/IconButton";

const MOD = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘" : "Ctrl";

const rows: readonly [keys: readonly (readonly string[])[], what: string][] = [
  [[["Enter"]], text.shortcuts.send],
  [[["Shift", "Enter"]], text.shortcuts.newline],
  [[["Esc"]], text.shortcuts.stop],
  [[["↑"]], text.shortcuts.editLast],
  [[[MOD, "Shift", "O"]], text.shortcuts.newConversation],
  [[[MOD, "K"]], text.shortcuts.search],
  [[[MOD, "B"]], text.shortcuts.sidebar],
  [[["Shift", "Esc"]], text.shortcuts.focus],
  [[["?"], [MOD, "/"]], text.shortcuts.help],
];

export function ShortcutsDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <div className="dialog-head">
            <Dialog.Title>{text.shortcuts.title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton icon="close" label={text.shortcuts.close} />
            </Dialog.Close>
          </div>
          <dl className="shortcuts">
            {rows.map(([choices, what]) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>
                  {choices.map((keys, place) => (
                    <span key={keys.join("+")}>
                      {place > 0 && ` ${text.shortcuts.or} `}
                      {keys.map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </span>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
