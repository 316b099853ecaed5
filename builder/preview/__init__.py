"""The live preview: what `serve` shows in a browser while a curator edits.

It builds with the very function that `build` calls, after every burst of changes, and serves the last good site. What
it adds, it adds on the way to the browser: the files on the disk are those that would be published.
"""
