"""Headers of every answer that neither Django nor django-csp sets by itself."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: What a page may ask of the device: passkeys, and nothing else.
PERMISSIONS = ", ".join(
    [
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer",
                "autoplay",
                "browsing-topics",
                "camera",
                "display-capture",
                "encrypted-media",
                "geolocation",
                "gyroscope",
                "hid",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "serial",
                "usb",
                "xr-spatial-tracking",
            )
        ),
        *(
            f"{feature}=(self)"
            for feature in ("publickey-credentials-create", "publickey-credentials-get", "fullscreen")
        ),
    ]
)
_EDITING_DESK = "/admin/"


class SecurityHeaders:
    """Says what pages may ask of the device, and that no other site embeds what is ours.

    Wagtail's rich text editor writes style elements of its own whose text changes with what is edited (draftail, last
    seen in Wagtail 8.0): in the editing desk they are let in. Scripts and style attributes are not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add what is not there yet."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path_info.startswith(_EDITING_DESK):
            response._csp_update = {"style-src-elem": ["'self'", "'unsafe-inline'"]}  # type: ignore[attr-defined]
        return response
