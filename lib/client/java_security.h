/*
 * lib/client/java_security.h: the security properties of a JDK and the system
 * properties of its options, each with the place that it was taken from.
 */
#ifndef CHK_CLIENT_JAVA_SECURITY_H
#define CHK_CLIENT_JAVA_SECURITY_H

#include "client/here.h"
#include "store/command_line.h"

/* Zero it; chk_java_settings_clear it. */
struct chk_java_settings {
	const char *home;    /* the JDK's directory; the arena's */
	const char *version; /* "17.0.15"; NULL: its file "release" is gone */
	struct chk_setting *security; /* the arena's texts; later ones win */
	size_t count, room;
	unsigned files; /* that were read */
	/* "usage HandshakeSignature" is a condition that this JDK knows. */
	bool knows_handshake;
	bool knows_wildcards; /* so is "TLS_RSA_*" */
	struct chk_command_line options;
};

/*
 * chk_java_settings_read finds the JDK (the fact "home", JAVA_HOME, the
 * program "java" on PATH) and reads conf/security/java.security of it, or of
 * an older one lib/security/java.security; with them what they include, the
 * system's policy where `security.useSystemPropertiesFile` asks for it, and
 * the file of -Djava.security.properties. What is passed over is said.
 * Errors: CHK_ERROR_NOT_FOUND (no JDK), CHK_ERROR_MEMORY.
 */
CHK_MUST_CHECK
bool chk_java_settings_read(struct chk_here *here,
			    struct chk_java_settings *settings,
			    struct chk_error *error);
/* 17 of "17.0.15", 8 of "1.8.0_442"; 0: not known. */
unsigned chk_java_release(const struct chk_java_settings *settings);
void chk_java_settings_clear(struct chk_java_settings *settings);

/* A security property; false: it is not set. */
bool chk_java_security(const struct chk_java_settings *settings,
		       const char *name, struct chk_setting *setting);
/* A system property; false: it is not set. */
bool chk_java_system(const struct chk_java_settings *settings,
		     const char *name, struct chk_setting *setting);

#endif
