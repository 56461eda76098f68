import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call, client } from "../../shared/api";
import { Loaded } from "../../shared/console/Loaded";
import { Page, Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import "../../shared/styles/care.css";
import { ByName } from "./ByName";
import { Erasures } from "./Erasures";
import { Find } from "./Find";
import { Kept } from "./Kept";

export function PrivacyPage() {
  const text = consoleText.privacy;
  const cache = useQueryClient();
  /** Whom the last request was about: kept here alone, for the proof. */
  const [asked, setAsked] = useState<{ who: string[]; named: boolean } | null>(null);
  const query = useQuery({
    queryKey: ["privacy", "kept"],
    queryFn: ({ signal }) => call(client.GET("/api/console/privacy", { signal })),
  });

  async function begun(who: string[], named: boolean): Promise<void> {
    setAsked({ who, named });
    await cache.invalidateQueries({ queryKey: ["privacy"] });
  }

  return (
    <Page title={text.title} about={text.about}>
      <Section title={text.find}>
        <Find onErase={(person) => begun([person], false)} />
        <ByName onErase={(who) => begun(who, true)} />
      </Section>
      <Erasures asked={asked} onEnded={() => void cache.invalidateQueries({ queryKey: ["privacy", "kept"] })} />
      <Section title={text.kept}>
        <Loaded query={query}>{(data) => <Kept data={data} />}</Loaded>
      </Section>
    </Page>
  );
}
