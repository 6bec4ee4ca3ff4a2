"""Actualité Canada: its address is not known; this says how its pages look, for those that are imported."""

from newsmon.outlets import Outlet
from newsmon.spider import OutletSpider


class ActualiteCanadaSpider(OutletSpider):
    name = "actualite_canada"
    outlet = Outlet("Actualité Canada", region="QC")
    # The tagDiv theme: what stands in .td_data_time is the moment of the visit.
    headline_css = "h1.entry-title"
    byline_css = ".td-post-author-name a"
    body_css = "div.td-post-content"
    clock_css = ".td_data_time"
    strip_css = (".td-post-sharing", ".td_block_related_posts", ".td-google-news-follow")
