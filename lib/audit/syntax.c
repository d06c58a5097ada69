/* lib/audit/syntax.c: PEM that some programs read and others do not. */
#include "audit/pem_faults.h"

#include "audit/audit.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "diagnosis/words.h"

/* What has a finding of its own, where it matters. */
#define OTHERS (1u << CHK_PEM_KEY | 1u << CHK_PEM_TRUSTED)
/* What a server may read beside its certificates. */
#define BESIDE (1u << CHK_PEM_KEY | 1u << CHK_PEM_REQUEST | 1u << CHK_PEM_OTHER)

static size_t count_certs(const struct chk_contents *contents)
{
	return contents->kinds[CHK_ITEM_CERT];
}

static bool is_alike(const struct chk_pem_taken *a,
		     const struct chk_pem_taken *b)
{
	return a->refused == b->refused && a->count == b->count;
}

/* The names of all readers that do as the `i`th; how many. */
static size_t add_names(struct chk_buffer *text,
			const struct chk_pem_taken *taken, size_t i)
{
	size_t names[CHK_PEM_READERS], count = 0;

	for (size_t j = i; j < CHK_PEM_READERS; j++) {
		if (is_alike(&taken[i], &taken[j]))
			names[count++] = j;
	}
	if (text->size)
		chk_buffer_text(text, "; ");
	for (size_t j = 0; j < count; j++)
		chk_buffer_format(text, "%s%s", j == 0 ? "" :
				  j + 1 == count ? " and " : ", ",
				  chk_pem_reader_name(names[j]));
	return count;
}

static bool was_told(const struct chk_pem_taken *taken, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (is_alike(&taken[i], &taken[j]))
			return true;
	}
	return false;
}

const char *chk_audit_takers(struct chk_audit *audit, const uint32_t *faults)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	struct chk_pem_taken taken[CHK_PEM_READERS];
	size_t count = count_certs(audit->contents);

	chk_pem_take(audit->contents, faults, taken);
	for (size_t i = 0; i < CHK_PEM_READERS; i++) {
		bool one;

		if (was_told(taken, i))
			continue;
		one = add_names(&text, taken, i) == 1;
		if (taken[i].refused)
			chk_buffer_format(&text, " refuse%s the file",
					  one ? "s" : "");
		else
			chk_buffer_format(&text, " keep%s %zu of %zu",
					  one ? "s" : "", taken[i].count,
					  count);
	}
	return chk_words(audit->arena, "%s", text.data ? text.data : "");
}

/* Java alone refuses it: who has no Java need not care. */
static bool is_minor(const struct chk_audit *audit, const uint32_t *faults)
{
	struct chk_pem_taken taken[CHK_PEM_READERS];

	chk_pem_take(audit->contents, faults, taken);
	for (size_t i = 0; i + 1 < CHK_PEM_READERS; i++) {
		if (taken[i].count < count_certs(audit->contents))
			return false;
	}
	return true;
}

/* Behind an END on its line it was told with that END. */
static bool is_told_before(const uint32_t *faults, size_t i,
			   enum chk_pem_fault fault)
{
	return fault == CHK_PEM_BEFORE && i > 0 &&
	       faults[i - 1] & 1u << CHK_PEM_BEHIND;
}

/* One finding for all blocks that have the fault, at the first of them. */
static void say_fault(struct chk_audit *audit, const uint32_t *faults,
		      enum chk_pem_fault fault)
{
	const struct chk_contents *contents = audit->contents;
	const struct chk_item *first = NULL;
	const char *others = "", *why = "";
	struct chk_finding_node *node;
	unsigned long line;
	size_t count = 0;

	for (size_t i = 0; i < contents->count; i++) {
		if (!(faults[i] & 1u << fault) ||
		    is_told_before(faults, i, fault))
			continue;
		first = first ? first : &contents->items[i];
		count++;
	}
	if (!first)
		return;
	if (count > 1)
		others = chk_words(audit->arena, ", and so in %zu more",
				   count - 1);
	if (fault == CHK_PEM_BROKEN)
		why = chk_words(audit->arena, " (%s)", first->fault);
	line = first->fault_line ? first->fault_line : first->line;
	node = chk_audit_say(audit, CHK_FINDING_BUNDLE_SYNTAX, first,
			     "%s%s%s: %s", chk_pem_fault_words(fault), why,
			     others, chk_audit_takers(audit, faults));
	if (node && is_minor(audit, faults))
		node->finding.severity = CHK_SEVERITY_WARNING;
	chk_audit_set_line(audit, line);
}

bool chk_audit_syntax(struct chk_audit *audit)
{
	const struct chk_contents *contents = audit->contents;
	uint32_t all = 0;
	uint32_t *faults;

	if (count_certs(contents) == 0)
		return true;
	faults = chk_arena_array(audit->arena, contents->count,
				 sizeof(*faults));
	if (!faults)
		return chk_error_memory(audit->error);
	for (size_t i = 0; i < contents->count; i++) {
		faults[i] = chk_pem_faults(contents, i);
		if (audit->audited->bundle == CHK_BUNDLE_SERVER)
			faults[i] &= ~BESIDE;
		all |= faults[i];
	}
	for (size_t i = 0; i < CHK_PEM_FAULTS; i++) {
		if (all & ~OTHERS & 1u << i)
			say_fault(audit, faults, (enum chk_pem_fault)i);
	}
	audit->faults = faults;
	return true;
}
