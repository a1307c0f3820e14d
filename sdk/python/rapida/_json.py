"""JSON to dataclasses and back. What is not known is passed over: any release of the server may send more fields and other words."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Dict, List, Mapping, Optional, Tuple, Type, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")

# 2026-11-24T09:00:00.1234567+00:00: seven digits, which datetime.fromisoformat takes from Python 3.11 on only.
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?(?:([+-]\d\d:\d\d)|[Zz])")


class Unreadable(ValueError):
    """Says what is missing or other than it should be. Values are not in it: they may be personal."""


def decode(kind: Type[T], value: object) -> T:
    """Reads a value. Fields that are missing or null take their default, where they have one."""
    return cast(T, _decode(kind, value, ""))


def decode_list(kind: Type[T], value: object, name: str) -> List[T]:
    if not isinstance(value, list):
        raise Unreadable(f"{name} is not a list")
    return [cast(T, _decode(kind, item, f"{name}[{index}]")) for index, item in enumerate(cast(List[object], value))]


def encode(value: object) -> object:
    """A dataclass without its fields that are None; anything else as it is."""
    if is_dataclass(value) and not isinstance(value, type):
        return encode_as(type(value), value)
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in cast(List[object], value)]
    return value


def encode_as(kind: type, value: object) -> Dict[str, object]:
    """The fields that the dataclass ``kind`` has, of a value that may have more."""
    found = {name: cast(object, getattr(value, attribute)) for attribute, name, _, _ in _fields_of(kind)}
    return {name: encode(part) for name, part in found.items() if part is not None}


def given(**parts: object) -> Dict[str, object]:
    """A body of those parts that are not None."""
    return {name: encode(part) for name, part in parts.items() if part is not None}


def time_text(time: datetime) -> str:
    if time.tzinfo is None:
        raise ValueError("Give the time with its zone, such as datetime.now(timezone.utc).")
    return time.isoformat()


@lru_cache(maxsize=None)
def _fields_of(kind: type) -> Tuple[Tuple[str, str, Any, Any], ...]:
    """Attribute, name in JSON, type, and what makes the default or MISSING."""
    hints = get_type_hints(kind)
    return tuple(
        (field.name, str(field.metadata.get("name", field.name)), hints[field.name], _default_of(field))
        for field in fields(cast(Any, kind))
        if not field.name.startswith("_")
    )


def _default_of(field: Any) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory
    return MISSING if field.default is MISSING else lambda: field.default


def _decode(kind: Any, value: object, path: str) -> object:
    origin = get_origin(kind)
    if kind is Any or kind is object:
        return value
    if origin is Union:
        inner = next(part for part in get_args(kind) if part is not type(None))
        return None if value is None else _decode(inner, value, path)
    if origin is list and isinstance(value, list):
        (item,) = get_args(kind)
        return [_decode(item, part, f"{path}[{index}]") for index, part in enumerate(cast(List[object], value))]
    if origin is dict and isinstance(value, dict):
        _, item = get_args(kind)
        return {name: _decode(item, part, f"{path}.{name}") for name, part in cast(Dict[str, object], value).items()}
    if is_dataclass(kind) and isinstance(value, dict):
        return _decode_fields(cast(type, kind), cast(Dict[str, object], value), path)
    return _decode_scalar(kind, value, path)


def _decode_fields(kind: type, value: Mapping[str, object], path: str) -> object:
    found: Dict[str, object] = {}
    for attribute, name, hint, default in _fields_of(kind):
        part = value.get(name)
        if part is None and default is not MISSING:
            found[attribute] = default()
        elif part is None and not (get_origin(hint) is Union or hint is Any):
            raise Unreadable(f"{path}.{name}".lstrip(".") + " is missing")
        else:
            found[attribute] = _decode(hint, part, f"{path}.{name}")
    return kind(**found)


def _decode_scalar(kind: Any, value: object, path: str) -> object:
    if kind is datetime and isinstance(value, str):
        time = _time(value)
        if time is not None:
            return time
    # Money, as a number or as the text that Twilio sends: "-0.00850".
    elif kind is Decimal and isinstance(value, (str, int, float)) and not isinstance(value, bool):
        try:
            return Decimal(str(value))
        except InvalidOperation:
            pass
    elif kind is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    elif kind is int and isinstance(value, str) and value.isdecimal():
        return int(value)
    elif kind is bool or kind is str or kind is int:
        if type(value) is kind:
            return value
    name = path.lstrip(".") or "the answer"
    raise Unreadable(f"{name} is not {_name_of(kind)}")


def _time(text: str) -> Optional[datetime]:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    day, time, fraction, zone = match.groups()
    try:
        return datetime.fromisoformat(f"{day}T{time}.{(fraction or '')[:6]:0<6}{zone or '+00:00'}")
    except ValueError:
        return None


def _name_of(kind: Any) -> str:
    if get_origin(kind) is list:
        return "a list"
    if get_origin(kind) is dict or is_dataclass(kind):
        return "an object"
    return {str: "a text", int: "a whole number", float: "a number", bool: "true or false", datetime: "a time"}.get(kind, "a number")
