import { useState } from "react";
import { call, client } from "../../shared/api";
import { Confirm } from "../../shared/console/Confirm";
import { Switch } from "../../shared/console/Field";
import { consoleText } from "../../shared/messages/console/text";

interface Props {
  /** An id, or names, addresses and numbers; null: nobody is asked. */
  who: string[] | null;
  onClose: () => void;
  onBegun: () => Promise<void>;
}

export function EraseDialog({ who, onClose, onBegun }: Props) {
  const text = consoleText.privacy;
  const [keep, setKeep] = useState(false);
  return (
    <Confirm
      open={who !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={text.eraseTitle}
      text={text.eraseText}
      action={text.erase}
      typed={text.eraseAgree}
      danger
      onConfirm={async () => {
        await call(client.POST("/api/console/privacy/erase", { body: { who: who ?? [], keep_serving: keep } }));
        await onBegun();
      }}
    >
      <Switch label={text.keepServing} hint={text.keepServingHint} checked={keep} onChange={setKeep} />
    </Confirm>
  );
}
