# lib/data/table.awk: a table of tab-separated values as rows of a C array.
#
#   awk -f table.awk -v enums='party=CHK_PARTY_' -v bools='proof' TABLE
#
# The first row names the columns, members of the struct or of one in it; lines
# that begin with # are comments. Every cell becomes a string, or the enumerator
# PREFIXCELL in upper case, or a bool of yes and no; of `nulls`, a string, or NULL
# where it is `-`; of `numbers`, of `codes` (four hexadecimal digits), of
# `code_lists` (IDS(...)) and of `text_lists` (TEXTS(...)) what the name says.
# A bad row is told with its line and ends the build.

BEGIN {
	FS = "\t"
	n = split(enums, pair, " ")
	for (i = 1; i <= n; i++) {
		split(pair[i], part, "=")
		prefix[part[1]] = part[2]
	}
	set_kind(bools, "bool")
	set_kind(nulls, "null")
	set_kind(numbers, "number")
	set_kind(codes, "code")
	set_kind(code_lists, "code_list")
	set_kind(text_lists, "text_list")
}

function set_kind(columns_of, what, i, n, column) {
	n = split(columns_of, column, " ")
	for (i = 1; i <= n; i++)
		kind[column[i]] = what
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

function number(column, cell) {
	if (cell !~ /^(0|[1-9][0-9]*)$/)
		fail(column " is no number: " cell)
	return cell
}

function code(column, cell) {
	if (cell !~ /^[0-9a-f][0-9a-f][0-9a-f][0-9a-f]$/)
		fail(column " is no code of four digits: " cell)
	return "0x" cell
}

function list(column, cell, i, n, item, made) {
	if (cell == "-")
		return kind[column] == "code_list" ? "{ NULL, 0 }" : "NULL"
	n = split(cell, item, ",")
	for (i = 1; i <= n; i++)
		made = made (i > 1 ? ", " : "") \
			(kind[column] == "code_list" ? \
			 code(column, item[i]) : quoted(item[i]))
	return (kind[column] == "code_list" ? "IDS" : "TEXTS") "(" made ")"
}

function value(column, cell) {
	if (column in prefix) {
		if (cell !~ /^[a-z]+$/)
			fail(column " is no word: " cell)
		return prefix[column] toupper(cell)
	}
	if (kind[column] == "number")
		return number(column, cell)
	if (kind[column] == "code")
		return code(column, cell)
	if (kind[column] ~ /_list$/)
		return list(column, cell)
	if (kind[column] == "null" && cell == "-")
		return "NULL"
	if (kind[column] == "bool") {
		if (cell != "yes" && cell != "no")
			fail(column " is neither yes nor no: " cell)
		return cell == "yes" ? "true" : "false"
	}
	return quoted(cell)
}

# A command may hold what we wrote and nothing a stranger did.
function check_command(cell, rest) {
	rest = cell
	gsub(/[{](file|host|path|port|fingerprint|version|suite_openssl)[}]/, "", rest)
	if (rest ~ /[{}]/)
		fail("a command takes {file}, {host}, {path}, {port}, {fingerprint}, {version} and {suite_openssl} alone: " cell)
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
