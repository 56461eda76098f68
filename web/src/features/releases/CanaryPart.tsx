import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Badge } from "../../shared/console/Badge";
import { Confirm } from "../../shared/console/Confirm";
import { DataTable } from "../../shared/console/DataTable";
import { Field, Switch } from "../../shared/console/Field";
import { ago, number, percent } from "../../shared/console/format";
import { Loaded } from "../../shared/console/Loaded";
import { useLive } from "../../shared/console/useLive";
import { consoleText } from "../../shared/messages/console/text";
import { api, releasesKey, type Canary } from "./api";
import { Course } from "./Course";

const LIVE_MS = 10_000;
const share = (value: number | null | undefined): string => (value == null ? "–" : percent(value, 1));

/** The canary that runs, or the last one: every rule, the course of its intervals, and what can be done. */
export function CanaryPart({ bot, may }: { bot: string; may: boolean }) {
  const words = consoleText.releases;
  const query = useLive(["canary", bot], (signal) => api.canary(bot, signal), LIVE_MS);
  return (
    <Loaded query={query}>
      {({ canary }) =>
        canary ? <Shown bot={bot} canary={canary} may={may} /> : <p className="quiet-text">{words.canaryNone}</p>
      }
    </Loaded>
  );
}

function Shown({ bot, canary, may }: { bot: string; canary: Canary; may: boolean }) {
  const words = consoleText.releases;
  const running = canary.ended == null;
  return (
    <div className="card stack">
      <p className="row">
        <strong>{words.canaryOf(canary.release, canary.against)}</strong>
        <Badge tone={running ? "info" : "plain"}>{words.canaryStates[canary.state] ?? canary.state}</Badge>
        <span className="quiet-text">
          {[percent(canary.share), ago(canary.began), words.canaryPeople(canary.people), canary.by].join(" · ")}
        </span>
      </p>
      <p>
        <strong>{words.actions[canary.action] ?? canary.action}</strong> {canary.reason || canary.why}
      </p>
      {running && may && <Buttons bot={bot} canary={canary} />}
      <DataTable
        caption={words.canary}
        rows={canary.rules}
        rowKey={(rule) => rule.rule}
        columns={[
          { key: "rule", header: words.ruleColumns.rule, cell: (rule) => rule.title },
          { key: "current", header: words.ruleColumns.current, numeric: true, cell: (rule) => share(rule.current) },
          {
            key: "candidate",
            header: words.ruleColumns.candidate,
            numeric: true,
            cell: (rule) => share(rule.candidate),
          },
          {
            key: "people",
            header: words.ruleColumns.people,
            numeric: true,
            cell: (rule) => `${number(rule.people_current)} + ${number(rule.people_candidate)}`,
          },
          {
            key: "difference",
            header: words.ruleColumns.difference,
            numeric: true,
            cell: (rule) =>
              rule.low == null || rule.high == null ? "–" : words.between(share(rule.low), share(rule.high)),
          },
          { key: "alarm", header: words.ruleColumns.alarm, numeric: true, cell: (rule) => percent(rule.to_alarm) },
          { key: "enough", header: words.ruleColumns.enough, numeric: true, cell: (rule) => percent(rule.to_enough) },
        ]}
      />
      <Course canary={canary} />
      {canary.forecast.length > 0 && (
        <details>
          <summary>{words.forecast}</summary>
          <ul>
            {canary.forecast.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Buttons({ bot, canary }: { bot: string; canary: Canary }) {
  const words = consoleText.releases;
  const queries = useQueryClient();
  const [asked, setAsked] = useState<"stop" | "promote" | null>(null);
  const [reason, setReason] = useState("");
  const [force, setForce] = useState(false);

  async function act(): Promise<void> {
    if (asked === "stop") await api.stopCanary(bot, reason);
    else await api.promoteCanary(bot, reason, force);
    await queries.invalidateQueries({ queryKey: ["canary", bot] });
    await queries.invalidateQueries({ queryKey: releasesKey(bot) });
  }

  return (
    <div className="row">
      <button type="button" className="button" onClick={() => setAsked("promote")}>
        {words.canaryPromote}
      </button>
      <button type="button" className="button" onClick={() => setAsked("stop")}>
        {words.canaryStop}
      </button>
      <Confirm
        open={asked !== null}
        onOpenChange={(open) => {
          if (!open) setAsked(null);
        }}
        title={asked === "stop" ? words.canaryStopTitle : words.promoteTitle}
        text={asked === "stop" ? words.canaryStopText : canary.why}
        action={asked === "stop" ? words.canaryStop : words.promote}
        onConfirm={act}
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
          {asked === "promote" && canary.action !== "enough" && (
            <Switch label={words.canaryForce} checked={force} onChange={setForce} />
          )}
        </div>
      </Confirm>
    </div>
  );
}
