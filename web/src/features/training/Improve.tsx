import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "../../shared/api";
import { Confirm } from "../../shared/console/Confirm";
import { Switch } from "../../shared/console/Field";
import { ago, dateTime } from "../../shared/console/format";
import { Section } from "../../shared/console/Page";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { api, trainingKey, type Training } from "./api";

/** The loop that learns from reviewed feedback: when it runs by itself, what it would learn, and doing it now. */
export function Improve({ bot, training, may }: { bot: string; training: Training; may: boolean }) {
  const words = consoleText.training;
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [promote, setPromote] = useState(true);
  const { every, due, last } = training.improve;
  const running = Boolean(training.work) || training.improve.running;
  const refresh = () => queries.invalidateQueries({ queryKey: trainingKey(bot) });

  async function look(): Promise<void> {
    try {
      await api.improvePlan(bot);
      await refresh();
    } catch (problem) {
      toast(messageOf(problem), { bad: true });
    }
  }

  async function start(): Promise<void> {
    await api.improve(bot, promote);
    await refresh();
  }

  return (
    <Section title={words.improve}>
      <div className="card stack">
        <p className="page-about">{words.improveAbout}</p>
        <p>{every ? words.every(every, due ? dateTime(due) : words.whenItStarts) : words.byHand}</p>
        {last && (
          <p className="quiet-text">
            {words.lastTurn(String(last["state"]), ago(String(last["started_at"])))} {String(last["why"] ?? "")}
          </p>
        )}
        {may && (
          <div className="row">
            <button type="button" className="button" disabled={running} onClick={() => void look()}>
              {words.improvePlan}
            </button>
            <button
              type="button"
              className="button"
              disabled={running || !training.can}
              onClick={() => setAsking(true)}
            >
              {words.improveNow}
            </button>
          </div>
        )}
      </div>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={words.improveConfirm}
        text={words.improveConfirmText}
        action={words.improveNow}
        onConfirm={start}
      >
        <Switch label={words.serveIt} checked={promote} onChange={setPromote} />
      </Confirm>
    </Section>
  );
}
