import * as RadixTabs from "@radix-ui/react-tabs";
import type { ReactNode } from "react";

export interface Tab<Key extends string> {
  key: Key;
  label: ReactNode;
  content: ReactNode;
}

interface Props<Key extends string> {
  label: string;
  tabs: readonly Tab<Key>[];
  value: Key;
  onChange: (key: Key) => void;
}

/** Parts of a page of which one is shown. */
export function Tabs<Key extends string>({ label, tabs, value, onChange }: Props<Key>) {
  return (
    <RadixTabs.Root value={value} onValueChange={(key) => onChange(key as Key)}>
      <RadixTabs.List className="tabs" aria-label={label}>
        {tabs.map((tab) => (
          <RadixTabs.Trigger key={tab.key} className="tab" value={tab.key}>
            {tab.label}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {tabs.map((tab) => (
        <RadixTabs.Content key={tab.key} className="tab-content" value={tab.key}>
          {tab.content}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
