/*
 * lib/path/subtree.h: when a name lies in a subtree of name constraints, one
 * reading a name form (RFC 5280 section 4.2.1.10).
 */
#ifndef CHK_PATH_SUBTREE_H
#define CHK_PATH_SUBTREE_H

#include "cert/general_name.h"

/*
 * struct chk_subtree_form reads one form. A name that is not sound cannot be
 * held against anything, and is refused wherever its form is constrained.
 */
struct chk_subtree_form {
	bool (*is_base)(struct chk_bytes base);
	bool (*is_name)(struct chk_bytes name);
	/*
	 * `excluded` says what the answer is for: a wildcard is within a
	 * permitted subtree when all that it stands for is, and within an
	 * excluded one when anything is.
	 */
	bool (*is_within)(struct chk_bytes name, struct chk_bytes base,
			  bool excluded);
};

/* NULL: a form that is not processed here (otherName, x400Address, ...). */
const struct chk_subtree_form *
chk_subtree_form(enum chk_general_name_type type);

/*
 * Can a mailbox beyond ASCII, valid UTF-8, be held against the subtrees of
 * e-mail? Its host is in A-labels (RFC 9598 section 3).
 */
bool chk_subtree_is_utf8_mailbox(struct chk_bytes mailbox);

#endif
