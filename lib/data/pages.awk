# lib/data/pages.awk: explain/CODE.md, one after the other, as rows of a C
# array { "CODE", "text" }. A page begins with its code as the heading.

function finish() {
	if (page != "")
		print "},"
}

FNR == 1 {
	finish()
	page = FILENAME
	sub(/.*\//, "", page)
	sub(/\.md$/, "", page)
	if ($0 != "# " page) {
		print FILENAME ": the first line is not \"# " page "\"" > "/dev/stderr"
		exit 1
	}
	print "{ \"" page "\","
}

{
	line = $0
	gsub(/\\/, "&&", line)
	gsub(/"/, "\\\"", line)
	print "\"" line "\\n\""
}

END { finish() }
