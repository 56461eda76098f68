import { useState } from "react";
import { api } from "../../shared/api";
import type { Session } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { NEW_CONVERSATION } from "../../shared/paths";
import { IconButton } from "../../shared/ui/IconButton";

/** Says who is logged in, and logs out. Visitors do not see it. */
export function AccountButton({ session }: { session: Session }) {
  const [busy, setBusy] = useState(false);
  if (session.name === null) return null;

  async function leave(): Promise<void> {
    setBusy(true);
    try {
      await api.logout();
    } finally {
      window.location.assign(NEW_CONVERSATION); // it asks anew who is logged in
    }
  }

  return (
    <IconButton icon="leave" label={text.account.logOut(session.name)} disabled={busy} onClick={() => void leave()} />
  );
}
