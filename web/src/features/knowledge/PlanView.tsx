import { consoleText } from "../../shared/messages/console/text";
import { Differences } from "./Differences";
import type { Plan } from "./useKnowledge";

/** What taking it would do: documents, passages, and the test cases that would find something else. */
export function PlanView({ plan }: { plan: Plan }) {
  const texts = consoleText.knowledge.plan;
  const own = plan.documents.filter((each) => !plan.elsewhere.includes(each.name));
  const others = plan.documents.filter((each) => plan.elsewhere.includes(each.name));
  return (
    <div className="stack">
      {plan.stale.length > 0 && (
        <p className="knowledge-held" role="alert">
          {texts.stale(plan.stale)}
        </p>
      )}
      <Differences documents={own} />
      {others.length > 0 && (
        <>
          <p>{texts.elsewhere}</p>
          <Differences documents={others} />
        </>
      )}
      <section aria-label={texts.cases}>
        <h3>{texts.cases}</h3>
        {plan.asked === null && <p className="quiet-text">{texts.tooMany}</p>}
        {plan.asked === 0 && <p className="quiet-text">{texts.noCases}</p>}
        {plan.asked !== null && plan.asked > 0 && plan.moved.length === 0 && (
          <p className="quiet-text">{texts.noneMoved(plan.asked)}</p>
        )}
        {plan.moved.length > 0 && plan.asked !== null && (
          <>
            <p>{texts.moved(plan.moved.length, plan.asked)}</p>
            <ul className="stack">
              {plan.moved.slice(0, 20).map((each) => (
                <li key={each.id} className="card">
                  <strong dir="auto">{each.question}</strong>
                  <p className="quiet-text" dir="auto">
                    {texts.before}{" "}
                    {each.before.name ? `${each.before.name}: ${short(each.before.text)}` : texts.nothing}
                  </p>
                  <p dir="auto">
                    {texts.after} {each.after.name ? `${each.after.name}: ${short(each.after.text)}` : texts.nothing}
                  </p>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}

const short = (text: string): string => (text.length > 220 ? `${text.slice(0, 220)}…` : text);
