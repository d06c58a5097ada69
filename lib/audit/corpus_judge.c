/* lib/audit/corpus_judge.c: one part of a corpus, judged and written. */
#include "audit/corpus_judge.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/digest.h"
#include "cert/der.h"
#include "cert/pem.h"

/* A piece of the input being judged. */
struct judging {
	const struct chk_corpus_terms *terms;
	const struct chk_corpus_part *part;
	struct chk_corpus_judged *judged;
	size_t path; /* in the part's `paths` */
};

static const char *path_of(const struct chk_corpus_part *part, size_t path)
{
	return part->paths.data + path;
}

static void count(struct chk_corpus_counts *counts,
		  const struct chk_alone *found, size_t number)
{
	for (size_t i = 0; i < number; i++) {
		counts->errors += found[i].severity == CHK_SEVERITY_ERROR;
		counts->warnings += found[i].severity == CHK_SEVERITY_WARNING;
		counts->notes += found[i].severity == CHK_SEVERITY_NOTE;
	}
}

static void write(const struct judging *judging,
		  struct chk_corpus_told *told)
{
	struct chk_corpus_judged *judged = judging->judged;

	told->path = path_of(judging->part, judging->path);
	judged->counts.certificates++;
	judged->counts.with_findings += told->count > 0;
	count(&judged->counts, told->found, told->count);
	if (told->count || judging->terms->all)
		judging->terms->writer->cert(told, &judging->terms->alone,
					     judging->terms->how,
					     &judged->text);
}

/* What cannot be read at all has one finding, whose words are the fault. */
static void tell_malformed(const struct judging *judging, unsigned long line,
			   const uint8_t *sha256, const char *fault)
{
	static const struct chk_alone MALFORMED = {
		CHK_FINDING_MALFORMED, CHK_SEVERITY_ERROR, NULL,
	};
	struct chk_corpus_told told = {
		.line = line, .sha256 = sha256, .fault = fault,
		.found = &MALFORMED, .count = 1,
	};

	write(judging, &told);
}

/* The bytes, not the object: it is wanted where it comes again, and seldom. */
static void keep(const struct judging *judging, struct chk_bytes der,
		 const struct chk_corpus_told *told)
{
	struct chk_corpus_judged *judged = judging->judged;
	struct chk_corpus_item *item;

	if (!chk_array_grow(&judged->items, judged->count, &judged->room,
			    sizeof(*judged->items))) {
		judged->failed = true;
		return;
	}
	item = &judged->items[judged->count++];
	*item = (struct chk_corpus_item){
		.der = judged->ders.size, .size = der.size,
		.path = judging->path, .line = told->line,
		.end = judged->text.size, .told = told->count > 0,
	};
	memcpy(&item->key, told->sha256, sizeof(item->key));
	chk_buffer_add(&judged->ders, der.data, der.size);
}

static void judge_cert(const struct judging *judging, struct chk_bytes der,
		       unsigned long line)
{
	struct chk_alone found[CHK_ALONE_MOST];
	struct chk_corpus_told told = { .line = line, .found = found };
	char fault[sizeof(((struct chk_error *)0)->what) + 32];
	uint8_t sha256[32];
	struct chk_error error;
	struct chk_cert *cert;

	chk_digest_sha256(der, sha256);
	if (chk_cert_parse(der, &cert, &error)) {
		told.cert = cert;
		told.sha256 = sha256;
		told.count = chk_alone_check(cert, &judging->terms->alone,
					     found);
		write(judging, &told);
		keep(judging, der, &told);
		chk_cert_unref(cert);
		return;
	}
	judging->judged->failed |= error.code == CHK_ERROR_MEMORY;
	snprintf(fault, sizeof(fault), error.offset == SIZE_MAX ? "%s" :
		 "%s (byte %zu)", error.what, error.offset);
	tell_malformed(judging, line, sha256, fault);
}

/* openssl-x509(1) -trustout puts its own words behind the certificate. */
static struct chk_bytes without_trust(struct chk_bytes der)
{
	struct chk_der all = chk_der_begin(der, NULL);
	struct chk_tlv tlv;

	return chk_der_next(&all, &tlv) ? tlv.whole : der;
}

static bool is(struct chk_bytes label, const char *name)
{
	return chk_bytes_equal(label, chk_bytes_text(name));
}

static void judge_block(const struct judging *judging,
			const struct chk_pem_block *block, unsigned long line)
{
	struct chk_bytes der = chk_bytes_of(block->data, block->size);
	bool trusted = is(block->label, "TRUSTED CERTIFICATE");

	if (!trusted && !is(block->label, "CERTIFICATE") &&
	    !is(block->label, "X509 CERTIFICATE"))
		return;
	if (block->fault)
		tell_malformed(judging, line, NULL, block->fault);
	else
		judge_cert(judging, trusted ? without_trust(der) : der, line);
}

