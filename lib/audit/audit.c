/* lib/audit/audit.c: a file in, findings out: who judges it, and in what
 * order. */
#include "audit/audit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/file.h"
#include "diagnosis/words.h"

/* What judges each kind of file, in this order. */
static const struct {
	enum chk_bundle bundle;
	chk_auditor *judge;
} JUDGES[] = {
	{ CHK_BUNDLE_SERVER, chk_audit_server_bundle },
	{ CHK_BUNDLE_CERTIFICATE, chk_audit_lone },
	{ CHK_BUNDLE_CA, chk_audit_ca_bundle },
	{ CHK_BUNDLE_KEYSTORE, chk_audit_keystore },
	{ CHK_BUNDLE_KEY, chk_audit_key },
	{ CHK_BUNDLE_CRL, chk_audit_crl },
};

/* Who deploys it; what an unknown file was to be is not known either. */
static enum chk_party party_of(enum chk_bundle bundle)
{
	return bundle == CHK_BUNDLE_CA || bundle == CHK_BUNDLE_KEYSTORE ||
	       bundle == CHK_BUNDLE_CRL ? CHK_PARTY_CLIENT : CHK_PARTY_SERVER;
}

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* A writer that is at it moves the size or the time of the last change. */
static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && same_time(a->st_mtim, b->st_mtim) &&
	       a->st_ino == b->st_ino;
}

static bool read_file(struct chk_audit *audit, const char *path)
{
	struct chk_contents *contents = &audit->audited->contents;
	CHK_CLEANUP(chk_cleanup_fd) int fd =
		open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat before = { 0 }, after = { 0 };

	if (fd >= 0 && fstat(fd, &before) != 0)
		before = (struct stat){ 0 };
	if (!chk_file_read_open(fd, path, &contents->data, &contents->size,
				audit->error))
		return false;
	audit->file.known = true;
	audit->file.path = path;
	audit->file.mode = before.st_mode & 07777;
	audit->file.changed = fstat(fd, &after) != 0 ||
			      !is_same(&before, &after);
	return true;
}

static bool copy_bytes(struct chk_audit *audit, struct chk_bytes bytes)
{
	struct chk_contents *contents = &audit->audited->contents;

	contents->data = malloc(bytes.size + 1);
	if (!contents->data)
		return chk_error_memory(audit->error);
	if (bytes.size)
		memcpy(contents->data, bytes.data, bytes.size);
	contents->data[bytes.size] = '\0';
	contents->size = bytes.size;
	return true;
}

static void judge_reading(struct chk_audit *audit)
{
	if (audit->file.changed)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_CHANGED, NULL,
			      "%s changed while it was read: what is said of "
			      "it may be true of no edition",
			      audit->audited->path);
	if (audit->contents->size == 0)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_UNKNOWN, NULL,
			      "%s is empty: Java and Go take nothing from it "
			      "without a word, OpenSSL and GnuTLS refuse it",
			      audit->audited->path);
	else if (audit->audited->bundle == CHK_BUNDLE_UNKNOWN)
		chk_audit_unknown(audit);
}

static bool judge(struct chk_audit *audit)
{
	const struct chk_contents *contents = audit->contents;
	enum chk_bundle bundle;

	if (chk_audit_is_keystore(chk_bytes_of(contents->data,
					       contents->size))) {
		if (!chk_audit_read_keystore(audit))
			return false;
		bundle = CHK_BUNDLE_KEYSTORE;
	} else {
		if (!chk_contents_read(&audit->audited->contents,
				       audit->error))
			return false;
		bundle = chk_audit_recognise(contents, audit->question);
	}
	if (audit->question->as != CHK_BUNDLE_UNKNOWN && contents->certs &&
	    bundle != CHK_BUNDLE_KEYSTORE)
		bundle = audit->question->as;
	audit->audited->bundle = bundle;
	audit->audited->certs = contents->certs;
	audit->party = party_of(bundle);
	judge_reading(audit);
	if (contents->pem && !chk_audit_syntax(audit))
		return false;
	for (size_t i = 0; i < CHK_COUNT(JUDGES); i++) {
		if (JUDGES[i].bundle == bundle && !JUDGES[i].judge(audit))
			return false;
	}
	chk_audit_finish(audit);
	return !audit->arena->failed || chk_error_memory(audit->error);
}

static bool begin(struct chk_audit *audit, const char *name)
{
	struct chk_audited *audited = calloc(1, sizeof(*audited));

	audit->audited = audited;
	if (!audited)
		return chk_error_memory(audit->error);
	audited->report = calloc(1, sizeof(*audited->report));
	if (!audited->report)
		return chk_error_memory(audit->error);
	audit->arena = &audited->report->arena;
	audited->path = chk_words_escape(audit->arena, name);
	audit->contents = &audited->contents;
	audit->at = audit->question->at_set ? audit->question->at :
					      (int64_t)time(NULL);
	audit->asked.known = audit->question->known;
	audit->inquiry = (struct chk_inquiry){
		.report = audited->report, .question = &audit->asked,
		.at = audit->at, .peer = audited->path, .sends = "holds",
		.host = "the-host",
	};
	return !audit->arena->failed || chk_error_memory(audit->error);
}

static bool run(struct chk_audit *audit, const char *path,
		struct chk_bytes bytes, struct chk_audited **audited)
{
	const char *name = path;
	bool ok = begin(audit, name) &&
		  (bytes.data ? copy_bytes(audit, bytes) :
				read_file(audit, path)) &&
		  judge(audit);

	free(audit->said);
	chk_store_free(audit->keystore);
	*audited = NULL;
	if (ok)
		*audited = chk_steal(&audit->audited);
	chk_audited_free(audit->audited);
	return ok;
}

bool chk_audit_file(const char *path,
		    const struct chk_audit_question *question,
		    struct chk_audited **audited, struct chk_error *error)
{
	struct chk_audit audit = { .question = question, .error = error };

	return run(&audit, path, (struct chk_bytes){ 0 }, audited);
}

bool chk_audit_bytes(struct chk_bytes bytes, const char *name,
		     const struct chk_audit_question *question,
		     struct chk_audited **audited, struct chk_error *error)
{
	struct chk_audit audit = { .question = question, .error = error };

	if (!bytes.data)
		bytes = chk_bytes_text("");
	return run(&audit, name, bytes, audited);
}

void chk_audited_free(struct chk_audited *audited)
{
	if (!audited)
		return;
	chk_contents_clear(&audited->contents);
	for (size_t i = 0; i < audited->report_count; i++)
		chk_report_free(audited->reports[i]);
	free(audited->reports);
	chk_report_free(audited->report);
	free(audited);
}

const char *chk_audited_path(const struct chk_audited *audited)
{
	return audited->path;
}

enum chk_bundle chk_audited_bundle(const struct chk_audited *audited)
{
	return audited->bundle;
}

size_t chk_audited_cert_count(const struct chk_audited *audited)
{
	return audited->certs;
}

size_t chk_audited_finding_count(const struct chk_audited *audited)
{
	return audited->finding_count;
}

const struct chk_audit_finding *
chk_audited_finding(const struct chk_audited *audited, size_t i)
{
	return i < audited->finding_count ? &audited->findings[i] : NULL;
}
