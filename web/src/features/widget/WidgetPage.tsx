import { useDeferredValue, useState } from "react";
import { messageOf } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { Loaded } from "../../shared/console/Loaded";
import { Page, Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import { CopyButton } from "../../shared/ui/CopyButton";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Looks } from "./Looks";
import { Sites } from "./Sites";
import { policyOf, sampleOf, tagOf, type Setup } from "./tag";
import { useSetup, type Save } from "./useSetup";
import "./widget.css";

interface Props {
  /** What follows the page's name in the address. */
  rest: string;
  bot: string;
}

export function WidgetPage({ bot }: Props) {
  const { setup, save } = useSetup(bot);
  const text = consoleText.widget;
  return (
    <Page title={text.title} about={text.about}>
      <Loaded query={setup}>{(found) => <Everything setup={found} save={save} />}</Loaded>
    </Page>
  );
}

function Everything({ setup, save }: { setup: Setup; save: Save }) {
  const text = consoleText.widget;
  const [draft, setDraft] = useState<Partial<Setup>>({});
  const value = { ...setup, ...draft };
  const sample = sampleOf(useDeferredValue(value));
  const changed = Object.keys(draft).length > 0;
  const server = window.location.origin;

  function keep(): void {
    const paths = value.invitation_paths.map((path) => path.trim()).filter(Boolean);
    const change = draft.invitation_paths ? { ...draft, invitation_paths: paths } : draft;
    save.mutate({ change, said: text.saved }, { onSuccess: () => setDraft({}) });
  }

  return (
    <div className="widget-page">
      <Sites setup={setup} save={save} />
      <Section title={text.tag}>
        <p className="quiet-text">{text.tagNote}</p>
        <Copied value={tagOf(server)} label={text.tagLabel} />
        <p className="quiet-text">{text.policy}</p>
        <Copied value={policyOf(server)} label={text.policyLabel} />
      </Section>
      <Looks
        value={value}
        onChange={(part) => setDraft({ ...draft, ...part })}
        onSave={changed && !save.isPending ? keep : null}
      />
      {changed && save.isError && <ErrorPanel message={messageOf(save.error)} />}
      <Section
        title={text.preview}
        actions={
          <a className="button" href={sample} target="_blank" rel="noopener">
            {text.previewOpen}
          </a>
        }
      >
        <iframe className="widget-sample" title={text.previewTitle} src={sample} />
      </Section>
      <Section title={text.users}>
        <Identity setup={setup} />
      </Section>
    </div>
  );
}

function Copied({ value, label }: { value: string; label: string }) {
  return (
    <div className="copied">
      <code tabIndex={0}>{value}</code>
      <CopyButton value={value} label={label} />
    </div>
  );
}

function Identity({ setup }: { setup: Setup }) {
  const { identity } = consoleText.widget;
  if (setup.identity === "off") return <p className="quiet-text">{identity.off}</p>;
  return (
    <p>
      <Badge tone={setup.identity === "ready" ? "good" : "bad"}>{setup.identity_secret_env}</Badge>{" "}
      {identity[setup.identity](setup.identity_secret_env)}
    </p>
  );
}
