import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { call, client, messageOf } from "../../shared/api";
import { Field, Switch } from "../../shared/console/Field";
import { Section } from "../../shared/console/Page";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { allow, permission, setSound, sound } from "./notify";
import { inboxKey, useInboxList } from "./useInbox";

/** How one is told that somebody waits, and what visitors read as one's name. */
export function InboxSettings({ bot }: { bot: string }) {
  return (
    <>
      <Alerts />
      <Name bot={bot} />
    </>
  );
}

function Alerts() {
  const [allowed, setAllowed] = useState(permission);
  const [loud, setLoud] = useState(sound);
  const words = consoleText.inbox;
  const said = { granted: words.alertsOn, denied: words.alertsBlocked, none: words.alertsNone };
  return (
    <Section title={words.alerts}>
      <div className="stack">
        {allowed === "default" ? (
          <div>
            <button type="button" className="button primary" onClick={() => void allow().then(setAllowed)}>
              {words.alertsAsk}
            </button>
            <p className="field-hint">{words.alertsAskHint}</p>
          </div>
        ) : (
          <p>{said[allowed]}</p>
        )}
        <Switch
          label={words.sound}
          checked={loud}
          onChange={(on) => {
            setSound(on);
            setLoud(on);
          }}
        />
      </div>
    </Section>
  );
}

function Name({ bot }: { bot: string }) {
  const queries = useQueryClient();
  const known = useInboxList(bot, false).data?.name;
  const [changed, setChanged] = useState<string | null>(null);
  const words = consoleText.inbox;

  async function save(): Promise<void> {
    try {
      await call(client.PUT("/api/console/inbox/me", { params: { query: { bot } }, body: { name: changed ?? "" } }));
      toast(words.nameSaved);
      await queries.invalidateQueries({ queryKey: inboxKey(bot) });
      setChanged(null);
    } catch (error) {
      toast(messageOf(error), { bad: true });
    }
  }

  return (
    <Section title={words.forVisitors}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={words.name} hint={words.nameHint}>
          {(ids) => (
            <input
              className="input"
              maxLength={60}
              value={changed ?? known ?? ""}
              onChange={(event) => setChanged(event.target.value)}
              {...ids}
            />
          )}
        </Field>
        <div className="form-actions">
          <button type="submit" className="button" disabled={changed === null}>
            {consoleText.shell.save}
          </button>
        </div>
      </form>
    </Section>
  );
}
