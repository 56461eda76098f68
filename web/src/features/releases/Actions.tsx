import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "../../shared/api";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { api, releasesKey, type Release, type Releases } from "./api";
import { Invite } from "./Invite";
import { Promote } from "./Promote";
import { StartCanary } from "./StartCanary";

interface Props {
  bot: string;
  release: Release;
  all: Releases | undefined;
  /** Other work of the bot runs. */
  busy: boolean;
}

/** What an owner may do with a release that can be used. */
export function Actions({ bot, release, all, busy }: Props) {
  const words = consoleText.releases;
  const queries = useQueryClient();
  const [asked, setAsked] = useState<"promote" | "canary" | "invite" | null>(null);
  const { row } = release;
  if (row.state === "broken" || row.state === "quarantined") return null;
  const other = row.state !== "served" && Boolean(all?.served);
  const close = () => setAsked(null);

  async function begin(action: typeof api.gate): Promise<void> {
    try {
      await action(bot, row.id);
      await queries.invalidateQueries({ queryKey: releasesKey(bot) });
    } catch (problem) {
      toast(messageOf(problem), { bad: true });
    }
  }

  return (
    <div className="row release-actions">
      {row.state !== "served" && (
        <button type="button" className="button primary" disabled={busy} onClick={() => setAsked("promote")}>
          {words.promote}
        </button>
      )}
      {other && (
        <button
          type="button"
          className="button"
          disabled={busy}
          title={words.gateAbout}
          onClick={() => void begin(api.gate)}
        >
          {words.gate}
        </button>
      )}
      <button type="button" className="button" disabled={busy} onClick={() => void begin(api.evaluate)}>
        {words.evaluate}
      </button>
      {other && row.state !== "canary" && (
        <button type="button" className="button" onClick={() => setAsked("canary")}>
          {words.canaryStart}
        </button>
      )}
      {other && (
        <button type="button" className="button" onClick={() => setAsked("invite")}>
          {words.invite}
        </button>
      )}
      <Promote bot={bot} id={row.id} from={all?.served ?? ""} open={asked === "promote"} onClose={close} />
      <StartCanary bot={bot} id={row.id} open={asked === "canary"} onClose={close} />
      <Invite bot={bot} id={row.id} open={asked === "invite"} onClose={close} />
    </div>
  );
}
