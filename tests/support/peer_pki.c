/* tests/support/peer_pki.c: root, intermediate, leaf, and two monsters. */
#include "support/peer_pki.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "support/peer.h"

#define THOUSAND 999 /* intermediates behind the leaf */
#define NAMES 10000

static bool name_files(struct peer_pki *pki)
{
	const struct {
		char *path;
		const char *name;
	} files[] = {
		{ pki->key, "key.pem" },
		{ pki->root, "root.pem" },
		{ pki->intermediate, "intermediate.pem" },
		{ pki->leaf, "leaf.pem" },
		{ pki->chain, "chain.pem" },
		{ pki->thousand, "thousand.pem" },
		{ pki->many_names, "many-names.pem" },
		{ pki->staple_file, "staple.der" },
	};
	const char *folder = getenv("TMPDIR");

	snprintf(pki->folder, sizeof(pki->folder), "%.60s/chk-XXXXXX",
		 folder ? folder : "/tmp");
	if (!mkdtemp(pki->folder))
		return false;
	for (size_t i = 0; i < CHK_COUNT(files); i++)
		snprintf(files[i].path, PEER_PATH, "%.75s/%s", pki->folder,
			 files[i].name);
	return true;
}

static bool make_key(const struct peer_pki *pki)
{
	const char *const command[] = {
		"openssl", "genpkey", "-algorithm", "EC", "-pkeyopt",
		"ec_paramgen_curve:P-256", "-out", pki->key, NULL };

	return peer_run(command);
}

static bool make_root(const struct peer_pki *pki)
{
	const char *const command[] = {
		"openssl", "req", "-x509", "-key", pki->key, "-subj",
		"/CN=Peer Root", "-days", "30", "-out", pki->root, NULL };

	return peer_run(command);
}

static bool issue(const struct peer_pki *pki, const char *issuer,
		  const char *subject, const char *extension, const char *file)
{
	const char *const command[] = {
		"openssl", "req", "-x509", "-key", pki->key, "-CA", issuer,
		"-CAkey", pki->key, "-subj", subject, "-addext", extension,
		"-days", "30", "-out", file, NULL };

	return peer_run(command);
}

/* `first` once, then `second` a number of times. */
static bool join(const char *first, const char *second, int times,
		 const char *path)
{
	uint8_t *one = NULL, *other = NULL;
	size_t one_size, other_size;
	FILE *file = fopen(path, "we");
	bool ok = file && chk_file_read(first, &one, &one_size, NULL) &&
		  chk_file_read(second, &other, &other_size, NULL) &&
		  fwrite(one, 1, one_size, file) == one_size;

	for (int i = 0; ok && i < times; i++)
		ok = fwrite(other, 1, other_size, file) == other_size;
	free(one);
	free(other);
	return file && fclose(file) == 0 && ok;
}

static bool make_many_names(const struct peer_pki *pki)
{
	char config[PEER_PATH];
	const char *const command[] = {
		"openssl", "req", "-x509", "-key", pki->key, "-config", config,
		"-days", "30", "-out", pki->many_names, NULL };
	FILE *file;

	snprintf(config, sizeof(config), "%.75s/names.conf", pki->folder);
	file = fopen(config, "we");
	if (!file)
		return false;
	fputs("[req]\nprompt = no\ndistinguished_name = dn\n"
	      "x509_extensions = ext\n[dn]\nCN = many\n[ext]\n"
	      "subjectAltName = @names\n[names]\n", file);
	for (int i = 0; i < NAMES; i++)
		fprintf(file, "DNS.%d = host-%d.many-names.test\n", i, i);
	return fclose(file) == 0 && peer_run(command);
}

/* "unknown" for any certificate: an empty index is enough. */
static void make_staple(struct peer_pki *pki)
{
	char index[PEER_PATH];
	const char *const command[] = {
		"openssl", "ocsp", "-index", index, "-CA", pki->intermediate,
		"-rsigner", pki->intermediate, "-rkey", pki->key, "-issuer",
		pki->intermediate, "-cert", pki->leaf, "-respout",
		pki->staple_file, NULL };
	FILE *file;

	snprintf(index, sizeof(index), "%.75s/index.txt", pki->folder);
	file = fopen(index, "we");
	pki->has_staple = file && fclose(file) == 0 && peer_run(command);
}

static bool to_der(const struct peer_pki *pki, const char *pem,
		   struct chk_bytes *der)
{
	char path[PEER_PATH];
	const char *const command[] = { "openssl", "x509", "-in", pem,
					"-outform", "DER", "-out", path,
					NULL };
	uint8_t *data;
	size_t size;

	snprintf(path, sizeof(path), "%.75s/one.der", pki->folder);
	if (!peer_run(command) || !chk_file_read(path, &data, &size, NULL))
		return false;
	*der = chk_bytes_of(data, size);
	return true;
}

bool peer_pki_make(struct peer_pki *pki)
{
	*pki = (struct peer_pki){ .folder = "" };
	if (!name_files(pki) || !make_key(pki) || !make_root(pki) ||
	    !issue(pki, pki->root, "/CN=Peer Intermediate",
		   "keyUsage=critical,keyCertSign,digitalSignature",
		   pki->intermediate) ||
	    !issue(pki, pki->intermediate, "/CN=leaf.test",
		   "subjectAltName=DNS:leaf.test", pki->leaf) ||
	    !join(pki->leaf, pki->intermediate, 1, pki->chain) ||
	    !join(pki->intermediate, pki->intermediate, THOUSAND - 1,
		  pki->thousand) ||
	    !make_many_names(pki))
		return false;
	make_staple(pki);
	return to_der(pki, pki->leaf, &pki->der[0]) &&
	       to_der(pki, pki->intermediate, &pki->der[1]);
}

static void forget(struct chk_bytes *bytes)
{
	free((void *)(uintptr_t)bytes->data);
	*bytes = chk_bytes_of(NULL, 0);
}

void peer_pki_remove(struct peer_pki *pki)
{
	DIR *folder = opendir(pki->folder);
	struct dirent *entry;

	forget(&pki->der[0]);
	forget(&pki->der[1]);
	while (folder && (entry = readdir(folder)))
		unlinkat(dirfd(folder), entry->d_name, 0);
	if (folder)
		closedir(folder);
	rmdir(pki->folder);
}
