import * as Menu from "@radix-ui/react-dropdown-menu";
import { text } from "../../shared/messages/text";
import { Icon, type IconName } from "../../shared/ui/Icon";
import { IconButton } from "../../shared/ui/IconButton";
import { themes, useContrast, useTheme, type Theme } from "./theme";

const icons: Record<Theme, IconName> = { system: "system", light: "sun", dark: "moon" };

export function ThemeMenu() {
  const [theme, setTheme] = useTheme();
  const [contrast, setContrast] = useContrast();
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>
        <IconButton icon={icons[theme]} label={`${text.theme.title}: ${text.theme[theme]}`} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="menu" align="start" sideOffset={4} collisionPadding={8}>
          <Menu.RadioGroup value={theme} onValueChange={(value) => setTheme(value as Theme)}>
            {themes.map((each) => (
              <Menu.RadioItem key={each} className="menu-item" value={each}>
                <Icon name={icons[each]} />
                {text.theme[each]}
                <Menu.ItemIndicator className="menu-check">
                  <Icon name="check" size={16} />
                </Menu.ItemIndicator>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Separator className="menu-line" />
          <Menu.CheckboxItem className="menu-item" checked={contrast} onCheckedChange={setContrast}>
            <Icon name="contrast" />
            {text.theme.contrast}
            <Menu.ItemIndicator className="menu-check">
              <Icon name="check" size={16} />
            </Menu.ItemIndicator>
          </Menu.CheckboxItem>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
