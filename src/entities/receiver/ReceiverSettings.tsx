import type { ReactNode } from "react";
import { inTurn } from "../../actions/inTurn";
import { submit } from "../../actions/simulation";
import type { ReceiverImage } from "../../core/picture/amqpImage";
import { t } from "../../i18n/t";
import { ChoiceField } from "../../panels/inspector/settings/ChoiceField";
import { LabelField } from "../../panels/inspector/settings/LabelField";
import { parseNumber } from "../../panels/inspector/settings/parseField";
import { ProgramFields } from "../../panels/inspector/settings/ProgramFields";
import { receiverWords } from "./receiverWords";
import { TextField } from "../../panels/inspector/settings/TextField";

const MOST_PREFETCH = 65_535;

/** How a receiver takes messages, and what its program does with each. */
export function ReceiverSettings({ receiver: { spec } }: { readonly receiver: ReceiverImage }): ReactNode {
  const { name: receiver, noAck, prefetchCount, processing } = spec;
  return (
    <div className="settings" key={receiver}>
      <ChoiceField
        label={t("receiver.setting.ack")}
        note={t(noAck ? "receiver.setting.ack.automatic.note" : "receiver.setting.ack.manual.note")}
        value={noAck ? "automatic" : "manual"}
        options={(["manual", "automatic"] as const).map((value) => ({ value, label: t(`receiver.setting.ack.${value}`) }))}
        onCommit={(value) => submit({ type: "alterReceiver", receiver, settings: { noAck: value === "automatic" } })}
      />
      {!noAck && (
        <TextField
          label={t("receiver.figure.prefetch")}
          note={t("receiver.setting.prefetch.note")}
          text={String(prefetchCount)}
          numeric
          parse={(text) => parseNumber(text, { min: 0, max: MOST_PREFETCH, whole: true })}
          onCommit={(count) => submit({ type: "alterReceiver", receiver, settings: { prefetchCount: count } })}
        />
      )}
      <ProgramFields
        processing={processing}
        commits={!noAck}
        words={receiverWords}
        onChange={(change) => inTurn(({ image }) => submit({ type: "alterReceiver", receiver, processing: change(image?.receivers.get(receiver)?.spec.processing ?? processing) }))}
      />
      <LabelField kind="receiver" id={receiver} note="receiver.label.note" />
    </div>
  );
}
