"""A drawing's attributes as classes: what the classifier learns to tell."""

from dataclasses import dataclass

import torch

# Rarer values are not learnt: there would be too few drawings to judge by.
LEAST_DRAWINGS = 8


def flatten(record: dict, path: str = "") -> dict:
    """`{"character": {"hair": "bun"}, "things": [{"id": "1f98a"}]}` → character.hair: "bun", things.id: {"1f98a"}."""
    flat: dict = {}
    for key, value in record.items():
        name = f"{path}{key}"
        if isinstance(value, dict):
            flat |= flatten(value, f"{name}.")
        elif isinstance(value, list):
            for entry in value:
                parts = flatten(entry, f"{name}.") if isinstance(entry, dict) else {name: entry}
                for inner, each in parts.items():
                    flat.setdefault(inner, set()).add(str(each))
        elif value is not None:
            flat[name] = str(value)
    return flat


@dataclass(frozen=True)
class Head:
    """One question. `several`: any number of the classes may be there (things), else one of them or none."""

    name: str
    classes: list[str]
    several: bool


def find_heads(lines: list[dict]) -> list[Head]:
    """Questions with at least two answers that are frequent enough; names are asked for in one language."""
    counts: dict[str, dict[str, int]] = {}
    several: set[str] = set()
    for line in lines:
        for name, value in flatten({"kind": line["kind"], **line["record"]}).items():
            if isinstance(value, set):
                several.add(name)
            for each in value if isinstance(value, set) else {value}:
                of = counts.setdefault(name, {})
                of[each] = of.get(each, 0) + 1
    heads = []
    for name, of in sorted(counts.items()):
        classes = sorted(value for value, count in of.items() if count >= LEAST_DRAWINGS)
        if name.endswith(".zh"):
            continue
        if len(classes) > 1 or (classes and name in several):
            heads.append(Head(name, classes, name in several))
    return heads


def answers(lines: list[dict], heads: list[Head]) -> dict[str, torch.Tensor]:
    """
    :returns: by head: int64 [n], −1 where a drawing has no such attribute; where there may be several: uint8
        [n, classes].
    """
    flat = [flatten({"kind": line["kind"], **line["record"]}) for line in lines]
    result = {}
    for head in heads:
        index = {value: i for i, value in enumerate(head.classes)}
        if head.several:
            table = torch.zeros(len(lines), len(index), dtype=torch.uint8)
            for row, record in enumerate(flat):
                for value in record.get(head.name, ()):
                    if value in index:
                        table[row, index[value]] = 1
        else:
            table = torch.tensor([index.get(record.get(head.name, ""), -1) for record in flat])
        result[head.name] = table
    return result
