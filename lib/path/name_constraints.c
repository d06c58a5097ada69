/*
 * lib/path/name_constraints.c: RFC 5280 section 4.2.1.10, each name against
 * each subtree. What a name form means is in subtree.c.
 */
#include "path/name_constraints.h"

#include "base/ascii.h"
#include "base/cleanup.h"
#include "base/dns_name.h"
#include "cert/dn.h"
#include "cert/oid.h"
#include "path/alt_names.h"
#include "path/budget.h"
#include "path/subtree.h"

/* Subtrees that are told where none of them holds a name. */
#define MOST_TOLD 4u

/* So many bytes that are read, or of two names, count as a comparison. */
#define COMPARED_BYTES 256u

/* GeneralSubtrees; `forms` has a bit for each type that is in it. */
struct subtrees {
	struct chk_der list;
	uint32_t forms;
};

struct check {
	const struct chk_cert *issuer, *cert;
	struct subtrees permitted, excluded;
	uint32_t *budget;
	struct chk_defects *defects;
};

static uint32_t bit_of(enum chk_general_name_type type)
{
	return 1u << type;
}

/* The next GeneralSubtree; `rest` is what follows its base. */
static bool next_subtree(struct chk_der *list, struct chk_general_name *base,
			 struct chk_der *rest)
{
	struct chk_tlv subtree;

	if (!chk_der_expect(list, CHK_DER_SEQUENCE, "GeneralSubtree",
			    &subtree))
		return false;
	*rest = chk_der_inside(list, &subtree);
	return chk_general_name_next(rest, base) &&
	       base->type != CHK_NAME_UNKNOWN;
}

/* A minimum of 0 is the default; anything else no profile allows. */
static bool is_whole(struct chk_der *rest)
{
	struct chk_tlv minimum;
	uint32_t value;

	if (chk_der_at_end(rest))
		return true;
	return chk_der_expect(rest, CHK_DER_CONTEXT(0), "minimum", &minimum) &&
	       chk_der_uint32(rest, &minimum, &value) && value == 0 &&
	       chk_der_at_end(rest);
}

/* NULL, or what is wrong with a subtree. */
static const char *scan(struct subtrees *subtrees)
{
	struct chk_der list = subtrees->list, rest;
	const struct chk_subtree_form *form;
	struct chk_general_name base;

	if (chk_der_at_end(&list))
		return "nameConstraints with an empty list of subtrees";
	while (!chk_der_at_end(&list)) {
		if (!next_subtree(&list, &base, &rest))
			return "nameConstraints with a subtree that is no "
			       "GeneralSubtree";
		if (!is_whole(&rest))
			return "nameConstraints with a minimum or a maximum";
		form = chk_subtree_form(base.type);
		if (form && !form->is_base(base.value))
			return "nameConstraints with a subtree that is not of "
			       "its name form";
		subtrees->forms |= bit_of(base.type);
	}
	return NULL;
}

/* The optional field [n]. */
static const char *read_subtrees(struct chk_der *der, uint8_t n,
				 struct subtrees *subtrees)
{
	struct chk_tlv field;

	if (chk_der_peek(der) != CHK_DER_CONTEXT_CONSTRUCTED(n))
		return NULL;
	if (!chk_der_next(der, &field))
		return "nameConstraints that are not DER";
	subtrees->list = chk_der_inside(der, &field);
	return scan(subtrees);
}

static const char *read_constraints(struct chk_bytes constraints,
				    struct check *check)
{
	struct chk_der outer = chk_der_begin(constraints, NULL), der;
	struct chk_tlv sequence;
	const char *fault;

	if (!chk_der_expect(&outer, CHK_DER_SEQUENCE, "nameConstraints",
			    &sequence) || !chk_der_at_end(&outer))
		return "nameConstraints that are no SEQUENCE";
	der = chk_der_inside(&outer, &sequence);
	if (chk_der_at_end(&der))
		return "nameConstraints without a subtree";
	fault = read_subtrees(&der, 0, &check->permitted);
	if (!fault)
		fault = read_subtrees(&der, 1, &check->excluded);
	if (!fault && !chk_der_at_end(&der))
		fault = "nameConstraints with something else in them";
	return fault;
}

static void add_malformed(const struct check *check, const char *fault)
{
	chk_defects_add(check->defects, (struct chk_defect){
		.rule = CHK_RULE_MALFORMED,
		.cert = check->issuer,
		.text = fault,
	});
}

