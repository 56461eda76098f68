import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { CrashGuard } from "../../app/CrashGuard";
import { createQueryClient } from "../../app/queryClient";
import { watchNetwork } from "../../shared/connection";
import { applyLanguage, askFor } from "../../shared/messages/language";
import { loadTexts } from "../../shared/messages/text";
import "../../shared/styles/tokens.css";
import "../../shared/styles/base.css";
import "../../shared/styles/controls.css";
import "../../shared/styles/prose.css";
import "../../features/chat/chat.css";
import "../../features/chat/message.css";
import "./frame.css";
import { inkOn } from "../ink";
import { Frame } from "./Frame";
import { optionsIn } from "./options";
import { beginVisits } from "./visit";

const root = document.getElementById("root");
if (!root) throw new Error("widget.html has no #root");

const { accent, language, origin, theme } = optionsIn(window.location.hash);
const { style, dataset } = document.documentElement;
style.setProperty("--brand", accent);
style.setProperty("--on-brand", inkOn(accent));
if (theme !== "auto") dataset["theme"] = theme;

askFor(language);
applyLanguage();
beginVisits(origin);
watchNetwork();
await loadTexts();
createRoot(root).render(
  <StrictMode>
    <CrashGuard>
      <QueryClientProvider client={createQueryClient()}>
        <Frame origin={origin} />
      </QueryClientProvider>
    </CrashGuard>
  </StrictMode>,
);
