"""Devices and preferences of who is signed in. Thin."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from handbook.accounts.endpoints import PrivateView
from handbook.accounts.http import SignedInRequest
from handbook.common.pagination import page_as_json
from handbook.common.query import Query
from handbook.common.schema import PROBLEM_TYPE, ProblemSerializer
from handbook.notifications import selectors, services
from handbook.notifications.channels import vapid
from handbook.notifications.problems import NoVapidKey
from handbook.notifications.serializers import (
    DEVICE_PAGE,
    DeviceInput,
    DeviceOutput,
    DevicesQuery,
    PreferencesInput,
    PreferencesOutput,
    VapidKeyOutput,
    preferences_as_json,
    switches_from,
)


def _problem(status: HTTPStatus, description: str) -> dict[Any, OpenApiResponse]:
    return {(status.value, PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, description=description)}


class NotificationsView(PrivateView):
    permission_classes = (IsAuthenticated,)
    throttle_scope = "notifications"


class Devices(NotificationsView):
    def query_for(self, request: Request) -> type[Query]:
        return Query if request.method == "POST" else DevicesQuery

    @extend_schema(
        operation_id="notifications_devices_list",
        summary="Devices that are told",
        parameters=[DevicesQuery],
        responses=DEVICE_PAGE,
        tags=["notifications"],
    )
    def get(self, request: SignedInRequest) -> Response:
        page, page_size = self.asked["page"], self.asked["page_size"]
        devices = selectors.devices_of(request.user)
        shown = [DeviceOutput(device).data for device in devices[(page - 1) * page_size : page * page_size]]
        return Response(page_as_json(request, shown, count=devices.count(), page=page, page_size=page_size))

    @extend_schema(
        operation_id="notifications_devices_create",
        summary="Tell this device, too",
        description=(
            "A web-push subscription as the browser gives it, or a phone's FCM token. Doing it again changes nothing; "
            "who signs in on a device last is told there."
        ),
        request=DeviceInput,
        responses={200: DeviceOutput, 201: DeviceOutput}
        | _problem(HTTPStatus.CONFLICT, "`channel-not-configured` or `too-many-devices`."),
        tags=["notifications"],
    )
    def post(self, request: SignedInRequest) -> Response:
        body = DeviceInput(data=request.data)
        body.is_valid(raise_exception=True)
        device, is_new = services.register_device(user=request.user, **body.validated_data)
        return Response(DeviceOutput(device).data, status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)


class DeviceDetail(NotificationsView):
    @extend_schema(
        operation_id="notifications_devices_delete",
        summary="Tell this device nothing any more",
        responses={204: OpenApiResponse(description="Done.")},
        tags=["notifications"],
    )
    def delete(self, request: SignedInRequest, device_id: UUID) -> Response:
        services.delete_device(user=request.user, device_id=device_id)
        return Response(status=HTTPStatus.NO_CONTENT)


class PreferencesView(NotificationsView):
    @extend_schema(
        operation_id="notifications_preferences_retrieve",
        summary="What I hear of, by which channel, and how often",
        responses=PreferencesOutput,
        tags=["notifications"],
    )
    def get(self, request: SignedInRequest) -> Response:
        return Response(preferences_as_json(request.user))

    @extend_schema(
        operation_id="notifications_preferences_update",
        summary="Choose what I hear of",
        description="What is left out goes back to its default.",
        request=PreferencesInput,
        responses=PreferencesOutput,
        tags=["notifications"],
    )
    def put(self, request: SignedInRequest) -> Response:
        return self._changed(request, replace=True)

    @extend_schema(
        operation_id="notifications_preferences_partial_update",
        summary="Change some of what I hear of",
        description="What is left out stays.",
        request=PreferencesInput,
        responses=PreferencesOutput,
        tags=["notifications"],
    )
    def patch(self, request: SignedInRequest) -> Response:
        return self._changed(request, replace=False)

    def _changed(self, request: SignedInRequest, *, replace: bool) -> Response:
        body = PreferencesInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        services.update_preferences(
            user=request.user,
            at_most_a_day=given.get("at_most_a_day"),
            switches=switches_from(given.get("switches", {})),
            replace=replace,
        )
        return Response(preferences_as_json(request.user))


class VapidKey(PrivateView):
    # The same for everybody, so nobody needs to sign in for it.
    permission_classes = (AllowAny,)
    throttle_scope = "notifications"

    @extend_schema(
        operation_id="notifications_vapid_key",
        summary="The public key that a browser subscribes with",
        responses={200: VapidKeyOutput} | _problem(HTTPStatus.NOT_FOUND, "`web-push-not-configured`."),
        tags=["notifications"],
    )
    def get(self, request: Request) -> HttpResponse:
        public_key = vapid.public_key()
        if public_key is None:
            raise NoVapidKey
        return Response({"public_key": public_key})
