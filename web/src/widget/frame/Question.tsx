import { useEffect, useRef, type ReactNode } from "react";

interface Answer {
  label: string;
  run: () => void;
  primary?: boolean;
}

interface Props {
  title: string;
  children: ReactNode;
  answers: readonly Answer[];
  busy: boolean;
}

/** One thing to be decided before the chat goes on. */
export function Question({ title, children, answers, busy }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="question" aria-labelledby="question">
      <h2 id="question" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
      <div className="question-answers">
        {answers.map(({ label, run, primary }) => (
          <button
            key={label}
            type="button"
            className={primary ? "button primary" : "button"}
            disabled={busy}
            onClick={run}
          >
            {label}
          </button>
        ))}
      </div>
    </section>
  );
}
