/* cli/batch_case.c: one line of `verify --batch` as a question. */
#include "config.h"

#include "batch_case.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "complain.h"
#include "number.h"

__attribute__((format(printf, 2, 3)))
static bool refuse(struct batch_case *from, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(from->why, sizeof(from->why), format, args);
	va_end(args);
	return false;
}

/* The member, NULL where it is absent or null. */
static json_t *member(const struct batch_case *from, const char *name)
{
	json_t *value = json_object_get(from->line, name);

	return json_is_null(value) ? NULL : value;
}

/* A member that is a list, or absent. False: it is neither. */
static bool list_of(struct batch_case *from, const char *name, json_t **list)
{
	*list = member(from, name);
	return *list == NULL || json_is_array(*list) ||
		refuse(from, "%s is no list", name);
}

/* A member of `object` that is true or false; absent, it is as it was. */
static bool flag_of(struct batch_case *from, const json_t *object,
		    const char *name, bool *flag)
{
	json_t *value = json_object_get(object, name);

	if (value == NULL || json_is_null(value))
		return true;
	*flag = json_is_true(value);
	return json_is_boolean(value) ||
		refuse(from, "%s is neither true nor false", name);
}

static struct chk_bytes bytes_of(const json_t *text)
{
	return (struct chk_bytes){
		(const uint8_t *)json_string_value(text),
		json_string_length(text),
	};
}

static struct chk_chain *new_chain(void)
{
	struct chk_chain *chain = chk_chain_new();

	if (chain == NULL)
		die_of_memory();
	return chain;
}

/*
 * A PEM text of `name`. What of it is damaged becomes a note of the chain; one
 * without a certificate in it is refused.
 */
static bool add_pem(struct batch_case *from, struct chk_chain *chain,
		    const json_t *pem, const char *name)
{
	size_t notes = chk_chain_note_count(chain);
	struct chk_error error;

	return chk_chain_read_bytes(chain, bytes_of(pem), name, &error) ||
		chk_chain_note_count(chain) > notes ||
		refuse(from, "%s: %s", name, error.what);
}

/* Of each text of a list, with its place: "trusted[3]". */
typedef bool taker(struct batch_case *from, void *into, const json_t *text,
		   const char *where);

static bool take_each(struct batch_case *from, const char *name,
		      const json_t *list, taker *take, void *into)
{
	const json_t *text;
	char where[64];
	size_t i;

	json_array_foreach(list, i, text) {
		snprintf(where, sizeof(where), "%s[%zu]", name, i);
		if (!json_is_string(text))
			return refuse(from, "%s is no text", where);
		if (!take(from, into, text, where))
			return false;
	}
	return true;
}

static bool take_cert(struct batch_case *from, void *into, const json_t *text,
		      const char *where)
{
	return add_pem(from, into, text, where);
}

static bool read_chain(struct batch_case *from, const char *name,
		       struct chk_chain **chain)
{
	json_t *list;

	*chain = new_chain();
	return list_of(from, name, &list) &&
		take_each(from, name, list, take_cert, *chain);
}

/* One that is no certificate is the library's to judge. */
static bool read_leaf(struct batch_case *from)
{
	json_t *leaf = member(from, "leaf");

	if (!json_is_string(leaf))
		return refuse(from, "leaf is no text");
	from->leaf = new_chain();
	return add_pem(from, from->leaf, leaf, "leaf");
}

/* The library notes what cannot be read. */
static bool take_anchor(struct batch_case *from, void *into,
			const json_t *text, const char *where)
{
	struct chk_error error;

	(void)from;
	if (!chk_store_read(into, bytes_of(text), where, &error))
		die_of_memory();
	return true;
}

/* The anchors that the line names, and no others. */
static bool read_trusted(struct batch_case *from)
{
	json_t *list;

	if (!list_of(from, "trusted", &list))
		return false;
	if (list == NULL)
		return from->question.store_count > 0 ||
			refuse(from, "neither trusted nor an option names "
				     "what is trusted");
	from->store = chk_store_new("trusted");
	if (from->store == NULL)
		die_of_memory();
	from->stores[0] = from->store;
	from->question.stores = from->stores;
	from->question.store_count = 1;
	return take_each(from, "trusted", list, take_anchor, from->store);
}

