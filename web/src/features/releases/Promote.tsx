import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Confirm } from "../../shared/console/Confirm";
import { Field, Switch } from "../../shared/console/Field";
import { consoleText } from "../../shared/messages/console/text";
import { api, releasesKey } from "./api";

interface Props {
  bot: string;
  id: string;
  /** The release that is served; empty: none. */
  from: string;
  open: boolean;
  onClose: () => void;
}

/** Asks before a release is served; the gate may be overruled for a reason alone. */
export function Promote({ bot, id, from, open, onClose }: Props) {
  const words = consoleText.releases;
  const queries = useQueryClient();
  const [force, setForce] = useState(false);
  const [reason, setReason] = useState("");

  async function promote(): Promise<void> {
    await api.promote(bot, id, reason.trim(), force);
    await queries.invalidateQueries({ queryKey: releasesKey(bot) });
  }

  return (
    <Confirm
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={words.promoteTitle}
      text={words.promoteText(from)}
      action={words.promote}
      danger={force}
      onConfirm={promote}
    >
      <div className="stack">
        <Field label={words.reason} hint={words.reasonHint}>
          {(ids) => (
            <input
              className="input"
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              {...ids}
            />
          )}
        </Field>
        {from && <Switch label={words.force} hint={words.forceHint} checked={force} onChange={setForce} />}
      </div>
    </Confirm>
  );
}
