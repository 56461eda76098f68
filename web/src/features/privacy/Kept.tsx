import type { ReactNode } from "react";
import { Link } from "../../shared/console/Link";
import { number } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";

export function Kept({ data }: { data: components["schemas"]["PrivacyValue"] }) {
  const text = consoleText.privacy;
  return (
    <div className="stack">
      <div className="cards">
        <Card label={text.people}>{number(data.people)}</Card>
        <Card label={text.conversations} small={data.older > 0 && text.older(data.older)}>
          {number(data.conversations)}
        </Card>
        <Card label={text.consent} small={data.consent ? text.declined(data.declined) : text.consentNone}>
          {number(data.consenting)}
        </Card>
        <Card label={text.erased}>{number(data.erased)}</Card>
      </div>
      <dl className="facts">
        <dt>{text.retention}</dt>
        <dd>{data.retention_days ? text.retentionDays(data.retention_days) : text.retentionEver}</dd>
        <dt>{text.logs}</dt>
        <dd>{data.log_days ? text.retentionDays(data.log_days) : text.logsNone}</dd>
      </dl>
      <p>
        <Link to="/console/settings?part=privacy">{text.change}</Link>
      </p>
    </div>
  );
}

function Card({ label, small, children }: { label: string; small?: ReactNode; children: ReactNode }) {
  return (
    <div className="card">
      <p className="figure-label">{label}</p>
      <p className="figure-value">{children}</p>
      {small && <p className="quiet-text">{small}</p>}
    </div>
  );
}
