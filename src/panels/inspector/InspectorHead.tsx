import { type ReactNode, useRef, useState } from "react";
import { performAction } from "../../actions/actions";
import { entityName, type Entity } from "../../actions/entities";
import type { ClusterImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { select } from "../../store/topiqStore";
import { ConsumerIcon, MoreIcon, ProducerIcon } from "../../ui/icons";
import { Menu } from "../../ui/Menu";
import type { InspectorView } from "./inspectorView";
import { LogTitle } from "./LogTitle";
import { entityCommands } from "./parts/entityCommands";
import { GroupBadge } from "./parts/marks";
import { NameField } from "./parts/NameField";
import { useNames } from "./parts/names";
import "./inspectorHead.css";

interface HeadProps {
  readonly image: ClusterImage;
  readonly view: InspectorView;
}

/** What is shown, with the commands that its line in the outline has. A topic and its partition can be changed here, the internal ones included. */
export function InspectorHead({ image, view }: HeadProps): ReactNode {
  const name = useNames();
  const entity = shownEntity(view);
  const [renaming, setRenaming] = useState<string | null>(null);
  const head = useRef<HTMLElement>(null);
  const shown = entity && entityName(entity.kind, entity.id);
  const rename = (label: string | null): void => {
    setRenaming(null);
    if (shown !== null && label !== null) void performAction("rename", { entity: shown, label });
    // Typed to its end: the focus goes back to where it came from. Left for another place, it stays there.
    if (head.current?.contains(document.activeElement)) head.current.querySelector<HTMLElement>(".inspector-menu")?.focus();
  };
  return (
    <header ref={head} className="inspector-head">
      {entity && renaming === shown ? (
        <NameField key={shown} className="inspector-rename" name={name(entity.kind, entity.id)} onRename={rename} />
      ) : (
        <Title image={image} view={view} />
      )}
      {/* In one place whatever is shown: the focus stays on it when its command takes the thing away. */}
      {entity && shown !== null && (
        <Menu
          label={t("outline.menu", { name: name(entity.kind, entity.id) })}
          trigger={<MoreIcon />}
          triggerClassName="ui-icon-button inspector-menu"
          align="end"
          items={entityCommands(image, shown, () => setRenaming(shown)).map(({ perform, ...rest }) => ({ ...rest, onSelect: perform }))}
        />
      )}
    </header>
  );
}

function Title({ image, view }: HeadProps): ReactNode {
  const name = useNames();
  switch (view.kind) {
    case "topic":
    case "partition":
    case "record":
      return <LogTitle image={image} view={view} />;
    case "producer":
      return <Words icon={<ProducerIcon />} title={name("producer", view.producer.spec.clientId)} kind={t("inspector.producer")} />;
    case "group":
      return <Words icon={<GroupBadge letter={view.group.letter} />} title={view.group.spec.groupId} kind={t("inspector.group")} />;
    case "consumer":
      return (
        <Words
          icon={<ConsumerIcon />}
          title={name("consumer", view.consumer.spec.clientId)}
          kind={
            <button type="button" className="panel-link inspector-group" onClick={() => select([{ kind: "group", id: view.consumer.spec.groupId }])}>
              {t("inspector.inGroup", { group: view.consumer.spec.groupId })}
            </button>
          }
        />
      );
  }
}

function Words({ icon, title, kind }: { readonly icon: ReactNode; readonly title: string; readonly kind: ReactNode }): ReactNode {
  return (
    <>
      {icon}
      <h2>{title}</h2>
      <span className="panel-quiet inspector-kind">{kind}</span>
    </>
  );
}

/** The thing that commands are about; Kafka's own topics have none. */
function shownEntity(view: InspectorView): Entity | null {
  switch (view.kind) {
    case "topic":
    case "partition":
    case "record":
      return view.topic.internal ? null : { kind: "topic", id: view.topic.name };
    case "producer":
      return { kind: "producer", id: view.producer.spec.clientId };
    case "group":
      return { kind: "group", id: view.group.spec.groupId };
    case "consumer":
      return { kind: "consumer", id: view.consumer.spec.clientId };
  }
}