/* One certificate in DER is the whole file: else it is something else. */
static bool is_sequence(struct chk_bytes text)
{
	struct chk_der der = chk_der_begin(text, NULL);
	struct chk_tlv tlv;

	return text.size > 1 && (text.data[1] & 0x80) &&
	       chk_der_next(&der, &tlv) && tlv.tag == CHK_DER_SEQUENCE &&
	       chk_der_at_end(&der);
}

/* Does its first element begin as a tbsCertificate does (RFC 5280 4.1)? */
static bool may_be_cert(struct chk_bytes text)
{
	struct chk_der der = chk_der_begin(text, NULL), inside;
	struct chk_tlv tlv;

	if (!is_sequence(text) || !chk_der_next(&der, &tlv))
		return false;
	inside = chk_der_inside(&der, &tlv);
	if (!chk_der_next(&inside, &tlv) || tlv.tag != CHK_DER_SEQUENCE)
		return false;
	inside = chk_der_inside(&inside, &tlv);
	return chk_der_peek(&inside) == CHK_DER_CONTEXT_CONSTRUCTED(0) ||
	       (chk_der_next(&inside, &tlv) && tlv.tag == CHK_DER_INTEGER &&
		chk_der_peek(&inside) == CHK_DER_SEQUENCE);
}

static void judge_text(const struct judging *judging, struct chk_bytes text,
		       unsigned long line)
{
	struct chk_pem pem = chk_pem_begin(text);
	struct chk_pem_block block;

	judging->judged->counts.bytes += text.size;
	if (may_be_cert(text)) {
		judge_cert(judging, text, 0);
		return;
	}
	while (chk_pem_next(&pem, &block)) {
		judge_block(judging, &block, line + block.line - 1);
		free(block.data);
	}
}

static void judge_file(const struct judging *judging)
{
	struct chk_corpus_judged *judged = judging->judged;
	const char *path = path_of(judging->part, judging->path);
	uint64_t before = judged->counts.certificates;
	const char *what = chk_corpus_read(path, &judged->file);

	judged->counts.files++;
	judge_text(judging, chk_bytes_of(judged->file.data, judged->file.size),
		   1);
	judged->counts.empty += judged->counts.certificates == before;
	if (!what)
		return;
	judged->counts.unread++;
	judging->terms->writer->note(path, what, judging->terms->how,
				     &judged->text);
}

void chk_corpus_judge(const struct chk_corpus_terms *terms,
		      const struct chk_corpus_part *part,
		      struct chk_corpus_judged *judged)
{
	struct judging judging = { terms, part, judged, 0 };

	for (size_t i = 0; i < part->file_count; i++) {
		const struct chk_corpus_file *file = &part->files[i];

		judging.path = file->path;
		if (!part->is_text && !file->what)
			judge_file(&judging);
		judged->counts.files += part->is_first;
		if (part->is_text)
			judge_text(&judging, chk_bytes_of(part->text.data,
							  part->text.size),
				   part->line);
		if (!file->what)
			continue;
		judged->counts.unread++;
		terms->writer->note(path_of(part, file->path), file->what,
				    terms->how, &judged->text);
	}
	judged->failed |= judged->text.failed || judged->ders.failed;
}

static void say_again(const struct chk_cert *cert,
		      const struct chk_alone_terms *terms,
		      struct chk_buffer *words)
{
	(void)cert;
	(void)terms;
	chk_buffer_text(words, "came before");
}

void chk_corpus_tell_again(const struct chk_corpus_terms *terms,
			   const struct chk_corpus_part *part,
			   const struct chk_corpus_judged *judged,
			   const struct chk_corpus_item *item,
			   struct chk_corpus_counts *counts,
			   struct chk_buffer *text)
{
	static const struct chk_alone AGAIN = {
		CHK_FINDING_BUNDLE_DUPLICATE, CHK_SEVERITY_NOTE, say_again,
	};
	uint8_t sha256[32];
	struct chk_corpus_told told = {
		.path = path_of(part, item->path), .line = item->line,
		.sha256 = sha256, .found = &AGAIN, .count = 1,
	};
	struct chk_cert *cert;

	/* It was read before: there may be no memory, and nothing else. */
	if (!chk_cert_parse(chk_bytes_of(judged->ders.data + item->der,
					 item->size), &cert, NULL)) {
		text->failed = true;
		return;
	}
	told.cert = cert;
	chk_cert_sha256(cert, sha256);
	counts->notes++;
	counts->with_findings += !item->told;
	terms->writer->cert(&told, &terms->alone, terms->how, text);
	chk_cert_unref(cert);
}

void chk_corpus_judged_empty(struct chk_corpus_judged *judged)
{
	judged->count = judged->text.size = judged->ders.size = 0;
	judged->counts = (struct chk_corpus_counts){ 0 };
}

void chk_corpus_judged_clear(struct chk_corpus_judged *judged)
{
	free(judged->items);
	chk_buffer_clear(&judged->ders);
	chk_buffer_clear(&judged->text);
	free(judged->file.data);
}
