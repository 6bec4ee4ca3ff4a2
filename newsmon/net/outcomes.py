"""What became of one request: every way to fail has one outcome and one reason of the closed list."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import exceptions

from newsmon.items import REASONS, Outcome
from newsmon.net.addresses import refused_hosts
from newsmon.text.clean import clean_line


class FetchFailure(Exception):
    """A request that brought nothing to keep."""

    def __init__(
        self, outcome: Outcome, reason: str, detail: str = "", *, status: int = 0, retry_after: str | None = None
    ) -> None:
        assert reason in REASONS, reason
        super().__init__(detail or reason)
        self.outcome: Outcome = outcome
        self.reason = reason
        # What a server said comes to a terminal and a log: one line, and no control character.
        self.detail = clean_line(str(detail))[:300]
        self.status = status
        self.retry_after = retry_after
        """The header as sent, with 429 and 503."""


_IGNORED = (
    ("offsite", "blocked", "offsite"),
    ("max redirections", "failed", "redirect_loop"),
    ("MAXSIZE", "failed", "too_large"),
    ("exceeded", "failed", "too_large"),
)

_EXCEPTIONS: tuple[tuple[type[Exception], str], ...] = (
    (exceptions.CannotResolveHostError, "dns"),
    (exceptions.DownloadTimeoutError, "timeout"),
    (exceptions.ResponseDataLossError, "data_loss"),
    (exceptions.DownloadCancelledError, "too_large"),
    (exceptions.DownloadConnectionRefusedError, "connection"),
)


def failure_of(error: BaseException, url: str) -> FetchFailure:
    """The outcome of an exception that Scrapy raised for `url` (the address last asked)."""
    if isinstance(error, FetchFailure):
        return error
    detail = f"{type(error).__name__}: {error}"
    if isinstance(error, exceptions.CannotResolveHostError) and urlsplit(url).hostname in refused_hosts:
        return FetchFailure("blocked", "private_address", f"{urlsplit(url).hostname} is not a public address")
    if isinstance(error, exceptions.IgnoreRequest):
        for words, outcome, reason in _IGNORED:
            if words in str(error):
                return FetchFailure(outcome, reason, str(error))  # type: ignore[arg-type]
        return FetchFailure("failed", "internal", detail)
    for kind, reason in _EXCEPTIONS:
        if isinstance(error, kind):
            return FetchFailure("failed", reason, detail)
    if isinstance(error, exceptions.UnsupportedURLSchemeError | exceptions.NotSupported):
        return FetchFailure("blocked", "scheme", detail)
    if isinstance(error, exceptions.DownloadFailedError):
        return FetchFailure("failed", "tls" if _is_tls(error) else "bad_http", detail)
    if isinstance(error, ValueError):
        return FetchFailure("failed", "bad_redirect", detail)
    return FetchFailure("failed", "internal", detail)


def _is_tls(error: BaseException) -> bool:
    words = repr(error) + repr(error.__cause__) + str(error)
    return any(word in words for word in ("SSL", "certificate", "VerificationError"))
