"""The measures on an Elasticsearch (`SEARCH_URL`), written to a file: `python -m bench.search.server FILE OPTIONS`."""

import json
import os
import sys
import uuid
from pathlib import Path


def main():
    """Measure, and write what came out."""
    file, options = Path(sys.argv[1]), json.loads(sys.argv[2])
    server = os.environ["SEARCH_URL"]
    from bench.search import site

    site.begin()
    from bench.search import corpus, measures

    found = {}
    if options["set"]:
        found["retrieval"] = measures.retrieval(Path(options["set"]), server)
    if options["spellings"]:
        found["spellings"] = measures.spellings(server)
    if options["passages"]:
        groups = list(corpus.objects(options["passages"], site.audiences()))
        engine = site.use(f"{server}/bench-{uuid.uuid4().hex[:8]}")
        found["indexing"] = measures.indexing(groups, server=True)
        asked = corpus.questions(options["questions"], groups)
        found["searching"] = measures.searching(asked, server=True)
        found["suggesting"] = measures.suggesting(corpus.prefixes(options["questions"], groups), server=True)
        engine.remove()
    file.write_text(json.dumps(found), "utf-8")


main()