/* Distrust that is not read as a whole would be trust. */
static bool read_chains(struct batch_case *from)
{
	struct chk_question *question = &from->question;
	const struct chk_note *note;

	if (!read_chain(from, "untrusted", &from->untrusted) ||
	    !read_chain(from, "distrusted", &from->distrusted))
		return false;
	note = chk_chain_note(from->distrusted, 0);
	if (note != NULL)
		return refuse(from, "%s: %s", note->where, note->what);
	if (member(from, "untrusted") != NULL)
		question->untrusted = from->untrusted;
	if (member(from, "distrusted") != NULL)
		question->distrusted = from->distrusted;
	return true;
}

static bool read_time(struct batch_case *from)
{
	json_t *value = member(from, "time");

	if (value == NULL)
		return true;
	from->question.at_set = true;
	return (json_is_string(value) &&
		chk_time_parse(json_string_value(value), time(NULL),
			       &from->question.at)) ||
		refuse(from, "time is no time such as 2026-04-01T00:00:00Z");
}

/* The library tells an address from a name by itself: here it was said. */
static bool read_host(struct batch_case *from, const char *kind,
		      const char *value)
{
	from->question.host = value;
	return is_address(value) == (strcmp(kind, "IP") == 0) ||
		refuse(from, "name has a value that is not of its kind");
}

static bool read_name(struct batch_case *from)
{
	json_t *name = member(from, "name");
	const char *kind = json_string_value(json_object_get(name, "kind"));
	const char *value = json_string_value(json_object_get(name, "value"));

	if (name == NULL)
		return true;
	from->question.host = from->question.email = NULL;
	if (kind != NULL && value != NULL &&
	    (strcmp(kind, "DNS") == 0 || strcmp(kind, "IP") == 0))
		return read_host(from, kind, value);
	if (kind == NULL || value == NULL || strcmp(kind, "RFC822") != 0)
		return refuse(from, "name has no kind DNS, IP or RFC822 with "
				    "a value");
	from->question.email = value;
	return true;
}

static bool read_purpose(struct batch_case *from)
{
	struct chk_question *question = &from->question;
	json_t *value = member(from, "eku");
	const char *name = json_string_value(value);

	if (value == NULL)
		return true;
	question->usage = NULL;
	if (chk_purpose_find(name, &question->purpose))
		return true;
	if (name == NULL || name[0] < '0' || name[0] > '9')
		return refuse(from, "eku is no purpose such as serverAuth, and "
				    "no identifier");
	/* Whether it is one is the library's to say. */
	question->purpose = CHK_PURPOSE_ANY;
	question->usage = name;
	return true;
}

static bool read_depth(struct batch_case *from)
{
	json_t *value = member(from, "max_depth");
	json_int_t depth = json_integer_value(value);

	if (value == NULL)
		return true;
	if (!json_is_integer(value) || depth < 0 || depth > INT32_MAX)
		return refuse(from, "max_depth is no number of intermediates");
	from->question.max_depth = depth == 0 ? -1 : (int32_t)depth;
	return true;
}

static bool take_flag(struct batch_case *from, void *into, const json_t *text,
		      const char *where)
{
	(void)into;
	(void)where;
	if (strcmp(json_string_value(text), "partial-chain") == 0)
		from->question.partial_chain = true;
	return true;
}

static bool read_profile(struct batch_case *from)
{
	json_t *value = member(from, "profile"), *flags;

	if (value != NULL && !json_is_string(value))
		return refuse(from, "profile is no text");
	if (value != NULL)
		from->question.profile = json_string_value(value);
	return list_of(from, "flags", &flags) &&
		take_each(from, "flags", flags, take_flag, NULL);
}

static bool take_crl(struct batch_case *from, void *into, const json_t *text,
		     const char *where)
{
	struct chk_error error;

	return chk_crls_read_bytes(into, bytes_of(text), where, &error) ||
		refuse(from, "%s: %s", where, error.what);
}

/* Where a line has CRLs, revocation is asked about; one is not left out. */
static bool read_crls(struct batch_case *from)
{
	json_t *list;

	if (!list_of(from, "crls", &list))
		return false;
	if (json_array_size(list) == 0)
		return true;
	from->crls = chk_crls_new();
	if (from->crls == NULL)
		die_of_memory();
	from->question.crls = from->crls;
	return take_each(from, "crls", list, take_crl, from->crls);
}

