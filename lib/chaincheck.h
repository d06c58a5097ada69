/* chaincheck.h: all of libchaincheck. libchaincheck(3) is the way in. */
#ifndef CHAINCHECK_H
#define CHAINCHECK_H

#include <chaincheck/aia.h>
#include <chaincheck/audit.h>
#include <chaincheck/cert.h>
#include <chaincheck/client.h>
#include <chaincheck/crl.h>
#include <chaincheck/difference.h>
#include <chaincheck/error.h>
#include <chaincheck/fetch.h>
#include <chaincheck/fix.h>
#include <chaincheck/handshake.h>
#include <chaincheck/known.h>
#include <chaincheck/listing.h>
#include <chaincheck/places.h>
#include <chaincheck/process.h>
#include <chaincheck/report.h>
#include <chaincheck/store.h>
#include <chaincheck/symptom.h>
#include <chaincheck/verify.h>
#include <chaincheck/where.h>

#ifdef __cplusplus
extern "C" {
#endif

/* chk_version gives the version of the library in use, "0.1.0". */
CHK_API const char *chk_version(void);

#ifdef __cplusplus
}
#endif

#endif
