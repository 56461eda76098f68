import type { ReactNode } from "react";
import { Badge } from "../../shared/console/Badge";
import { Section } from "../../shared/console/Page";
import { bytes, duration, number, percent } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import type { Overview } from "./series";

function Card({ label, children, small }: { label: string; children: ReactNode; small?: ReactNode }) {
  return (
    <div className="card">
      <p className="figure-label">{label}</p>
      <p className="figure-value">{children}</p>
      {small && <p className="quiet-text">{small}</p>}
    </div>
  );
}

export function Now({ data }: { data: Overview }) {
  const text = consoleText.overview;
  const { now } = data;
  const state = now.engine as keyof typeof text.engineStates;
  return (
    <Section title={text.now}>
      <div className="cards figures">
        <Card label={text.running}>{number(now.running)}</Card>
        <Card label={text.engine} small={`${text.release} ${now.release}`}>
          <Badge tone={now.engine === "ready" ? "good" : "bad"}>{text.engineStates[state]}</Badge>
        </Card>
        <Card label={text.cpu}>{shareOf(now.machine.cpu)}</Card>
        <Card label={text.memory}>{shareOf(now.machine.memory)}</Card>
        <Card label={text.resident}>{now.machine.resident === null ? text.none : bytes(now.machine.resident)}</Card>
        <Card label={text.disk}>{shareOf(now.machine.disk)}</Card>
      </div>
    </Section>
  );
}

export function Totals({ data }: { data: Overview }) {
  const text = consoleText.overview;
  const { total } = data;
  return (
    <Section title={text.totals[data.range]}>
      {!data.complete && <p className="quiet-text">{text.counting}</p>}
      <div className="cards figures">
        <Card label={text.replies} small={total.api > 0 ? `${number(total.api)} ${text.api}` : undefined}>
          {number(total.turns + total.api)}
        </Card>
        <Card label={text.firstText}>{pair(total.first)}</Card>
        <Card label={text.whole}>{pair(total.whole)}</Card>
        <Card label={text.refused} small={total.turns ? percent(total.refused / total.turns, 1) : undefined}>
          {number(total.refused)}
        </Card>
        <Card label={text.failed}>{number(total.failed)}</Card>
        <Card label={text.thumbs}>
          {number(total.up)} / {number(total.down)}
        </Card>
        <Card label={text.tokens}>
          {number(total.read)} / {number(total.written)}
        </Card>
        {total.cost !== null && (
          <Card label={text.cost}>
            {number(total.cost, 2)} {data.currency}
          </Card>
        )}
      </div>
    </Section>
  );
}

const shareOf = (value: number | null): string => (value === null ? consoleText.overview.none : percent(value));

const time = (value: number | null): string => (value === null ? consoleText.overview.none : duration(value / 1000));

const pair = ({ p50, p95 }: Overview["total"]["first"]): string => `${time(p50)} / ${time(p95)}`;
