"""Another try after a pause: a site that stumbles is not asked again at once."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware

from newsmon.net.addresses import refused_hosts

if TYPE_CHECKING:
    from scrapy.http import Response


class PatientRetryMiddleware(RetryMiddleware):
    """Scrapy's, with a pause before each further try that doubles and varies by half."""

    async def process_response(self, request: Request, response: Response) -> Any:  # type: ignore[override]
        return await self._after_a_pause(super().process_response(request, response))

    async def process_exception(self, request: Request, exception: Exception) -> Any:  # type: ignore[override]
        if urlsplit(request.url).hostname in refused_hosts:
            return None  # the guard's no is final
        return await self._after_a_pause(super().process_exception(request, exception))

    async def _after_a_pause(self, result: Any) -> Any:
        if isinstance(result, Request):
            pause = self.crawler.settings.getfloat("NEWSMON_RETRY_PAUSE") * 2 ** (result.meta["retry_times"] - 1)
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
        return result
