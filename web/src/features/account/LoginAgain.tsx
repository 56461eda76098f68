import * as Dialog from "@radix-ui/react-dialog";
import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { api } from "../../shared/api";
import type { Session } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { NEW_CONVERSATION } from "../../shared/paths";
import { keys } from "../../shared/queries";
import { loggedOut } from "../../shared/told";
import { Mark } from "../../shared/ui/Mark";
import { LoginForm } from "./LoginForm";

/** Stands over the page when a login has ended while it was open. Below it, everything stays as it is. */
export function LoginAgain({ session }: { session: Session }) {
  const client = useQueryClient();
  const open = useSyncExternalStore(loggedOut.subscribe, loggedOut.get);

  async function goOn(now: Session): Promise<void> {
    // Somebody else shall not find what was here.
    if (now.name !== session.name) return window.location.assign(NEW_CONVERSATION);
    client.setQueryData(keys.session, await api.session());
    loggedOut.set(false);
    await client.invalidateQueries();
  }

  return (
    <Dialog.Root open={open}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="dialog login-again" aria-describedby="login-again">
          <LoginForm canBeFirst={false} onDone={(now) => void goOn(now)}>
            {() => (
              <>
                <Mark size={32} />
                <Dialog.Title>{text.account.againTitle}</Dialog.Title>
                <Dialog.Description id="login-again">{text.account.again}</Dialog.Description>
              </>
            )}
          </LoginForm>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
