import type { ReactNode } from "react";
import { actions, performAction } from "../../actions/actions";
import { formatClock } from "../../actions/clock";
import { t } from "../../i18n/t";
import { PlayButton } from "../../panels/timeline/PlayButton";
import { useTopiq } from "../../store/topiqStore";
import { IconButton } from "../../ui/Button";
import { ExternalIcon, MoreIcon, StartOverIcon } from "../../ui/icons";
import { Menu } from "../../ui/Menu";
import { fullPageAddress } from "../start/address";
import { DeliverAs, useDelivery } from "./DeliverAs";
import { Logo } from "./Logo";
import { Sentence, VerbButton } from "./SceneBar";
import { useMedia } from "../useMedia";

/** The bar of a frame: what its reader can do, and the sentence. A narrow frame has what is pressed less often in a menu. */
export function EmbedBar(): ReactNode {
  const playing = useTopiq((state) => state.playback?.playing ?? false);
  const timeUs = useTopiq((state) => state.playback?.timeUs ?? 0);
  const ready = useTopiq((state) => actions.playOrPause.enabled(state));
  const canStartOver = useTopiq((state) => actions.startOver.enabled(state));
  const narrow = useMedia("(max-width: 640px)");
  return (
    <footer className="embed-bar">
      <PlayButton playing={playing} disabled={!ready} />
      {!narrow && <IconButton label={t("action.startOver")} icon={<StartOverIcon />} disabled={!canStartOver} onClick={() => void performAction("startOver")} />}
      <VerbButton />
      {!narrow && <DeliverAs legendHidden />}
      <span className="mono embed-time">{formatClock(timeUs)}</span>
      <p className="embed-sentence" tabIndex={0}>
        <Sentence />
      </p>
      {narrow ? <MoreMenu canStartOver={canStartOver} /> : <Logo />}
      <a className="ui-button ui-button-quiet embed-open" aria-label={t("shell.open")} title={t("shell.open")} href={fullPageAddress(location.href)} target="_blank" rel="noopener">
        {!narrow && t("shell.open")}
        <ExternalIcon size={15} />
      </a>
    </footer>
  );
}

function MoreMenu({ canStartOver }: { readonly canStartOver: boolean }): ReactNode {
  const { value, options, onChange } = useDelivery();
  const ways = options.map((option) => ({ id: option.value, label: option.label, checked: option.value === value, disabled: value === null, onSelect: () => onChange(option.value) }));
  const startOver = { id: "startOver", label: t("action.startOver"), icon: <StartOverIcon />, disabled: !canStartOver, onSelect: () => void performAction("startOver") };
  return <Menu label={t("shell.menu")} triggerClassName="ui-icon-button" trigger={<MoreIcon />} align="end" upwards items={[startOver, "separator", ...ways]} />;
}
