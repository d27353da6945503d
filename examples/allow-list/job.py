"""Fetches a page of the one site that the pool lists, and tells its title and size."""

import re
import urllib.request

from sdk import create_job

MOST = 1 << 20


def title(input):
    with urllib.request.urlopen(input["url"], timeout=10) as page:
        text = page.read(MOST).decode("utf-8", "replace")
        status = page.status
    found = re.search(r"<title>\s*(.*?)\s*</title>", text, re.DOTALL | re.IGNORECASE)
    return {"status": status, "characters": len(text), "title": found.group(1) if found else None}


create_job(title)
