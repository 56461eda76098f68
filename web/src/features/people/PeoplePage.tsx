import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call, client } from "../../shared/api";
import { Loaded } from "../../shared/console/Loaded";
import { Page, Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import "../../shared/styles/care.css";
import { AccountTable } from "./AccountTable";
import { Invitations } from "./Invitations";
import { Invite } from "./Invite";
import { Mine } from "./Mine";

export function PeoplePage() {
  const text = consoleText.people;
  const cache = useQueryClient();
  const [inviting, setInviting] = useState(false);
  const query = useQuery({
    queryKey: ["people"],
    queryFn: ({ signal }) => call(client.GET("/api/console/people", { signal })),
  });
  const changed = () => cache.invalidateQueries({ queryKey: ["people"] });
  return (
    <Page
      title={text.title}
      about={text.about}
      actions={
        <button type="button" className="button primary" onClick={() => setInviting(true)}>
          {text.invite}
        </button>
      }
    >
      <Loaded query={query}>
        {(data) => (
          <>
            <AccountTable accounts={data.accounts} onChange={changed} />
            <Section title={text.invitations}>
              <Invitations invitations={data.invitations} onChange={changed} />
            </Section>
          </>
        )}
      </Loaded>
      <Section title={text.mine}>
        <Mine />
      </Section>
      <Invite open={inviting} onOpenChange={setInviting} onMade={changed} />
    </Page>
  );
}
