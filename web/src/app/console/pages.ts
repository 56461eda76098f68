// The pages of the console, in the order in which they are listed. Each is loaded when it is opened.
import { lazy, type ComponentType } from "react";
import type { Session } from "../../shared/api-types";
import type { ConsoleTexts } from "../../shared/messages/console/text";

export interface PageProps {
  /** What follows the page's name in the address, without a slash in front. */
  rest: string;
  /** The bot that is looked after. */
  bot: string;
}

export interface PageEntry {
  /** Its name in the address, and of its texts. */
  name: Exclude<keyof ConsoleTexts, "shell">;
  group: keyof ConsoleTexts["shell"]["groups"];
  /** What the account must be allowed to do. */
  scope: Session["scopes"][number];
  Page: ComponentType<PageProps>;
}

export const PAGES: readonly PageEntry[] = [
  {
    name: "overview",
    group: "now",
    scope: "review",
    Page: lazy(async () => ({ default: (await import("../../features/overview/OverviewPage")).OverviewPage })),
  },
  {
    name: "inbox",
    group: "now",
    scope: "review",
    Page: lazy(async () => ({ default: (await import("../../features/inbox/InboxPage")).InboxPage })),
  },
  {
    name: "conversations",
    group: "now",
    scope: "review",
    Page: lazy(async () => ({
      default: (await import("../../features/everybody/ConversationsPage")).ConversationsPage,
    })),
  },
  {
    name: "reviews",
    group: "answers",
    scope: "review",
    Page: lazy(async () => ({ default: (await import("../../features/reviews/ReviewsPage")).ReviewsPage })),
  },
  {
    name: "curated",
    group: "answers",
    scope: "review",
    Page: lazy(async () => ({ default: (await import("../../features/curated/CuratedPage")).CuratedPage })),
  },
  {
    name: "gaps",
    group: "answers",
    scope: "review",
    Page: lazy(async () => ({ default: (await import("../../features/gaps/GapsPage")).GapsPage })),
  },
  {
    name: "panels",
    group: "answers",
    scope: "review",
    Page: lazy(async () => ({ default: (await import("../../features/panels/PanelsPage")).PanelsPage })),
  },
  {
    name: "knowledge",
    group: "knowledge",
    scope: "review",
    Page: lazy(async () => ({ default: (await import("../../features/knowledge/KnowledgePage")).KnowledgePage })),
  },
  {
    name: "data",
    group: "knowledge",
    scope: "review",
    Page: lazy(async () => ({ default: (await import("../../features/data/DataPage")).DataPage })),
  },
  {
    name: "guide",
    group: "model",
    scope: "admin",
    Page: lazy(async () => ({ default: (await import("../../features/guide/GuidePage")).GuidePage })),
  },
  {
    name: "training",
    group: "model",
    scope: "review",
    Page: lazy(async () => ({ default: (await import("../../features/training/TrainingPage")).TrainingPage })),
  },
  {
    name: "releases",
    group: "model",
    scope: "review",
    Page: lazy(async () => ({ default: (await import("../../features/releases/ReleasesPage")).ReleasesPage })),
  },
  {
    name: "channels",
    group: "reach",
    scope: "review",
    Page: lazy(async () => ({ default: (await import("../../features/channels/ChannelsPage")).ChannelsPage })),
  },
  {
    name: "widget",
    group: "reach",
    scope: "admin",
    Page: lazy(async () => ({ default: (await import("../../features/widget/WidgetPage")).WidgetPage })),
  },
  {
    name: "keys",
    group: "care",
    scope: "admin",
    Page: lazy(async () => ({ default: (await import("../../features/keys/KeysPage")).KeysPage })),
  },
  {
    name: "people",
    group: "care",
    scope: "admin",
    Page: lazy(async () => ({ default: (await import("../../features/people/PeoplePage")).PeoplePage })),
  },
  {
    name: "privacy",
    group: "care",
    scope: "admin",
    Page: lazy(async () => ({ default: (await import("../../features/privacy/PrivacyPage")).PrivacyPage })),
  },
  {
    name: "audit",
    group: "care",
    scope: "admin",
    Page: lazy(async () => ({ default: (await import("../../features/audit/AuditPage")).AuditPage })),
  },
  {
    name: "settings",
    group: "care",
    scope: "admin",
    Page: lazy(async () => ({ default: (await import("../../features/settings/SettingsPage")).SettingsPage })),
  },
];
