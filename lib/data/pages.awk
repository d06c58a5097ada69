# lib/data/pages.awk: explain/CODE.md, one after the other, as rows of a C
# array { "CODE", "text" }. A page begins with its code as the heading, and ends
# with the lines for each place that remedies.tsv has for all cases of the code:
#
#   awk -f pages.awk -v remedies=remedies.tsv -v file=NAME PAGE...

function fail(what) {
	print what > "/dev/stderr"
	failed = 1
	exit 1
}

function put(line) {
	gsub(/\\/, "&&", line)
	gsub(/"/, "\\\"", line)
	print "\"" line "\\n\""
}

# "With nginx:" and its lines, as a page has them.
function add_place(code, text, command,    n, i, line) {
	gsub(/[{]file[}]/, file, command)
	n = split(command, line, /\\n/)
	places++
	lines[code] = lines[code] "\n" text "\n\n"
	for (i = 1; i <= n; i++)
		lines[code] = lines[code] "    " line[i] "\n"
}

function read_remedies(    row, column) {
	while ((getline row < remedies) > 0) {
		split(row, column, "\t")
		if (column[1] !~ /\/(send|install)$/)
			continue
		sub(/\/.*/, "", column[1])
		add_place(column[1], column[4], column[5])
	}
	close(remedies)
	if (!places)
		fail(remedies ": no lines for any place")
}

function finish(    n, i, line) {
	if (page == "")
		return
	if (page in lines) {
		put("")
		put("## The lines for each place")
		n = split(lines[page], line, "\n")
		for (i = 1; i < n; i++)
			put(line[i])
	}
	print "},"
}

BEGIN { read_remedies() }

FNR == 1 {
	finish()
	page = FILENAME
	sub(/.*\//, "", page)
	sub(/\.md$/, "", page)
	if ($0 != "# " page)
		fail(FILENAME ": the first line is not \"# " page "\"")
	print "{ \"" page "\","
}

{ put($0) }

END {
	if (!failed)
		finish()
}
