"""Forms of a page without a browser, sent as a patient person (or robot) does."""

import time
from urllib.parse import urljoin

import requests
from lxml import html

PATIENCE = 1.6
"""Seconds between page and answer that no page takes for a robot's haste."""


def open_form(address, number=0):
    """GET a page; return where and what the form of this number would send."""
    answer = requests.get(address, timeout=30)
    form = html.fromstring(answer.content).xpath("//form")[number]
    values = {}
    for field in form.xpath(".//input[@name] | .//textarea[@name]"):
        if field.get("type") in ("radio", "checkbox") and field.get("checked") is None:
            continue
        if field.get("type") != "submit":
            values[field.get("name")] = field.get("value") or field.text or ""
    return urljoin(answer.url, form.get("action")), values


def press(form, **typed):
    """Send a form that was opened long enough ago."""
    address, values = form
    return requests.post(address, {**values, **typed}, timeout=60)


def answer_patiently(address, **typed):
    """Open a page, wait as a person would, and send its form."""
    form = open_form(address)
    time.sleep(PATIENCE)
    return press(form, **typed)
