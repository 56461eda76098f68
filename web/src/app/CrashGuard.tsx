import { Component, type ReactNode } from "react";
import { text } from "../shared/messages/text";
import { ErrorPanel } from "../shared/ui/ErrorPanel";

/** The last resort: a defect of ours shows a way on instead of an empty page. */
export class CrashGuard extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    if (!this.state.crashed) return this.props.children;
    return (
      <main className="full-page">
        <ErrorPanel
          title={text.errors.unexpected}
          message={text.app.crashed}
          onRetry={() => window.location.reload()}
          retryLabel={text.app.reload}
        />
      </main>
    );
  }
}
