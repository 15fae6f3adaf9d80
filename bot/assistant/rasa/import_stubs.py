"""Stubs for the packages that Rasa imports whatever its configuration and that nothing here uses, TensorFlow first.

Rasa's modules name TensorFlow's classes to inherit from them, so the imports must succeed; no class of it may then be
used. `install` puts a finder in front of Python's own: these packages are stubs even where they are installed.
"""

import importlib.abc
import importlib.machinery
import logging
import sys
import types
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

NEURAL = "neural components, which config.yml does not name"
CHANNELS = "channels of Rasa, which are refused at start"
STORES = "stores and event brokers that are not ours"
FIGURES = "figures drawn by `rasa test`"
STUBBED = {
    "tensorflow": NEURAL,
    "keras": NEURAL,
    "aiogram": CHANNELS,
    "cachecontrol": CHANNELS,
    "fbmessenger": CHANNELS,
    "google": CHANNELS,
    "slack_sdk": CHANNELS,
    "twilio": CHANNELS,
    "webexteamssdk": CHANNELS,
    "aio_pika": STORES,
    "aiormq": STORES,
    "boto3": STORES,
    "botocore": STORES,
    "pymongo": STORES,
    "matplotlib": FIGURES,
}
"""Each stubbed package, and what alone needs it; Rasa imports the others of requirements-excluded.txt lazily."""

logger = logging.getLogger(__name__)


class StubUsed(RuntimeError):
    """Something really uses a package that is a stub here; says which, and what needs it."""

    def __init__(self, name: str) -> None:
        package = name.partition(".")[0]
        super().__init__(
            f"{name} was used, but {package} is a stub here: it serves {STUBBED[package]} "
            "(docs/decisions/0014-rasa-without-tensorflow.md)"
        )


class StubClass(type):
    """The kind of every attribute of a stub: may be named, inherited from and annotated with, never made nor called."""

    __stub__: str

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stub_class(f"{cls.__stub__}.{name}")

    def __call__(cls, *_arguments: Any, **_named: Any) -> NoReturn:
        raise StubUsed(cls.__stub__)

    def __iter__(cls) -> Iterator[type]:
        # A group of exceptions, which Rasa unpacks when it catches a fault of another kind.
        is_a_fault = Exception in cls.__mro__
        if not is_a_fault:
            raise StubUsed(cls.__stub__)
        return iter(())


class StubModule(types.ModuleType):
    """A module that has every attribute, each of them a class."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _stub_class(f"{self.__name__}.{name}")
        setattr(self, name, made)
        return made


class StubFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the stubbed packages, with any module below them."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The stub of this name, if its package is stubbed."""
        if fullname.partition(".")[0] not in STUBBED:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> StubModule:
        """An empty stub."""
        return StubModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing: what a stub holds is made when it is named."""


def install() -> None:
    """Stub the packages, before the first import of Rasa; again, it changes nothing.

    Raises RuntimeError when one of them is already imported: Rasa would hold the real one.
    """
    if any(isinstance(finder, StubFinder) for finder in sys.meta_path):
        return
    if too_late := sorted(name for name in STUBBED if name in sys.modules and name != "google"):
        raise RuntimeError(f"imported before the stubs were installed: {', '.join(too_late)}")
    sys.meta_path.insert(0, StubFinder())
    logger.info("Rasa is loaded without %s: stubs, which nothing here uses", ", ".join(STUBBED))


def stubs_of(component: type) -> list[str]:
    """The stubbed packages that the code of this class, or of one it inherits from, names at its top."""
    modules = [sys.modules.get(each.__module__) for each in component.__mro__]
    values = [value for module in modules if module for value in vars(module).values()]
    return sorted({name.partition(".")[0] for value in values if (name := _stub_name(value))})


def _stub_class(name: str) -> StubClass:
    module, _, attribute = name.rpartition(".")
    # Rasa catches the faults of its stores beside the built-in ones: these may be caught, and never happen.
    bases = (Exception,) if module.rpartition(".")[2] in ("errors", "exceptions") else ()
    return StubClass(attribute, bases, {"__stub__": name})


def _stub_name(value: object) -> str:
    if isinstance(value, StubModule):
        return value.__name__
    return str(vars(value).get("__stub__", "")) if isinstance(value, StubClass) else ""
