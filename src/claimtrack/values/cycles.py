"""Circles in a graph of references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def cycles(graph: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The sets of nodes that reach themselves and one another, each in the graph's order.

    ``graph`` gives what each node refers to; references to nodes outside it are passed over.
    Tarjan's strongly connected components (1972), without recursion, in O(nodes + references).
    """
    order = {node: number for number, node in enumerate(graph)}
    found = [
        sorted(component, key=order.__getitem__)
        for component in _components(graph)
        if len(component) > 1 or component[0] in graph[component[0]]
    ]
    return sorted(found, key=lambda component: order[component[0]])


def _components(graph: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for root in graph:
        if root in index:
            continue
        path: list[tuple[str, Iterator[str]]] = []
        _enter(root, graph, index, lowest, stack, on_stack, path)
        while path:
            node, following = path[-1]
            step = next((other for other in following if other in graph), None)
            if step is None:
                path.pop()
                if path:
                    above = path[-1][0]
                    lowest[above] = min(lowest[above], lowest[node])
                if lowest[node] == index[node]:
                    yield _close(node, stack, on_stack)
            elif step not in index:
                _enter(step, graph, index, lowest, stack, on_stack, path)
            elif step in on_stack:
                lowest[node] = min(lowest[node], index[step])


def _enter(
    node: str,
    graph: Mapping[str, Sequence[str]],
    index: dict[str, int],
    lowest: dict[str, int],
    stack: list[str],
    on_stack: set[str],
    path: list[tuple[str, Iterator[str]]],
) -> None:
    index[node] = lowest[node] = len(index)
    stack.append(node)
    on_stack.add(node)
    path.append((node, iter(graph[node])))


def _close(node: str, stack: list[str], on_stack: set[str]) -> list[str]:
    component: list[str] = []
    while not component or component[-1] != node:
        component.append(stack.pop())
    on_stack.difference_update(component)
    return component