/* Without operands: the constraints were not worked through. */
static void add_unprocessed(const struct check *check, const char *why)
{
	chk_defects_add(check->defects, (struct chk_defect){
		.rule = CHK_RULE_NAME_CONSTRAINT,
		.cert = check->cert,
		.other = check->issuer,
		.text = why,
	});
}

static void add_spent(const struct check *check)
{
	add_unprocessed(check, "more names and subtrees than are compared");
}

static struct chk_bytes keep(const struct check *check,
			     const struct chk_buffer *text)
{
	struct chk_arena *arena = check->defects->arena;

	arena->failed = arena->failed || text->failed;
	return chk_arena_bytes(arena, chk_bytes_of(text->data, text->size));
}

static struct chk_bytes text_of(const struct check *check,
				const struct chk_general_name *name)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_alt_name_text(&text, name);
	return keep(check, &text);
}

/* "DNS:corp.test, DNS:lab.test, ...": the first ones of a form. */
static struct chk_bytes list_of(const struct check *check,
				enum chk_general_name_type type)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	struct chk_der list = check->permitted.list, rest;
	struct chk_general_name base;
	uint32_t told = 0;

	while (told <= MOST_TOLD && next_subtree(&list, &base, &rest)) {
		if (base.type != type)
			continue;
		chk_buffer_text(&text, told ? ", " : "");
		if (told++ < MOST_TOLD)
			chk_alt_name_text(&text, &base);
		else
			chk_buffer_text(&text, "...");
	}
	return keep(check, &text);
}

static void add_violation(const struct check *check,
			  const struct chk_general_name *name,
			  const struct chk_general_name *excluded)
{
	chk_defects_add(check->defects, (struct chk_defect){
		.rule = CHK_RULE_NAME_CONSTRAINT,
		.cert = check->cert,
		.other = check->issuer,
		.a = excluded ? text_of(check, excluded) :
				list_of(check, name->type),
		.b = text_of(check, name),
		.flag = excluded != NULL,
	});
}

/*
 * Both are walked through whatever stands in them, for each path anew: what a
 * peer sends is as long as it likes.
 */
static bool charge_reading(struct check *check, struct chk_bytes constraints)
{
	size_t size = constraints.size + check->cert->alt_names.value.size +
		      check->cert->subject.size;

	return chk_budget_take(check->budget, size / COMPARED_BYTES);
}

enum outcome {
	OUTCOME_NONE,   /* no subtree holds the name */
	OUTCOME_FOUND,
	OUTCOME_SPENT,  /* the budget ended */
};

/*
 * Subtrees of another form take from the budget, too: they are work, and a
 * certificate chooses how many there are.
 */
static enum outcome find(struct check *check, const struct subtrees *subtrees,
			 const struct chk_general_name *name,
			 struct chk_general_name *base)
{
	bool excluded = subtrees == &check->excluded;
	const struct chk_subtree_form *form = chk_subtree_form(name->type);
	struct chk_der list = subtrees->list, rest;

	if (!(subtrees->forms & bit_of(name->type)))
		return OUTCOME_NONE;
	while (next_subtree(&list, base, &rest)) {
		size_t size = name->value.size + base->value.size;

		if (!chk_budget_take(check->budget, 1 + size / COMPARED_BYTES))
			return OUTCOME_SPENT;
		if (base->type == name->type &&
		    form->is_within(name->value, base->value, excluded))
			return OUTCOME_FOUND;
	}
	return OUTCOME_NONE;
}

/* Excluded before permitted. False: a defect was added, and one is enough. */
static bool check_sound(struct check *check,
			const struct chk_general_name *name)
{
	struct chk_general_name base;
	enum outcome outcome = find(check, &check->excluded, name, &base);

	if (outcome == OUTCOME_FOUND) {
		add_violation(check, name, &base);
		return false;
	}
	if (outcome == OUTCOME_NONE) {
		if (!(check->permitted.forms & bit_of(name->type)))
			return true;
		outcome = find(check, &check->permitted, name, &base);
	}
	if (outcome == OUTCOME_NONE)
		add_violation(check, name, NULL);
	if (outcome == OUTCOME_SPENT)
		add_spent(check);
	return outcome == OUTCOME_FOUND;
}

static bool is_constrained(const struct check *check,
			   enum chk_general_name_type type)
{
	return (check->permitted.forms | check->excluded.forms) & bit_of(type);
}

