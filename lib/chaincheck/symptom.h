/*
 * chaincheck/symptom.h: what the text means that a program printed when TLS
 * failed: Java, OpenSSL, GnuTLS, NSS, Go, Node.js, Python, curl, .NET,
 * Schannel, browsers (lib/data/symptoms.tsv). One text has many causes, and
 * the text does not tell them apart: chk_check does.
 */
#ifndef CHAINCHECK_SYMPTOM_H
#define CHAINCHECK_SYMPTOM_H

#include <stddef.h>

#include <chaincheck/report.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CHK_SYMPTOMS_MAX_TEXT ((size_t)1 << 20) /* bytes */

/* struct chk_symptom is one meaning that was found, at its first line. */
struct chk_symptom {
	size_t line;      /* counted from 1 */
	const char *text; /* that line, escaped and cut */
	const char *program; /* whose words these are: "Java", "OpenSSL" */
	const char *says; /* what it means, a sentence without its stop */
	/* Findings that it can come of, the most frequent first. */
	const char *const *codes;
	size_t code_count;
};

struct chk_symptoms;

/*
 * chk_symptoms_read looks through `text`, a message or a whole log, for what it
 * knows, without regard to case. Each meaning is given once. That nothing was
 * found is no error.
 * Ownership: `*symptoms` is the caller's, chk_symptoms_free; `text` is not
 * kept.
 * Errors: CHK_ERROR_TOO_LARGE (CHK_SYMPTOMS_MAX_TEXT), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_symptoms_read(const char *text, size_t size,
		       struct chk_symptoms **symptoms,
		       struct chk_error *error);
/* How many meanings were found, and each in the order of the text. */
CHK_API size_t chk_symptoms_count(const struct chk_symptoms *symptoms);
CHK_API const struct chk_symptom *
chk_symptoms_at(const struct chk_symptoms *symptoms, size_t i);
/*
 * The host that it was about, as far as the text says so: "www.example.test",
 * "192.0.2.1:8443"; letters, digits and "-._:[]" alone. NULL: it does not.
 */
CHK_API const char *chk_symptoms_host(const struct chk_symptoms *symptoms);
/* NULL is fine. */
CHK_API void chk_symptoms_free(struct chk_symptoms *symptoms);

/*
 * chk_symptoms_write gives them as "text", "json" (indented,
 * doc/explain.schema.json) or "jsonl" (one line). `report` is what chk_check
 * said of the host, and tells which of the meanings are so; NULL: nobody was
 * asked.
 * Ownership: `*text` ends in NUL and is the caller's, free() it.
 * Errors: CHK_ERROR_ARGUMENT (format), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_symptoms_write(const struct chk_symptoms *symptoms,
			const struct chk_report *report, const char *format,
			const struct chk_write_options *options, char **text,
			struct chk_error *error);

#ifdef __cplusplus
}
#endif

#endif
