"use client";

import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { SortableContext, sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";

interface SortingProps {
  /** Names the place, the same in the server's HTML and in the browser. */
  id: string;
  items: readonly { id: string; title: string }[];
  /** @param after what it now comes behind; null for the first place. */
  onMove: (id: string, after: string | null) => void;
  children: ReactNode;
}

/** Things in an order that one can change: by mouse, by a long touch, or by keys from a tile's handle. */
export function Sorting({ id, items, onMove, children }: SortingProps) {
  const t = useTranslations("albums.sorting");
  const announcements = useAnnouncements(items);
  const sensors = useSensors(
    // A click stays a click, and a swipe scrolls.
    useSensor(MouseSensor, { activationConstraint: { distance: 8 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 300, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const drop = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) onMove(String(active.id), placeBehind(items, active.id, over.id));
  };
  return (
    <DndContext
      {...{ id, sensors }}
      collisionDetection={closestCenter}
      onDragEnd={drop}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t("instructions") } }}
    >
      <SortableContext items={items.map((one) => one.id)} strategy={stay}>
        {children}
      </SortableContext>
    </DndContext>
  );
}

/** Nothing moves aside while something is dragged: a line shows where it would go. */
const stay = () => null;

/** What comes before the place that is dropped on, once the thing has left its own. */
function placeBehind(
  items: readonly { id: string }[],
  id: UniqueIdentifier,
  over: UniqueIdentifier,
): string | null {
  const place = items.findIndex((one) => one.id === over);
  const others = items.filter((one) => one.id !== id);
  return others[place - 1]?.id ?? null;
}

/** What a screen reader says on the way. */
function useAnnouncements(items: readonly { id: string; title: string }[]): Announcements {
  const t = useTranslations("albums.sorting");
  return useMemo(() => {
    const facts = (id: UniqueIdentifier, place: UniqueIdentifier = id) => ({
      title: items.find((one) => one.id === id)?.title ?? "",
      position: items.findIndex((one) => one.id === place) + 1,
      total: items.length,
    });
    return {
      onDragStart: ({ active }) => t("lifted", facts(active.id)),
      onDragOver: ({ active, over }) =>
        over ? t(over.id === active.id ? "lifted" : "over", facts(active.id, over.id)) : undefined,
      onDragEnd: ({ active, over }) => t("dropped", facts(active.id, over?.id)),
      onDragCancel: ({ active }) => t("cancelled", facts(active.id)),
    };
  }, [items, t]);
}
