/*
 * lib/client/java_disabled.h: jdk.tls.disabledAlgorithms and
 * jdk.certpath.disabledAlgorithms, applied to what JSSE would offer.
 */
#ifndef CHK_CLIENT_JAVA_DISABLED_H
#define CHK_CLIENT_JAVA_DISABLED_H

#include "client/java_security.h"

/* One entry of such a list. */
struct chk_java_rule {
	const struct chk_setting *by;
	const char *word;  /* "RC4", "TLS_RSA_*", "DH" of "DH keySize < 1024" */
	const char *whole; /* the entry as it stands there */
	bool has_conditions;
	bool in_handshake; /* "usage HandshakeSignature" */
	unsigned key_min;  /* bits; 0: nothing is said about keys */
	bool of_certificates; /* of jdk.certpath.disabledAlgorithms */
};

/* Zero it. In the arena of `here`, but for the array: free() `items`. */
struct chk_java_rules {
	struct chk_setting tls, certpath;
	struct chk_java_rule *items;
	size_t count, room;
	bool knows_handshake, knows_wildcards; /* as in the settings */
};

/*
 * chk_java_rules_read takes both lists apart; one that is not set forbids
 * nothing. False: no memory.
 * See: OpenJDK's java.security, "jdk.certpath.disabledAlgorithms".
 */
bool chk_java_rules_read(struct chk_here *here,
			 const struct chk_java_settings *settings,
			 struct chk_java_rules *rules);
/* Each drops from the list of `here` what the rules forbid, and says so. */
void chk_java_rules_versions(struct chk_here *here,
			     const struct chk_java_rules *rules);
void chk_java_rules_suites(struct chk_here *here,
			   const struct chk_java_rules *rules);
void chk_java_rules_groups(struct chk_here *here,
			   const struct chk_java_rules *rules);
/* What is left for certificates goes to here->cert_signatures. */
void chk_java_rules_signatures(struct chk_here *here,
			       const struct chk_java_rules *rules);
/* The bounds of keys. */
void chk_java_rules_keys(struct chk_here *here,
			 const struct chk_java_rules *rules);
/* "TLSv1.2" is 0x0303; 0: JSSE has no such protocol. */
uint16_t chk_java_version(const char *name);

#endif
