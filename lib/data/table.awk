# lib/data/table.awk: a table of tab-separated values as rows of a C array.
#
#   awk -f table.awk -v enums='party=CHK_PARTY_' -v bools='proof' TABLE
#
# The first row names the columns; lines that begin with # are comments. Every
# cell becomes a string, or the enumerator PREFIXCELL in upper case, or a bool
# of yes and no. A bad row is told with its line and ends the build.

BEGIN {
	FS = "\t"
	n = split(enums, pair, " ")
	for (i = 1; i <= n; i++) {
		split(pair[i], part, "=")
		prefix[part[1]] = part[2]
	}
	n = split(bools, pair, " ")
	for (i = 1; i <= n; i++)
		is_bool[pair[i]] = 1
}

function fail(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what > "/dev/stderr"
	failed = 1
	exit 1
}

function quoted(cell) {
	gsub(/"/, "\\\"", cell)
	return "\"" cell "\""
}

function value(column, cell) {
	if (column in prefix) {
		if (cell !~ /^[a-z]+$/)
			fail(column " is no word: " cell)
		return prefix[column] toupper(cell)
	}
	if (column in is_bool) {
		if (cell != "yes" && cell != "no")
			fail(column " is neither yes nor no: " cell)
		return cell == "yes" ? "true" : "false"
	}
	return quoted(cell)
}

# A command may hold what we wrote and nothing a stranger did.
function check_command(cell, rest) {
	rest = cell
	gsub(/[{](file|host|path|port|protocol|target|fingerprint)[}]/, "", rest)
	if (rest ~ /[{}]/)
		fail("a command takes {file}, {host}, {path}, {port}, {protocol}, {target} and {fingerprint} alone: " cell)
}

function check(column, cell, rest) {
	if (cell ~ /^ | $/)
		fail(column " begins or ends with a space")
	if (cell == "" && column != "command")
		fail(column " is empty")
	rest = cell
	gsub(/\\n/, "", rest)
	if (rest ~ /\\/)
		fail(column " has a backslash that is no \\n")
	if (column == "command")
		check_command(cell)
}

/^#/ || /^$/ { next }

!columns {
	columns = NF
	for (i = 1; i <= NF; i++)
		name[i] = $i
	next
}

NF != columns { fail("has " NF " columns, not " columns) }

{
	line = ""
	for (i = 1; i <= NF; i++) {
		check(name[i], $i)
		line = line (i > 1 ? ", " : "") "." name[i] " = " value(name[i], $i)
	}
	print "{ " line " },"
	rows++
}

END {
	if (!failed && !rows) {
		print FILENAME ": no row" > "/dev/stderr"
		exit 1
	}
}
