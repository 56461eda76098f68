import { dateTime } from "../../shared/console/format";
import { Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import type { Handover } from "./useInbox";

/** Every hand-over of a conversation: when a person was wanted, who came, how it ended. */
export function Happened({ handovers }: { handovers: readonly Handover[] }) {
  const words = consoleText.inbox;
  if (handovers.length === 0) return null;
  return (
    <Section title={words.history}>
      <ol className="happened">
        {handovers.flatMap((one) => [
          one.wanted_at && (
            <Step key={`${one.id} 1`} at={one.wanted_at} text={`${words.wantedAt}. ${words.reasons[one.reason]}`} />
          ),
          one.taken_at && (
            <Step
              key={`${one.id} 2`}
              at={one.taken_at}
              text={one.mine ? words.takenByYou : words.takenAt(one.name || words.colleague)}
            />
          ),
          one.ended_at && one.ended && <Step key={`${one.id} 3`} at={one.ended_at} text={words.ends[one.ended]} />,
        ])}
      </ol>
    </Section>
  );
}

function Step({ at, text }: { at: string; text: string }) {
  return (
    <li>
      <time className="quiet" dateTime={at}>
        {dateTime(at)}
      </time>{" "}
      {text}
    </li>
  );
}
