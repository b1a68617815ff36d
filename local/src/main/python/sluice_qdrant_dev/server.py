"""The gRPC server: Qdrant's services, each method tied to the object that answers it."""

from __future__ import annotations

import hmac
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable

import grpc
from google.protobuf import message_factory

from sluice_qdrant_dev.collections_service import CollectionsService, HealthService
from sluice_qdrant_dev.problems import (
    AlreadyExists,
    InvalidRequest,
    NotFound,
    Problem,
    Unsupported,
)
from sluice_qdrant_dev.reads import ReadCalls
from sluice_qdrant_dev.store import Store
from sluice_qdrant_dev.stubs import collections_service_pb, health_pb, points_service_pb
from sluice_qdrant_dev.writes import WriteCalls

FLUSH_SECONDS = 5.0
_LOG = logging.getLogger("sluice_qdrant_dev")
_STATUS = {
    NotFound: grpc.StatusCode.NOT_FOUND,
    AlreadyExists: grpc.StatusCode.ALREADY_EXISTS,
    InvalidRequest: grpc.StatusCode.INVALID_ARGUMENT,
    Unsupported: grpc.StatusCode.UNIMPLEMENTED,
}
_CALLER_IS_WRONG = ("dimension", "vector name", "wrong input", "bad request", "not existing")


class DevServer:
    """Serves one data folder until `stop`."""

    def __init__(self, store: Store, address: str, api_key: str | None = None) -> None:
        self._store = store
        self._stopped = threading.Event()
        self._server = grpc.server(
            # The engine holds the interpreter lock, so more threads only contend for it.
            ThreadPoolExecutor(max_workers=1, thread_name_prefix="grpc"),
            handlers=[
                _handlers(health_pb, "Qdrant", [HealthService()]),
                _handlers(collections_service_pb, "Collections", [CollectionsService(store)]),
                _handlers(points_service_pb, "Points", [WriteCalls(store), ReadCalls(store)]),
            ],
            interceptors=[_ApiKey(api_key)] if api_key else [],
            options=[
                ("grpc.max_receive_message_length", -1),
                ("grpc.max_send_message_length", -1),
                ("grpc.so_reuseport", 0),
            ],
        )
        self.port = self._server.add_insecure_port(address)
        self._flusher = threading.Thread(target=self._flush_often, name="flush", daemon=True)

    def start(self) -> None:
        """Answer calls from now on."""
        self._server.start()
        self._flusher.start()

    def stop(self) -> None:
        """Let running calls end (2 s at most), flush and close everything."""
        self._stopped.set()
        self._server.stop(grace=2).wait()
        self._flusher.join()
        self._store.close()

    def _flush_often(self) -> None:
        while not self._stopped.wait(FLUSH_SECONDS):
            self._store.flush()


class _ApiKey(grpc.ServerInterceptor):  # type: ignore[misc]
    """Refuses calls without Qdrant's `api-key` header."""

    def __init__(self, api_key: str) -> None:
        self._api_key = api_key.encode()
        self._refusal = grpc.unary_unary_rpc_method_handler(
            lambda request, context: context.abort(
                grpc.StatusCode.UNAUTHENTICATED, "Invalid API key or JWT"
            )
        )

    def intercept_service(self, continuation: Any, details: Any) -> Any:
        given = dict(details.invocation_metadata).get("api-key", "")
        if hmac.compare_digest(given.encode(), self._api_key):
            return continuation(details)
        return self._refusal


def _handlers(protocol: Any, service: str, parts: list[Any]) -> grpc.GenericRpcHandler:
    """All methods of a service; those no part has answer UNIMPLEMENTED with the reason."""
    descriptor = protocol.DESCRIPTOR.services_by_name[service]
    methods = {}
    for method in descriptor.methods:
        part = next((one for one in parts if hasattr(one, method.name)), None)
        call = getattr(part, method.name) if part else _refuse(f"{service}/{method.name}")
        request_type = message_factory.GetMessageClass(method.input_type)
        methods[method.name] = grpc.unary_unary_rpc_method_handler(
            _guarded(call),
            request_deserializer=request_type.FromString,
            response_serializer=lambda response: response.SerializeToString(),
        )
    return grpc.method_handlers_generic_handler(descriptor.full_name, methods)


def _refuse(what: str) -> Callable[[Any], Any]:
    def refuse(request: Any) -> Any:
        raise Unsupported(what)

    return refuse


def _guarded(call: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """Turns failures into gRPC statuses; the engine raises nothing narrower than Exception."""

    def answer(request: Any, context: Any) -> Any:
        try:
            return call(request)
        except Problem as problem:
            context.abort(_STATUS[type(problem)], str(problem))
        except Exception as failure:  # the edge of the process
            text = str(failure)
            if any(words in text.lower() for words in _CALLER_IS_WRONG):
                context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"Wrong input: {text}")
            _LOG.exception("call failed")
            context.abort(grpc.StatusCode.INTERNAL, text)

    return answer
