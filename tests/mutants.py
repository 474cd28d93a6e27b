"""Mutation testing of the rule of visibility: each rule taken away or turned round must turn a test red.

`make mutants` changes one place of `intranet/access` at a time and runs the tests of the room until one fails. The
kept tools start Python anew for every change, or copy the whole tree: too slow for a Django site. Here everything is
imported and the database made once; for each change the process forks, and in the child every function that came from
the changed source gets its new code, wherever it is held (methods, decorated ones, closures that a signal keeps). Then
the tests run that have been seen to run the function, the quickest first.

Changed are: conditions (to true and to false), `and` and `or` (swapped, and each part left out), comparisons, `not`,
`any` and `all`, `filter` and `exclude` (turned round, left out, and each of their conditions left out), `if`s of
comprehensions, operations on sets, True and False; an act that nothing is done with, and a `raise`, is left out. A
change that no test notices is printed; the exit status is 1 when there is one that `EQUIVALENT` does not explain.
"""

import argparse
import ast
import copy
import gc
import importlib
import os
import sys
import time
import types
from collections import Counter, defaultdict
from pathlib import Path

import coverage
import pytest
from _pytest.runner import runtestprotocol
from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
MODULES = (
    "clauses", "tokens", "rules", "queries", "policies", "restrictions", "actions", "glass", "holders", "grants",
    "signal_handlers", "models", "editions",
)  # fmt: skip
TESTS = ["tests/intranet/access"]

# Changes that change nothing that anybody could meet, each with its reason: `module: line of source [what]`.
EQUIVALENT: dict[str, str] = {
    "clauses: return frozenset(clause | extra for clause in clauses) if extra else clauses [always True]": (
        "a clause widened by nothing is the same clause"
    ),
}

_OPPOSITE = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.LtE: ast.Gt, ast.Gt: ast.LtE,
}  # fmt: skip
_OPERATORS = {ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd}


def changes(node):  # noqa: C901, PLR0912 - one line a kind of change
    """(what, node to stand in its place) for each change of `node`."""
    match node:
        case ast.BoolOp():
            yield "and/or", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
            for place in range(len(node.values)):
                left = _without(node.values, place)
                yield f"without part {place + 1}", ast.BoolOp(node.op, left) if left[1:] else left[0]
        case ast.Compare(ops=[op]):
            yield "opposite", ast.Compare(node.left, [_OPPOSITE[type(op)]()], node.comparators)
        case ast.UnaryOp(op=ast.Not() | ast.Invert()):
            yield "without not", node.operand
        case ast.Constant(value=bool()):
            yield "opposite", ast.Constant(not node.value)
        case ast.Call(func=ast.Name(id="any" | "all" as name)):
            other = ast.Name("all" if name == "any" else "any", ast.Load())
            yield "any/all", ast.Call(other, node.args, node.keywords)
        case ast.Call(func=ast.Attribute(value=held, attr="filter" | "exclude" as name)):
            other = ast.Attribute(held, "exclude" if name == "filter" else "filter", ast.Load())
            yield "filter/exclude", ast.Call(other, node.args, node.keywords)
            yield "no condition", held
            if len(node.keywords) + len(node.args) > 1:
                for place, keyword in enumerate(node.keywords):
                    kept = _without(node.keywords, place)
                    yield f"without {keyword.arg}", ast.Call(node.func, node.args, kept)
        case ast.BinOp() if type(node.op) in _OPERATORS:
            yield "and/or of sets", ast.BinOp(node.left, _OPERATORS[type(node.op)](), node.right)
        case ast.comprehension(ifs=[_, *_]):
            yield "without if", ast.comprehension(node.target, node.iter, [], node.is_async)
        case ast.If() | ast.IfExp():
            for value in (True, False):
                yield f"always {value}", type(node)(ast.Constant(value), node.body, node.orelse)
        case ast.Expr(value=ast.Call()) | ast.Raise():
            yield "left out", ast.Pass()


def _without(values, place):
    return values[:place] + values[place + 1 :]


def changed(tree, number, which):
    """A copy of the module with one change."""
    made = copy.deepcopy(tree)
    node = list(ast.walk(made))[number]
    new = list(changes(node))[which][1]
    if hasattr(node, "lineno"):
        ast.copy_location(new, node)
    for parent in ast.walk(made):
        for field, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, field, new)
            elif isinstance(value, list):
                value[:] = [new if item is node else item for item in value]
    return ast.fix_missing_locations(made)


def codes_of(code):
    """The code object and those within it, in the order of the source."""
    yield code
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield from codes_of(const)


def _place(code):
    # Codes that have run are no longer equal to what the source compiles to: they are told apart by where they stand.
    return code.co_filename, code.co_qualname, code.co_firstlineno


