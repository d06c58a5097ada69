/*
 * tests/fuzz/audit_fuzzer.c: any bytes as a file that is to be deployed. The
 * first byte says what it is judged as; what is behind it is the file. Each
 * finding has words, a page and its place; what is mended is of the file, and
 * is right as it is when it is mended again.
 */
#include <stdlib.h>
#include <string.h>

#include <chaincheck/audit.h>

#include "base/bytes.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static bool is_printable(const char *text)
{
	struct chk_bytes rest = chk_bytes_text(text);
	uint32_t character;
	size_t size;

	for (; rest.size; rest = chk_bytes_skip(rest, size)) {
		if (!chk_text_utf8(rest, &size, &character) ||
		    chk_text_is_harmful(character))
			return false;
	}
	return true;
}

static void check_findings(const struct chk_audited *audited)
{
	const struct chk_audit_finding *found;

	for (size_t i = 0; (found = chk_audited_finding(audited, i)); i++) {
		check(found->finding.message && found->path);
		check(is_printable(found->finding.message));
		check(chk_explain(found->finding.code) != NULL);
		check(!found->alias || is_printable(found->alias));
	}
}

static bool is_in(const struct chk_chain *chain, const struct chk_cert *cert)
{
	for (size_t i = 0; i < chk_chain_count(chain); i++) {
		if (chk_bytes_equal(chk_cert_der(chk_chain_get(chain, i)),
				    chk_cert_der(cert)))
			return true;
	}
	return false;
}

/* No certificate is made: all of them were in the file. */
static void check_mended(const char *mended, struct chk_bytes file)
{
	struct chk_chain *chain = chk_chain_new(), *given = chk_chain_new();

	check(chain && given);
	check(chk_chain_read_bytes(chain, chk_bytes_text(mended), "m", NULL));
	check(chk_chain_read_bytes(given, file, "f", NULL));
	for (size_t i = 0; i < chk_chain_count(chain); i++)
		check(is_in(given, chk_chain_get(chain, i)));
	chk_chain_free(chain);
	chk_chain_free(given);
}

static struct chk_audited *audit(struct chk_bytes file,
				 const struct chk_audit_question *question)
{
	struct chk_audited *audited = NULL;

	check(chk_audit_bytes(file, "f.pem", question, &audited, NULL));
	check_findings(audited);
	return audited;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum chk_bundle KINDS[] = {
		CHK_BUNDLE_UNKNOWN, CHK_BUNDLE_SERVER, CHK_BUNDLE_CA,
	};
	struct chk_audit_question question = {
		.at = INT64_C(1775001600), .at_set = true, .mend = true,
		.warning_days = 30,
	};
	struct chk_audited *audited, *again;
	char *mended, *same;
	bool secret;

	if (size == 0)
		return 0;
	question.as = KINDS[data[0] % CHK_COUNT(KINDS)];
	audited = audit(chk_bytes_of(data + 1, size - 1), &question);
	if (chk_audited_mended(audited, CHK_MENDED_WHOLE, &mended, &secret,
			       NULL)) {
		check_mended(mended, chk_bytes_of(data + 1, size - 1));
		question.as = chk_audited_bundle(audited) == CHK_BUNDLE_CA ?
				      CHK_BUNDLE_CA : question.as;
		again = audit(chk_bytes_text(mended), &question);
		if (chk_audited_mended(again, CHK_MENDED_WHOLE, &same, &secret,
				       NULL)) {
			check(strcmp(mended, same) == 0);
			free(same);
		}
		chk_audited_free(again);
		free(mended);
	}
	chk_audited_free(audited);
	return 0;
}