static bool check_name(struct check *check, const struct chk_general_name *name)
{
	const struct chk_subtree_form *form = chk_subtree_form(name->type);

	if (!is_constrained(check, name->type))
		return true;
	if (!form) {
		add_unprocessed(check, "a name form that is not processed "
				"here");
		return false;
	}
	if (!form->is_name(name->value)) {
		add_violation(check, name, NULL);
		return false;
	}
	return check_sound(check, name);
}

/*
 * RFC 9598 section 6: a mailbox beyond ASCII, which is an otherName, is held
 * against the subtrees of e-mail. One of a whole address never holds it.
 */
static bool check_utf8_mailbox(struct check *check,
			       const struct chk_general_name *name)
{
	struct chk_general_name mailbox = { .type = CHK_NAME_EMAIL };

	if (!is_constrained(check, CHK_NAME_EMAIL) ||
	    !chk_general_name_smtp_utf8(name, &mailbox.value))
		return true;
	if (!chk_subtree_is_utf8_mailbox(mailbox.value)) {
		add_violation(check, &mailbox, NULL);
		return false;
	}
	return check_sound(check, &mailbox);
}

/* Every name but for those of the subject; false: a defect was added. */
static bool check_alt_names(struct check *check)
{
	struct chk_der names = chk_alt_names_begin(check->cert);
	struct chk_general_name name;

	while (chk_general_name_next(&names, &name)) {
		if (!check_name(check, &name) ||
		    !check_utf8_mailbox(check, &name))
			return false;
	}
	if (!chk_der_at_end(&names))
		add_unprocessed(check, "a subjectAltName that cannot be read");
	return chk_der_at_end(&names);
}

/*
 * A Common Name may be a person's or an address; what is sound, has a dot, no
 * hyphen at the end of a label, and ends in a label of letters first, is a
 * host's.
 */
static bool is_like_host(struct chk_bytes value)
{
	size_t last = value.size;

	if (!chk_dns_name_is_sound(value))
		return false;
	for (size_t i = 0; i + 1 < value.size; i++) {
		if (value.data[i] == '-' && value.data[i + 1] == '.')
			return false;
	}
	while (last > 0 && value.data[last - 1] != '.')
		last--;
	return last > 0 && last < value.size &&
	       chk_ascii_lower(value.data[last]) >= 'a';
}

/*
 * Names that stand in the subject, from before there was an extension. RFC
 * 5280 4.2.1.10 wants addresses held against constraints where the extension
 * is absent. OpenSSL holds all addresses, and where there is no dNSName a
 * Common Name that looks like a host: clients once took it for one.
 */
static void check_legacy(struct check *check, enum chk_oid attribute,
			 enum chk_general_name_type type)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer value = { 0 };
	struct chk_general_name name = { .type = type };
	size_t cursor = 0;

	if (!is_constrained(check, type))
		return;
	while (chk_subject_next(check->cert, chk_oid_bytes(attribute),
				&cursor, &value)) {
		name.value = chk_bytes_of(value.data, value.size);
		if (!chk_budget_take(check->budget, 1)) {
			add_spent(check);
			return;
		}
		if (type == CHK_NAME_DNS && !is_like_host(name.value))
			continue;
		if (!check_name(check, &name))
			return;
	}
}

/* A CA's Common Name is nobody's host. */
static bool has_legacy_host(const struct chk_cert *cert)
{
	return !cert->basic_constraints.ca &&
	       !chk_alt_names_has(cert, CHK_NAME_DNS);
}

void chk_name_constraints_check(struct chk_bytes constraints,
				const struct chk_cert *issuer,
				const struct chk_cert *cert, uint32_t *budget,
				struct chk_defects *defects)
{
	struct check check = { .issuer = issuer, .cert = cert,
			       .budget = budget, .defects = defects };
	struct chk_general_name subject = { .type = CHK_NAME_DIRECTORY,
					    .value = cert->subject };
	const char *fault;

	if (!charge_reading(&check, constraints)) {
		add_spent(&check);
		return;
	}
	fault = read_constraints(constraints, &check);
	if (fault) {
		add_malformed(&check, fault);
		return;
	}
	if (!chk_dn_is_empty(cert->subject) && !check_name(&check, &subject))
		return;
	if (!check_alt_names(&check))
		return;
	check_legacy(&check, CHK_OID_AT_EMAIL, CHK_NAME_EMAIL);
	if (has_legacy_host(cert))
		check_legacy(&check, CHK_OID_AT_COMMON_NAME, CHK_NAME_DNS);
}
