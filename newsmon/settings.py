"""Scrapy's settings. What is off by default in Scrapy and must be on for a crawler of strangers' pages is on here.

`newsmon crawl -s NAME=VALUE` changes one for a run.
"""

from newsmon import __version__
from newsmon.environment import contact

BOT_NAME = "newsmon"
SPIDER_MODULES = ["spiders"]
USER_AGENT = f"newsmon/{__version__} (news monitoring; {contact() or 'contact the operator of this host'})"

# One request at a time and a pause: politeness is by outlet, and every outlet has a crawler of its own.
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0

# Strangers' pages: bounded in size, time and hops, over verified TLS, from public addresses only.
DOWNLOAD_MAXSIZE = 8 * 2**20
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}
DNS_TIMEOUT = 10
TWISTED_DNS_RESOLVER = "newsmon.net.addresses.GuardedResolver"
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False
URLLENGTH_LIMIT = 2083
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 504, 520, 522, 524, 408]  # 429 and 503 carry Retry-After: the spider keeps it
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the run's own line says what failed
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
HTTPPROXY_ENABLED = False
MEMUSAGE_LIMIT_MB = 2048
MEMUSAGE_CHECK_INTERVAL_SECONDS = 5

DOWNLOADER_MIDDLEWARES = {
    # Work at every request for what nobody asks here: the run keeps its own account, and no site wants a password.
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newsmon.net.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newsmon.net.compression.CompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "newsmon.net.redirects.CheckedRedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "newsmon.net.retries.PatientRetryMiddleware": 550,
}

ITEM_PIPELINES = {
    "pipelines.clean.CleanPipeline": 100,
    "pipelines.topics.TopicsPipeline": 200,
    "pipelines.store.StorePipeline": 300,
}

# Nothing listens, nothing is sent home. What is None is not even imported: a quarter of a second at every start.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
EXTENSIONS = {
    f"scrapy.extensions.{name}": None
    for name in (
        "closespider.CloseSpider", "feedexport.FeedExporter", "logstats.LogStats", "memdebug.MemoryDebugger",
        "remote_control.RemoteControl", "spiderstate.SpiderState", "telnet.TelnetConsole", "throttle.AutoThrottle",
    )
}  # fmt: skip

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
LOG_LEVEL = "WARNING"

# newsmon's own
NEWSMON_OUTLETS_AT_ONCE = 16
NEWSMON_POLL_NOW = False  # ask every listing, due or not; Retry-After is kept all the same
NEWSMON_REVISIT_NOW = False  # look again at every young article, due or not
NEWSMON_LISTING_BYTES = 50 * 2**20  # of a listing: the sitemap protocol's own bound
NEWSMON_RETRY_PAUSE = 1.0  # seconds before the second try of a request; doubled for the third
NEWSMON_ROBOTS_403_ALLOWS = True  # a robots.txt that answers 401 or 403 lets a crawler in, says RFC 9309
NEWSMON_CRAWL_DELAY_MAX = 60  # seconds; an outlet that asks for more is skipped, and said
NEWSMON_PAGE_TIMEOUT = 20  # seconds that a worker may take for one page
NEWSMON_RESCAN = 60  # seconds, at the end of a run, for the articles that a changed topic has not seen yet
NEWSMON_WORKER_MB = 1024  # address space that a worker may add to its own for the pages it reads
NEWSMON_REVISITS = 50  # articles of an outlet that one run looks at again, at most
NEWSMON_SITEMAPS = 20  # further files of a sitemap index that one run reads, at most
