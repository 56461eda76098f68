import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Choice, Field } from "../../shared/console/Field";
import { Confirm } from "../../shared/console/Confirm";
import { percent } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import { api, releasesKey } from "./api";

const SHARES = ["0.01", "0.05", "0.1", "0.2", "0.5"] as const;

interface Props {
  bot: string;
  id: string;
  open: boolean;
  onClose: () => void;
}

export function StartCanary({ bot, id, open, onClose }: Props) {
  const words = consoleText.releases;
  const queries = useQueryClient();
  const [share, setShare] = useState<(typeof SHARES)[number]>("0.05");

  async function start(): Promise<void> {
    await api.startCanary(bot, id, Number(share));
    await queries.invalidateQueries({ queryKey: releasesKey(bot) });
    await queries.invalidateQueries({ queryKey: ["canary", bot] });
    await queries.invalidateQueries({ queryKey: ["release", bot] });
  }

  return (
    <Confirm
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={words.canaryTitle}
      text={words.canaryText}
      action={words.canaryStart}
      onConfirm={start}
    >
      <Field label={words.share}>
        {(ids) => (
          <Choice
            value={share}
            options={SHARES.map((each) => [each, percent(Number(each))])}
            onChange={setShare}
            ids={ids}
          />
        )}
      </Field>
    </Confirm>
  );
}