/* "anyPolicy", a dotted identifier, or a policy of NIST's test suite. */
static const char *policy_of(struct batch_case *from, const json_t *value)
{
	static const char nist[] = "NIST-test-policy-";
	const char *name = json_string_value(value);
	size_t size = sizeof(nist) - 1;
	char *text = from->policy_texts[from->question.policy_count];

	if (name == NULL)
		return NULL;
	if (strcmp(name, "anyPolicy") == 0)
		return "2.5.29.32.0";
	if (strncmp(name, nist, size) != 0)
		return name;
	if (strlen(name) > size + 3)
		return NULL;
	snprintf(text, sizeof(from->policy_texts[0]),
		 "2.16.840.1.101.3.2.1.48.%s", name + size);
	return text;
}

static bool read_initial(struct batch_case *from, json_t *initial)
{
	json_t *value;
	size_t i;

	if (initial == NULL || json_is_null(initial))
		return true;
	if (!json_is_array(initial) ||
	    json_array_size(initial) > BATCH_MAX_POLICIES)
		return refuse(from, "policy.initial is no list of %d at most",
			      BATCH_MAX_POLICIES);
	from->question.policies = from->policies;
	from->question.policy_count = 0;
	json_array_foreach(initial, i, value) {
		const char *policy = policy_of(from, value);

		if (policy == NULL)
			return refuse(from, "policy.initial[%zu] is no policy",
				      i);
		from->policies[from->question.policy_count++] = policy;
	}
	return true;
}

/* A demand by another name would be one that nobody makes. */
static bool check_policy_members(struct batch_case *from, json_t *policy)
{
	static const char *const known[] = {
		"initial", "explicit", "inhibit_mapping", "inhibit_any",
	};
	const char *name;
	json_t *value;

	json_object_foreach(policy, name, value) {
		size_t i = 0;

		while (i < sizeof(known) / sizeof(*known) &&
		       strcmp(known[i], name) != 0)
			i++;
		if (i == sizeof(known) / sizeof(*known))
			return refuse(from, "policy has a member that is none "
					    "of its own");
	}
	return true;
}

static bool read_policy(struct batch_case *from)
{
	json_t *policy = member(from, "policy");
	struct chk_question *question = &from->question;

	if (policy == NULL)
		return true;
	if (!json_is_object(policy))
		return refuse(from, "policy is no object");
	return check_policy_members(from, policy) &&
		flag_of(from, policy, "explicit", &question->explicit_policy) &&
		flag_of(from, policy, "inhibit_mapping",
			&question->inhibit_mapping) &&
		flag_of(from, policy, "inhibit_any", &question->inhibit_any) &&
		read_initial(from, json_object_get(policy, "initial"));
}

static bool read_members(struct batch_case *from)
{
	static bool (*const readers[])(struct batch_case *) = {
		read_leaf, read_trusted, read_chains, read_time, read_name,
		read_purpose, read_depth, read_profile,
		read_crls, read_policy,
	};

	for (size_t i = 0; i < sizeof(readers) / sizeof(*readers); i++) {
		if (!readers[i](from))
			return false;
	}
	return true;
}

bool batch_case_read(struct batch_case *from, const char *line, size_t size,
		     const struct chk_question *usual)
{
	json_error_t error;
	json_t *id;

	*from = (struct batch_case){ .question = *usual };
	from->line = json_loadb(line, size, JSON_REJECT_DUPLICATES,
				&error);
	if (from->line == NULL)
		return refuse(from, "no JSON: %s", error.text);
	if (!json_is_object(from->line))
		return refuse(from, "no JSON object");
	id = member(from, "id");
	if (id != NULL && !json_is_string(id))
		return refuse(from, "id is no text");
	from->id = json_string_value(id);
	return read_members(from);
}

void batch_case_close(struct batch_case *from)
{
	json_decref(from->line);
	chk_chain_free(from->leaf);
	chk_chain_free(from->untrusted);
	chk_chain_free(from->distrusted);
	chk_store_free(from->store);
	chk_crls_free(from->crls);
}
