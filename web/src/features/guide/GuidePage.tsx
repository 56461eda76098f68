import { useState } from "react";
import { Badge } from "../../shared/console/Badge";
import { Loaded } from "../../shared/console/Loaded";
import { Page } from "../../shared/console/Page";
import { useLive } from "../../shared/console/useLive";
import { consoleText } from "../../shared/messages/console/text";
import { api, guideKey, type Guide } from "./api";
import { BuildStep } from "./BuildStep";
import { DataStep } from "./DataStep";
import { PurposeStep } from "./PurposeStep";
import { ServedStep } from "./ServedStep";
import { currentStep, doneSteps, STEPS, type Step } from "./step";
import "./guide.css";

interface Props {
  /** What follows the page's name in the address. */
  rest: string;
  bot: string;
}

const LIVE_MS = 2_000;

/** From an empty folder to a bot that answers, one step open at a time. */
export function GuidePage({ bot }: Props) {
  const guide = useLive(guideKey(bot), (signal) => api.state(bot, signal), LIVE_MS);
  return (
    <Page title={consoleText.guide.title} about={consoleText.guide.about}>
      <Loaded query={guide}>{(state) => <Steps bot={bot} guide={state} />}</Loaded>
    </Page>
  );
}

function Steps({ bot, guide }: { bot: string; guide: Guide }) {
  const words = consoleText.guide;
  // Data stay open until "Next": what was read is looked at there, and more may follow.
  const stays = (step: Step) => (step === "data" ? step : null);
  const [opened, setOpened] = useState<Step | null>(() => stays(currentStep(guide)));
  const done = doneSteps(guide);
  const current = opened ?? currentStep(guide);
  const next = () => setOpened(null);
  const contents = {
    purpose: <PurposeStep bot={bot} guide={guide} onDone={() => setOpened(guide.files.length === 0 ? "data" : null)} />,
    data: <DataStep bot={bot} guide={guide} onDone={() => setOpened("build")} />,
    build: <BuildStep bot={bot} guide={guide} onStarted={next} />,
    served: <ServedStep guide={guide} />,
  };
  return (
    <ol className="guide">
      {STEPS.map((step, index) => (
        <li key={step} className={step === current ? "card guide-step open" : "card guide-step"}>
          <div className="guide-head" aria-current={step === current ? "step" : undefined}>
            <span className="guide-number" aria-hidden="true">
              {index + 1}
            </span>
            <h2>{words.steps[step]}</h2>
            {done.has(step) && <Badge tone="good">{words.done}</Badge>}
            {step !== current && done.has(step) && step !== "served" && (
              <button type="button" className="button quiet" onClick={() => setOpened(step)}>
                {words.change}
                <span className="visually-hidden"> {words.steps[step]}</span>
              </button>
            )}
          </div>
          {step === current && contents[step]}
        </li>
      ))}
    </ol>
  );
}