def mutants(wanted):
    """(where and what, {place of a function: the code it would have}) of each change in the modules `wanted`."""
    for name in wanted:
        file = importlib.import_module(f"intranet.access.{name}").__file__
        source = Path(file).read_text()
        tree, lines = ast.parse(source), source.splitlines()
        before = {_place(code): code for code in codes_of(compile(tree, file, "exec"))}
        for number, node in enumerate(ast.walk(tree)):
            line = getattr(node, "lineno", None) or getattr(getattr(node, "target", None), "lineno", 0)
            for which, (what, _) in enumerate(changes(node)):
                after = codes_of(compile(changed(tree, number, which), file, "exec"))
                codes = {_place(code): code for code in after if code != before.get(_place(code))}
                yield f"{name}: {lines[line - 1].strip()} [{what}]", codes


QUIET = ["-q", "-n", "0", "-p", "no:cacheprovider", "-p", "no:randomly", "-W", "ignore::ResourceWarning"]
NOTICED, NOT_NOTICED, NOT_TRIED = range(3)


class Trial:
    """A plugin of pytest that runs the tests once and then, in children, those that a change concerns."""

    def __init__(self, modules):
        self.modules = modules
        self.took, self.by_line = {}, defaultdict(set)
        self.results, self.unexplained = Counter(), 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        """In the place of pytest's own: the database is made once, and every child has it."""
        self.items = session.items
        for item in self.items:
            self._watch(item)
        held = functions()
        begun = time.monotonic()
        for number, (where, codes) in enumerate(mutants(self.modules), 1):
            result = tried(codes, held, self._asking(codes))
            self.results[result] += 1
            if result == NOT_NOTICED and where not in EQUIVALENT:
                self.unexplained += 1
            if result != NOTICED:
                said = "not tried" if result == NOT_TRIED else EQUIVALENT.get(where, "NOT NOTICED")
                print(f"{said}: {where}", flush=True)
            if number % 25 == 0:
                print(f"… {number} changes, {time.monotonic() - begun:.0f} s", flush=True)
        return True

    def _watch(self, item):
        """Run a test and note which lines of the room it runs."""
        watcher = coverage.Coverage(data_file=None, include=[f"{ROOT}/intranet/access/*"], config_file=False)
        watcher.set_option("run:disable_warnings", ["no-data-collected"])
        begun = time.monotonic()
        watcher.start()
        passed = passes(item, self._other(item))
        watcher.stop()
        if not passed:
            sys.exit(f"{item.nodeid} is red before anything is changed")
        self.took[item] = time.monotonic() - begun
        data = watcher.get_data()
        for file in data.measured_files():
            for line in data.lines(file):
                self.by_line[file, line].add(item)

    def _other(self, item):
        """A test of another file: what is kept for one test or one file is put away, what is kept for all stays."""
        return next(other for other in self.items if other.path != item.path)

    def _asking(self, codes):
        """The tests that run one of the changed functions, the quickest first, each with one of another file."""
        found = set()
        for (file, _name, first), code in codes.items():
            lines = {line for _begin, _end, line in code.co_lines() if line and line != first}
            found |= {test for line in lines for test in self.by_line.get((file, line), ())}
        return [(test, self._other(test)) for test in sorted(found, key=self.took.__getitem__)]


def passes(item, another):
    """Whether the test passes in this process."""
    return all(not report.failed for report in runtestprotocol(item, log=False, nextitem=another))


def functions():
    """{place in the source: the functions that came from there}, wherever they are held."""
    found = defaultdict(list)
    for held in gc.get_objects():
        if type(held) is types.FunctionType and "/intranet/access/" in held.__code__.co_filename:
            found[_place(held.__code__)].append(held)
    return found


def put(codes, held):
    """Give every function that stands at one of the places its new code; how many there are."""
    from intranet.prepared import Prepared

    placed = [function for place in codes for function in held.get(place, ())]
    for function in placed:
        function.__code__ = codes[_place(function.__code__)]
    for query in gc.get_objects():
        if type(query) is Prepared:
            query._written.clear()
    return len(placed)


def tried(codes, held, tests):
    """Whether one of the tests turns red with the change, which is made in a child and dies with it."""
    if not tests:
        return NOT_NOTICED
    child = os.fork()
    if child == 0:
        status = NOT_TRIED
        try:
            connections.close_all()  # the parent's
            if put(codes, held):
                status = NOTICED
                status = NOT_NOTICED if all(passes(*test) for test in tests) else NOTICED
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main():
    """Try them all, or those of the modules that are named, and say which no test noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__.partition("\n")[0])
    parser.add_argument("modules", nargs="*", default=MODULES, help="of intranet/access; all by default")
    trial = Trial(parser.parse_args().modules)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings.test")
    os.chdir(ROOT)
    begun = time.monotonic()
    pytest.main([*QUIET, "-s", *TESTS], plugins=[trial])
    counts = trial.results
    print(
        f"{counts.total()} changes, {counts[NOTICED]} noticed, {counts[NOT_NOTICED]} not "
        f"({trial.unexplained} unexplained), {counts[NOT_TRIED]} not tried, {time.monotonic() - begun:.0f} s"
    )
    return 1 if trial.unexplained or counts[NOT_TRIED] else 0


if __name__ == "__main__":
    sys.exit(main())
