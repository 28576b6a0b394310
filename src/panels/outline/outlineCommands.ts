import { performAction } from "../../actions/actions";
import type { ClusterImage } from "../../core/picture/image";
import { command, entityCommands, type EntityCommand } from "../inspector/parts/entityCommands";
import type { OutlineItem } from "./outlineModel";

/** What can be done to a line: for a thing, the commands that it has wherever it is shown. */
export function outlineCommands(image: ClusterImage, item: OutlineItem, rename: () => void): readonly EntityCommand[] {
  if (item.kind === "section") return sectionCommands(item.id);
  const { wire } = item;
  if (wire) return [command("disconnect", "action.disconnect", () => void performAction("disconnect", wire))];
  return item.entity === null ? [] : entityCommands(image, item.entity, rename);
}

function sectionCommands(section: string): readonly EntityCommand[] {
  switch (section) {
    case "producers":
      return [command("add", "action.addProducer", () => void performAction("addProducer"))];
    case "topics":
      return [command("add", "action.addTopic", () => void performAction("addTopic"))];
    default:
      return [
        command("add", "action.addGroup", () => void performAction("addGroup")),
        command("addConsumer", "action.addConsumer", () => void performAction("addConsumer")),
      ];
  }
}
