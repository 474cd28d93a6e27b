"""No test reaches beyond this machine."""

import ipaddress
import socket

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


class NetworkRefusedError(RuntimeError):
    """A test tried to leave the machine."""


def _check(sock, address):
    if sock.family not in (socket.AF_INET, socket.AF_INET6):
        return
    host = address[0]
    try:
        local = host == "localhost" or ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        local = False
    if not local:
        raise NetworkRefusedError(f"the test suite has no network: {address!r}")


def _local_connect(sock, address):
    _check(sock, address)
    return _connect(sock, address)


def _local_connect_ex(sock, address):
    _check(sock, address)
    return _connect_ex(sock, address)


def refuse():
    """Let sockets reach this machine only."""
    socket.socket.connect = _local_connect
    socket.socket.connect_ex = _local_connect_ex


def allow():
    """Undo `refuse`."""
    socket.socket.connect = _connect
    socket.socket.connect_ex = _connect_ex
